/**
 * What words, groups and charts need to know of all differences, from one pass over them: there may be millions, and
 * each is made only when it is asked for. Kept as long as the comparison is.
 */
import type { Comparison, Difference, FinalRecord, Late } from './comparison.js';
import {
  type DifferenceKind,
  type DifferenceSection,
  differenceKinds,
  kindOf,
  type SectionKind,
  sectionKinds,
} from './differenceGroups.js';
import { type DumpSpan, dumpSpan } from './dumpSpan.js';
import type { Side } from './record.js';

/** The moment of a differing key's newest record, on whichever side it is; null where neither has a timestamp. */
export function lastWritten(difference: Pick<Difference, 'source' | 'mirror'>): number | null {
  const source = difference.source?.timestamp ?? null;
  const mirror = difference.mirror?.timestamp ?? null;
  if (source === null || mirror === null) return source ?? mirror;
  return Math.max(source, mirror);
}

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

  static sum(tallies: readonly Tally[]): Tally {
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

  add(kind: DifferenceKind, at: number | null, { source, mirror }: Difference, isBeforeOtherStart: boolean): void {
    this.count++;
    this.kinds[kind]++;
    if (at !== null) {
      this.first = Math.min(this.first, at);
      this.last = Math.max(this.last, at);
    }
    if (source !== null && mirror !== null && source.tombstone !== mirror.tombstone) {
      if (source.tombstone) this.deletedAtSource++;
      else this.deletedOnMirror++;
    }
    if (isBeforeOtherStart) this.beforeOtherStart++;
  }
}

/** By partition of the record that tells; null where the dump prints none. */
export type PartitionTallies = ReadonlyMap<number | null, Tally>;

export interface DifferenceDigest {
  /** Of each difference, by its position: its place in `differenceKinds`, and in `sectionKinds`. */
  readonly kinds: Uint8Array;
  readonly sections: Uint8Array;
  /** Of each difference, when it was last written; NaN for never. */
  readonly written: Float64Array;
  /** By the moment at which a key was last written, on either side. */
  readonly all: Tally;
  readonly bySection: Readonly<Record<SectionKind, Tally>>;
  /** In time and not only on the mirror: what was lost on the way. By the moments of the source's finals. */
  readonly lost: Tally;
  readonly lostByPartition: PartitionTallies;
  /** By partition and moment of the record that came after the other side's end. */
  readonly lateByPartition: Readonly<Record<Late, PartitionTallies>>;
  /** Unmatched records of each side that retention has removed on the other. */
  readonly removedByRetention: Readonly<Record<Side, number>>;
}

/**
 * The sections that hold differences, those in time first. Where timestamps are not comparable nothing is late
 * and one section `inTime` holds them all.
 */
export function groupDifferences(comparison: Comparison): DifferenceSection[] {
  const { kinds, sections } = digestOf(comparison);
  const indexes = sectionKinds.map(() => differenceKinds.map((): number[] => []));
  for (let index = 0; index < kinds.length; index++) {
    indexes[sections[index] as number]?.[kinds[index] as number]?.push(index);
  }
  return sectionKinds.flatMap((section, s) => {
    const groups = differenceKinds.flatMap((kind, k) => {
      const found = indexes[s]?.[k] ?? [];
      return found.length === 0 ? [] : [{ kind, indexes: found }];
    });
    const count = groups.reduce((sum, group) => sum + group.indexes.length, 0);
    return count === 0 ? [] : [{ kind: section, count, groups }];
  });
}

/**
 * Whether a partition stopped before its dump did, judged by the keys that are late in it: some were written while
 * other partitions of the dump went on.
 *
 * @param dumpEnd the last timestamp of the whole dump
 */
export function stoppedEarly(late: Tally | undefined, dumpEnd: number): boolean {
  return late !== undefined && late.first <= dumpEnd;
}

const digests = new WeakMap<object, DifferenceDigest>();

export function digestOf(comparison: Comparison): DifferenceDigest {
  let digest = digests.get(comparison);
  if (digest === undefined) {
    digest = makeDigest(comparison);
    digests.set(comparison, digest);
  }
  return digest;
}

function makeDigest(comparison: Comparison): DifferenceDigest {
  const { differences, timestampsComparable } = comparison;
  const spans = { source: dumpSpan(comparison.source), mirror: dumpSpan(comparison.mirror) };
  const kinds = new Uint8Array(differences.length);
  const sections = new Uint8Array(differences.length);
  const written = new Float64Array(differences.length);
  const all = new Tally();
  const bySection = { inTime: new Tally(), afterMirrorEnd: new Tally(), afterSourceEnd: new Tally() };
  const lost = new Tally();
  const lostByPartition = new Map<number | null, Tally>();
  const lateByPartition = {
    afterMirrorEnd: new Map<number | null, Tally>(),
    afterSourceEnd: new Map<number | null, Tally>(),
  };
  let position = 0;
  for (const difference of differences) {
    const { late, source, mirror } = difference;
    const kind = kindOf(difference);
    const section = late ?? 'inTime';
    const at = lastWritten(difference);
    const isOlder = timestampsComparable && isBeforeOtherStart(difference, spans);
    kinds[position] = differenceKinds.indexOf(kind);
    sections[position] = sectionKinds.indexOf(section);
    written[position] = at ?? Number.NaN;
    position++;
    const addTo = (tally: Tally, moment: number | null): void => tally.add(kind, moment, difference, isOlder);
    addTo(all, at);
    addTo(bySection[section], at);
    if (late !== null) {
      const record = late === 'afterMirrorEnd' ? source : mirror;
      addTo(tallyOf(lateByPartition[late], record), record?.timestamp ?? null);
    } else if (kind !== 'extra') {
      addTo(lost, source?.timestamp ?? null);
      addTo(tallyOf(lostByPartition, source), source?.timestamp ?? null);
    }
  }
  const removedByRetention = { source: 0, mirror: 0 };
  for (const { side, reason } of comparison.unmatchedRecords) if (reason === 'retention') removedByRetention[side]++;
  return { kinds, sections, written, all, bySection, lost, lostByPartition, lateByPartition, removedByRetention };
}

function isBeforeOtherStart(
  { source, mirror }: Difference,
  spans: { readonly source: DumpSpan; readonly mirror: DumpSpan },
): boolean {
  if (source !== null && mirror !== null) return false;
  const [record, other] = source !== null ? [source, spans.mirror] : [mirror, spans.source];
  if (record?.timestamp == null) return false;
  const start = other.startOf(record.partition);
  return start !== null && record.timestamp < start;
}

function tallyOf(tallies: Map<number | null, Tally>, record: FinalRecord | null): Tally {
  const partition = record?.partition ?? null;
  let tally = tallies.get(partition);
  if (tally === undefined) {
    tally = new Tally();
    tallies.set(partition, tally);
  }
  return tally;
}
