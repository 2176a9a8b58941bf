/**
 * What verdict, tree, page and chart ask of all differing keys, counted in two passes over a list of any length and
 * kept: groups, partitions, when they were written. Plain data that crosses threads; a worker counts it beforehand.
 */
import type { Late } from './comparison.js';
import { type DifferenceKind, type DifferenceSection, differenceKinds, sectionKinds } from './differenceGroups.js';
import type { DifferenceList } from './differenceList.js';

export interface DifferenceOverview {
  /** Those that hold differences, those in time first. */
  readonly sections: readonly DifferenceSection[];
  /** Keys with a final record in a partition, on either side; ascending. */
  readonly partitions: readonly { readonly partition: number; readonly count: number }[];
  /** First and last moment at which a key was last written (see `lastWrittenAt`); null if no key has a timestamp. */
  readonly written: { readonly first: number; readonly last: number } | null;
  readonly late: Readonly<Record<Late, readonly LatePartition[]>>;
}

/** The late keys of one partition: those that one side wrote after the other's end. */
export interface LatePartition {
  /** Null for keys whose partition is not printed. */
  readonly partition: number | null;
  /** Timestamp of the earliest of their records on the side that went on, in milliseconds since 1970 UTC. */
  readonly firstTimestamp: number;
}

/** In the lists a partition that is not printed is told by this number: Kafka's own are from 0 on. */
const notPrinted = -1;

export function overviewOf(list: DifferenceList): DifferenceOverview {
  const partitions = new Map<number, number>();
  const late = { afterMirrorEnd: new Map<number, number>(), afterSourceEnd: new Map<number, number>() };
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const counts = new Uint32Array(sectionKinds.length * differenceKinds.length);
  /** Of every difference, the position of its group in `counts`. */
  const groupOf = new Uint8Array(list.length);
  for (let i = 0; i < list.length; i++) {
    const section = list.sectionAt(i);
    const group = sectionKinds.indexOf(section) * differenceKinds.length + differenceKinds.indexOf(list.kindAt(i));
    groupOf[i] = group;
    counts[group] = (counts[group] as number) + 1;
    const source = list.partitionAt(i, 'source') ?? notPrinted;
    const mirror = list.partitionAt(i, 'mirror') ?? notPrinted;
    if (source !== notPrinted) partitions.set(source, (partitions.get(source) ?? 0) + 1);
    if (mirror !== notPrinted && mirror !== source) partitions.set(mirror, (partitions.get(mirror) ?? 0) + 1);
    const at = list.lastWrittenAt(i);
    if (at !== null) {
      if (at < first) first = at;
      if (at > last) last = at;
    }
    if (section === 'afterMirrorEnd') keepEarliest(late.afterMirrorEnd, source, list.timestampAt(i, 'source'));
    else if (section === 'afterSourceEnd') keepEarliest(late.afterSourceEnd, mirror, list.timestampAt(i, 'mirror'));
  }
  return {
    sections: sectionsOf(groupOf, counts),
    partitions: [...partitions].sort(([a], [b]) => a - b).map(([partition, count]) => ({ partition, count })),
    written: first <= last ? { first, last } : null,
    late: { afterMirrorEnd: latePartitions(late.afterMirrorEnd), afterSourceEnd: latePartitions(late.afterSourceEnd) },
  };
}

// A late key has a timestamp: without them there is no telling that it is late.
function keepEarliest(earliest: Map<number, number>, partition: number, timestamp: number | null): void {
  const known = earliest.get(partition);
  if (timestamp !== null && (known === undefined || timestamp < known)) earliest.set(partition, timestamp);
}

function latePartitions(earliest: ReadonlyMap<number, number>): LatePartition[] {
  return [...earliest]
    .sort(([a], [b]) => a - b)
    .map(([partition, firstTimestamp]) => ({
      partition: partition === notPrinted ? null : partition,
      firstTimestamp,
    }));
}

/** A counting sort, so that a group of a million is one array of numbers. */
function sectionsOf(groupOf: Uint8Array, counts: Uint32Array): DifferenceSection[] {
  const indexes = Array.from(counts, (count) => new Uint32Array(count));
  const filled = new Uint32Array(counts.length);
  for (let i = 0; i < groupOf.length; i++) {
    const group = groupOf[i] as number;
    const position = filled[group] as number;
    (indexes[group] as Uint32Array)[position] = i;
    filled[group] = position + 1;
  }
  return sectionKinds.flatMap((kind, section) => {
    const groups = differenceKinds.flatMap((of: DifferenceKind, position) => {
      const found = indexes[section * differenceKinds.length + position] as Uint32Array;
      return found.length === 0 ? [] : [{ kind: of, indexes: found }];
    });
    const count = groups.reduce((sum, group) => sum + group.indexes.length, 0);
    return count === 0 ? [] : [{ kind, count, groups }];
  });
}
