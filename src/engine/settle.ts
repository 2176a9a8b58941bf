/**
 * What can be said only once both dumps were scanned, and what only once all partitions were joined: where each side
 * ends, whether timestamps are comparable, and so which of the two readings of every key holds.
 */
import type { Comparison } from '../core/comparison.js';
import { assertLedgerAddsUp } from '../core/ledger.js';
import type { ComparisonOptions } from '../core/options.js';
import type { Side } from '../core/record.js';
import { verdictOf } from '../core/verdict.js';
import { dumpEnds, dumpStarts } from './dumpEnds.js';
import type { FoundRows } from './findings.js';
import { addJoinTotals, type JoinTotals, ledgerOf, noJoinTotals } from './joinTotals.js';
import type { SeveralPartitionsFinding } from './judgeKey.js';
import type { LanePool } from './lanePool.js';
import { mergePartitions, type ScannedDump } from './scannedDump.js';
import { type RemainingCounts, type StoredRecords, withoutSetAside } from './setAside.js';
import { type UnmatchedFinding, unmatchedFindings } from './unmatched.js';

/** All that tuples alone tell. */
export interface Settled
  extends Pick<
    Comparison,
    'verdict' | 'keys' | 'causes' | 'timestampsComparable' | 'late' | 'literal' | 'ledger' | 'keylessDifferences'
  > {
  readonly counts: Readonly<Record<Side, RemainingCounts>>;
  readonly totals: JoinTotals;
  /** Of each lane. */
  readonly findings: readonly FoundRows[];
  /** In no order. */
  readonly severalPartitions: readonly SeveralPartitionsFinding[];
  /** In report order. */
  readonly unmatched: readonly UnmatchedFinding[];
}

export async function settle(
  lanes: LanePool,
  scanned: Readonly<Record<Side, ScannedDump>>,
  stored: StoredRecords,
  options: ComparisonOptions,
): Promise<Settled> {
  const setAside = [scanned.source.cut, scanned.mirror.cut].flatMap((cut) => (cut?.keyHash ? [cut.keyHash] : []));
  const remaining = (side: Side): RemainingCounts => {
    const { counts, cut } = scanned[side];
    const left = withoutSetAside(stored, side, counts, setAside, cut !== null);
    return { ...left, partitions: mergePartitions(left.partitions) };
  };
  const counts = { source: remaining('source'), mirror: remaining('mirror') };

  const results = await lanes.join({
    directories: stored.directories,
    ends: { source: dumpEnds(counts.source.partitions), mirror: dumpEnds(counts.mirror.partitions) },
    starts: { source: dumpStarts(counts.source.partitions), mirror: dumpStarts(counts.mirror.partitions) },
    setAside,
  });

  const totals = noJoinTotals();
  for (const result of results) addJoinTotals(totals, result.totals);
  const timestampsComparable =
    counts.source.untimed === 0 &&
    counts.mirror.untimed === 0 &&
    2 * totals.withEqualTimestamps.count > totals.keys.same;
  const reading = timestampsComparable ? totals.timed : totals.untimed;
  const ledger = ledgerOf(reading.ledger);
  assertLedgerAddsUp(counts.source, counts.mirror, ledger, reading.keyless);
  return {
    verdict: verdictOf(totals.keys, ledger, reading.keyless, options.cleanupPolicy),
    keys: totals.keys,
    causes: reading.causes,
    timestampsComparable,
    late: timestampsComparable ? totals.late : { afterMirrorEnd: 0, afterSourceEnd: 0 },
    literal: totals.literal,
    ledger,
    keylessDifferences: reading.keyless,
    ...{ counts, totals },
    findings: results.map(({ findings }) => findings),
    severalPartitions: results.flatMap(({ severalPartitions }) => severalPartitions),
    unmatched: unmatchedFindings(
      results.map(({ unmatched }) => (timestampsComparable ? unmatched.timed : unmatched.untimed)),
    ),
  };
}
