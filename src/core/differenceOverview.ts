/**
 * What verdict, tree, page, chart and reports ask of all differing keys, counted in one pass over the columns of a list
 * of any length and kept: groups, partitions, when they were written, and how many were lost or late where. Plain data that
 * crosses threads; a worker counts it beforehand.
 */
import type { Late } from './comparison.js';
import type { CountedColumns } from './differenceColumns.js';
import { type DifferenceGroup, type DifferenceSection, differenceKinds, sectionKinds } from './differenceGroups.js';
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

const fateNames = ['lost', 'onlyOnMirror', 'afterMirrorEnd', 'afterSourceEnd'] as const;

/** Of each section and kind, numbered section by section, the position of its fate. */
const fateOfGroup = sectionKinds.flatMap((section) =>
  differenceKinds.map((kind): number =>
    fateNames.indexOf(section !== 'inTime' ? section : kind === 'extra' ? 'onlyOnMirror' : 'lost'),
  ),
);
const isToldByMirror = fateNames.map((name) => name === 'onlyOnMirror' || name === 'afterSourceEnd');
const isModified = differenceKinds.map((kind) => kind !== 'missing' && kind !== 'extra');

/** @param parts the columns of a list, one part after the other */
export function overviewOf(parts: readonly CountedColumns[]): DifferenceOverview {
  const counter = new OverviewCounter(parts.reduce((sum, { length }) => sum + length, 0));
  for (const part of parts) counter.addAll(part);
  return counter.finish();
}

class OverviewCounter {
  readonly #partitions = new PartitionSlots();
  /** By the partition's slot. */
  readonly #keys: number[] = [];
  readonly #fates = fateNames.map(() => new FateCounter());
  readonly #groups: GroupCounter;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  constructor(length: number) {
    this.#groups = new GroupCounter(length);
  }

  addAll({ length, kinds, sections, source, mirror }: CountedColumns): void {
    const groups = this.#groups;
    const partitions = this.#partitions;
    const keys = this.#keys;
    let first = this.#first;
    let last = this.#last;
    for (let i = 0; i < length; i++) {
      const kind = kinds[i] as number;
      const group = (sections[i] as number) * differenceKinds.length + kind;
      groups.add(group);
      const ofSource = partitions.slotOf(source.partitions[i] as number);
      const ofMirror = partitions.slotOf(mirror.partitions[i] as number);
      keys[ofSource] = (keys[ofSource] ?? 0) + 1;
      if (ofMirror !== ofSource) keys[ofMirror] = (keys[ofMirror] ?? 0) + 1;
      const sourceAt = source.timestamps[i] as number;
      const mirrorAt = mirror.timestamps[i] as number;
      const writtenAt = later(sourceAt, mirrorAt);
      if (writtenAt < first) first = writtenAt;
      if (writtenAt > last) last = writtenAt;
      const fate = fateOfGroup[group] as number;
      const isOfMirror = isToldByMirror[fate] as boolean;
      const tally = (this.#fates[fate] as FateCounter).in(isOfMirror ? ofMirror : ofSource);
      tally.add(kind, isOfMirror ? mirrorAt : sourceAt);
      // Only a modified key has both finals.
      if (!isModified[kind] || source.tombstones[i] === mirror.tombstones[i]) continue;
      if (source.tombstones[i] === 1) tally.deletedAtSource++;
      else tally.deletedOnMirror++;
    }
    this.#first = first;
    this.#last = last;
  }

  finish(): DifferenceOverview {
    const { numbers } = this.#partitions;
    const [lost, onlyOnMirror, afterMirrorEnd, afterSourceEnd] = this.#fates.map((fate) => fate.finish(numbers)) as [
      Fate,
      Fate,
      Fate,
      Fate,
    ];
    return {
      ...{ lost, onlyOnMirror, afterMirrorEnd, afterSourceEnd },
      sections: this.#groups.finish(),
      partitions: numbers
        .flatMap((partition, slot) => (partition === notPrinted ? [] : [{ partition, count: this.#keys[slot] ?? 0 }]))
        .sort((a, b) => a.partition - b.partition),
      written: momentsOf(this.#first, this.#last),
      all: sumOf([lost, onlyOnMirror, afterMirrorEnd, afterSourceEnd]),
    };
  }
}

/** The later of two moments, of which either may be NaN; NaN if both are. */
function later(a: number, b: number): number {
  // Both comparisons are false with NaN.
  if (a >= b) return a;
  return b > a || Number.isNaN(a) ? b : a;
}

/** A partition that is not printed, as columns tell it: Kafka's own are from 0 on. */
const notPrinted = -1;

/** Numbers the partitions as they come by, so that what is counted of each is found without a map. */
class PartitionSlots {
  /** By slot. */
  readonly numbers: number[] = [];
  /** The slots of partitions -1 … 1022: of all, in most dumps. */
  readonly #low = new Int32Array(1024).fill(-1);
  readonly #others = new Map<number, number>();

  slotOf(partition: number): number {
    const known = this.#low[partition + 1];
    return known === undefined || known < 0 ? this.#slotOf(partition) : known;
  }

  #slotOf(partition: number): number {
    const known = this.#others.get(partition);
    if (known !== undefined) return known;
    const slot = this.numbers.push(partition) - 1;
    if (partition + 1 < this.#low.length) this.#low[partition + 1] = slot;
    else this.#others.set(partition, slot);
    return slot;
  }
}

class FateCounter {
  /** By the partition's slot. */
  readonly #counters: (TallyCounter | undefined)[] = [];

  in(slot: number): TallyCounter {
    const known = this.#counters[slot];
    if (known !== undefined) return known;
    const counter = new TallyCounter();
    this.#counters[slot] = counter;
    return counter;
  }

  /** @param numbers partitions by slot */
  finish(numbers: readonly number[]): Fate {
    const partitions = numbers
      .flatMap((partition, slot) => {
        const counter = this.#counters[slot];
        return counter === undefined ? [] : [{ partition, counter }];
      })
      .sort((a, b) => a.partition - b.partition)
      .map(
        ({ partition, counter }): PartitionTally => ({
          partition: partition === notPrinted ? null : partition,
          ...counter.finish(),
        }),
      );
    return { ...sumOf(partitions), partitions };
  }
}

/** A counting sort, so that a group of a million is one array of numbers. */
class GroupCounter {
  /** Of each section and kind, numbered section by section. */
  readonly #counts = new Uint32Array(sectionKinds.length * differenceKinds.length);
  /** Of every difference the number of its group. */
  readonly #groupOf: Uint8Array;
  #length = 0;

  constructor(length: number) {
    this.#groupOf = new Uint8Array(length);
  }

  /** The next one. */
  add(group: number): void {
    this.#groupOf[this.#length++] = group;
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
