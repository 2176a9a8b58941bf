/**
 * All records of one key in both dumps, side by side. The dumps are scanned once more, and only the key's own records are
 * kept: it takes as long as the scan, and next to no memory.
 */
import type { Comparison } from '../core/comparison.js';
import { UserError } from '../core/errors.js';
import { alignRecords, type HistoryRecord, type KeyHistory } from '../core/keyHistory.js';
import { finalTimestamp } from '../core/keyRecords.js';
import { causeOf, isDifference, outcomeOf } from '../core/outcome.js';
import type { Side } from '../core/record.js';
import { decodeBytes } from '../core/utf8.js';
import { visible } from '../core/words/text.js';
import { Breathing } from './breathing.js';
import { forLanes } from './compareDumps.js';
import { describeRecords } from './describeRecords.js';
import { dumpEnds } from './dumpEnds.js';
import { withDumpTexts } from './dumpPair.js';
import { finalsMatchAsJson, jsonMatcher } from './jsonMatcher.js';
import { lateMark } from './judgeKey.js';
import { type KeySide, type KeyTuples, keySides } from './keySides.js';
import { type LaneRun, type RunControl, withScannedDumps } from './laneRun.js';
import { withLaneStart } from './laneThreads.js';
import { partitionBytes, readPartition } from './partitionStore.js';
import type { EngineTuning } from './plan.js';
import { Tuples } from './tuple.js';

/** What a history needs to know of a comparison. Plain data: it crosses threads. */
export type ComparedDumps = Pick<Comparison, 'source' | 'mirror' | 'options' | 'timestampsComparable'>;

/** Which records of the key: those of one partition, where keys are compared within theirs. */
export interface HistoryQuery {
  readonly key: Uint8Array;
  readonly partition?: number | null;
}

/**
 * @param comparison of the two dumps, which says how they were read, and whether their timestamps are comparable
 * @throws UserError if neither dump has a record of the key, or one can no longer be read
 * @throws CancelledError if `control.signal` aborts
 */
export async function keyHistory(
  comparison: ComparedDumps,
  { key, partition = null }: HistoryQuery,
  tuning: EngineTuning = {},
  control: RunControl = {},
): Promise<KeyHistory> {
  return withDumpTexts(comparison, (sourceFile, mirrorFile) =>
    withLaneStart(sourceFile.bytes + mirrorFile.bytes, tuning, (start) => {
      const request = {
        source: forLanes(sourceFile, comparison.source),
        mirror: forLanes(mirrorFile, comparison.mirror),
        options: comparison.options,
        tuning: { ...tuning, partitions: 1 },
        wantedKey: key,
        start,
      };
      return withScannedDumps(request, control, (run) => {
        const tuples = { source: tuplesOf(run, 'source', partition), mirror: tuplesOf(run, 'mirror', partition) };
        return historyOf(comparison, key, run, tuples);
      });
    }),
  );
}

/** One side's tuples, in file order. */
function tuplesOf({ stored }: LaneRun, side: Side, partition: number | null): KeyTuples {
  const lengths = stored.directories.map((lane) => partitionBytes(lane, side, 0));
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const lane of stored.directories) at += readPartition(lane, side, 0, bytes.subarray(at));
  const tupleBytes = stored.tupleBytes[side];
  const tuples = new Tuples(bytes.buffer, 0, bytes.length / tupleBytes, tupleBytes);
  const rows = Uint32Array.from({ length: tuples.length }, (_, i) => i)
    .filter((row) => partition === null || tuples.partition(row) === partition)
    .sort((a, b) => tuples.byteOffset(a) - tuples.byteOffset(b));
  return { tuples, rows };
}

async function historyOf(
  comparison: ComparedDumps,
  key: Uint8Array,
  run: LaneRun,
  tuples: Readonly<Record<Side, KeyTuples>>,
): Promise<KeyHistory> {
  const { timestampsComparable, options } = comparison;
  const { text, base64 } = decodeBytes(key);
  const sides = keySides(tuples.source, tuples.mirror);
  const { source, mirror } = sides;
  if (source === null && mirror === null) {
    throw new UserError(`Neither dump has a record of the key “${visible(text)}”. Check its spelling.`);
  }
  const dumps = { source: run.scanned.source.dump, mirror: run.scanned.mirror.dump };
  const matcher = options.valueComparison === 'json' ? jsonMatcher({ ...dumps, options }) : null;
  const outcome = finalsMatchAsJson(sides, tuples.source.tuples, tuples.mirror.tuples, matcher)
    ? 'same'
    : outcomeOf(source, mirror);
  const isModified = outcome === 'modified' && source !== null && mirror !== null;
  const cause = isModified ? causeOf(source, mirror, timestampsComparable) : null;
  const ends = { source: dumpEnds(comparison.source.partitions), mirror: dumpEnds(comparison.mirror.partitions) };
  const isLate = timestampsComparable && isDifference(outcome);
  const byRecord = options.cleanupPolicy === 'delete' && timestampsComparable;
  return {
    key: text,
    keyBase64: base64,
    outcome,
    cause: cause?.cause ?? null,
    causeEvidence: cause?.evidence ?? null,
    behind: cause?.behind ?? null,
    behindMs: isModified && timestampsComparable ? finalTimestamp(source) - finalTimestamp(mirror) : null,
    late: isLate ? lateMark(outcome, sides, tuples.source.tuples, tuples.mirror.tuples, ends) : null,
    records: {
      source: await recordsOf(run, 'source', source, tuples.source.tuples),
      mirror: await recordsOf(run, 'mirror', mirror, tuples.mirror.tuples),
    },
    rows: alignRecords(source, mirror, outcome, byRecord),
  };
}

/** In comparison order. */
async function recordsOf(
  { scanned, control }: LaneRun,
  side: Side,
  key: KeySide | null,
  tuples: Tuples,
): Promise<HistoryRecord[]> {
  if (key === null) return [];
  const rows = Array.from(key.rows);
  const inFileOrder = [...rows].sort((a, b) => tuples.byteOffset(a) - tuples.byteOffset(b));
  const wanted = Float64Array.from(inFileOrder, (row) => tuples.byteOffset(row));
  const { dump, marks } = scanned[side];
  const details = await describeRecords(dump, marks, wanted, control, new Breathing());
  const positions = new Map(inFileOrder.map((row, position) => [row, position]));
  return rows.map((row) => {
    const position = positions.get(row) as number;
    const orNull = (number: number): number | null => (number < 0 ? null : number);
    return {
      line: details.lines[position] as number,
      lineCount: details.lineCounts[position] as number,
      byteOffset: tuples.byteOffset(row),
      byteLength: details.byteLengths[position] as number,
      headBytes: details.headBytes[position] as number,
      partition: orNull(tuples.partition(row)),
      offset: orNull(tuples.offset(row)),
      timestamp: orNull(tuples.timestamp(row)),
      tombstone: tuples.isTombstone(row),
    };
  });
}
