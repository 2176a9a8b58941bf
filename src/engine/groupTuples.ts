/** Brings the tuples of one hash partition together by key where there is no kernel to do it (src/kernel/join.ts). */
import type { Tuples } from './tuple.js';

/** Group g of a side holds `order[starts[g]]` … `order[starts[g + 1] - 1]`: rows in file order. */
export interface GroupedRows {
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
}

export interface TupleGroups {
  readonly count: number;
  readonly source: GroupedRows;
  readonly mirror: GroupedRows;
}

export function groupTuples(source: Tuples, mirror: Tuples): TupleGroups {
  const numbering = new Numbering(source.length + mirror.length);
  const groupsOf = [source, mirror].map((tuples) => numbering.groupsOf(tuples)) as [Uint32Array, Uint32Array];
  return {
    count: numbering.count,
    source: sortByGroup(source, groupsOf[0], numbering.count),
    mirror: sortByGroup(mirror, groupsOf[1], numbering.count),
  };
}

/** A counting sort, then each group by place: lanes take chunks of a dump in turn. */
function sortByGroup(tuples: Tuples, groupOf: Uint32Array, groups: number): GroupedRows {
  const starts = new Uint32Array(groups + 1);
  for (const group of groupOf) starts[group + 1] = (starts[group + 1] as number) + 1;
  for (let g = 0; g < groups; g++) starts[g + 1] = (starts[g + 1] as number) + (starts[g] as number);
  const order = new Uint32Array(groupOf.length);
  const next = starts.slice(0, groups);
  for (let i = 0; i < groupOf.length; i++) {
    const group = groupOf[i] as number;
    const place = next[group] as number;
    order[place] = i;
    next[group] = place + 1;
  }
  for (let g = 0; g < groups; g++) {
    const rows = order.subarray(starts[g], starts[g + 1]);
    if (rows.length > 1) rows.sort((a, b) => tuples.byteOffset(a) - tuples.byteOffset(b));
  }
  return { starts, order };
}

/** Numbers distinct key hashes from 0 on, in an open-addressing table. */
class Numbering {
  count = 0;
  readonly #slots: Int32Array;
  /** The first tuple of each group. */
  readonly #first: { readonly tuples: Tuples; readonly row: number }[] = [];

  constructor(tuples: number) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * tuples + 2))).fill(-1);
  }

  groupsOf(tuples: Tuples): Uint32Array {
    const groups = new Uint32Array(tuples.length);
    for (let row = 0; row < tuples.length; row++) groups[row] = this.#groupOf(tuples, row);
    return groups;
  }

  #groupOf(tuples: Tuples, row: number): number {
    const mask = this.#slots.length - 1;
    let slot = tuples.keyHash(row, 0) & mask;
    for (;;) {
      const group = this.#slots[slot] as number;
      if (group < 0) break;
      const first = this.#first[group] as { tuples: Tuples; row: number };
      if (haveEqualKeys(first.tuples, first.row, tuples, row)) return group;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.count;
    this.#first.push({ tuples, row });
    return this.count++;
  }
}

function haveEqualKeys(a: Tuples, i: number, b: Tuples, k: number): boolean {
  return (
    a.keyHash(i, 0) === b.keyHash(k, 0) &&
    a.keyHash(i, 1) === b.keyHash(k, 1) &&
    a.keyHash(i, 2) === b.keyHash(k, 2) &&
    a.keyHash(i, 3) === b.keyHash(k, 3)
  );
}
