/**
 * Differing keys before their names were read from the dumps: rows of numbers, so that a million of them is one array.
 * What depends on whether timestamps are comparable is there in both readings until that is known.
 */
import type { Cause, CauseEvidence, DifferenceOutcome, Late } from '../core/comparison.js';
import type { CauseFinding } from '../core/outcome.js';
import type { Side } from '../core/record.js';
import type { KeySide } from './keySides.js';
import type { Tuples } from './tuple.js';

/** The final record of a key on one side; -1 for what it has not. */
export interface FinalFinding {
  readonly byteOffset: number;
  readonly partition: number;
  readonly timestamp: number;
  readonly offset: number;
  readonly occurrences: number;
  readonly tombstone: boolean;
}

/** How a modified key reads. */
export interface CauseReading {
  readonly cause: Cause;
  readonly evidence: CauseEvidence;
  readonly behind: number | null;
}

export interface Finding {
  readonly outcome: DifferenceOutcome;
  /** Null unless `modified`. */
  readonly cause: CauseReading | null;
  /** If timestamps are comparable. */
  readonly late: Late | null;
  readonly source: FinalFinding | null;
  readonly mirror: FinalFinding | null;
}

const outcomes: readonly DifferenceOutcome[] = ['missing', 'extra', 'modified'];
const causes: readonly (Cause | null)[] = [null, 'stale', 'ahead', 'reordered', 'diverged'];
const lates: readonly (Late | null)[] = [null, 'afterMirrorEnd', 'afterSourceEnd'];

/** Doubles a row: bits, `behind` in both readings, then five for each side. */
const rowLength = 13;
const sideLength = 5;
const sideStart = { source: 3, mirror: 3 + sideLength } as const;

export class FindingsBuilder {
  #rows = new Float64Array(rowLength * 256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /**
   * @param untimed the cause if timestamps are not comparable, null unless modified
   * @param timed the cause if they are
   */
  add(
    outcome: DifferenceOutcome,
    untimed: CauseFinding | null,
    timed: CauseFinding | null,
    late: Late | null,
    source: { readonly side: KeySide; readonly tuples: Tuples } | null,
    mirror: { readonly side: KeySide; readonly tuples: Tuples } | null,
  ): void {
    const start = this.#length * rowLength;
    if (start === this.#rows.length) {
      const larger = new Float64Array(2 * this.#rows.length);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    const rows = this.#rows;
    const causeBits = (found: CauseFinding | null): number =>
      causes.indexOf(found?.cause ?? null) | (found?.evidence === 'timestamp' ? 8 : 0);
    rows[start] =
      outcomes.indexOf(outcome) |
      (causeBits(untimed) << 2) |
      (causeBits(timed) << 6) |
      (lates.indexOf(late) << 10) |
      (this.#final(start + sideStart.source, source) << 12) |
      (this.#final(start + sideStart.mirror, mirror) << 14);
    rows[start + 1] = untimed?.behind ?? -1;
    rows[start + 2] = timed?.behind ?? -1;
    this.#length++;
  }

  /** The row at a 0-based position, in the order in which rows were added. */
  row(index: number): Float64Array {
    return this.#rows.slice(index * rowLength, (index + 1) * rowLength);
  }

  /** All rows; the builder is empty afterwards. */
  take(): Float64Array<ArrayBuffer> {
    const rows = this.#rows.slice(0, this.#length * rowLength);
    this.#length = 0;
    this.#rows = new Float64Array(rowLength * 256);
    return rows;
  }

  /** @returns 0 absent, 1 a value, 3 a tombstone */
  #final(at: number, final: { readonly side: KeySide; readonly tuples: Tuples } | null): number {
    if (final === null) return 0;
    const { side, tuples } = final;
    const row = side.finalRow;
    this.#rows[at] = tuples.byteOffset(row);
    this.#rows[at + 1] = tuples.partition(row);
    this.#rows[at + 2] = tuples.timestamp(row);
    this.#rows[at + 3] = tuples.offset(row);
    this.#rows[at + 4] = side.rows.length;
    return tuples.isTombstone(row) ? 3 : 1;
  }
}

/** All findings, in report order: by the final's place in the source; keys absent there follow, by that in the mirror. */
export class Findings {
  readonly #rows: Float64Array;
  readonly #order: Uint32Array;

  constructor(
    parts: readonly Float64Array[],
    readonly timestampsComparable: boolean,
  ) {
    this.#rows = concatenated(parts);
    const places = new Float64Array(this.#rows.length / rowLength);
    for (let i = 0; i < places.length; i++) places[i] = this.#place(i);
    this.#order = orderOf(places);
  }

  get length(): number {
    return this.#order.length;
  }

  /** @param index 0-based, in report order */
  at(index: number): Finding {
    const start = (this.#order[index] as number) * rowLength;
    const bits = this.#rows[start] as number;
    const causeBits = (bits >> (this.timestampsComparable ? 6 : 2)) & 15;
    const cause = causes[causeBits & 7] as Cause | null;
    const behind = this.#rows[start + (this.timestampsComparable ? 2 : 1)] as number;
    return {
      outcome: outcomes[bits & 3] as DifferenceOutcome,
      cause:
        cause === null
          ? null
          : { cause, evidence: causeBits & 8 ? 'timestamp' : 'record', behind: behind < 0 ? null : behind },
      late: this.timestampsComparable ? (lates[(bits >> 10) & 3] as Late | null) : null,
      source: this.#final(start + sideStart.source, (bits >> 12) & 3),
      mirror: this.#final(start + sideStart.mirror, (bits >> 14) & 3),
    };
  }

  /** Byte offset of the final record on a side, or -1 if the key is absent there. */
  byteOffsetAt(index: number, side: Side): number {
    const start = (this.#order[index] as number) * rowLength;
    const presence = ((this.#rows[start] as number) >> (side === 'source' ? 12 : 14)) & 3;
    return presence === 0 ? -1 : (this.#rows[start + sideStart[side]] as number);
  }

  #place(row: number): number {
    const start = row * rowLength;
    const isInSource = (((this.#rows[start] as number) >> 12) & 3) !== 0;
    if (isInSource) return this.#rows[start + sideStart.source] as number;
    return behindTheSource + (this.#rows[start + sideStart.mirror] as number);
  }

  #final(at: number, presence: number): FinalFinding | null {
    if (presence === 0) return null;
    return {
      byteOffset: this.#rows[at] as number,
      partition: this.#rows[at + 1] as number,
      timestamp: this.#rows[at + 2] as number,
      offset: this.#rows[at + 3] as number,
      occurrences: this.#rows[at + 4] as number,
      tombstone: presence === 3,
    };
  }
}

/** More than any place in a source, so that keys that are absent there come last. */
const behindTheSource = 2 ** 44;

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Up to so many, `sort` takes less time than the radix sort's tables. */
const fewPlaces = 10_000;

/**
 * Positions of `places` in ascending order of the places, whole numbers below 2^48: a radix sort by 16 bits at a time,
 * ten times faster than `sort` with a function for a million of them.
 */
export function orderOf(places: Float64Array): Uint32Array {
  let order = Uint32Array.from(places, (_, i) => i);
  if (places.length <= fewPlaces) return order.sort((a, b) => (places[a] as number) - (places[b] as number));
  let next = new Uint32Array(places.length);
  for (const divisor of [1, 2 ** 16, 2 ** 32]) {
    const digits = Uint16Array.from(places, (place) => Math.floor(place / divisor) % 2 ** 16);
    const starts = new Uint32Array(2 ** 16 + 1);
    for (const digit of digits) starts[digit + 1] = (starts[digit + 1] as number) + 1;
    for (let digit = 0; digit < 2 ** 16; digit++) {
      starts[digit + 1] = (starts[digit + 1] as number) + (starts[digit] as number);
    }
    for (const row of order) {
      const digit = digits[row] as number;
      const place = starts[digit] as number;
      next[place] = row;
      starts[digit] = place + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}
