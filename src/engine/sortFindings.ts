/**
 * What a lane does with its findings where fewer are listed than there are, in one pass and without putting them in order:
 * it picks those that a report may list, and of all keeps what is counted.
 */
import { type CountedColumns, countedBytes, countedColumnsIn } from '../core/differenceColumns.js';
import { differenceKinds, sectionKinds } from '../core/differenceGroups.js';
import { placeOf, setCounted } from './findingColumns.js';
import { type FoundRows, rowLength, rowsOf, takeEachChunk } from './findings.js';
import { FirstRows } from './firstRows.js';

/** Plain data. */
export interface SortJob {
  /** The lane's; they are gone afterwards. */
  readonly found: FoundRows;
  /** How many are listed. */
  readonly limit: number;
  /** Whether timestamps are comparable. */
  readonly timed: boolean;
  /** Memory that nobody needs any longer, to be written over: to be given new takes longer than to count. */
  readonly memory: readonly Uint8Array[];
}

/** Plain data. */
export interface SortedFindings {
  /** Of each group; groups are numbered in the order in which they are shown. */
  readonly counts: Uint32Array;
  /** All findings, by their number. */
  readonly counted: readonly CountedColumns[];
  /** The first `limit` of each group, group by group. */
  readonly first: PickedFindings;
}

/** One entry a finding. */
export interface PickedFindings {
  /** By which they are in report order; no two are the same. */
  readonly places: Float64Array<ArrayBuffer>;
  readonly groups: Uint8Array<ArrayBuffer>;
  /** Their 0-based numbers among the lane's findings. */
  readonly numbers: Uint32Array<ArrayBuffer>;
  /** `rowLength` doubles each. */
  readonly rows: Float64Array<ArrayBuffer>;
}

export function sortFindings({ found, limit, timed, memory }: SortJob): SortedFindings {
  const groups = Array.from({ length: sectionKinds.length * differenceKinds.length }, () => new FirstRows(limit));
  const counts = new Uint32Array(groups.length);
  const counted = columnsIn(memory, rowsOf(found));
  let part = 0;
  let filled = 0;
  let number = 0;
  for (const chunk of takeEachChunk([found])) {
    for (let start = 0; start < chunk.length; ) {
      const columns = counted[part] as CountedColumns;
      const rows = Math.min((chunk.length - start) / rowLength, columns.length - filled);
      setCounted(columns, filled, chunk, start, rows, timed);
      pick(groups, counts, columns, filled, chunk, start, rows, number);
      start += rows * rowLength;
      number += rows;
      filled += rows;
      if (filled < columns.length) continue;
      part++;
      filled = 0;
    }
  }
  return { counts, counted, first: pickedOf(groups) };
}

/** In a function of its own, which is compiled sooner than one that runs once. @param i of the first one in `columns` */
function pick(
  groups: readonly FirstRows[],
  counts: Uint32Array,
  { kinds, sections }: CountedColumns,
  i: number,
  chunk: Float64Array,
  start: number,
  rows: number,
  number: number,
): void {
  for (let row = 0, at = start; row < rows; row++, at += rowLength) {
    const group = (sections[i + row] as number) * differenceKinds.length + (kinds[i + row] as number);
    counts[group] = (counts[group] as number) + 1;
    const place = placeOf(chunk, at);
    const first = groups[group] as FirstRows;
    if (place < first.end) first.add(place, number + row, chunk, at);
  }
}

/** Columns for so many findings, in the memory that is given as long as there is any. */
function columnsIn(memory: readonly Uint8Array[], count: number): CountedColumns[] {
  const parts: CountedColumns[] = [];
  let left = count;
  for (const { buffer, byteOffset, length } of memory) {
    if (left === 0) break;
    const rows = Math.min(left, Math.floor(length / countedBytes));
    parts.push(countedColumnsIn(buffer, byteOffset, rows));
    left -= rows;
  }
  if (left > 0) parts.push(countedColumnsIn(new ArrayBuffer(left * countedBytes), 0, left));
  return parts;
}

function pickedOf(groups: readonly FirstRows[]): PickedFindings {
  const finished = groups.map((first) => first.finish());
  const count = finished.reduce((sum, { places }) => sum + places.length, 0);
  const picked = {
    places: new Float64Array(count),
    groups: new Uint8Array(count),
    numbers: new Uint32Array(count),
    rows: new Float64Array(count * rowLength),
  };
  let at = 0;
  finished.forEach(({ places, numbers, rows }, group) => {
    picked.places.set(places, at);
    picked.groups.fill(group, at, at + places.length);
    picked.numbers.set(numbers, at);
    picked.rows.set(rows, at * rowLength);
    at += places.length;
  });
  return picked;
}
