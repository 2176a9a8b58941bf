/** Where key and value of a record stand in the output of `kafka-dump-log`: by their sizes, or by what is around them. */
import { CR, findBytes, LF, startsWith, toBytes } from './bytes.js';
import type { DumpLogLine } from './dumpLogLine.js';
import { longestRecordBytes } from './scanBuffer.js';

const keyMark = toBytes(' key: ');
const payloadMark = toBytes(' payload: ');
/** Up to Kafka 0.8 a null value was printed like this. */
const nullPayload = toBytes(' payload: null');
const CLOSE_BRACKET = 0x5d;
/** Bytes in which another end of `headerKeys: [..]` is looked for: the name of a header may hold a bracket. */
const headerKeysBytes = 1 << 16;

/** Beginnings of lines at which a record whose sizes do not come out ends. */
const nextLines = [
  '| offset: ',
  'baseOffset: ',
  'offset: ',
  'Dumping ',
  'Starting offset: ',
  'Log starting offset: ',
].map(toBytes);
export const longestNextLine = Math.max(...nextLines.map(({ length }) => length));

export class DumpLogSlices {
  keyStart = 0;
  keyEnd = 0;
  valueStart = 0;
  valueEnd = 0;

  /**
   * Cuts by the sizes that the line tells. `partial`: more bytes are needed to tell whether they come out.
   * @param length where the bytes end; with `isEnded`, for good
   */
  takeBySizes(fields: DumpLogLine, bytes: Uint8Array, length: number, isEnded: boolean): 'whole' | 'partial' | 'no' {
    const { contentsStart, headerKeysStart } = fields;
    const first = this.#tryAt(contentsStart, fields, bytes, length, isEnded);
    if (first !== 'no' || headerKeysStart < 0) return first;
    const limit = Math.min(length, headerKeysStart + headerKeysBytes);
    for (let i = contentsStart; i < limit && bytes[i] !== LF; i++) {
      if (bytes[i] !== CLOSE_BRACKET) continue;
      const later = this.#tryAt(i + 1, fields, bytes, length, isEnded);
      if (later !== 'no') return later;
    }
    return 'no';
  }

  #tryAt(
    start: number,
    { keySize, valueSize }: DumpLogLine,
    bytes: Uint8Array,
    length: number,
    isEnded: boolean,
  ): 'whole' | 'partial' | 'no' {
    if (keySize + valueSize > longestRecordBytes) return 'no';
    let at = start;
    if (keySize >= 0) {
      if (!mayStartWith(bytes, at, length, keyMark)) return 'no';
      at += keyMark.length;
      this.keyStart = at;
      at += keySize;
      this.keyEnd = at;
    } else this.keyStart = this.keyEnd = at;
    if (valueSize >= 0) {
      if (!mayStartWith(bytes, at, length, payloadMark)) return 'no';
      at += payloadMark.length;
      this.valueStart = at;
      at += valueSize;
    } else {
      if (startsWith(bytes, at, length, nullPayload)) at += nullPayload.length;
      this.valueStart = at;
    }
    this.valueEnd = at;
    if (at + 1 < length || isEnded) {
      const isEnd = at === length || bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF);
      return at <= length && isEnd ? 'whole' : 'no';
    }
    return at < length && bytes[at] === LF ? 'whole' : 'partial';
  }

  /**
   * Cuts the record that ends at `end` by the marks before key and value.
   * @returns false if they are not there, or if the bytes are cut before the key's end is sure
   */
  takeByMarks(fields: DumpLogLine, bytes: Uint8Array, end: number, isCut: boolean): boolean {
    const { contentsStart, keySize, valueSize } = fields;
    let at = contentsStart;
    this.keyStart = this.keyEnd = at;
    if (keySize >= 0) {
      if (!startsWith(bytes, at, end, keyMark)) return false;
      this.keyStart = at + keyMark.length;
      const bySize = this.keyStart + keySize;
      if (valueSize < 0) at = isCut ? -1 : end;
      else
        at = startsWith(bytes, bySize, end, payloadMark) ? bySize : findBytes(bytes, payloadMark, this.keyStart, end);
      if (at < 0) return false;
      this.keyEnd = at;
    }
    if (valueSize >= 0) {
      if (!startsWith(bytes, at, end, payloadMark)) return false;
      at += payloadMark.length;
    }
    this.valueStart = at;
    this.valueEnd = valueSize < 0 ? at : end;
    return true;
  }

  /** A copy of key and value in which no CR stands before an LF, with the positions moved there. */
  withoutCr(bytes: Uint8Array): Uint8Array {
    const key = stripped(bytes.subarray(this.keyStart, this.keyEnd));
    const value = stripped(bytes.subarray(this.valueStart, this.valueEnd));
    this.keyStart = 0;
    this.keyEnd = this.valueStart = key.length;
    this.valueEnd = key.length + value.length;
    const copy = new Uint8Array(this.valueEnd);
    copy.set(key);
    copy.set(value, key.length);
    return copy;
  }
}

/** Whether `wanted` stands at `start`, or may once the bytes behind `end` are there. */
function mayStartWith(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length && start + i < end; i++) if (bytes[start + i] !== wanted[i]) return false;
  return true;
}

function stripped(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, i) => byte !== CR || bytes[i + 1] !== LF);
}

/**
 * Where the record ends that holds the byte at `from`: at the LF before a line of the tool, or with the bytes.
 * @returns -1 if more bytes are needed
 */
export function recordEndByLines(bytes: Uint8Array, from: number, length: number, isEnded: boolean): number {
  const filled = bytes.subarray(0, length);
  for (let at = filled.indexOf(LF, from); at >= 0; at = filled.indexOf(LF, at + 1)) {
    const next = at + 1;
    if (!isEnded && next + longestNextLine > length) return -1;
    if (next === length || nextLines.some((line) => startsWith(bytes, next, length, line))) return at;
  }
  return isEnded ? length : -1;
}

/** LFs in `bytes[start, end)`. */
export function lineFeeds(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(LF, start); at >= 0 && at < end; at = bytes.indexOf(LF, at + 1)) count++;
  return count;
}
