/** From the records of one key in the tables to what outcome, cause and ledger work on: order, final, value numbers. */
import { type KeyRecords, noTimestamp, tombstoneValue } from '../core/keyRecords.js';
import type { GroupedSide, RecordGroups } from './recordGroups.js';
import type { RecordTable } from './recordTable.js';

/** One side of a key. `indexes` are the record's positions in the table, in comparison order. */
export interface KeySide extends KeyRecords {
  readonly indexes: ArrayLike<number>;
  /** Position in the table of the final record. */
  readonly finalRow: number;
  /** The key's partitions in this dump, ascending; empty when none are printed. */
  readonly partitions: readonly number[];
  /** Position in the table of a record with the partition and offset of another one, or -1. */
  readonly printedTwice: number;
}

/** Both sides of a key; null where it is absent. */
export interface KeySides {
  readonly source: KeySide | null;
  readonly mirror: KeySide | null;
}

/** Values of a key numbered so that equal numbers are equal hashes. Made anew for each key; most have two values. */
class ValueNumbers {
  readonly #highs: number[] = [];
  /** First number of each low half, and the next number with the same low half. */
  readonly #firstOf = new Map<number, number>();
  readonly #nextOf: number[] = [];

  numberOf(table: RecordTable, row: number): number {
    if (table.isTombstone(row)) return tombstoneValue;
    const low = table.valueHashes[2 * row] as number;
    const high = table.valueHashes[2 * row + 1] as number;
    const first = this.#firstOf.get(low);
    for (let n = first ?? -1; n >= 0; n = this.#nextOf[n] as number) if (this.#highs[n] === high) return n + 1;
    const number = this.#highs.length;
    this.#highs.push(high);
    this.#nextOf.push(first ?? -1);
    this.#firstOf.set(low, number);
    return number + 1;
  }
}

export function keySides(groups: RecordGroups, group: number): KeySides {
  const numbers = new ValueNumbers();
  return { source: keySide(groups.source, group, numbers), mirror: keySide(groups.mirror, group, numbers) };
}

function keySide({ table, starts, order }: GroupedSide, group: number, numbers: ValueNumbers): KeySide | null {
  const start = starts[group] as number;
  const end = starts[group + 1] as number;
  if (start === end) return null;
  let indexes: Uint32Array = order.subarray(start, end);
  const partitions = partitionsOf(table, indexes);
  const byOffset = indexes.every((row) => (table.offsets[row] as number) >= 0);
  let printedTwice = -1;
  if (byOffset && partitions.length <= 1 && indexes.length > 1) {
    const { offsets } = table;
    // Most dumps print a partition in order; sorting a copy keeps the file's order among equal offsets.
    indexes = indexes.slice().sort((a, b) => (offsets[a] as number) - (offsets[b] as number) || a - b);
    printedTwice = indexes.find((row, i) => i > 0 && offsets[row] === offsets[indexes[i - 1] as number]) ?? -1;
  }
  const finalIndex = partitions.length > 1 ? finalOfSeveral(table, indexes, byOffset) : indexes.length - 1;
  const timestamps = new Float64Array(indexes.length);
  const values = new Uint32Array(indexes.length);
  indexes.forEach((row, i) => {
    timestamps[i] = table.timestamps[row] as number;
    values[i] = numbers.numberOf(table, row);
  });
  return { indexes, partitions, printedTwice, finalIndex, finalRow: indexes[finalIndex] as number, timestamps, values };
}

function partitionsOf(table: RecordTable, rows: Uint32Array): number[] {
  const first = table.partitions[rows[0] as number] as number;
  if (first < 0) return [];
  if (rows.every((row) => table.partitions[row] === first)) return [first];
  return [...new Set(Array.from(rows, (row) => table.partitions[row] as number))].sort((a, b) => a - b);
}

/**
 * The final record of a key in several partitions, as a position in `rows` (file order): of each partition's final
 * the one with the latest timestamp, of equal ones the later in the file; the last in the file if one has none.
 */
function finalOfSeveral(table: RecordTable, rows: Uint32Array, byOffset: boolean): number {
  const finals = new Map<number, number>();
  rows.forEach((row, i) => {
    const partition = table.partitions[row] as number;
    const before = finals.get(partition);
    const isLater =
      before === undefined ||
      !byOffset ||
      (table.offsets[row] as number) >= (table.offsets[rows[before] as number] as number);
    if (isLater) finals.set(partition, i);
  });
  const positions = [...finals.values()].sort((a, b) => a - b);
  const timestampAt = (position: number): number => table.timestamps[rows[position] as number] as number;
  const last = positions[positions.length - 1] as number;
  if (positions.some((position) => timestampAt(position) === noTimestamp)) return last;
  return positions.reduce((best, position) => (timestampAt(position) >= timestampAt(best) ? position : best), last);
}
