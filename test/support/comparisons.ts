/** Comparisons made by hand, for tests of what is shown of one. Only what a test is about has to be said. */
import type {
  Cause,
  Comparison,
  Difference,
  DumpSummary,
  FinalRecord,
  Late,
  PartitionSummary,
  UnmatchedRecord,
} from '../../src/core/comparison.js';
import { listOfDifferences } from '../../src/core/differenceList.js';
import { type LineIndex, LineIndexBuilder } from '../../src/core/lineIndex.js';
import { defaultOptions } from '../../src/core/options.js';

/** 2026-11-22 12:00:00 UTC. */
export const noon = Date.UTC(2026, 10, 22, 12);
export const minute = 60_000;

export function finalRecord(changes: Partial<FinalRecord> = {}): FinalRecord {
  return {
    ...{ line: 1, lineCount: 1, byteOffset: 0, byteLength: 10, headBytes: 0, partition: 0, offset: null },
    ...{ timestamp: noon, occurrences: 1, tombstone: false },
    ...changes,
  };
}

/** A key that is `stale` … or `missing`, `extra`; last written at `at` on the side that is newer. */
export function difference(
  key: string,
  kind: Cause | 'missing' | 'extra',
  { at = noon, late = null, partition = 0 }: { at?: number; late?: Late | null; partition?: number } = {},
  changes: Partial<Difference> = {},
): Difference {
  const isModified = kind !== 'missing' && kind !== 'extra';
  const older = at - 23 * minute;
  const [source, mirror] = kind === 'ahead' ? [older, at] : [at, isModified ? older : at];
  return {
    key,
    keyBase64: null,
    outcome: isModified ? 'modified' : kind,
    cause: isModified ? kind : null,
    causeEvidence: isModified ? 'record' : null,
    behind: kind === 'stale' ? 2 : null,
    behindMs: isModified ? source - mirror : null,
    late,
    source: kind === 'extra' ? null : finalRecord({ line: 10, timestamp: source, partition }),
    mirror: kind === 'missing' ? null : finalRecord({ line: 20, timestamp: mirror, partition }),
    ...changes,
  };
}

export function partition(number: number | null, changes: Partial<PartitionSummary> = {}): PartitionSummary {
  return {
    ...{ partition: number, records: 10, firstTimestamp: noon - 60 * minute, lastTimestamp: noon + 60 * minute },
    ...{ firstOffset: null, lastOffset: null },
    ...changes,
  };
}

export function dumpSummary(changes: Partial<DumpSummary> = {}): DumpSummary {
  return {
    path: '/dumps/orders.source.txt',
    textPath: changes.path ?? '/dumps/orders.source.txt',
    bytes: 29_523,
    format: 'kafka-console-consumer',
    separator: '::',
    columns: ['timestamp', 'partition', 'key', 'value'],
    crlf: false,
    nullLiteral: 'null',
    bomLength: 0,
    timestampTypes: ['CreateTime'],
    ...{ records: 10, keys: 5, tombstones: 0, keyless: 0, truncated: 0, noiseLines: 0, continuationLines: 0 },
    partitions: [partition(0)],
    warnings: [],
    ...changes,
  };
}

/** A new one each time, since a transfer empties it. */
function emptyIndex(): LineIndex {
  return new LineIndexBuilder().index(0);
}

/** Counts follow from the differences; the ledger has to be given, or holds matched records alone. */
export function comparison(differences: readonly Difference[] = [], changes: Partial<Comparison> = {}): Comparison {
  const having = (outcome: Difference['outcome']): number =>
    differences.filter((each) => each.outcome === outcome).length;
  const because = (cause: Cause): number => differences.filter((each) => each.cause === cause).length;
  const lateBy = (late: Late): number => differences.filter((each) => each.late === late).length;
  const counts = { missing: having('missing'), extra: having('extra'), modified: having('modified') };
  const nothing = { superseded: 0, repeated: 0, expiredTombstones: 0, notInOther: 0 };
  return {
    verdict: differences.length === 0 ? 'equivalent' : 'different',
    options: defaultOptions,
    source: dumpSummary(),
    mirror: dumpSummary({ path: '/dumps/orders.mirror.txt' }),
    keys: { same: 5, deleted: 0, ...counts, inSeveralPartitions: 0 },
    causes: {
      stale: because('stale'),
      ahead: because('ahead'),
      reordered: because('reordered'),
      diverged: because('diverged'),
    },
    timestampsComparable: true,
    late: { afterMirrorEnd: lateBy('afterMirrorEnd'), afterSourceEnd: lateBy('afterSourceEnd') },
    literal: { notInSource: counts.extra, notInMirror: counts.missing, modified: counts.modified, same: 5 },
    ledger: { matched: 10, source: nothing, mirror: nothing, approximateKeys: 0 },
    keylessDifferences: { onlyInSource: 0, onlyInMirror: 0, repeatedInSource: 0, repeatedInMirror: 0 },
    differences: listOfDifferences(differences),
    unmatchedRecords: [],
    keysInSeveralPartitions: [],
    lineIndexes: { source: emptyIndex(), mirror: emptyIndex() },
    ...changes,
  };
}

/** A lost record of the source, and a keyless one that was delivered again to the mirror. */
export const unmatched: readonly UnmatchedRecord[] = [
  { ...finalRecord({ line: 3 }), side: 'source', reason: 'lost', key: { key: 'k', keyBase64: null } },
  { ...finalRecord({ line: 9 }), side: 'mirror', reason: 'repeated', key: null },
];
