/**
 * Joins one hash partition: brings the tuples of both sides together by key. Plain keys (plainKey.ts) are settled here,
 * by settle.ts; all others are left to TypeScript (src/engine/judgeKey.ts), which has the rules in full.
 */
import { beginFound, endFound, foundBytes } from './found';
import { clearSums } from './joinSums';
import { PLACE, PLACE_BITS } from './layout';
import { mirrorSide, sourceSide } from './plainKey';
import { settle } from './settle';

const placeMask: u64 = (1 << PLACE_BITS) - 1;

/** Areas of the work space, u32 each. */
let slots: usize = 0;
let slotMask: u32 = 0;
let groupOfSource: usize = 0;
let groupOfMirror: usize = 0;
let representatives: usize = 0;
let sourceStarts: usize = 0;
let mirrorStarts: usize = 0;
let sourceOrder: usize = 0;
let mirrorOrder: usize = 0;
let open: usize = 0;

let groups: u32 = 0;

/** Bytes of work space that a join of so many tuples needs. */
export function joinWorkBytes(tuples: u32): u32 {
  return slotCount(tuples) * 4 + tuples * 4 * 6 + foundBytes + 64;
}

function slotCount(tuples: u32): u32 {
  let count: u32 = 16;
  while (count < tuples * 2) count <<= 1;
  return count;
}

/**
 * @param work address of the work space
 * @param everyRecordCounts cleanup policy `delete`: a key is settled only if both sides hold the same records
 * @param settles whether keys are settled here at all; otherwise all are left open
 * @param settlesModified whether values that differ in bytes differ
 * @returns how many keys are left open; see `openGroups`
 */
export function join(
  sourceAt: usize,
  sourceCount: u32,
  sourceTupleBytes: u32,
  mirrorAt: usize,
  mirrorCount: u32,
  mirrorTupleBytes: u32,
  work: usize,
  everyRecordCounts: bool,
  settles: bool,
  settlesModified: bool,
): u32 {
  const tuples = sourceCount + mirrorCount;
  const slotTotal = slotCount(tuples);
  slotMask = slotTotal - 1;
  slots = work;
  groupOfSource = slots + slotTotal * 4;
  groupOfMirror = groupOfSource + sourceCount * 4;
  representatives = groupOfMirror + mirrorCount * 4;
  sourceStarts = representatives + tuples * 4;
  mirrorStarts = sourceStarts + (tuples + 1) * 4;
  sourceOrder = mirrorStarts + (tuples + 1) * 4;
  mirrorOrder = sourceOrder + sourceCount * 4;
  open = mirrorOrder + mirrorCount * 4;
  groups = 0;
  memory.fill(slots, 0, slotTotal * 4);
  memory.fill(sourceStarts, 0, (tuples + 1) * 8);
  number(sourceAt, sourceCount, sourceTupleBytes, groupOfSource, sourceStarts);
  number(mirrorAt, mirrorCount, mirrorTupleBytes, groupOfMirror, mirrorStarts);
  sort(groupOfSource, sourceCount, sourceStarts, sourceOrder);
  sort(groupOfMirror, mirrorCount, mirrorStarts, mirrorOrder);
  clearSums();
  // Slots, groups and representatives, 16 bytes a tuple at least, have done their work.
  sourceSide.begin(0, sourceAt, sourceTupleBytes, slots);
  mirrorSide.begin(1, mirrorAt, mirrorTupleBytes, slots + sourceCount * 16);
  beginFound((open + tuples * 4 + 7) & ~7);
  let opened: u32 = 0;
  for (let group: u32 = 0; group < groups; group++) {
    if (settles && isPlain(group) && settle(everyRecordCounts, settlesModified)) continue;
    store<u32>(open + (opened << 2), group);
    opened++;
  }
  endFound();
  return opened;
}

/** Brings both sides of a key before `settle`. @returns whether they are plain */
// @ts-ignore: decorator
@inline
function isPlain(group: u32): bool {
  const at = <usize>group << 2;
  const fromSource = load<u32>(sourceStarts + at);
  const fromMirror = load<u32>(mirrorStarts + at);
  return (
    sourceSide.take(sourceOrder + (<usize>fromSource << 2), load<u32>(sourceStarts + at, 4) - fromSource) &&
    mirrorSide.take(mirrorOrder + (<usize>fromMirror << 2), load<u32>(mirrorStarts + at, 4) - fromMirror)
  );
}

export function openGroups(): usize {
  return open;
}
/** Group g holds `sourceOrder[sourceStarts[g]]` … `sourceOrder[sourceStarts[g + 1] - 1]`: tuples in file order. */
export function sourceStartsAt(): usize {
  return sourceStarts;
}
export function mirrorStartsAt(): usize {
  return mirrorStarts;
}
export function sourceOrderAt(): usize {
  return sourceOrder;
}
export function mirrorOrderAt(): usize {
  return mirrorOrder;
}

/** Gives every tuple the number of its key's group, and counts each group's tuples at `starts[group + 1]`. */
function number(tuples: usize, count: u32, stride: usize, groupOf: usize, starts: usize): void {
  let tuple = tuples;
  for (let i: u32 = 0; i < count; i++) {
    const first = load<u64>(tuple);
    const second = load<u64>(tuple, 8);
    let slot = <u32>first & slotMask;
    let group: u32 = 0;
    while (true) {
      const found = load<u32>(slots + (<usize>slot << 2));
      if (found === 0) {
        group = groups++;
        store<u32>(slots + (<usize>slot << 2), groups);
        store<u32>(representatives + (<usize>group << 2), <u32>tuple);
        break;
      }
      const representative = <usize>load<u32>(representatives + (<usize>(found - 1) << 2));
      if (load<u64>(representative) === first && load<u64>(representative, 8) === second) {
        group = found - 1;
        break;
      }
      slot = (slot + 1) & slotMask;
    }
    store<u32>(groupOf + (<usize>i << 2), group);
    const counter = starts + (<usize>group << 2) + 4;
    store<u32>(counter, load<u32>(counter) + 1);
    tuple += stride;
  }
}

/** A counting sort: it keeps the file order within each group. */
function sort(groupOf: usize, count: u32, starts: usize, order: usize): void {
  // starts[g + 1] holds the count of g; make it the start of g, then let the placing move it to the start of g + 1.
  let start: u32 = 0;
  for (let group: u32 = 0; group < groups; group++) {
    const at = starts + (<usize>group << 2) + 4;
    const size = load<u32>(at);
    store<u32>(at, start);
    start += size;
  }
  for (let i: u32 = 0; i < count; i++) {
    const at = starts + (<usize>load<u32>(groupOf + (<usize>i << 2)) << 2) + 4;
    const place = load<u32>(at);
    store<u32>(order + (<usize>place << 2), i);
    store<u32>(at, place + 1);
  }
}

/**
 * Merges two runs of tuples, each in file order, into one at `out`, which overlaps neither.
 */
export function merge(a: usize, aCount: usize, b: usize, bCount: usize, stride: usize, out: usize): void {
  let p = a;
  const aEnd = a + aCount * stride;
  let q = b;
  const bEnd = b + bCount * stride;
  let o = out;
  while (p < aEnd && q < bEnd) {
    // Runs alternate in long stretches: each is copied whole.
    const start = p;
    const limit = load<u64>(q, PLACE) & placeMask;
    while (p < aEnd && (load<u64>(p, PLACE) & placeMask) < limit) p += stride;
    memory.copy(o, start, p - start);
    o += p - start;
    if (p === aEnd) break;
    const next = q;
    const bound = load<u64>(p, PLACE) & placeMask;
    while (q < bEnd && (load<u64>(q, PLACE) & placeMask) < bound) q += stride;
    memory.copy(o, next, q - next);
    o += q - next;
  }
  memory.copy(o, p, aEnd - p);
  memory.copy(o + (aEnd - p), q, bEnd - q);
}
