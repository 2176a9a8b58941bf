/**
 * Joins one hash partition: brings the tuples of both sides together by key and settles the keys about which there is
 * nothing to say: those that are the same or deleted, in one partition, in order, one side's versions among the other's.
 * All others are left to TypeScript (src/engine/judgeKey.ts), which has the rules in full.
 */
import { JOIN_SUMS, OFFSET, PLACE, PLACE_BITS, TIMESTAMP, VALUE_HASH } from './layout';

/** Records of a key on one side up to which its repeats are counted here, in quadratic time. */
const fewRecords: u32 = 48;
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

let source: usize = 0;
let mirror: usize = 0;
let sourceStride: usize = 40;
let mirrorStride: usize = 40;
let groups: u32 = 0;

/** Bytes of work space that a join of so many tuples needs. */
export function joinWorkBytes(tuples: u32): u32 {
  return slotCount(tuples) * 4 + tuples * 4 * 6 + 64;
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
): u32 {
  source = sourceAt;
  mirror = mirrorAt;
  sourceStride = sourceTupleBytes;
  mirrorStride = mirrorTupleBytes;
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
  number(source, sourceCount, sourceStride, groupOfSource, sourceStarts);
  number(mirror, mirrorCount, mirrorStride, groupOfMirror, mirrorStarts);
  sort(groupOfSource, sourceCount, sourceStarts, sourceOrder);
  sort(groupOfMirror, mirrorCount, mirrorStarts, mirrorOrder);
  memory.fill(JOIN_SUMS, 0, 8 * 16);
  let opened: u32 = 0;
  for (let group: u32 = 0; group < groups; group++) {
    if (settles && settle(group, everyRecordCounts)) continue;
    store<u32>(open + (opened << 2), group);
    opened++;
  }
  return opened;
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

// @ts-ignore: decorator
@inline
function sourceTuple(start: u32, i: u32): usize {
  return source + <usize>load<u32>(sourceOrder + (<usize>(start + i) << 2)) * sourceStride;
}
// @ts-ignore: decorator
@inline
function mirrorTuple(start: u32, i: u32): usize {
  return mirror + <usize>load<u32>(mirrorOrder + (<usize>(start + i) << 2)) * mirrorStride;
}

// @ts-ignore: decorator
@inline
function add(sum: i32, amount: u32): void {
  const at = JOIN_SUMS + (<usize>sum << 3);
  store<f64>(at, load<f64>(at) + <f64>amount);
}

/** The sums, in the order in which TypeScript reads them. */
const SOURCE_KEYS: i32 = 0;
const MIRROR_KEYS: i32 = 1;
const SAME: i32 = 2;
const DELETED: i32 = 3;
const SAME_WITH_EQUAL_TIMESTAMPS: i32 = 4;
const MATCHED: i32 = 5;
const SOURCE_SUPERSEDED: i32 = 6;
const MIRROR_SUPERSEDED: i32 = 7;
const SOURCE_REPEATED: i32 = 8;
const MIRROR_REPEATED: i32 = 9;
const SOURCE_EXPIRED: i32 = 10;
const MIRROR_EXPIRED: i32 = 11;
const LITERAL_SAME: i32 = 12;
const LITERAL_NOT_IN_SOURCE: i32 = 13;
const LITERAL_NOT_IN_MIRROR: i32 = 14;

/** Settles a key if it is one of the plain ones. @returns whether it did */
function settle(group: u32, everyRecordCounts: bool): bool {
  const s0 = load<u32>(sourceStarts + (<usize>group << 2));
  const n = load<u32>(sourceStarts + (<usize>group << 2) + 4) - s0;
  const m0 = load<u32>(mirrorStarts + (<usize>group << 2));
  const m = load<u32>(mirrorStarts + (<usize>group << 2) + 4) - m0;
  if (n > 0 && !isPlain(true, s0, n)) return false;
  if (m > 0 && !isPlain(false, m0, m)) return false;

  if (n === 0 || m === 0) {
    // Deleted, and the tombstone has expired on the other side; anything else differs.
    if (everyRecordCounts) return false;
    const count = n + m;
    if (count > fewRecords) return false;
    const isSource = n > 0;
    const final = isSource ? sourceTuple(s0, n - 1) : mirrorTuple(m0, m - 1);
    if (load<u64>(final, VALUE_HASH) !== 0) return false;
    const repeated = min(count - 1, repeats(isSource, isSource ? s0 : m0, count));
    add(DELETED, 1);
    add(isSource ? SOURCE_KEYS : MIRROR_KEYS, 1);
    add(isSource ? SOURCE_EXPIRED : MIRROR_EXPIRED, 1);
    add(isSource ? SOURCE_REPEATED : MIRROR_REPEATED, repeated);
    add(isSource ? SOURCE_SUPERSEDED : MIRROR_SUPERSEDED, count - 1 - repeated);
    add(isSource ? LITERAL_NOT_IN_MIRROR : LITERAL_NOT_IN_SOURCE, 1);
    return true;
  }

  const sourceFinal = sourceTuple(s0, n - 1);
  const mirrorFinal = mirrorTuple(m0, m - 1);
  const value = load<u64>(sourceFinal, VALUE_HASH);
  if (value !== load<u64>(mirrorFinal, VALUE_HASH)) return false;
  if (load<u64>(sourceFinal, PLACE) >> PLACE_BITS !== load<u64>(mirrorFinal, PLACE) >> PLACE_BITS) return false;
  if (everyRecordCounts && n !== m) return false;
  let matched: u32;
  if (n >= m) {
    matched = isAmong(false, m0, m, s0, n, everyRecordCounts);
  } else {
    matched = isAmong(true, s0, n, m0, m, everyRecordCounts);
  }
  if (matched !== min(n, m)) return false;
  let sourceRepeated: u32 = 0;
  let mirrorRepeated: u32 = 0;
  if (n > matched) {
    if (n > fewRecords) return false;
    sourceRepeated = min(n - matched, repeats(true, s0, n));
  }
  if (m > matched) {
    if (m > fewRecords) return false;
    mirrorRepeated = min(m - matched, repeats(false, m0, m));
  }
  add(SOURCE_KEYS, 1);
  add(MIRROR_KEYS, 1);
  if (value === 0) {
    add(DELETED, 1);
  } else {
    add(SAME, 1);
    if (load<f64>(sourceFinal, TIMESTAMP) === load<f64>(mirrorFinal, TIMESTAMP)) add(SAME_WITH_EQUAL_TIMESTAMPS, 1);
  }
  add(MATCHED, matched);
  add(SOURCE_REPEATED, sourceRepeated);
  add(MIRROR_REPEATED, mirrorRepeated);
  add(SOURCE_SUPERSEDED, n - matched - sourceRepeated);
  add(MIRROR_SUPERSEDED, m - matched - mirrorRepeated);
  add(LITERAL_SAME, 1);
  return true;
}

/** All records of the key in one partition, and their offsets, if there are any, ascending. */
// @ts-ignore: decorator
@inline
function isPlain(isSource: bool, start: u32, count: u32): bool {
  const stride = isSource ? sourceStride : mirrorStride;
  let before = isSource ? sourceTuple(start, 0) : mirrorTuple(start, 0);
  if (stride === 48 && count > 1 && load<f64>(before, OFFSET) < 0) return false;
  for (let i: u32 = 1; i < count; i++) {
    const tuple = isSource ? sourceTuple(start, i) : mirrorTuple(start, i);
    if (load<u64>(tuple, PLACE) >> PLACE_BITS !== load<u64>(before, PLACE) >> PLACE_BITS) return false;
    if (stride === 48 && !(load<f64>(tuple, OFFSET) > load<f64>(before, OFFSET))) return false;
    before = tuple;
  }
  return true;
}

/**
 * How many of the shorter side's records are found in order among the longer one's: all, if it is a subsequence.
 * @param byRecord whether timestamps must be equal, too
 */
// @ts-ignore: decorator
@inline
function isAmong(shorterIsSource: bool, shorter: u32, few: u32, longer: u32, many: u32, byRecord: bool): u32 {
  let found: u32 = 0;
  for (let i: u32 = 0; i < many && found < few; i++) {
    const wanted = shorterIsSource ? sourceTuple(shorter, found) : mirrorTuple(shorter, found);
    const tuple = shorterIsSource ? mirrorTuple(longer, i) : sourceTuple(longer, i);
    if (load<u64>(wanted, VALUE_HASH) !== load<u64>(tuple, VALUE_HASH)) continue;
    if (byRecord && load<f64>(wanted, TIMESTAMP) !== load<f64>(tuple, TIMESTAMP)) continue;
    found++;
  }
  return found;
}

/** Records equal in value and timestamp to an earlier one. */
function repeats(isSource: bool, start: u32, count: u32): u32 {
  let repeated: u32 = 0;
  for (let i: u32 = 1; i < count; i++) {
    const tuple = isSource ? sourceTuple(start, i) : mirrorTuple(start, i);
    const timestamp = load<f64>(tuple, TIMESTAMP);
    if (timestamp === -1) continue;
    for (let k: u32 = 0; k < i; k++) {
      const earlier = isSource ? sourceTuple(start, k) : mirrorTuple(start, k);
      if (load<f64>(earlier, TIMESTAMP) === timestamp && load<u64>(earlier, VALUE_HASH) === load<u64>(tuple, VALUE_HASH)) {
        repeated++;
        break;
      }
    }
  }
  return repeated;
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
