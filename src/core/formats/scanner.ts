/** Chooses the scanner of a layout: the one place that knows which format is read by which code. */
import type { DumpLayout } from '../comparison.js';
import { ConsoleConsumerScanner } from './consoleConsumer.js';
import { CsvScanner, isCsvFormat } from './csvScanner.js';
import type { DumpScanner, RecordSink, ScanStart } from './format.js';
import { JsonScanner } from './jsonScanner.js';
import { isJsonFormat, jsonTools } from './jsonTools.js';
import { KafkactlYamlScanner } from './kafkactlYaml.js';

/**
 * @param start where the first byte pushed stands: the dump's beginning behind its byte order mark by default, or the
 *   `byteOffset` of any of its records, which is then the first one delivered
 */
export function createScanner(layout: DumpLayout, sink: RecordSink, start?: ScanStart): DumpScanner {
  if (isJsonFormat(layout.format)) return new JsonScanner(layout, jsonTools[layout.format], sink, start);
  if (layout.format === 'kafkactl-yaml') return new KafkactlYamlScanner(layout, sink, start);
  if (isCsvFormat(layout.format)) return new CsvScanner(layout, layout.format, sink, start);
  return new ConsoleConsumerScanner(layout, sink, start);
}
