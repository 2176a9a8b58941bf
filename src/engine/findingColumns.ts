/** Puts findings in report order, as columns: all that tuples alone tell of each differing key. */
import {
  type CountedColumns,
  type CountedFinals,
  type DifferenceColumns,
  emptyColumns,
  type FinalColumns,
} from '../core/differenceColumns.js';
import { differenceKinds, sectionKinds } from '../core/differenceGroups.js';
import { bitsAt, byTimestamp, causes, lates, outcomes, rowLength, rowsPerChunk, sideStart } from './findings.js';
import { behindTheSource, orderOf } from './placeOrder.js';

const kindNames: readonly (string | null)[] = differenceKinds;
/** Of the numbers in a row's bits, cause before outcome: the position of the kind. Where there is no cause, it is the outcome. */
const kindOf = Uint8Array.from(
  causes.flatMap((cause) => outcomes.map((outcome) => kindNames.indexOf(cause ?? outcome))),
);
/** Of the number of the late mark: the position of the section. */
const sectionOf = Uint8Array.from(lates, (late) => sectionKinds.indexOf(late ?? 'inTime'));

/**
 * By the final's place in the source; keys absent there follow, by that in the mirror. Keys, lines and lengths are still
 * to be filled in.
 * @param chunks see `takeChunks`
 * @param timed whether timestamps are comparable
 */
export function columnsOfFindings(chunks: readonly Float64Array[], timed: boolean): DifferenceColumns {
  const order = reportOrder(chunks);
  const columns = emptyColumns(order.length, 0);
  const { evidence, behind, behindMs } = columns;
  const causeAt = timed ? bitsAt.timed : bitsAt.untimed;
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    const chunk = chunks[Math.floor(row / rowsPerChunk)] as Float64Array;
    const start = (row % rowsPerChunk) * rowLength;
    setCounted(columns, i, chunk, start, 1, timed);
    const bits = chunk[start] as number;
    const cause = (bits >> causeAt) & 7;
    const behindRecords = chunk[start + (timed ? 2 : 1)] as number;
    evidence[i] = cause === 0 ? 0 : (bits >> causeAt) & byTimestamp ? 2 : 1;
    behind[i] = behindRecords < 0 ? Number.NaN : behindRecords;
    setFinal(columns.source, i, chunk, start + sideStart.source, (bits >> bitsAt.source) & 3);
    setFinal(columns.mirror, i, chunk, start + sideStart.mirror, (bits >> bitsAt.mirror) & 3);
    const isTimed = cause !== 0 && timed;
    behindMs[i] = isTimed
      ? (columns.source.timestamps[i] as number) - (columns.mirror.timestamps[i] as number)
      : Number.NaN;
  }
  return columns;
}

/** Fills in what is counted of so many rows, from the `i`-th difference on. @param start of the first row in `chunk` */
export function setCounted(
  { kinds, sections, source, mirror }: CountedColumns,
  i: number,
  chunk: Float64Array,
  start: number,
  rows: number,
  timed: boolean,
): void {
  const causeAt = timed ? bitsAt.timed : bitsAt.untimed;
  for (let at = start, to = i; to < i + rows; at += rowLength, to++) {
    const bits = (chunk[at] as number) | 0;
    kinds[to] = kindOf[((bits >> causeAt) & 7) * outcomes.length + (bits & 3)] as number;
    sections[to] = timed ? (sectionOf[(bits >> bitsAt.late) & 3] as number) : 0;
    setCountedFinal(source, to, chunk, at + sideStart.source, (bits >> bitsAt.source) & 3);
    setCountedFinal(mirror, to, chunk, at + sideStart.mirror, (bits >> bitsAt.mirror) & 3);
  }
}

function setCountedFinal(
  { partitions, timestamps, tombstones }: CountedFinals,
  i: number,
  chunk: Float64Array,
  at: number,
  presence: number,
): void {
  const timestamp = chunk[at + 2] as number;
  partitions[i] = presence === 0 ? -1 : (chunk[at + 1] as number);
  timestamps[i] = presence === 0 || timestamp < 0 ? Number.NaN : timestamp;
  tombstones[i] = presence === 3 ? 1 : 0;
}

function setFinal(columns: FinalColumns, i: number, chunk: Float64Array, at: number, presence: number): void {
  const offset = chunk[at + 3] as number;
  columns.offsets[i] = presence === 0 || offset < 0 ? Number.NaN : offset;
  if (presence === 0) return;
  columns.byteOffsets[i] = chunk[at] as number;
  columns.occurrences[i] = chunk[at + 4] as number;
}

/** Row numbers: chunk times rows of a chunk, plus the row in it. */
function reportOrder(chunks: readonly Float64Array[]): Uint32Array {
  const count = chunks.reduce((sum, chunk) => sum + chunk.length / rowLength, 0);
  const places = new Float64Array(chunks.length * rowsPerChunk).fill(nowhere);
  chunks.forEach((chunk, number) => {
    for (let row = 0, start = 0; start < chunk.length; row++, start += rowLength) {
      places[number * rowsPerChunk + row] = placeOf(chunk, start);
    }
  });
  return orderOf(places).subarray(0, count);
}

/** By which rows are in report order. @param start of the row in its chunk */
export function placeOf(chunk: Float64Array, start: number): number {
  const isInSource = ((((chunk[start] as number) | 0) >> bitsAt.source) & 3) !== 0;
  return isInSource
    ? (chunk[start + sideStart.source] as number)
    : behindTheSource + (chunk[start + sideStart.mirror] as number);
}

/** Behind all places: what a chunk that is not full has no rows for. */
const nowhere = 2 ** 48 - 1;
