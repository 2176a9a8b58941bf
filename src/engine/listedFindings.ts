/** Of what all lanes have sorted out: the findings that a report lists, as columns in report order, and the others. */
import type { CountedColumns, DifferenceColumns } from '../core/differenceColumns.js';
import { listedOfGroups } from '../core/report/listedGroups.js';
import { columnsOfFindings } from './findingColumns.js';
import { rowLength, rowsPerChunk } from './findings.js';
import { orderOf } from './placeOrder.js';
import type { PickedFindings, SortedFindings } from './sortFindings.js';

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

/** The first of all, which are among the first of their groups, and those of each group that a report lists. */
function chosenOf(sorted: readonly SortedFindings[], limit: number): ChosenFinding[] {
  const groups = sorted[0]?.counts.length ?? 0;
  const counts = Array.from({ length: groups }, (_, group) =>
    sorted.reduce((sum, { counts }) => sum + (counts[group] as number), 0),
  );
  const shares = listedOfGroups(counts, limit);
  const before = new Uint32Array(groups);
  const picked = sorted.flatMap(({ first }, lane) =>
    Array.from(first.places, (_, at): Picked => ({ lane, at, first })),
  );
  const order = orderOf(Float64Array.from(picked, ({ first, at }) => first.places[at] as number));
  return Array.from(order, (position) => picked[position] as Picked).flatMap(({ lane, at, first }, position) => {
    const group = first.groups[at] as number;
    const rank = before[group] as number;
    before[group] = rank + 1;
    if (position >= limit && rank >= (shares[group] as number)) return [];
    const row = first.rows.subarray(at * rowLength, (at + 1) * rowLength);
    return [{ lane, number: first.numbers[at] as number, row }];
  });
}

interface Picked {
  readonly lane: number;
  readonly at: number;
  readonly first: PickedFindings;
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
