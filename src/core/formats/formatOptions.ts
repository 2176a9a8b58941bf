/** Which of the options for reading a dump a format heeds, so that nobody is asked for what makes no difference. */
import type { DumpFormat } from '../comparison.js';

export interface FormatOptions {
  /** `separator`. */
  readonly hasSeparator: boolean;
  /**
   * `nullLiteral`. `text`: it is the text of a null. `empty`: an empty text is a null, unless the literal is null.
   * `exact`: the format tells nulls by itself.
   */
  readonly nulls: 'text' | 'empty' | 'exact';
}

const text: FormatOptions = { hasSeparator: true, nulls: 'text' };
const exact: FormatOptions = { hasSeparator: false, nulls: 'exact' };
const empty: FormatOptions = { hasSeparator: false, nulls: 'empty' };

export const formatOptions: Readonly<Record<DumpFormat, FormatOptions>> = {
  'kafka-console-consumer': text,
  'kafka-console-consumer-2.5': text,
  'kafka-dump-log': exact,
  'key-value': text,
  'kcat-json': exact,
  'kafkactl-text': text,
  'kafkactl-json': exact,
  'kafkactl-yaml': exact,
  kaf: empty,
  kt: exact,
  rpk: exact,
  'kafbat-json': exact,
  'kafbat-csv': empty,
  akhq: exact,
  'redpanda-console': exact,
  'vscode-kafka-json': exact,
  'vscode-kafka-csv': empty,
};
