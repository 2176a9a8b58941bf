/**
 * Two tables of records → counts, ledger, and which keys differ and why. Two passes over the keys: the first judges
 * outcomes, from which it follows whether timestamps are comparable; causes, late marks and ledger depend on that.
 */
import type { Comparison, KeyCounts, Late, LiteralCounts, Outcome } from '../core/comparison.js';
import { finalTimestamp } from '../core/keyRecords.js';
import { assertLedgerAddsUp, keyLedger, LedgerTotals } from '../core/ledger.js';
import type { ComparisonOptions } from '../core/options.js';
import { type CauseFinding, causeOf, isDifference, outcomeOf } from '../core/outcome.js';
import { verdictOf } from '../core/verdict.js';
import { compareKeyless } from './compareKeyless.js';
import { type DumpStatistics, dumpStatistics, endOfPartition } from './dumpStatistics.js';
import { type KeySide, type KeySides, keySides } from './keySides.js';
import { byKey, type GroupedSide, groupRecords, type RecordGroups } from './recordGroups.js';
import type { RecordTable } from './recordTable.js';

/** A key that differs, or lies in several partitions, before its text was read from the dump. */
export interface KeyFinding {
  readonly outcome: Outcome;
  readonly cause: CauseFinding | null;
  readonly behindMs: number | null;
  readonly late: Late | null;
  readonly source: KeySide | null;
  readonly mirror: KeySide | null;
}

/** What the tables alone tell. */
export interface RecordComparison
  extends Pick<
    Comparison,
    'verdict' | 'keys' | 'causes' | 'timestampsComparable' | 'late' | 'literal' | 'ledger' | 'keylessDifferences'
  > {
  /** In report order. */
  readonly differences: readonly KeyFinding[];
  readonly inSeveralPartitions: readonly KeyFinding[];
  readonly source: SideFindings;
  readonly mirror: SideFindings;
  /** Keys with one partition a side, and not the same one; and the mirror's line of the first. */
  readonly keysInAnotherPartition: { readonly count: number; readonly firstMirrorLine: number | null };
}

export interface SideFindings extends DumpStatistics {
  /** Unique non-null keys. */
  readonly keys: number;
  /** Records with the partition and offset of another record of their key; line of the first. */
  readonly printedTwice: { readonly count: number; readonly firstLine: number | null };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export function compareRecords(source: RecordTable, mirror: RecordTable, options: ComparisonOptions): RecordComparison {
  const groups = groupRecords(source, mirror, byKey);
  const setAside = groupsOfCutRecords(groups);
  const statisticsOf = ({ table, groupOf }: GroupedSide): DumpStatistics =>
    dumpStatistics(table, (row) => row === table.cutIndex || setAside.has(groupOf[row] as number));
  const statistics = { source: statisticsOf(groups.source), mirror: statisticsOf(groups.mirror) };

  const first = judgeOutcomes(groups, setAside);
  const timestampsComparable =
    statistics.source.everyRecordHasTimestamp &&
    statistics.mirror.everyRecordHasTimestamp &&
    2 * first.sameWithEqualTimestamps > first.keys.same;
  const byRecord = options.cleanupPolicy === 'delete' && timestampsComparable;

  const causes = { stale: 0, ahead: 0, reordered: 0, diverged: 0 };
  const late = { afterMirrorEnd: 0, afterSourceEnd: 0 };
  const totals = new LedgerTotals();
  const differences: KeyFinding[] = [];
  const inSeveralPartitions: KeyFinding[] = [];
  for (let group = 0; group < groups.count; group++) {
    if (setAside.has(group)) continue;
    const outcome = first.outcomes[group] as Outcome;
    const sides = keySides(groups, group);
    totals.add(keyLedger(sides.source, sides.mirror, outcome, byRecord));
    const several = isInSeveralPartitions(sides);
    if (!isDifference(outcome) && !several) continue;
    const finding = findingOf(sides, outcome, timestampsComparable, groups, statistics);
    if (several) inSeveralPartitions.push(finding);
    if (!isDifference(outcome)) continue;
    differences.push(finding);
    if (finding.cause !== null) causes[finding.cause.cause]++;
    if (finding.late !== null) late[finding.late]++;
  }
  const keylessDifferences = compareKeyless(source, mirror, byRecord);
  const keys = { ...first.keys, inSeveralPartitions: inSeveralPartitions.length };
  const ledger = totals.ledger();
  assertLedgerAddsUp(statistics.source, statistics.mirror, ledger);
  return {
    verdict: verdictOf(keys, ledger, keylessDifferences, options.cleanupPolicy),
    ...{ keys, causes, timestampsComparable, late, literal: first.literal, ledger, keylessDifferences },
    differences: differences.sort(byPlace),
    inSeveralPartitions: inSeveralPartitions.sort(byPlace),
    source: { ...statistics.source, ...first.source },
    mirror: { ...statistics.mirror, ...first.mirror },
    keysInAnotherPartition: first.keysInAnotherPartition,
  };
}

/** By the final record's place in the source; keys absent there follow, by their place in the mirror. */
function byPlace(a: KeyFinding, b: KeyFinding): number {
  if (a.source !== null && b.source !== null) return a.source.finalRow - b.source.finalRow;
  if (a.source === null && b.source === null) return (a.mirror?.finalRow ?? 0) - (b.mirror?.finalRow ?? 0);
  return a.source === null ? 1 : -1;
}

/** A cut record may be the latest of its key: the key stays out of the comparison, on both sides. */
function groupsOfCutRecords({ source, mirror }: RecordGroups): Set<number> {
  const setAside = new Set<number>();
  for (const { table, groupOf } of [source, mirror]) {
    const group = table.cutIndex < 0 ? -1 : (groupOf[table.cutIndex] as number);
    if (group >= 0) setAside.add(group);
  }
  return setAside;
}

function isInSeveralPartitions({ source, mirror }: KeySides): boolean {
  return (source?.partitions.length ?? 0) > 1 || (mirror?.partitions.length ?? 0) > 1;
}

/** The first pass: all that does not depend on whether timestamps are comparable. */
function judgeOutcomes(groups: RecordGroups, setAside: ReadonlySet<number>) {
  const outcomes: Outcome[] = [];
  const keys: Writable<Omit<KeyCounts, 'inSeveralPartitions'>> = {
    same: 0,
    deleted: 0,
    missing: 0,
    extra: 0,
    modified: 0,
  };
  const literal: Writable<LiteralCounts> = { notInSource: 0, notInMirror: 0, modified: 0, same: 0 };
  const side = () => ({ keys: 0, printedTwice: { count: 0, firstLine: null as number | null } });
  const found = { source: side(), mirror: side() };
  const keysInAnotherPartition = { count: 0, firstMirrorLine: null as number | null };
  let sameWithEqualTimestamps = 0;
  for (let group = 0; group < groups.count; group++) {
    const sides = keySides(groups, group);
    const { source, mirror } = sides;
    const outcome = outcomeOf(source, mirror);
    outcomes.push(outcome);
    if (setAside.has(group)) continue;
    keys[outcome]++;
    for (const name of ['source', 'mirror'] as const) {
      const own = sides[name];
      if (own === null) continue;
      found[name].keys++;
      if (own.printedTwice < 0) continue;
      found[name].printedTwice.count++;
      found[name].printedTwice.firstLine ??= groups[name].table.lines[own.printedTwice] as number;
    }
    if (source === null) literal.notInSource++;
    else if (mirror === null) literal.notInMirror++;
    else {
      literal[lastInFile(source) === lastInFile(mirror) ? 'same' : 'modified']++;
      if (outcome === 'same' && finalTimestamp(source) === finalTimestamp(mirror)) sameWithEqualTimestamps++;
      const [from] = source.partitions;
      const [to] = mirror.partitions;
      if (!isInSeveralPartitions(sides) && from !== undefined && to !== undefined && from !== to) {
        keysInAnotherPartition.count++;
        keysInAnotherPartition.firstMirrorLine ??= groups.mirror.table.lines[mirror.finalRow] as number;
      }
    }
  }
  return { outcomes, keys, literal, ...found, keysInAnotherPartition, sameWithEqualTimestamps };
}

/** Value number of the key's last record in the file, as the published script takes it. */
function lastInFile({ indexes, values }: KeySide): number {
  let last = 0;
  for (let i = 1; i < indexes.length; i++) if ((indexes[i] as number) > (indexes[last] as number)) last = i;
  return values[last] as number;
}

function findingOf(
  sides: KeySides,
  outcome: Outcome,
  timestampsComparable: boolean,
  groups: RecordGroups,
  statistics: { readonly source: DumpStatistics; readonly mirror: DumpStatistics },
): KeyFinding {
  const { source, mirror } = sides;
  const bothDiffer = outcome === 'modified' && source !== null && mirror !== null;
  const comparesTimes = timestampsComparable && isDifference(outcome);
  const isNewer = (side: KeySide | null, table: RecordTable, other: DumpStatistics): boolean => {
    if (!comparesTimes || side === null) return false;
    const end = endOfPartition(other, table.partitions[side.finalRow] as number);
    return end === null || finalTimestamp(side) > end;
  };
  return {
    outcome,
    cause: bothDiffer ? causeOf(source, mirror, timestampsComparable) : null,
    behindMs: bothDiffer && timestampsComparable ? finalTimestamp(source) - finalTimestamp(mirror) : null,
    late:
      outcome !== 'extra' && isNewer(source, groups.source.table, statistics.mirror)
        ? 'afterMirrorEnd'
        : outcome !== 'missing' && isNewer(mirror, groups.mirror.table, statistics.source)
          ? 'afterSourceEnd'
          : null,
    source,
    mirror,
  };
}
