/**
 * Differing keys counted together, for what the words say of them: how many of which kind, and when. A tally is plain
 * data that crosses threads; it is counted without an object for each key.
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
  const counter = new TallyCounter();
  for (const tally of tallies) counter.addAll(tally);
  return counter.finish();
}

export class TallyCounter {
  deletedAtSource = 0;
  deletedOnMirror = 0;
  /** In the order of `differenceKinds`. */
  readonly #kinds: number[] = differenceKinds.map(() => 0);
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  /**
   * @param kind its position in `differenceKinds`
   * @param at when the record that tells was written; NaN if it has no timestamp
   */
  add(kind: number, at: number): void {
    this.#kinds[kind] = (this.#kinds[kind] as number) + 1;
    // Both comparisons are false with NaN.
    if (at < this.#first) this.#first = at;
    if (at > this.#last) this.#last = at;
  }

  addAll({ kinds, times, deletedAtSource, deletedOnMirror }: Tally): void {
    differenceKinds.forEach((kind, position) => {
      this.#kinds[position] = (this.#kinds[position] as number) + kinds[kind];
    });
    if (times !== null) {
      this.#first = Math.min(this.#first, times.first);
      this.#last = Math.max(this.#last, times.last);
    }
    this.deletedAtSource += deletedAtSource;
    this.deletedOnMirror += deletedOnMirror;
  }

  finish(): Tally {
    const kinds = differenceKinds.map((kind, position) => [kind, this.#kinds[position] as number] as const);
    return {
      count: kinds.reduce((sum, [, count]) => sum + count, 0),
      kinds: Object.fromEntries(kinds) as Record<DifferenceKind, number>,
      times: momentsOf(this.#first, this.#last),
      deletedAtSource: this.deletedAtSource,
      deletedOnMirror: this.deletedOnMirror,
    };
  }
}

/** Null if nothing was counted, so that the first is still above the last. */
export function momentsOf(first: number, last: number): Moments | null {
  return first <= last ? { first, last } : null;
}
