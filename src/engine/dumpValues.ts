/** The values of a finished comparison's records, read again from its two dumps: for reports. */
import { UserError } from '../core/errors.js';
import type { Side, ValueLocation } from '../core/record.js';
import type { ReadValue } from '../core/report/report.js';
import { readAt } from './kernelScan.js';
import type { OpenDump } from './laneProtocol.js';
import { parseRecord } from './recordReader.js';

/** Bytes read at a time where records follow each other: neighbours are served from one read. */
const windowBytes = 1 << 16;
/** Bytes read at a time where they lie anywhere. */
const singleBytes = 1 << 10;
/** Places of a dump that are read from in turn. */
const mostWindows = 8;

/** Of both dumps, open. */
export function valuesOf(dumps: Readonly<Record<Side, OpenDump>>): ReadValue {
  const readers = { source: new ValueReader(dumps.source), mirror: new ValueReader(dumps.mirror) };
  return (side, location) => readers[side].read(location);
}

interface Window {
  readonly buffer: Uint8Array;
  /** What the buffer holds, as 0-based positions in the dump. */
  start: number;
  end: number;
}

/**
 * Reads without giving up its thread: on those that have nothing else to do. Fastest in file order, or where the records
 * come from a few places that each go on in file order, as the mirror's do in that of the source: a key's last record is
 * near its place in the source, and an older one near that of the version before.
 */
class ValueReader {
  readonly #separatorEnd: number | undefined;
  /** The one that was filled last is the first. */
  readonly #windows: Window[] = [];

  constructor(private readonly dump: OpenDump) {
    this.#separatorEnd = new TextEncoder().encode(dump.layout.separator ?? '').at(-1);
  }

  /** @throws UserError if the dump no longer holds a record there */
  read({ byteOffset, byteLength, headBytes }: ValueLocation): Uint8Array | null {
    const bytes = this.#bytes(byteOffset, byteLength);
    if (headBytes > 0) {
      if (bytes[headBytes - 1] !== this.#separatorEnd) throw this.#notThere(byteOffset);
      return bytes.subarray(headBytes);
    }
    const contents = parseRecord(bytes, this.dump.layout);
    if (contents === null) throw this.#notThere(byteOffset);
    return contents.value;
  }

  #bytes(byteOffset: number, byteLength: number): Uint8Array {
    const end = byteOffset + byteLength;
    for (const { buffer, start, end: windowEnd } of this.#windows) {
      if (byteOffset >= start && end <= windowEnd) return buffer.subarray(byteOffset - start, end - start);
    }
    if (end > this.dump.bytes) throw this.#notThere(byteOffset);
    if (byteLength > windowBytes) {
      const buffer = new Uint8Array(byteLength);
      readAt(this.dump, buffer, byteOffset);
      return buffer;
    }
    const window = this.#windowFor(byteOffset, byteLength);
    return window.buffer.subarray(0, byteLength);
  }

  /** Fills the window that the record follows, or the one that was not filled for longest. */
  #windowFor(byteOffset: number, byteLength: number): Window {
    const windows = this.#windows;
    const before = windows.findIndex(({ start, end }) => byteOffset >= start && byteOffset < end + windowBytes);
    const isNew = before < 0 && windows.length < mostWindows;
    const window = isNew
      ? { buffer: new Uint8Array(windowBytes), start: 0, end: 0 }
      : (windows.splice(before, 1)[0] as Window);
    windows.unshift(window);
    const wanted = before < 0 ? Math.max(singleBytes, byteLength) : windowBytes;
    window.start = byteOffset;
    window.end = Math.min(byteOffset + wanted, this.dump.bytes);
    readAt(this.dump, window.buffer.subarray(0, window.end - byteOffset), byteOffset);
    return window;
  }

  #notThere(byteOffset: number): UserError {
    return new UserError(
      `${this.dump.path} changed: at byte ${byteOffset} the record is no longer there. Compare again.`,
      this.dump.path,
    );
  }
}
