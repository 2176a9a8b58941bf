/**
 * Writes dumps of kafka-console-consumer with timestamp, partition, key and value, at several hundred megabytes a
 * second: digits and text go straight into one buffer. A value is told by its revision number alone, so that the maker
 * of the data knows which values are equal without looking at them.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { Random } from '../../support/random.js';

const flushBytes = 1 << 20;
/** More than any record takes. */
const longestRecordBytes = 512;

/** Text of values is a slice of this many characters. */
const textPoolBytes = 1 << 16;
const shortestText = 27;
/** One of so many lengths. A power of two, as is the pool: both are chosen by masking bits. */
const textLengths = 128;

const textCharacters = 'abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 .,-_/+*()=<>[]{}';

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const timestampLabel = latin1('CreateTime:');
const partitionLabel = latin1('::Partition:');
const keyLabel = latin1('::order-');
const separator = latin1('::');
const valueStart = latin1('{"revision":');
const valueMiddle = latin1(',"note":"');
const valueEnd = latin1('"}\n');
const tombstone = latin1('null\n');

/** Revision that is written as `null`. */
export const tombstoneRevision = -1;

/** The number of a key that prints as `name`. */
export function keyOfName(name: string): number {
  return Number(name.slice(-keyDigits));
}
const keyDigits = 9;
const timestampDigits = 13;

export class DumpWriter {
  /** Bytes written so far. */
  bytes = 0;
  records = 0;
  tombstones = 0;
  readonly #file: number;
  readonly #buffer = new Uint8Array(textPoolBytes + flushBytes + longestRecordBytes);
  /** The pool of text stands at the buffer's start, so that a slice of it is a copy within the buffer. */
  #end = textPoolBytes;

  /** @param seed of the values' text: dumps of one pair have the same */
  constructor(path: string, seed: number) {
    const random = new Random(seed);
    for (let at = 0; at < textPoolBytes; at++) {
      this.#buffer[at] = textCharacters.charCodeAt(random.between(0, textCharacters.length - 1));
    }
    this.#file = openSync(path, 'w');
  }

  /**
   * @param timestamp in milliseconds, of 13 digits
   * @param key number of the key, of 9 digits at most
   * @param revision what tells the value from others of the key; `tombstoneRevision` for a null
   */
  write(timestamp: number, partition: number, key: number, revision: number): void {
    this.#put(timestampLabel);
    this.#putDigits(timestamp, timestampDigits);
    this.#put(partitionLabel);
    this.#putNumber(partition);
    this.#put(keyLabel);
    this.#putDigits(key, keyDigits);
    this.#put(separator);
    if (revision === tombstoneRevision) {
      this.#put(tombstone);
      this.tombstones++;
    } else {
      this.#put(valueStart);
      this.#putNumber(revision);
      this.#put(valueMiddle);
      this.#putText(revision);
      this.#put(valueEnd);
    }
    this.records++;
    if (this.#end > textPoolBytes + flushBytes) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #put(text: Uint8Array): void {
    const buffer = this.#buffer;
    const end = this.#end;
    // A loop: for so few bytes a call of `set` takes longer.
    for (let i = 0; i < text.length; i++) buffer[end + i] = text[i] as number;
    this.#end = end + text.length;
  }

  #putNumber(number: number): void {
    let digits = 1;
    for (let limit = 10; number >= limit; limit *= 10) digits++;
    this.#putDigits(number, digits);
  }

  /** With leading zeros. Split in two where needed, so that all arithmetic stays within 32 bits. */
  #putDigits(number: number, digits: number): void {
    const lowDigits = Math.min(digits, 7);
    const high = Math.floor(number / 1e7);
    let rest = number - high * 1e7;
    if (digits > lowDigits) this.#putDigits(high, digits - lowDigits);
    for (let at = this.#end + lowDigits - 1; at >= this.#end; at--) {
      const tenth = (rest / 10) | 0;
      this.#buffer[at] = 0x30 + rest - tenth * 10;
      rest = tenth;
    }
    this.#end += lowDigits;
  }

  #putText(revision: number): void {
    const bits = Math.imul(revision + 1, 0x9e3779b1) >>> 0;
    const length = shortestText + (bits & (textLengths - 1));
    const start = Math.min((bits >>> 7) & (textPoolBytes - 1), textPoolBytes - length);
    this.#buffer.copyWithin(this.#end, start, start + length);
    this.#end += length;
  }

  #flush(): void {
    for (let at = textPoolBytes; at < this.#end; ) {
      const written = writeSync(this.#file, this.#buffer, at, this.#end - at);
      this.bytes += written;
      at += written;
    }
    this.#end = textPoolBytes;
  }
}
