/** Chooses the scanner of a layout: the one place that knows which format is read by which code. */
import type { DumpLayout } from '../comparison.js';
import { ConsoleConsumerGrammar } from './consoleConsumer.js';
import { CsvScanner, isCsvFormat } from './csvScanner.js';
import { DumpLogScanner } from './dumpLogScanner.js';
import type { DumpScanner, RecordSink, ScanStart } from './format.js';
import { JsonScanner } from './jsonScanner.js';
import { isJsonFormat, jsonTools } from './jsonTools.js';
import { KafkactlTextGrammar } from './kafkactlText.js';
import { KafkactlYamlScanner } from './kafkactlYaml.js';
import { KeyValueGrammar } from './keyValueGrammar.js';
import { LineScanner } from './lineScanner.js';
import type { RecordGrammar } from './recordGrammar.js';

/**
 * @param start where the first byte pushed stands: the dump's beginning behind its byte order mark by default, or the
 *   `byteOffset` of any of its records, which is then the first one delivered
 */
export function createScanner(layout: DumpLayout, sink: RecordSink, start?: ScanStart): DumpScanner {
  const { format, columns } = layout;
  // The dump of an empty topic: there are notices in it, and nothing else.
  if (columns.length === 0) return new LineScanner(layout, new ConsoleConsumerGrammar(layout), sink, start);
  if (isJsonFormat(format)) return new JsonScanner(layout, jsonTools[format], sink, start);
  if (isCsvFormat(format)) return new CsvScanner(layout, format, sink, start);
  if (format === 'kafkactl-yaml') return new KafkactlYamlScanner(layout, sink, start);
  if (format === 'kafka-dump-log') return new DumpLogScanner(layout, sink, start);
  return new LineScanner(layout, grammarOf(layout), sink, start);
}

function grammarOf(layout: DumpLayout): RecordGrammar {
  switch (layout.format) {
    case 'key-value':
      return new KeyValueGrammar(layout);
    case 'kafkactl-text':
      return new KafkactlTextGrammar(layout);
    default:
      return new ConsoleConsumerGrammar(layout);
  }
}
