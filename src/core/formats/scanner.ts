/** Chooses the scanner of a layout: the one place that knows which format is read by which code. */
import type { DumpLayout } from '../comparison.js';
import { ConsoleConsumerGrammar } from './consoleConsumer.js';
import type { DumpScanner, RecordSink, ScanStart } from './format.js';
import { JsonScanner } from './jsonScanner.js';
import { isJsonFormat, jsonTools } from './jsonTools.js';
import { KeyValueGrammar } from './keyValueGrammar.js';
import { LineScanner } from './lineScanner.js';

/**
 * @param start where the first byte pushed stands: the dump's beginning behind its byte order mark by default, or the
 *   `byteOffset` of any of its records, which is then the first one delivered
 */
export function createScanner(layout: DumpLayout, sink: RecordSink, start?: ScanStart): DumpScanner {
  if (isJsonFormat(layout.format)) return new JsonScanner(layout, jsonTools[layout.format], sink, start);
  const grammar = layout.format === 'key-value' ? new KeyValueGrammar(layout) : new ConsoleConsumerGrammar(layout);
  return new LineScanner(layout, grammar, sink, start);
}
