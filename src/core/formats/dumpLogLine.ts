/**
 * The lines of `kafka-dump-log --print-data-log`. A record's line is `name: value` pairs, then its key and value:
 *
 *     3.0 and later  | offset: N CreateTime: T keySize: K valueSize: V sequence: N headerKeys: [a,b] key: k payload: v
 *     2.2 to 2.8     the same with keysize and valuesize; before message format 2 also crc and isvalid
 *     0.11 to 2.1    offset: N position: P CreateTime: T isvalid: b keysize: K valuesize: V magic: m … key: k payload: v
 *     before         offset: N position: P isvalid: b payloadsize: V magic: m … crc: C keysize: K key: k payload: v
 *
 * `key:` is left out for a null key, `payload:` for a null value. Source: kafka.tools.DumpLogSegments, 0.8 to 4.x.
 */
import type { TimestampType } from '../record.js';
import { LF, startsWith, toBytes } from './bytes.js';

/** `partial`: the bytes end within the line. */
type FieldsMatch = 'record' | 'other' | 'partial';

const timestampNames: readonly { readonly name: Uint8Array; readonly type: TimestampType }[] = [
  { name: toBytes('CreateTime'), type: 'CreateTime' },
  { name: toBytes('LogAppendTime'), type: 'LogAppendTime' },
];
const offsetName = toBytes('offset');
const keySizeNames = [toBytes('keySize'), toBytes('keysize')];
const valueSizeNames = [toBytes('valueSize'), toBytes('valuesize'), toBytes('payloadsize')];
const headerKeysName = toBytes('headerKeys');
const producerIdName = toBytes('producerId');
const transactionalName = toBytes('isTransactional');
const controlName = toBytes('isControl');
const endMarkerName = toBytes('endTxnMarker');
const controlTypeName = toBytes('controlType');
const keyName = toBytes('key');
const payloadName = toBytes('payload');
const baseOffsetName = toBytes('baseOffset');

const SPACE = 0x20;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const PIPE = 0x7c;

/** Reads the pairs of one line; the fields describe the last line read. */
export class DumpLogLine {
  timestampType: TimestampType = 'none';
  timestamp = -1;
  offset = -1;
  /** Bytes; -1 for null. */
  keySize = -1;
  valueSize = -1;
  /** The line is a batch's. */
  isBatch = false;
  /** -1 for none. */
  producerId = -1;
  isTransactional = false;
  isControl = false;
  /** A control record that ends a transaction, by `COMMIT` or `ABORT`. */
  endMarker: 'commit' | 'abort' | null = null;
  /** The record's key or value are printed. */
  hasContents = false;
  /** Position where ` key: ` or ` payload: ` must stand, or the line's end. */
  contentsStart = 0;
  /** First position behind headerKeys' bracket, -1 without: a header's name may hold brackets as well. */
  headerKeysStart = -1;
  #hasSizes = false;

  /** Reads the line at `start`; `end` is where the bytes end. */
  read(bytes: Uint8Array, start: number, end: number): FieldsMatch {
    this.#reset();
    let at = start;
    if (at < end && bytes[at] === PIPE) at += 2;
    for (;;) {
      const colon = this.#nameEnd(bytes, at, end);
      if (colon < 0) return colon === notEnded ? 'partial' : 'other';
      const nameStart = at;
      const valueStart = colon + 2;
      if (is(bytes, nameStart, colon, keyName) || is(bytes, nameStart, colon, payloadName)) {
        this.hasContents = true;
        this.contentsStart = nameStart - 1;
        return this.#hasSizes && this.offset >= 0 ? 'record' : 'other';
      }
      const valueEnd = this.#take(bytes, nameStart, colon, valueStart, end);
      if (valueEnd < 0) return 'partial';
      const after = bytes[valueEnd];
      if (after !== SPACE) {
        this.contentsStart = valueEnd;
        return this.#hasSizes && this.offset >= 0 ? 'record' : 'other';
      }
      at = valueEnd + 1;
    }
  }

  #reset(): void {
    this.timestampType = 'none';
    this.timestamp = this.offset = this.keySize = this.valueSize = this.producerId = this.headerKeysStart = -1;
    this.isBatch = this.isTransactional = this.isControl = this.hasContents = this.#hasSizes = false;
    this.endMarker = null;
  }

  /** Position of the colon behind a name, `notEnded`, or `noName`. */
  #nameEnd(bytes: Uint8Array, start: number, end: number): number {
    for (let i = start; i < end; i++) {
      const byte = bytes[i] as number;
      if (byte === COLON) return i > start ? i : noName;
      if (byte === LF || byte === SPACE) return noName;
    }
    return notEnded;
  }

  /** Takes one pair. @returns the position behind its value; `notEnded` if the bytes end before */
  #take(bytes: Uint8Array, nameStart: number, colon: number, valueStart: number, end: number): number {
    if (is(bytes, nameStart, colon, headerKeysName)) {
      this.headerKeysStart = valueStart;
      return this.#headerKeysEnd(bytes, valueStart, end);
    }
    let valueEnd = valueStart;
    while (valueEnd < end && bytes[valueEnd] !== SPACE && bytes[valueEnd] !== LF && bytes[valueEnd] !== 0x0d)
      valueEnd++;
    if (valueEnd >= end) return notEnded;
    switch (bytes[nameStart]) {
      case 0x6f: // o
        if (is(bytes, nameStart, colon, offsetName)) this.offset = number(bytes, valueStart, valueEnd);
        break;
      case 0x43: // C
      case 0x4c: // L
        for (const { name, type } of timestampNames) {
          if (!is(bytes, nameStart, colon, name)) continue;
          const timestamp = number(bytes, valueStart, valueEnd);
          if (timestamp < 0) continue;
          this.timestamp = timestamp;
          this.timestampType = type;
        }
        break;
      case 0x6b: // k
        if (isAny(bytes, nameStart, colon, keySizeNames)) this.keySize = number(bytes, valueStart, valueEnd);
        break;
      case 0x76: // v
        if (isAny(bytes, nameStart, colon, valueSizeNames)) {
          this.valueSize = number(bytes, valueStart, valueEnd);
          this.#hasSizes = true;
        }
        break;
      case 0x70: // p
        if (isAny(bytes, nameStart, colon, valueSizeNames)) {
          this.valueSize = number(bytes, valueStart, valueEnd);
          this.#hasSizes = true;
        } else if (is(bytes, nameStart, colon, producerIdName)) this.producerId = number(bytes, valueStart, valueEnd);
        break;
      case 0x62: // b
        if (is(bytes, nameStart, colon, baseOffsetName)) this.isBatch = true;
        break;
      case 0x69: // i
        if (is(bytes, nameStart, colon, transactionalName)) this.isTransactional = bytes[valueStart] === 0x74;
        else if (is(bytes, nameStart, colon, controlName)) this.isControl = bytes[valueStart] === 0x74;
        break;
      case 0x65: // e
        if (is(bytes, nameStart, colon, endMarkerName))
          this.endMarker = bytes[valueStart] === 0x41 ? 'abort' : 'commit';
        break;
      case 0x63: // c
        if (is(bytes, nameStart, colon, controlTypeName)) this.isControl = true;
        break;
    }
    return valueEnd;
  }

  /** The end of `[a,b]`: the first bracket behind which a key, a value, another pair or the line's end stands. */
  #headerKeysEnd(bytes: Uint8Array, start: number, end: number): number {
    if (start < end && bytes[start] !== OPEN_BRACKET) return start;
    for (let i = start; i < end; i++) if (bytes[i] === CLOSE_BRACKET) return i + 1 < end ? i + 1 : notEnded;
    return notEnded;
  }
}

const notEnded = -1;
const noName = -2;

function is(bytes: Uint8Array, start: number, end: number, name: Uint8Array): boolean {
  return end - start === name.length && startsWith(bytes, start, end, name);
}

function isAny(bytes: Uint8Array, start: number, end: number, names: readonly Uint8Array[]): boolean {
  for (let i = 0; i < names.length; i++) if (is(bytes, start, end, names[i] as Uint8Array)) return true;
  return false;
}

/** The whole number in `bytes[start, end)`; -1 for any below zero and for what is none. */
function number(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = (bytes[i] as number) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return end > start ? value : -1;
}
