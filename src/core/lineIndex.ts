/**
 * A sparse index of a dump's lines: the number of the line at every so many bytes. 16 bytes for each
 * 256 KB of the dump find any line of 10 GB with one short read. Plain data: it crosses threads by transfer.
 */

/** Entries ascend; the byte at 0-based position `byteOffsets[i]` belongs to line `lines[i]` (1-based). */
export interface LineIndex {
  /** Only the first `length` entries of both columns count. */
  readonly length: number;
  readonly byteOffsets: Float64Array;
  readonly lines: Float64Array;
  /** Up to where the dump has been counted; the size of the dump if all of it was. */
  readonly bytesCounted: number;
}

/** Before anything is counted. */
export const emptyLineIndex: LineIndex = {
  length: 0,
  byteOffsets: new Float64Array(0),
  lines: new Float64Array(0),
  bytesCounted: 0,
};

/** Bytes between two entries, at least. */
const spacingBytes = 1 << 18;
const firstCapacity = 64;

export class LineIndexBuilder {
  #length = 0;
  #byteOffsets = new Float64Array(firstCapacity);
  #lines = new Float64Array(firstCapacity);
  #nextEntryAt = 0;

  /** Position from which on the next place is worth an entry. */
  get nextEntryAt(): number {
    return this.#nextEntryAt;
  }

  /**
   * Takes a place and its line, in ascending order: all may be handed in, and only every so many bytes one is kept.
   * @param line 1-based
   */
  add(byteOffset: number, line: number): void {
    if (byteOffset < this.#nextEntryAt) return;
    if (this.#length === this.#lines.length) {
      this.#byteOffsets = doubled(this.#byteOffsets);
      this.#lines = doubled(this.#lines);
    }
    this.#byteOffsets[this.#length] = byteOffset;
    this.#lines[this.#length] = line;
    this.#length++;
    this.#nextEntryAt = byteOffset + spacingBytes;
  }

  /** What was added so far; the columns stay in use here. */
  index(bytesCounted: number): LineIndex {
    return { length: this.#length, byteOffsets: this.#byteOffsets, lines: this.#lines, bytesCounted };
  }
}

/** The last entry at or before a position; null if there is none. */
export function entryBefore(index: LineIndex, byteOffset: number): { byteOffset: number; line: number } | null {
  return entryAt(index, lastAtMost(index.byteOffsets, index.length, byteOffset));
}

/** The last entry at or before a 1-based line; null if there is none. */
export function entryBeforeLine(index: LineIndex, line: number): { byteOffset: number; line: number } | null {
  return entryAt(index, lastAtMost(index.lines, index.length, line));
}

function entryAt({ byteOffsets, lines }: LineIndex, position: number): { byteOffset: number; line: number } | null {
  if (position < 0) return null;
  return { byteOffset: byteOffsets[position] as number, line: lines[position] as number };
}

/** Position of the last of `length` ascending numbers that is not above `limit`; -1 for none. */
function lastAtMost(numbers: Float64Array, length: number, limit: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function doubled(column: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * column.length);
  larger.set(column);
  return larger;
}
