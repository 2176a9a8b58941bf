/**
 * Sorts out findings where fewer are listed than there are: those that a report lists become columns in report order, of
 * all others only what is counted is kept. One pass, without putting them in order.
 */
import { type CountedColumns, type DifferenceColumns, emptyCounted } from '../core/differenceColumns.js';
import { differenceKinds, sectionKinds } from '../core/differenceGroups.js';
import { listedOfGroups } from '../core/report/listedGroups.js';
import { columnsOfFindings, placeOf, setCounted } from './findingColumns.js';
import { type FoundRows, rowLength, rowsPerChunk, takeEachChunk } from './findings.js';
import { FirstRows } from './firstRows.js';
import { orderOf } from './placeOrder.js';

export interface ListedFindings {
  /** See `columnsOfFindings`. */
  readonly columns: DifferenceColumns;
  /** See `listOfFirst`. */
  readonly counted: CountedColumns;
}

/**
 * @param found is empty afterwards
 * @param count of all findings
 * @param limit how many a report lists, fewer than there are
 * @param timed whether timestamps are comparable
 */
export function takeListed(found: readonly FoundRows[], count: number, limit: number, timed: boolean): ListedFindings {
  const counted = emptyCounted(count);
  const groups = Array.from({ length: sectionKinds.length * differenceKinds.length }, () => new FirstRows(limit));
  const groupCounts = new Uint32Array(groups.length);
  let index = 0;
  for (const chunk of takeEachChunk(found)) {
    setCounted(counted, index, chunk, 0, chunk.length, timed);
    for (let start = 0; start < chunk.length; start += rowLength) {
      const group = (counted.sections[index] as number) * differenceKinds.length + (counted.kinds[index] as number);
      groupCounts[group] = (groupCounts[group] as number) + 1;
      const first = groups[group] as FirstRows;
      const place = placeOf(chunk, start);
      if (place < first.end) first.add(place, index, chunk, start);
      index++;
    }
  }
  if (index !== count) throw new Error(`${count} keys differ, and ${index} were found.`);
  const chosen = chosenOf(groups, listedOfGroups(groupCounts, limit), limit);
  const columns = columnsOfFindings(chunksOf(chosen), timed);
  moveToFront(
    counted,
    columns,
    Uint32Array.from(chosen, ({ index }) => index),
  );
  return { columns, counted };
}

interface ChosenRow {
  readonly index: number;
  readonly row: Float64Array;
}

/** The first of all, and the first of each group; in report order. @param shares how many of each group */
function chosenOf(groups: readonly FirstRows[], shares: readonly number[], limit: number): ChosenRow[] {
  const total = groups.reduce((sum, { length }) => sum + length, 0);
  const places = new Float64Array(total);
  const slots = new Uint32Array(total);
  const groupOf = new Uint8Array(total);
  let filled = 0;
  groups.forEach((first, group) => {
    places.set(first.places, filled);
    for (let slot = 0; slot < first.length; slot++, filled++) {
      slots[filled] = slot;
      groupOf[filled] = group;
    }
  });
  const chosen: ChosenRow[] = [];
  const before = groups.map(() => 0);
  orderOf(places).forEach((at, position) => {
    const group = groupOf[at] as number;
    const rank = before[group] as number;
    before[group] = rank + 1;
    if (position >= limit && rank >= (shares[group] as number)) return;
    const first = groups[group] as FirstRows;
    const slot = slots[at] as number;
    chosen.push({ index: first.indexOf(slot), row: first.rowOf(slot) });
  });
  return chosen;
}

/** As `columnsOfFindings` takes them. */
function chunksOf(rows: readonly ChosenRow[]): Float64Array[] {
  const chunks: Float64Array[] = [];
  for (let from = 0; from < rows.length; from += rowsPerChunk) {
    const some = rows.slice(from, from + rowsPerChunk);
    const chunk = new Float64Array(some.length * rowLength);
    some.forEach(({ row }, i) => {
      chunk.set(row, i * rowLength);
    });
    chunks.push(chunk);
  }
  return chunks;
}

/** Those that are described come first; what was there before takes the places that they leave. */
function moveToFront(counted: CountedColumns, described: DifferenceColumns, indexes: Uint32Array): void {
  const { length } = indexes;
  const isDescribed = new Uint8Array(length);
  for (const index of indexes) if (index < length) isDescribed[index] = 1;
  const left = indexes.filter((index) => index >= length);
  const pairs = columnPairs(counted, described);
  let next = 0;
  for (let i = 0; i < length; i++) {
    if (isDescribed[i] === 1) continue;
    const to = left[next++] as number;
    for (const [column] of pairs) column[to] = column[i] as number;
  }
  for (const [column, of] of pairs) column.set(of.subarray(0, length));
}

type Column = Uint8Array | Int32Array | Float64Array;

function columnPairs(a: CountedColumns, b: CountedColumns): [Column, Column][] {
  const columns = ({ kinds, sections, source, mirror }: CountedColumns): Column[] => [
    ...[kinds, sections, source.partitions, source.timestamps, source.tombstones],
    ...[mirror.partitions, mirror.timestamps, mirror.tombstones],
  ];
  const of = columns(b);
  return columns(a).map((column, i) => [column, of[i] as Column]);
}
