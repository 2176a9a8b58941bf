/**
 * Differing keys counted together, for what the words say of them: how many of which kind, and when. A tally is plain
 * data that crosses threads.
 */
import { type DifferenceKind, differenceKinds } from './differenceGroups.js';

/** Milliseconds since 1970 UTC. */
export interface Moments {
  readonly first: number;
  readonly last: number;
}

export interface Tally {
  readonly count: number;
  readonly kinds: Readonly<Record<DifferenceKind, number>>;
  /** When the records that tell were written (see `Fate`); null if none of them has a timestamp. */
  readonly times: Moments | null;
  /** Keys that end at a tombstone in the source and at a value in the mirror. */
  readonly deletedAtSource: number;
  /** Keys that end at a value in the source and at a tombstone in the mirror. */
  readonly deletedOnMirror: number;
}

export interface PartitionTally extends Tally {
  /** Null for keys whose partition is not printed. */
  readonly partition: number | null;
}

/** Keys of one fate, in all and by the partition of the record that tells. */
export interface Fate extends Tally {
  /** Ascending, those whose partition is not printed first; only those with keys. */
  readonly partitions: readonly PartitionTally[];
}

export function sumOf(tallies: Iterable<Tally>): Tally {
  const kinds = Object.fromEntries(differenceKinds.map((kind) => [kind, 0])) as Record<DifferenceKind, number>;
  const sum = { count: 0, deletedAtSource: 0, deletedOnMirror: 0 };
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const tally of tallies) {
    for (const kind of differenceKinds) kinds[kind] += tally.kinds[kind];
    sum.count += tally.count;
    sum.deletedAtSource += tally.deletedAtSource;
    sum.deletedOnMirror += tally.deletedOnMirror;
    if (tally.times === null) continue;
    first = Math.min(first, tally.times.first);
    last = Math.max(last, tally.times.last);
  }
  return { ...sum, kinds, times: momentsOf(first, last) };
}

/** Null if nothing was counted, so that the first is still above the last. */
export function momentsOf(first: number, last: number): Moments | null {
  return first <= last ? { first, last } : null;
}
