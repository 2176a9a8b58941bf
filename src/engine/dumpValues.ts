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

/** Of no place in the dump yet. */
function newWindow(bytes: number): Window {
  return { buffer: new Uint8Array(bytes), start: -windowBytes, end: -windowBytes };
}

function isNeighbour({ start, end }: Window, byteOffset: number): boolean {
  return byteOffset >= start && byteOffset < end + windowBytes;
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
    const { buffer, start } = this.#windowWith(byteOffset, byteLength);
    const at = byteOffset - start;
    if (headBytes > 0) {
      if (buffer[at + headBytes - 1] !== this.#separatorEnd) throw this.#notThere(byteOffset);
      return buffer.subarray(at + headBytes, at + byteLength);
    }
    const contents = parseRecord(buffer.subarray(at, at + byteLength), this.dump.layout);
    if (contents === null) throw this.#notThere(byteOffset);
    return contents.value;
  }

  #windowWith(byteOffset: number, byteLength: number): Window {
    const end = byteOffset + byteLength;
    for (const window of this.#windows) if (byteOffset >= window.start && end <= window.end) return window;
    if (end > this.dump.bytes) throw this.#notThere(byteOffset);
    const window = byteLength > windowBytes ? newWindow(byteLength) : this.#windowFor(byteOffset);
    const wanted = Math.max(isNeighbour(window, byteOffset) ? windowBytes : singleBytes, byteLength);
    window.start = byteOffset;
    window.end = Math.min(byteOffset + wanted, this.dump.bytes);
    readAt(this.dump, window.buffer.subarray(0, window.end - byteOffset), byteOffset);
    return window;
  }

  /** The window that the place follows, or a new one, or the one that was filled before all others. */
  #windowFor(byteOffset: number): Window {
    const windows = this.#windows;
    const before = windows.findIndex((window) => isNeighbour(window, byteOffset));
    const isNew = before < 0 && windows.length < mostWindows;
    const window = isNew ? newWindow(windowBytes) : (windows.splice(before, 1)[0] as Window);
    windows.unshift(window);
    return window;
  }

  #notThere(byteOffset: number): UserError {
    return new UserError(
      `${this.dump.path} changed: at byte ${byteOffset} the record is no longer there. Compare again.`,
      this.dump.path,
    );
  }
}
