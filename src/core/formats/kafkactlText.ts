/**
 * The text that kafkactl consume prints without `--output`, with keys and timestamps:
 *
 *     [headers S][partition S] key S time S value LF
 *
 * S is `#` by default, the time RFC 3339 in whole seconds, and the time stands behind the key, so a key may hold the
 * separator. A null key prints as nothing, a null value as `null`, a missing timestamp as nothing. Source: kafkactl's
 * internal/consume/MessagePrinter.go, 5.x.
 */
import type { DumpLayout } from '../comparison.js';
import { noTimestamp } from '../keyRecords.js';
import type { RecordView } from '../record.js';
import { findBytes, isText, startsWith, toBytes } from './bytes.js';
import { isToolNotice } from './noise.js';
import type { RecordGrammar, Split, StartMatch, Writable } from './recordGrammar.js';
import { parseIsoTime } from './timestampText.js';

/** `2026-11-22T11:26:59Z` is the shortest time, `…+01:00` the longest. */
const shortestTime = 20;
const longestTime = 25;

export class KafkactlTextGrammar implements RecordGrammar {
  readonly restartAt = 0;
  readonly #separator: Uint8Array;
  readonly #nullLiteral: Uint8Array | null;
  readonly #hasHeaders: boolean;
  readonly #hasPartition: boolean;
  #partition = -1;
  #timestamp = noTimestamp;
  #keyStart = 0;
  #keyBytes = 0;
  #timeBytes = 0;

  constructor({ separator, nullLiteral, columns }: DumpLayout) {
    this.#separator = toBytes(separator ?? '');
    this.#nullLiteral = nullLiteral === null ? null : toBytes(nullLiteral);
    this.#hasHeaders = columns.includes('headers');
    this.#hasPartition = columns.includes('partition');
  }

  matchStart(bytes: Uint8Array, start: number, end: number): StartMatch {
    const separator = this.#separator;
    let at = start;
    if (this.#hasHeaders) {
      at = findBytes(bytes, separator, at, end);
      if (at < 0) return 'no';
      at += separator.length;
    }
    this.#partition = -1;
    if (this.#hasPartition) {
      const digits = digitsEnd(bytes, at, end);
      if (digits === at || !startsWith(bytes, digits, end, separator)) return digits === end ? 'partial' : 'no';
      this.#partition = wholeNumber(bytes, at, digits);
      at = digits + separator.length;
    }
    this.#keyStart = at;
    return this.#findTime(bytes, at, end) ? 'whole' : 'no';
  }

  isNotice(bytes: Uint8Array, start: number, end: number): boolean {
    return isToolNotice(bytes, start, end);
  }

  begin(view: Writable<RecordView>): number {
    view.partition = this.#partition;
    view.timestamp = this.#timestamp;
    view.timestampType = this.#timestamp === noTimestamp ? 'none' : 'CreateTime';
    view.keyStart = 0;
    view.keyEnd = this.#keyBytes;
    view.valueStart = this.#keyBytes + this.#timeBytes;
    return this.#keyStart;
  }

  split(view: Writable<RecordView>, bodyStart: number): Split {
    // `begin` has left the positions counted from the body's start.
    view.keyStart = bodyStart;
    view.keyEnd += bodyStart;
    view.valueStart += bodyStart;
    view.isKeyless = view.keyEnd === view.keyStart;
    view.isTombstone = isText(view.bytes, view.valueStart, view.valueEnd, this.#nullLiteral);
    return 'read';
  }

  /** The first time between two separators ends the key; without any, two separators side by side. */
  #findTime(bytes: Uint8Array, keyStart: number, end: number): boolean {
    const separator = this.#separator;
    let untimed = -1;
    for (let at = findBytes(bytes, separator, keyStart, end); at >= 0; at = findBytes(bytes, separator, at + 1, end)) {
      const timeStart = at + separator.length;
      const timeEnd = findBytes(bytes, separator, timeStart, Math.min(end, timeStart + longestTime + separator.length));
      if (timeEnd < 0) continue;
      if (timeEnd === timeStart && untimed < 0) untimed = at;
      const time = timeEnd - timeStart < shortestTime ? null : parseIsoTime(bytes, timeStart, timeEnd);
      if (time === null) continue;
      this.#take(at - keyStart, time, timeEnd + separator.length - at);
      return true;
    }
    if (untimed < 0) return false;
    this.#take(untimed - keyStart, noTimestamp, 2 * separator.length);
    return true;
  }

  /** @param timeBytes of the time and the separators around it */
  #take(keyBytes: number, timestamp: number, timeBytes: number): void {
    this.#keyBytes = keyBytes;
    this.#timestamp = timestamp;
    this.#timeBytes = timeBytes;
  }
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] as number) >= 0x30 && (bytes[at] as number) <= 0x39) at++;
  return at;
}

function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  let number = 0;
  for (let i = start; i < end; i++) number = number * 10 + (bytes[i] as number) - 0x30;
  return number;
}
