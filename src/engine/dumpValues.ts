/** The values of a finished comparison's records, read again from its two dumps: for reports. */
import { UserError } from '../core/errors.js';
import type { Side, ValueLocation } from '../core/record.js';
import type { ReadValue } from '../core/report/report.js';
import { readAt } from './kernelScan.js';
import type { OpenDump } from './laneProtocol.js';
import { parseRecord } from './recordReader.js';

/** Bytes read at a time where records are asked for in file order: neighbours are served from one read. */
const windowBytes = 1 << 16;
/** Bytes read at a time where they lie anywhere. */
const singleBytes = 1 << 12;

/** Of both dumps, open. */
export function valuesOf(dumps: Readonly<Record<Side, OpenDump>>): ReadValue {
  const readers = { source: new ValueReader(dumps.source), mirror: new ValueReader(dumps.mirror) };
  return (side, location) => readers[side].read(location);
}

/** Reads without giving up its thread: on those that have nothing else to do. Fastest in file order. */
class ValueReader {
  readonly #separatorEnd: number | undefined;
  readonly #buffer = new Uint8Array(windowBytes);
  #window: Uint8Array = new Uint8Array(0);
  #windowOffset = 0;

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
    const windowEnd = this.#windowOffset + this.#window.length;
    if (byteOffset < this.#windowOffset || byteOffset + byteLength > windowEnd) {
      if (byteOffset + byteLength > this.dump.bytes) throw this.#notThere(byteOffset);
      const isNeighbour = byteOffset >= this.#windowOffset && byteOffset < windowEnd + windowBytes;
      const wanted = Math.max(isNeighbour ? windowBytes : singleBytes, byteLength);
      const buffer = wanted > windowBytes ? new Uint8Array(wanted) : this.#buffer;
      this.#window = buffer.subarray(0, Math.min(wanted, this.dump.bytes - byteOffset));
      this.#windowOffset = byteOffset;
      readAt(this.dump, this.#window, byteOffset);
    }
    const start = byteOffset - this.#windowOffset;
    return this.#window.subarray(start, start + byteLength);
  }

  #notThere(byteOffset: number): UserError {
    return new UserError(
      `${this.dump.path} changed: at byte ${byteOffset} the record is no longer there. Compare again.`,
      this.dump.path,
    );
  }
}
