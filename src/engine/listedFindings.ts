/** Of what all lanes have sorted out: the findings that a report lists, as columns in report order, and the others. */
import type { CountedColumns, DifferenceColumns } from '../core/differenceColumns.js';
import { listedOfGroups } from '../core/report/listedGroups.js';
import { columnsOfFindings } from './findingColumns.js';
import { rowLength, rowsPerChunk } from './findings.js';
import type { SortedFindings } from './sortFindings.js';

export interface ListedFindings {
  /** See `columnsOfFindings`. */
  readonly listed: DifferenceColumns;
  /** What is counted of the others. */
  readonly others: readonly CountedColumns[];
}

/** @param limit and @param timed as of the jobs */
export function listedFindings(sorted: readonly SortedFindings[], limit: number, timed: boolean): ListedFindings {
  const chosen = chosenOf(sorted, limit);
  const others = sorted.flatMap(({ counted }, lane) =>
    without(
      counted,
      chosen.flatMap((each) => (each.lane === lane ? [each.number] : [])),
    ),
  );
  return { listed: columnsOfFindings(chunksOf(chosen), timed), others };
}

interface ChosenFinding {
  /** 0-based, and its number among the lane's findings. */
  readonly lane: number;
  readonly number: number;
  readonly row: Float64Array;
}

/** The first of all, which are among the first of their groups, and those of each group that a report lists; in no order. */
function chosenOf(sorted: readonly SortedFindings[], limit: number): ChosenFinding[] {
  const picked = sorted.map(({ first }) => first);
  const counts = sumOf(sorted.map(({ counts }) => counts));
  const lastOfAll = lastOf(
    picked.map(({ places }) => places),
    limit,
  );
  const lastOfGroups = listedOfGroups(counts, limit).map((share, group) =>
    lastOf(
      picked.map(({ places, groups }) => places.filter((_, at) => groups[at] === group)),
      share,
    ),
  );
  return picked.flatMap(({ places, groups, numbers, rows }, lane) => {
    const chosen: ChosenFinding[] = [];
    places.forEach((place, at) => {
      if (place > lastOfAll && place > (lastOfGroups[groups[at] as number] as number)) return;
      const row = rows.subarray(at * rowLength, (at + 1) * rowLength);
      chosen.push({ lane, number: numbers[at] as number, row });
    });
    return chosen;
  });
}

function sumOf(counts: readonly Uint32Array[]): Uint32Array {
  return counts.reduce((sum, each) => sum.map((count, i) => count + (each[i] as number)));
}

/** The place of the last one of the first `count`; before all places if that is 0. */
function lastOf(places: readonly Float64Array[], count: number): number {
  const all = new Float64Array(places.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const some of places) {
    all.set(some, filled);
    filled += some.length;
  }
  return all.sort()[count - 1] ?? -1;
}

/** As `columnsOfFindings` takes them. */
function chunksOf(findings: readonly ChosenFinding[]): Float64Array[] {
  const chunks: Float64Array[] = [];
  for (let from = 0; from < findings.length; from += rowsPerChunk) {
    const some = findings.slice(from, from + rowsPerChunk);
    const chunk = new Float64Array(some.length * rowLength);
    some.forEach(({ row }, i) => {
      chunk.set(row, i * rowLength);
    });
    chunks.push(chunk);
  }
  return chunks;
}

/** The last of each part take the places of those that are taken out. */
function without(parts: readonly CountedColumns[], numbers: readonly number[]): CountedColumns[] {
  // From the end on, so that what is moved stays.
  const descending = Uint32Array.from(numbers).sort().reverse();
  let next = 0;
  let first = parts.reduce((sum, { length }) => sum + length, 0);
  const left = [...parts].reverse().map((part): CountedColumns => {
    first -= part.length;
    const columns = [part, part.source, part.mirror].flatMap(
      (group) => Object.values(group).filter((column) => ArrayBuffer.isView(column)) as (Uint8Array | Float64Array)[],
    );
    let { length } = part;
    for (; next < descending.length && (descending[next] as number) >= first; next++) {
      const at = (descending[next] as number) - first;
      length--;
      for (const column of columns) column[at] = column[length] as number;
    }
    return { ...part, length };
  });
  return left.reverse();
}
