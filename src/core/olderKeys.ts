/**
 * Keys that one side has no record of, and that are older than everything it holds: retention has removed them there,
 * or the copy began later. No part of the overview, which knows the differences but not where the dumps begin.
 */
import type { Comparison } from './comparison.js';
import type { DifferenceList } from './differenceList.js';
import { dumpSpan } from './dumpSpan.js';
import type { Side } from './record.js';

/** What was counted before, as long as its differences are there: the verdict is put into words for every reader. */
const known = { source: new WeakMap<DifferenceList, number>(), mirror: new WeakMap<DifferenceList, number>() };

/** How many keys in time only `side` has, from before the other dump's start in their partition. */
export function olderKeys(comparison: Comparison, side: Side): number {
  const { differences } = comparison;
  const count = known[side].get(differences) ?? countOlder(comparison, side);
  known[side].set(differences, count);
  return count;
}

function countOlder(comparison: Comparison, side: Side): number {
  const { differences, timestampsComparable } = comparison;
  if (!timestampsComparable) return 0;
  const { lost, onlyOnMirror, sections } = differences.overview;
  const [other, fate, kind] =
    side === 'source'
      ? [comparison.mirror, lost, 'missing' as const]
      : [comparison.source, onlyOnMirror, 'extra' as const];
  const { startOf } = dumpSpan(other);
  // In most comparisons no partition has such a key, and its tally tells without a look at the keys.
  const starts = new Map<number | null, number>();
  for (const { partition, times } of fate.partitions) {
    const start = startOf(partition);
    if (start !== null && times !== null && times.first < start) starts.set(partition, start);
  }
  if (starts.size === 0) return 0;
  const inTime = sections.find((section) => section.kind === 'inTime');
  let count = 0;
  for (const index of inTime?.groups.find((group) => group.kind === kind)?.indexes ?? []) {
    const at = differences.timestampAt(index, side);
    const start = starts.get(differences.partitionAt(index, side));
    if (at !== null && start !== undefined && at < start) count++;
  }
  return count;
}
