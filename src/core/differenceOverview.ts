/**
 * What verdict, tree, page, chart and reports ask of all differing keys, counted in one pass over the columns of a list
 * of any length and kept: groups, partitions, when they were written, and how many were lost or late where. Plain data that
 * crosses threads; a worker counts it beforehand.
 */
import type { Late } from './comparison.js';
import { type CountedColumns, eachCounted, lastWrittenAt } from './differenceColumns.js';
import { type DifferenceGroup, type DifferenceSection, differenceKinds, sectionKinds } from './differenceGroups.js';
import { type Fate, type Moments, momentsOf, type PartitionTally, sumOf, type Tally } from './differenceTally.js';

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

// Groups are numbered section by section; numbers of groups, fates and kinds are positions.
const groupCount = sectionKinds.length * differenceKinds.length;
const fateOfGroup = Uint8Array.from(
  sectionKinds.flatMap((section) =>
    differenceKinds.map((kind): number =>
      fateNames.indexOf(section !== 'inTime' ? section : kind === 'extra' ? 'onlyOnMirror' : 'lost'),
    ),
  ),
);
const isToldByMirror = Uint8Array.from(fateNames, (name) =>
  name === 'onlyOnMirror' || name === 'afterSourceEnd' ? 1 : 0,
);
const isModified = Uint8Array.from(differenceKinds, (kind) => (kind !== 'missing' && kind !== 'extra' ? 1 : 0));

/** @param parts the columns of a list, one part after the other */
export function overviewOf(parts: readonly CountedColumns[]): DifferenceOverview {
  const counter = new OverviewCounter(parts.reduce((sum, { length }) => sum + length, 0));
  eachCounted(parts, (part, from, to) => counter.add(part, from, to));
  return counter.finish();
}

class OverviewCounter {
  readonly #partitions = new PartitionSlots();
  readonly #groups: GroupCounter;
  // Room for so many partitions; what is counted of each is found without a map or an object.
  #room = 16;
  /** By the partition's slot: keys with a final in it. */
  #keys = new Uint32Array(this.#room);
  /** By slot, of the record that tells, and group. */
  #counts = new Uint32Array(this.#room * groupCount);
  // By slot and fate.
  #firsts = new Float64Array(this.#room * fateNames.length).fill(Number.POSITIVE_INFINITY);
  #lasts = new Float64Array(this.#room * fateNames.length).fill(Number.NEGATIVE_INFINITY);
  #deletedAtSource = new Uint32Array(this.#room * fateNames.length);
  #deletedOnMirror = new Uint32Array(this.#room * fateNames.length);
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  constructor(length: number) {
    this.#groups = new GroupCounter(length);
  }

  /** Those from the 0-based `from` up to, not including, `to`. */
  add(part: CountedColumns, from: number, to: number): void {
    const { kinds, sections, source, mirror } = part;
    for (let i = from; i < to; i++) {
      const kind = kinds[i] as number;
      const group = (sections[i] as number) * differenceKinds.length + kind;
      this.#groups.add(group);
      const ofSource = this.#slotOf(source.partitions[i] as number);
      const ofMirror = this.#slotOf(mirror.partitions[i] as number);
      increase(this.#keys, ofSource);
      if (ofMirror !== ofSource) increase(this.#keys, ofMirror);
      const sourceAt = source.timestamps[i] as number;
      const mirrorAt = mirror.timestamps[i] as number;
      const writtenAt = lastWrittenAt(part, i);
      if (writtenAt < this.#first) this.#first = writtenAt;
      if (writtenAt > this.#last) this.#last = writtenAt;
      const fate = fateOfGroup[group] as number;
      const isOfMirror = isToldByMirror[fate] === 1;
      const slot = isOfMirror ? ofMirror : ofSource;
      const at = slot * fateNames.length + fate;
      increase(this.#counts, slot * groupCount + group);
      // Comparisons are false with NaN.
      const toldAt = isOfMirror ? mirrorAt : sourceAt;
      if (toldAt < (this.#firsts[at] as number)) this.#firsts[at] = toldAt;
      if (toldAt > (this.#lasts[at] as number)) this.#lasts[at] = toldAt;
      // Only a modified key has both finals.
      if (isModified[kind] === 0 || source.tombstones[i] === mirror.tombstones[i]) continue;
      increase(source.tombstones[i] === 1 ? this.#deletedAtSource : this.#deletedOnMirror, at);
    }
  }

  finish(): DifferenceOverview {
    const { numbers } = this.#partitions;
    const fate = (name: FateName): Fate => this.#fate(fateNames.indexOf(name));
    const fates = {
      lost: fate('lost'),
      onlyOnMirror: fate('onlyOnMirror'),
      afterMirrorEnd: fate('afterMirrorEnd'),
      afterSourceEnd: fate('afterSourceEnd'),
    };
    return {
      ...fates,
      sections: this.#groups.finish(),
      partitions: numbers
        .flatMap((partition, slot) =>
          partition === notPrinted ? [] : [{ partition, count: this.#keys[slot] as number }],
        )
        .sort((a, b) => a.partition - b.partition),
      written: momentsOf(this.#first, this.#last),
      all: sumOf(Object.values(fates)),
    };
  }

  #fate(fate: number): Fate {
    const partitions = this.#partitions.numbers
      .map((partition, slot) => ({ partition, tally: this.#tally(slot, fate) }))
      .filter(({ tally }) => tally.count > 0)
      .sort((a, b) => a.partition - b.partition)
      .map(
        ({ partition, tally }): PartitionTally => ({
          partition: partition === notPrinted ? null : partition,
          ...tally,
        }),
      );
    return { ...sumOf(partitions), partitions };
  }

  #tally(slot: number, fate: number): Tally {
    const kinds = differenceKinds.map((kind, position) => {
      let count = 0;
      for (let group = position; group < groupCount; group += differenceKinds.length) {
        if (fateOfGroup[group] === fate) count += this.#counts[slot * groupCount + group] as number;
      }
      return [kind, count] as const;
    });
    const at = slot * fateNames.length + fate;
    return {
      count: kinds.reduce((sum, [, count]) => sum + count, 0),
      kinds: Object.fromEntries(kinds) as Tally['kinds'],
      times: momentsOf(this.#firsts[at] as number, this.#lasts[at] as number),
      deletedAtSource: this.#deletedAtSource[at] as number,
      deletedOnMirror: this.#deletedOnMirror[at] as number,
    };
  }

  #slotOf(partition: number): number {
    const slot = this.#partitions.slotOf(partition);
    if (slot === this.#room) this.#makeRoom();
    return slot;
  }

  #makeRoom(): void {
    this.#room *= 2;
    const fates = this.#room * fateNames.length;
    this.#keys = copied(this.#keys, new Uint32Array(this.#room));
    this.#counts = copied(this.#counts, new Uint32Array(this.#room * groupCount));
    this.#firsts = copied(this.#firsts, new Float64Array(fates).fill(Number.POSITIVE_INFINITY));
    this.#lasts = copied(this.#lasts, new Float64Array(fates).fill(Number.NEGATIVE_INFINITY));
    this.#deletedAtSource = copied(this.#deletedAtSource, new Uint32Array(fates));
    this.#deletedOnMirror = copied(this.#deletedOnMirror, new Uint32Array(fates));
  }
}

function increase(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] as number) + 1;
}

function copied<T extends Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
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
