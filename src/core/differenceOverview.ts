/**
 * What verdict, tree, page, chart and reports ask of all differing keys, counted in one pass over a list of any
 * length and kept: groups, partitions, when they were written, and how many were lost or late where. Plain data that
 * crosses threads; a worker counts it beforehand.
 */
import type { Late } from './comparison.js';
import {
  type DifferenceGroup,
  type DifferenceSection,
  differenceKinds,
  type SectionKind,
  sectionKinds,
} from './differenceGroups.js';
import type { DifferenceList } from './differenceList.js';
import {
  type Fate,
  type Moments,
  momentsOf,
  type PartitionTally,
  sumOf,
  type Tally,
  TallyCounter,
} from './differenceTally.js';

/**
 * Every difference has one fate. `lost` and `onlyOnMirror` are those in time: the mirror lacks something, or only it
 * has the key. The record that tells is the source's final, or the mirror's for `onlyOnMirror` and `afterSourceEnd`.
 */
export type FateName = 'lost' | 'onlyOnMirror' | Late;

export interface DifferenceOverview extends Readonly<Record<FateName, Fate>> {
  /** Those that hold differences, those in time first. */
  readonly sections: readonly DifferenceSection[];
  /** Keys with a final record in a partition, on either side; ascending. */
  readonly partitions: readonly { readonly partition: number; readonly count: number }[];
  /** First and last moment at which a key was last written (see `lastWrittenAt`); null if no key has a timestamp. */
  readonly written: Moments | null;
  /** The differences of every fate. */
  readonly all: Tally;
}

/** In maps and tallies a partition that is not printed is told by this number: Kafka's own are from 0 on. */
const notPrinted = -1;

export function overviewOf(list: DifferenceList): DifferenceOverview {
  const partitions = new Map<number, number>();
  const fates = {
    lost: new FateCounter(),
    onlyOnMirror: new FateCounter(),
    afterMirrorEnd: new FateCounter(),
    afterSourceEnd: new FateCounter(),
  };
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const groups = new GroupCounter(list.length);
  for (let i = 0; i < list.length; i++) {
    const section = list.sectionAt(i);
    const kind = list.kindAt(i);
    const kindPosition = differenceKinds.indexOf(kind);
    groups.add(i, section, kindPosition);
    const source = list.partitionAt(i, 'source') ?? notPrinted;
    const mirror = list.partitionAt(i, 'mirror') ?? notPrinted;
    if (source !== notPrinted) partitions.set(source, (partitions.get(source) ?? 0) + 1);
    if (mirror !== notPrinted && mirror !== source) partitions.set(mirror, (partitions.get(mirror) ?? 0) + 1);
    const at = list.lastWrittenAt(i);
    if (at !== null) {
      if (at < first) first = at;
      if (at > last) last = at;
    }
    const fate: FateName = section !== 'inTime' ? section : kind === 'extra' ? 'onlyOnMirror' : 'lost';
    const isToldByMirror = fate === 'onlyOnMirror' || fate === 'afterSourceEnd';
    const tally = fates[fate].in(isToldByMirror ? mirror : source);
    tally.add(kindPosition, list.timestampAt(i, isToldByMirror ? 'mirror' : 'source'));
    // Only a modified key has both finals.
    if (kind === 'missing' || kind === 'extra') continue;
    const isDeleted = list.tombstoneAt(i, 'source');
    if (isDeleted === list.tombstoneAt(i, 'mirror')) continue;
    if (isDeleted) tally.deletedAtSource++;
    else tally.deletedOnMirror++;
  }
  const finished = {
    lost: fates.lost.finish(),
    onlyOnMirror: fates.onlyOnMirror.finish(),
    afterMirrorEnd: fates.afterMirrorEnd.finish(),
    afterSourceEnd: fates.afterSourceEnd.finish(),
  };
  return {
    ...finished,
    sections: groups.finish(),
    partitions: [...partitions].sort(([a], [b]) => a - b).map(([partition, count]) => ({ partition, count })),
    written: momentsOf(first, last),
    all: sumOf(Object.values(finished)),
  };
}

class FateCounter {
  readonly #counters = new Map<number, TallyCounter>();

  in(partition: number): TallyCounter {
    let counter = this.#counters.get(partition);
    if (counter === undefined) {
      counter = new TallyCounter();
      this.#counters.set(partition, counter);
    }
    return counter;
  }

  finish(): Fate {
    const partitions = [...this.#counters]
      .sort(([a], [b]) => a - b)
      .map(
        ([partition, counter]): PartitionTally => ({
          partition: partition === notPrinted ? null : partition,
          ...counter.finish(),
        }),
      );
    return { ...sumOf(partitions), partitions };
  }
}

/** A counting sort, so that a group of a million is one array of numbers. */
class GroupCounter {
  /** One for each section and kind. */
  readonly #counts = new Uint32Array(sectionKinds.length * differenceKinds.length);
  /** Of every difference, the position of its group in `#counts`. */
  readonly #groupOf: Uint8Array;

  constructor(length: number) {
    this.#groupOf = new Uint8Array(length);
  }

  add(index: number, section: SectionKind, kindPosition: number): void {
    const group = sectionKinds.indexOf(section) * differenceKinds.length + kindPosition;
    this.#groupOf[index] = group;
    this.#counts[group] = (this.#counts[group] as number) + 1;
  }

  finish(): DifferenceSection[] {
    const indexes = Array.from(this.#counts, (count) => new Uint32Array(count));
    const filled = new Uint32Array(indexes.length);
    for (let i = 0; i < this.#groupOf.length; i++) {
      const group = this.#groupOf[i] as number;
      const position = filled[group] as number;
      (indexes[group] as Uint32Array)[position] = i;
      filled[group] = position + 1;
    }
    return sectionKinds.flatMap((kind, section) => {
      const groups = differenceKinds.flatMap((of, position): DifferenceGroup[] => {
        const found = indexes[section * differenceKinds.length + position] as Uint32Array;
        return found.length === 0 ? [] : [{ kind: of, indexes: found }];
      });
      const count = groups.reduce((sum, group) => sum + group.indexes.length, 0);
      return count === 0 ? [] : [{ kind, count, groups }];
    });
  }
}
