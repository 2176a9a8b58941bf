/** From the tuples of one key to what outcome, cause and ledger work on: order, final, value numbers. */
import { type KeyRecords, noTimestamp, tombstoneValue } from '../core/keyRecords.js';
import type { Tuples } from './tuple.js';

/** One side of a key. `rows` are the positions of its tuples, in comparison order. */
export interface KeySide extends KeyRecords {
  readonly rows: ArrayLike<number>;
  /** Row of the final record. */
  readonly finalRow: number;
  /** The key's partitions in this dump, ascending; empty when none are printed. */
  readonly partitions: readonly number[];
  /** Row of a record with the partition and offset of another one, or -1. */
  readonly printedTwice: number;
  /** `values` of the record that stands last in the file, as the published script takes it. */
  readonly lastInFile: number;
}

/** Both sides of a key; null where it is absent. */
export interface KeySides {
  readonly source: KeySide | null;
  readonly mirror: KeySide | null;
}

/** Tuples of one key in one dump: their positions, in file order. */
export interface KeyTuples {
  readonly tuples: Tuples;
  readonly rows: Uint32Array;
}

/** Up to so many values of a key are looked through one by one, which takes less time than a map. */
const fewValues = 24;

/** Values of a key numbered so that equal numbers are equal hashes. Made anew for each key; most have a few values. */
class ValueNumbers {
  readonly #lows: number[] = [];
  readonly #highs: number[] = [];
  /** Where there are many: first number of each low half, and the next number with the same low half. */
  #firstOf: Map<number, number> | null = null;
  readonly #nextOf: number[] = [];

  numberOf(tuples: Tuples, row: number): number {
    const low = tuples.valueLow(row);
    const high = tuples.valueHigh(row);
    if (low === 0 && high === 0) return tombstoneValue;
    if (this.#firstOf !== null) return this.#numberInMap(this.#firstOf, low, high) + 1;
    const { length } = this.#lows;
    for (let n = 0; n < length; n++) if (this.#lows[n] === low && this.#highs[n] === high) return n + 1;
    this.#lows.push(low);
    this.#highs.push(high);
    if (length === fewValues) this.#firstOf = this.#mapOfAll();
    return length + 1;
  }

  #numberInMap(firstOf: Map<number, number>, low: number, high: number): number {
    const first = firstOf.get(low) ?? -1;
    for (let n = first; n >= 0; n = this.#nextOf[n] as number) if (this.#highs[n] === high) return n;
    this.#highs.push(high);
    this.#nextOf.push(first);
    firstOf.set(low, this.#highs.length - 1);
    return this.#highs.length - 1;
  }

  #mapOfAll(): Map<number, number> {
    const firstOf = new Map<number, number>();
    this.#lows.forEach((low, n) => {
      this.#nextOf.push(firstOf.get(low) ?? -1);
      firstOf.set(low, n);
    });
    return firstOf;
  }
}

/** A side without tuples is null. */
export function keySides(source: KeyTuples, mirror: KeyTuples): KeySides {
  const numbers = new ValueNumbers();
  return { source: keySide(source, numbers), mirror: keySide(mirror, numbers) };
}

function keySide({ tuples, rows }: KeyTuples, numbers: ValueNumbers): KeySide | null {
  if (rows.length === 0) return null;
  const partitions = partitionsOf(tuples, rows);
  const byOffset = haveOffsets(tuples, rows);
  let ordered = rows;
  let printedTwice = -1;
  if (byOffset && partitions.length <= 1 && rows.length > 1) {
    // Most dumps print a partition in order; rows keep the file's order among equal offsets.
    ordered = rows.slice().sort((a, b) => tuples.offset(a) - tuples.offset(b) || a - b);
    printedTwice =
      ordered.find((row, i) => i > 0 && tuples.offset(row) === tuples.offset(ordered[i - 1] as number)) ?? -1;
  }
  const finalIndex = partitions.length > 1 ? finalOfSeveral(tuples, ordered, byOffset) : ordered.length - 1;
  // Plain arrays: a million keys have four each, and typed ones take longer to make than to fill.
  const timestamps: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < ordered.length; i++) {
    const row = ordered[i] as number;
    timestamps.push(tuples.timestamp(row));
    values.push(numbers.numberOf(tuples, row));
  }
  return {
    rows: ordered,
    partitions,
    printedTwice,
    finalIndex,
    finalRow: ordered[finalIndex] as number,
    timestamps,
    values,
    lastInFile: values[ordered === rows ? rows.length - 1 : ordered.indexOf(rows[rows.length - 1] as number)] as number,
  };
}

function haveOffsets(tuples: Tuples, rows: Uint32Array): boolean {
  for (let i = 0; i < rows.length; i++) if (tuples.offset(rows[i] as number) < 0) return false;
  return true;
}

function isAllIn(partition: number, tuples: Tuples, rows: Uint32Array): boolean {
  for (let i = 1; i < rows.length; i++) if (tuples.partition(rows[i] as number) !== partition) return false;
  return true;
}

function partitionsOf(tuples: Tuples, rows: Uint32Array): number[] {
  const first = tuples.partition(rows[0] as number);
  if (first < 0) return [];
  if (isAllIn(first, tuples, rows)) return [first];
  return [...new Set(Array.from(rows, (row) => tuples.partition(row)))].sort((a, b) => a - b);
}

/**
 * The final record of a key in several partitions, as a position in `rows` (file order): of each partition's final
 * the one with the latest timestamp, of equal ones the later in the file; the last in the file if one has none.
 */
function finalOfSeveral(tuples: Tuples, rows: Uint32Array, byOffset: boolean): number {
  const finals = new Map<number, number>();
  rows.forEach((row, i) => {
    const partition = tuples.partition(row);
    const before = finals.get(partition);
    const isLater = before === undefined || !byOffset || tuples.offset(row) >= tuples.offset(rows[before] as number);
    if (isLater) finals.set(partition, i);
  });
  const positions = [...finals.values()].sort((a, b) => a - b);
  const timestampAt = (position: number): number => tuples.timestamp(rows[position] as number);
  const last = positions[positions.length - 1] as number;
  if (positions.some((position) => timestampAt(position) === noTimestamp)) return last;
  return positions.reduce((best, position) => (timestampAt(position) >= timestampAt(best) ? position : best), last);
}
