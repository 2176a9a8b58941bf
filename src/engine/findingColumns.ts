/** Puts findings in report order, as columns: all that tuples alone tell of each differing key. */
import { type DifferenceColumns, emptyColumns, type FinalColumns } from '../core/differenceColumns.js';
import { differenceKinds, sectionKinds } from '../core/differenceGroups.js';
import { bitsAt, byTimestamp, causes, lates, outcomes, rowLength, rowsPerChunk, sideStart } from './findings.js';
import { behindTheSource, orderOf } from './placeOrder.js';

/** Of the numbers in a row's bits, the positions of kind and section. */
const kindNames: readonly (string | null)[] = differenceKinds;
const kindOfOutcome = outcomes.map((outcome) => kindNames.indexOf(outcome));
const kindOfCause = causes.map((cause) => kindNames.indexOf(cause));
const sectionOfLate = lates.map((late) => sectionKinds.indexOf(late ?? 'inTime'));

/**
 * By the final's place in the source; keys absent there follow, by that in the mirror. Keys, lines and lengths are still
 * to be filled in.
 * @param chunks see `takeChunks`
 * @param timed whether timestamps are comparable
 */
export function columnsOfFindings(chunks: readonly Float64Array[], timed: boolean): DifferenceColumns {
  const order = reportOrder(chunks);
  const columns = emptyColumns(order.length, 0);
  const { kinds, sections, evidence, behind, behindMs } = columns;
  const causeAt = timed ? bitsAt.timed : bitsAt.untimed;
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    const chunk = chunks[Math.floor(row / rowsPerChunk)] as Float64Array;
    const start = (row % rowsPerChunk) * rowLength;
    const bits = chunk[start] as number;
    const cause = (bits >> causeAt) & 7;
    const behindRecords = chunk[start + (timed ? 2 : 1)] as number;
    kinds[i] = (cause === 0 ? kindOfOutcome[bits & 3] : kindOfCause[cause]) as number;
    sections[i] = timed ? (sectionOfLate[(bits >> bitsAt.late) & 3] as number) : 0;
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

function setFinal(columns: FinalColumns, i: number, chunk: Float64Array, at: number, presence: number): void {
  const timestamp = chunk[at + 2] as number;
  const offset = chunk[at + 3] as number;
  columns.partitions[i] = presence === 0 ? -1 : (chunk[at + 1] as number);
  columns.timestamps[i] = presence === 0 || timestamp < 0 ? Number.NaN : timestamp;
  columns.offsets[i] = presence === 0 || offset < 0 ? Number.NaN : offset;
  if (presence === 0) return;
  columns.byteOffsets[i] = chunk[at] as number;
  columns.occurrences[i] = chunk[at + 4] as number;
  columns.tombstones[i] = presence === 3 ? 1 : 0;
}

/** Row numbers: chunk times rows of a chunk, plus the row in it. */
function reportOrder(chunks: readonly Float64Array[]): Uint32Array {
  const count = chunks.reduce((sum, chunk) => sum + chunk.length / rowLength, 0);
  const places = new Float64Array(chunks.length * rowsPerChunk).fill(nowhere);
  chunks.forEach((chunk, number) => {
    for (let row = 0, start = 0; start < chunk.length; row++, start += rowLength) {
      const isInSource = (((chunk[start] as number) >> bitsAt.source) & 3) !== 0;
      places[number * rowsPerChunk + row] = isInSource
        ? (chunk[start + sideStart.source] as number)
        : behindTheSource + (chunk[start + sideStart.mirror] as number);
    }
  });
  return orderOf(places).subarray(0, count);
}

/** Behind all places: what a chunk that is not full has no rows for. */
const nowhere = 2 ** 48 - 1;
