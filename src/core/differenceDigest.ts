/**
 * What the words say of all differences beyond their groups: how many of which kind were lost or late, in which
 * partition, and when. One pass over the list, which makes no object of a difference; kept as long as the comparison.
 */
import type { Comparison, Late } from './comparison.js';
import { type DifferenceKind, differenceKinds } from './differenceGroups.js';
import { type DumpSpan, dumpSpan } from './dumpSpan.js';
import type { Side } from './record.js';

/** Differing keys counted together. Moments are in milliseconds since 1970 UTC. */
export class Tally {
  count = 0;
  readonly kinds: Record<DifferenceKind, number> = {
    ...{ missing: 0, diverged: 0, stale: 0, reordered: 0, ahead: 0, extra: 0 },
  };
  /** The first and the last moment that was counted; infinite where none was. */
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  /** The source ends at a tombstone and the mirror at a value; and the other way round. */
  deletedAtSource = 0;
  deletedOnMirror = 0;
  /** Missing or extra keys whose record is older than everything that the other side holds in its partition. */
  beforeOtherStart = 0;

  static sum(tallies: Iterable<Tally>): Tally {
    const sum = new Tally();
    for (const tally of tallies) {
      sum.count += tally.count;
      for (const kind of differenceKinds) sum.kinds[kind] += tally.kinds[kind];
      sum.first = Math.min(sum.first, tally.first);
      sum.last = Math.max(sum.last, tally.last);
      sum.deletedAtSource += tally.deletedAtSource;
      sum.deletedOnMirror += tally.deletedOnMirror;
      sum.beforeOtherStart += tally.beforeOtherStart;
    }
    return sum;
  }

  /** @param at null where the record has no timestamp */
  add(kind: DifferenceKind, at: number | null): void {
    this.count++;
    this.kinds[kind]++;
    if (at === null) return;
    if (at < this.first) this.first = at;
    if (at > this.last) this.last = at;
  }
}

/** Keys of one fate, in all and by the partition of the record that tells; null where the dump prints none. */
export interface Fate extends Tally {
  readonly byPartition: ReadonlyMap<number | null, Tally>;
}

/**
 * Every difference has one fate. `lost` and `onlyOnMirror` are those in time: the mirror lacks something, or only it
 * has the key. The record that tells is the source's final, or the mirror's for `onlyOnMirror` and `afterSourceEnd`.
 */
export interface DifferenceDigest extends Readonly<Record<FateName, Fate>> {
  readonly all: Tally;
  /** Unmatched records of each side that retention has removed on the other. */
  readonly removedByRetention: Readonly<Record<Side, number>>;
}

export type FateName = 'lost' | 'onlyOnMirror' | Late;

const digests = new WeakMap<Comparison, DifferenceDigest>();

export function digestOf(comparison: Comparison): DifferenceDigest {
  let digest = digests.get(comparison);
  if (digest === undefined) {
    digest = makeDigest(comparison);
    digests.set(comparison, digest);
  }
  return digest;
}

/**
 * Whether a partition stopped before its dump did, judged by the keys that are late in it: some were written while
 * other partitions of the dump went on.
 *
 * @param dumpEnd the last timestamp of the whole dump
 */
export function stoppedEarly(late: Tally, dumpEnd: number): boolean {
  return late.first <= dumpEnd;
}

function makeDigest(comparison: Comparison): DifferenceDigest {
  const { differences: list, timestampsComparable } = comparison;
  const spans = { source: dumpSpan(comparison.source), mirror: dumpSpan(comparison.mirror) };
  const fates = { lost: newFate(), onlyOnMirror: newFate(), afterMirrorEnd: newFate(), afterSourceEnd: newFate() };
  for (let i = 0; i < list.length; i++) {
    const kind = list.kindAt(i);
    const section = list.sectionAt(i);
    const name = section === 'inTime' ? (kind === 'extra' ? 'onlyOnMirror' : 'lost') : section;
    const side = name === 'onlyOnMirror' || name === 'afterSourceEnd' ? 'mirror' : 'source';
    const at = list.timestampAt(i, side);
    const partition = list.partitionAt(i, side);
    const tally = tallyOf(fates[name], partition);
    tally.add(kind, at);
    const [atSource, onMirror] = [list.tombstoneAt(i, 'source'), list.tombstoneAt(i, 'mirror')];
    if (atSource === true && onMirror === false) tally.deletedAtSource++;
    if (atSource === false && onMirror === true) tally.deletedOnMirror++;
    if (kind !== 'missing' && kind !== 'extra') continue;
    const start = timestampsComparable ? otherSpan(spans, side).startOf(partition) : null;
    if (at !== null && start !== null && at < start) tally.beforeOtherStart++;
  }
  const removedByRetention = { source: 0, mirror: 0 };
  for (const { side, reason } of comparison.unmatchedRecords) if (reason === 'retention') removedByRetention[side]++;
  const named = {
    lost: finished(fates.lost),
    onlyOnMirror: finished(fates.onlyOnMirror),
    afterMirrorEnd: finished(fates.afterMirrorEnd),
    afterSourceEnd: finished(fates.afterSourceEnd),
  };
  return { ...named, all: Tally.sum(Object.values(named)), removedByRetention };
}

function otherSpan(spans: Readonly<Record<Side, DumpSpan>>, side: Side): DumpSpan {
  return side === 'source' ? spans.mirror : spans.source;
}

function newFate(): Map<number | null, Tally> {
  return new Map();
}

function finished(byPartition: ReadonlyMap<number | null, Tally>): Fate {
  return Object.assign(Tally.sum(byPartition.values()), { byPartition });
}

function tallyOf(fate: Map<number | null, Tally>, partition: number | null): Tally {
  let tally = fate.get(partition);
  if (tally === undefined) {
    tally = new Tally();
    fate.set(partition, tally);
  }
  return tally;
}
