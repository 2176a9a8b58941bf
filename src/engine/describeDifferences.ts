/**
 * Reads again what tuples do not hold of the differing keys: lines, lengths and keys. A million of them are described a
 * stretch at a time, straight into their columns, so that only those grow with their number.
 */
import { listOfColumns, listOfFirst } from '../core/differenceColumnList.js';
import type { DifferenceColumns } from '../core/differenceColumns.js';
import type { DifferenceList } from '../core/differenceList.js';
import type { Side } from '../core/record.js';
import { keyAt, type RecordDetails } from './describeRecords.js';
import { columnsOfFindings } from './findingColumns.js';
import { takeChunks } from './findings.js';
import type { LanePool } from './lanePool.js';
import type { DescribeJob } from './laneProtocol.js';
import { listedFindings } from './listedFindings.js';
import { orderOf } from './placeOrder.js';
import type { ScannedDump } from './scannedDump.js';
import type { Settled } from './settle.js';
import type { SortJob } from './sortFindings.js';

/** Records that a lane describes at a time. */
const recordsPerJob = 1 << 16;

interface FinalsJob extends DescribeJob {
  /** Position in report order of each difference whose final is wanted. */
  readonly indexes: Uint32Array;
}

/**
 * @param limit how many of them are listed: the others are only counted
 * @param memory that nobody needs any longer, of each lane
 * @throws UserError if a dump no longer holds a record where it was
 */
export async function describeDifferences(
  lanes: LanePool,
  scanned: Readonly<Record<Side, ScannedDump>>,
  settled: Pick<Settled, 'findings' | 'timestampsComparable' | 'keys'>,
  limit: number,
  memory: readonly (readonly Uint8Array[])[],
): Promise<DifferenceList> {
  const { findings, timestampsComparable: timed } = settled;
  if (limit >= differingKeys(settled)) {
    return listOfColumns(await describe(lanes, scanned, columnsOfFindings(takeChunks(findings), timed)));
  }
  const jobs = findings.map((found, lane): SortJob => ({ found, limit, timed, memory: memory[lane] ?? [] }));
  const { listed, others } = listedFindings(await lanes.sort(jobs), limit, timed);
  return listOfFirst(await describe(lanes, scanned, listed), others);
}

export function differingKeys({ keys: { missing, extra, modified } }: Pick<Settled, 'keys'>): number {
  return missing + extra + modified;
}

/** Fills in what the findings do not tell. */
async function describe(
  lanes: LanePool,
  scanned: Readonly<Record<Side, ScannedDump>>,
  columns: DifferenceColumns,
): Promise<DifferenceColumns> {
  const jobs = [...jobsOf('source', columns, scanned.source), ...jobsOf('mirror', columns, scanned.mirror)];
  const keys = new Map<FinalsJob, Uint8Array>();
  await lanes.describe(jobs, (job, details) => keys.set(job, takeDetails(columns, job, details)));
  return withKeys(
    columns,
    jobs.map((job) => keys.get(job) as Uint8Array),
  );
}

function jobsOf(side: Side, columns: DifferenceColumns, { marks }: ScannedDump): FinalsJob[] {
  const { occurrences, byteOffsets } = columns[side];
  const present = new Uint32Array(columns.length);
  let count = 0;
  for (let i = 0; i < columns.length; i++) if (occurrences[i] !== 0) present[count++] = i;
  const places = new Float64Array(count);
  for (let k = 0; k < count; k++) places[k] = byteOffsets[present[k] as number] as number;
  // Report order is that of the source.
  const order = side === 'source' ? null : orderOf(places);
  const jobs: FinalsJob[] = [];
  for (let from = 0; from < count; from += recordsPerJob) {
    const length = Math.min(recordsPerJob, count - from);
    const wanted = new Float64Array(length);
    const indexes = new Uint32Array(length);
    for (let k = 0; k < length; k++) {
      const position = order === null ? from + k : (order[from + k] as number);
      wanted[k] = places[position] as number;
      indexes[k] = present[position] as number;
    }
    jobs.push({ side, marks, wanted, indexes });
  }
  return jobs;
}

/** @returns the keys that have no final in the source, or all if this is the source: in report order, like the jobs */
function takeDetails(columns: DifferenceColumns, { side, indexes }: FinalsJob, details: RecordDetails): Uint8Array {
  const { lines, lineCounts, byteLengths, headBytes } = columns[side];
  const keys = new Uint8Array(details.keys.length);
  let keyBytes = 0;
  for (let k = 0; k < indexes.length; k++) {
    const i = indexes[k] as number;
    lines[i] = details.lines[k] as number;
    lineCounts[i] = details.lineCounts[k] as number;
    byteLengths[i] = details.byteLengths[k] as number;
    headBytes[i] = details.headBytes[k] as number;
    if (side === 'mirror' && columns.source.occurrences[i] !== 0) continue;
    const key = keyAt(details, k);
    keys.set(key, keyBytes);
    keyBytes += key.length;
    // Its length for now: where it starts follows from all of them.
    columns.keyStarts[i + 1] = key.length;
  }
  return keys.slice(0, keyBytes);
}

function withKeys(columns: DifferenceColumns, parts: readonly Uint8Array[]): DifferenceColumns {
  const { length, keyStarts } = columns;
  for (let i = 0; i < length; i++) keyStarts[i + 1] = (keyStarts[i + 1] as number) + (keyStarts[i] as number);
  const keys = new Uint8Array(keyStarts[length] as number);
  let at = 0;
  for (const part of parts) {
    keys.set(part, at);
    at += part.length;
  }
  return { ...columns, keys };
}
