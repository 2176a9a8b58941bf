/**
 * Dumps without prefixes, `[headers S] key S value LF`: `kcat -K`, kafka-console-consumer up to 0.9, and any later one
 * that prints neither timestamp nor partition. Nothing tells a record from the next line of a value, so each line that
 * holds the separator is a record, unless it stands inside a JSON value: that one is followed to its end.
 */
import type { DumpLayout } from '../comparison.js';
import type { RecordView } from '../record.js';
import { findBytes, isText, toBytes } from './bytes.js';
import { JsonValueFollower } from './jsonExtent.js';
import { isToolNotice } from './noise.js';
import type { RecordGrammar, Split, StartMatch, Writable } from './recordGrammar.js';

export class KeyValueGrammar implements RecordGrammar {
  readonly restartAt = 0;
  readonly follower: JsonValueFollower;
  readonly #separator: Uint8Array;
  readonly #nullLiteral: Uint8Array | null;
  readonly #hasHeaders: boolean;
  #start = 0;

  constructor({ separator, nullLiteral, columns }: DumpLayout) {
    this.#separator = toBytes(separator ?? '');
    this.#nullLiteral = nullLiteral === null ? null : toBytes(nullLiteral);
    this.#hasHeaders = columns.includes('headers');
    this.follower = new JsonValueFollower((bytes, bodyStart, end) => {
      const at = findBytes(bytes, this.#separator, this.#keyStart(bytes, bodyStart, end), end);
      return at < 0 ? -1 : at + this.#separator.length;
    });
  }

  matchStart(bytes: Uint8Array, start: number, end: number): StartMatch {
    this.#start = start;
    const keyStart = this.#keyStart(bytes, start, end);
    // A last line without the separator may well be the beginning of a key.
    return keyStart >= 0 && findBytes(bytes, this.#separator, keyStart, end) >= 0 ? 'whole' : 'partial';
  }

  isNotice(bytes: Uint8Array, start: number, end: number): boolean {
    return isToolNotice(bytes, start, end);
  }

  begin(_view: Writable<RecordView>): number {
    return this.#start;
  }

  split(view: Writable<RecordView>, bodyStart: number): Split {
    const { bytes, valueEnd: end } = view;
    view.keyStart = this.#keyStart(bytes, bodyStart, end);
    view.keyEnd = findBytes(bytes, this.#separator, view.keyStart, end);
    view.valueStart = view.keyEnd + this.#separator.length;
    view.isKeyless = isText(bytes, view.keyStart, view.keyEnd, this.#nullLiteral);
    view.isTombstone = isText(bytes, view.valueStart, view.valueEnd, this.#nullLiteral);
    return 'read';
  }

  #keyStart(bytes: Uint8Array, start: number, end: number): number {
    if (!this.#hasHeaders) return start;
    const at = findBytes(bytes, this.#separator, start, end);
    return at < 0 ? -1 : at + this.#separator.length;
  }
}
