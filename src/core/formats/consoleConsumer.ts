/**
 * `kafka-console-consumer` dumps. The layout of Apache Kafka 2.7 and later (0.10 to 2.4: timestamp, key and value):
 *
 *     record = [timestamp S][partition S][offset S][delivery S][epoch S][headers S] key S value LF
 *
 * and that of 2.5 and 2.6, where the partition is a bare number at the end: `timestamp S key S value S partition LF`.
 * Source: DefaultMessageFormatter of these versions. Nothing is escaped: keys and values may hold line breaks, and
 * values the separator.
 */
import type { DumpLayout } from '../comparison.js';
import type { RecordView } from '../record.js';
import { findBytes, findLastBytes, isText, LF, toBytes } from './bytes.js';
import type { RecordGrammar, Split, StartMatch, Writable } from './recordGrammar.js';
import { RecordPrefix } from './recordPrefix.js';

export class ConsoleConsumerGrammar implements RecordGrammar {
  readonly #separator: Uint8Array;
  readonly #nullLiteral: Uint8Array | null;
  readonly #prefix: RecordPrefix;
  /** The prefix of a record inside another one's line. */
  readonly #innerPrefix: RecordPrefix;
  readonly #hasHeaders: boolean;
  readonly #hasTrailingPartition: boolean;
  restartAt = 0;

  constructor({ separator, nullLiteral, columns, format }: DumpLayout) {
    this.#hasTrailingPartition = format === 'kafka-console-consumer-2.5';
    this.#separator = toBytes(separator ?? '');
    this.#nullLiteral = nullLiteral === null ? null : toBytes(nullLiteral);
    const before = this.#hasTrailingPartition ? columns.filter((column) => column !== 'partition') : columns;
    this.#prefix = new RecordPrefix(before, this.#separator);
    this.#innerPrefix = new RecordPrefix(before, this.#separator);
    this.#hasHeaders = columns.includes('headers');
  }

  matchStart(bytes: Uint8Array, start: number, end: number): StartMatch {
    return this.#prefix.match(bytes, start, end);
  }

  begin(view: Writable<RecordView>, isRestart: boolean): number {
    const prefix = isRestart ? this.#innerPrefix : this.#prefix;
    view.timestampType = prefix.timestampType;
    view.timestamp = prefix.timestamp;
    view.partition = prefix.partition;
    view.offset = prefix.offset;
    return prefix.end;
  }

  split(view: Writable<RecordView>, bodyStart: number, isCut: boolean): Split {
    const { bytes, valueEnd: end } = view;
    const separator = this.#separator;
    if (this.#restarts(bytes, bodyStart, bodyStart, end)) return 'restarts';
    view.keyStart = bodyStart;
    if (this.#hasHeaders) {
      const headersEnd = findBytes(bytes, separator, bodyStart, end);
      if (headersEnd < 0) return 'unreadable';
      view.keyStart = headersEnd + separator.length;
      if (this.#restarts(bytes, bodyStart, view.keyStart, end)) return 'restarts';
    }
    view.keyEnd = findBytes(bytes, separator, view.keyStart, end);
    if (view.keyEnd < 0) return 'unreadable';
    view.valueStart = view.keyEnd + separator.length;
    if (this.#restarts(bytes, bodyStart, view.valueStart, end)) return 'restarts';
    if (this.#hasTrailingPartition && !isCut && !this.#takePartition(view)) return 'unreadable';
    view.isKeyless = isText(bytes, view.keyStart, view.keyEnd, this.#nullLiteral);
    view.isTombstone = isText(bytes, view.valueStart, view.valueEnd, this.#nullLiteral);
    return 'read';
  }

  /**
   * With `--skip-message-on-error` the consumer may give up a record anywhere between two columns and print the next
   * one right behind, on the same line.
   */
  #restarts(bytes: Uint8Array, bodyStart: number, position: number, end: number): boolean {
    if (!this.#innerPrefix.isTelling(bytes, position, end)) return false;
    if (bytes.subarray(bodyStart, position).includes(LF)) return false;
    this.restartAt = position;
    return true;
  }

  /** Takes the bare partition off the value's end. @returns false if none is there */
  #takePartition(view: Writable<RecordView>): boolean {
    const { bytes, valueEnd: end } = view;
    const at = findLastBytes(bytes, this.#separator, view.valueStart, end);
    const first = at + this.#separator.length;
    if (at < 0 || first === end) return false;
    let partition = 0;
    for (let i = first; i < end; i++) {
      const digit = (bytes[i] as number) - 0x30;
      if (digit < 0 || digit > 9) return false;
      partition = partition * 10 + digit;
    }
    view.partition = partition;
    view.valueEnd = at;
    return true;
  }
}
