/** Brings together the records of both dumps that have equal hashes: one group a key (or, of keyless records, a value). */
import type { RecordTable } from './recordTable.js';

/** The records of one dump, group by group. */
export interface GroupedSide {
  readonly table: RecordTable;
  /** Group g holds `order[starts[g]]` … `order[starts[g + 1] - 1]`: positions in the table, in file order. */
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
  /** Group of each record of the table, -1 for those left out. */
  readonly groupOf: Int32Array;
}

export interface RecordGroups {
  readonly count: number;
  readonly source: GroupedSide;
  readonly mirror: GroupedSide;
}

/** What makes records belong together. */
export interface Grouping {
  readonly hashes: (table: RecordTable) => Uint32Array;
  /** Words of 32 bits a record has in `hashes`. */
  readonly words: 2 | 4;
  readonly includes: (table: RecordTable, index: number) => boolean;
}

export const byKey: Grouping = {
  hashes: (table) => table.keyHashes,
  words: 4,
  includes: (table, i) => !table.isKeyless(i),
};

/** Keyless records by their value. */
export const keylessByValue: Grouping = {
  hashes: (table) => table.valueHashes,
  words: 2,
  includes: (table, i) => table.isKeyless(i) && i !== table.cutIndex,
};

export function groupRecords(source: RecordTable, mirror: RecordTable, grouping: Grouping): RecordGroups {
  const numbering = new Numbering(grouping);
  const groupsOf = [source, mirror].map((table) => {
    const groupOf = new Int32Array(table.length).fill(-1);
    for (let i = 0; i < table.length; i++) if (grouping.includes(table, i)) groupOf[i] = numbering.groupOf(table, i);
    return groupOf;
  });
  const side = (table: RecordTable, groupOf: Int32Array): GroupedSide => ({
    table,
    groupOf,
    ...sortByGroup(groupOf, numbering.count),
  });
  return {
    count: numbering.count,
    source: side(source, groupsOf[0] as Int32Array),
    mirror: side(mirror, groupsOf[1] as Int32Array),
  };
}

/** A counting sort: linear, and it keeps the records of a group in file order. */
function sortByGroup(groupOf: Int32Array, groups: number): { starts: Uint32Array; order: Uint32Array } {
  const starts = new Uint32Array(groups + 1);
  for (const group of groupOf) if (group >= 0) starts[group + 1] = (starts[group + 1] as number) + 1;
  for (let g = 0; g < groups; g++) starts[g + 1] = (starts[g + 1] as number) + (starts[g] as number);
  const order = new Uint32Array(starts[groups] as number);
  const next = starts.slice(0, groups);
  for (let i = 0; i < groupOf.length; i++) {
    const group = groupOf[i] as number;
    if (group < 0) continue;
    const place = next[group] as number;
    order[place] = i;
    next[group] = place + 1;
  }
  return { starts, order };
}

/** Numbers distinct hashes from 0 on: an open-addressing table that holds a copy of each group's hash. */
class Numbering {
  count = 0;
  #hashes: Uint32Array;
  #slots = new Int32Array(1 << 12).fill(-1);

  constructor(private readonly grouping: Grouping) {
    this.#hashes = new Uint32Array((grouping.words << 12) >> 1);
  }

  groupOf(table: RecordTable, index: number): number {
    const { words } = this.grouping;
    const hashes = this.grouping.hashes(table);
    const at = words * index;
    const mask = this.#slots.length - 1;
    let slot = (hashes[at] as number) & mask;
    for (;;) {
      const group = this.#slots[slot] as number;
      if (group < 0) break;
      let same = true;
      for (let w = 0; w < words && same; w++) same = this.#hashes[words * group + w] === hashes[at + w];
      if (same) return group;
      slot = (slot + 1) & mask;
    }
    const group = this.count++;
    this.#slots[slot] = group;
    for (let w = 0; w < words; w++) this.#hashes[words * group + w] = hashes[at + w] as number;
    if (2 * this.count === this.#slots.length) this.#grow();
    return group;
  }

  #grow(): void {
    const { words } = this.grouping;
    const hashes = new Uint32Array(2 * this.#hashes.length);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#slots = new Int32Array(2 * this.#slots.length).fill(-1);
    const mask = this.#slots.length - 1;
    for (let group = 0; group < this.count; group++) {
      let slot = (hashes[words * group] as number) & mask;
      while ((this.#slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = group;
    }
  }
}
