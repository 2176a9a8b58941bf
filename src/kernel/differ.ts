/**
 * Settles plain keys that differ: outcome, cause and late mark by the rules of src/core/outcome.ts and
 * src/engine/judgeKey.ts, ledger by those of src/core/ledger.ts. Whether timestamps are comparable is known only after
 * the last key, so causes are there in both readings.
 */
import { commonLength } from './commonLength';
import { addFound } from './found';
import {
  ABSENT,
  add,
  addOlder,
  KEYS,
  LATE,
  LITERAL_MODIFIED,
  MATCHED,
  MODIFIED,
  NOT_IN_OTHER,
  TIMED_CAUSES,
  UNTIMED_CAUSES,
} from './joinSums';
import { MIRROR_ENDS, SOURCE_ENDS, STATISTICS_PARTITIONS } from './layout';
import { areSame, mirrorSide, PlainSide, sourceSide } from './plainKey';

/** Causes and evidence, as src/engine/findings.ts numbers them. */
const STALE: u32 = 1;
const AHEAD: u32 = 2;
const REORDERED: u32 = 3;
const DIVERGED: u32 = 4;
const CAUSE_BITS: u32 = 7;
const BY_TIMESTAMP: u32 = 8;

/** @returns whether the key, which `side` alone has with a value, is settled, except for its older records */
export function settleAbsent(side: PlainSide): bool {
  if (!isEndKnown(side)) return false;
  const late: u32 = isLate(side) ? 1 + side.index : 0;
  if (late > 0) add(LATE + side.index, 1);
  add(ABSENT + side.index, 1);
  add(NOT_IN_OTHER + side.index, 1);
  addFound(side.index, 0, -1, 0, -1, late, sourceSide, mirrorSide);
  return true;
}

/** @returns whether the key, whose finals differ, is settled */
export function settleModified(): bool {
  if (!isEndKnown(sourceSide) || !isEndKnown(mirrorSide)) return false;
  if (!sourceSide.canCountRepeats || !mirrorSide.canCountRepeats) return false;
  const matched = commonLength(false);
  if (matched < 0) return false;
  const late: u32 = isLate(sourceSide) ? 1 : isLate(mirrorSide) ? 2 : 0;
  if (late > 0) add(LATE + <i32>late - 1, 1);
  const untimed = causeOf(false);
  const untimedBehind = behind;
  const timed = causeOf(true);
  const timedBehind = behind;
  add(UNTIMED_CAUSES + (untimed & CAUSE_BITS) - 1, 1);
  add(TIMED_CAUSES + (timed & CAUSE_BITS) - 1, 1);
  add(KEYS, 1);
  add(KEYS + 1, 1);
  add(MODIFIED, 1);
  add(LITERAL_MODIFIED, 1);
  add(MATCHED, matched);
  addRest(sourceSide, mirrorSide, matched);
  addRest(mirrorSide, sourceSide, matched);
  addFound(2, untimed, untimedBehind, timed, timedBehind, late, sourceSide, mirrorSide);
  return true;
}

/** Whether the other dump's end is in the table. */
// @ts-ignore: decorator
@inline
function isEndKnown(side: PlainSide): bool {
  return side.partition <= <u32>STATISTICS_PARTITIONS;
}

/** Whether the final of a side is newer than all that the other dump holds in its partition. */
// @ts-ignore: decorator
@inline
function isLate(side: PlainSide): bool {
  const ends = side.index === 0 ? MIRROR_ENDS : SOURCE_ENDS;
  return side.finalTimestamp > load<f64>(ends + (<usize>side.partition << 3));
}

/** What a modified key's ledger says of one side's records besides those that are matched. */
function addRest(side: PlainSide, other: PlainSide, matched: u32): void {
  const isNowhere: u32 = lastOccurrence(side, other, false) < 0 ? 1 : 0;
  add(NOT_IN_OTHER + side.index, isNowhere);
  addOlder(side, side.count - matched - isNowhere);
}

/** Source records after the one that the mirror ends at, as `causeOf` found last; -1 unless stale by record. */
let behind: f64 = -1;

/** The cause of a modified key, and its evidence. */
function causeOf(timed: bool): u32 {
  behind = -1;
  const mirrorEndsAt = lastOccurrence(mirrorSide, sourceSide, timed);
  const sourceEndsAt = lastOccurrence(sourceSide, mirrorSide, timed);
  const age = sourceSide.finalTimestamp - mirrorSide.finalTimestamp;
  if (sourceEndsAt < 0 && mirrorEndsAt >= 0) {
    behind = <f64>sourceSide.count - 1 - <f64>mirrorEndsAt;
    return STALE;
  }
  if (sourceEndsAt >= 0 && mirrorEndsAt < 0) return timed && age > 0 ? REORDERED : AHEAD;
  if (sourceEndsAt >= 0) {
    if (isProperPrefix(mirrorSide, sourceSide, timed)) {
      behind = <f64>sourceSide.count - <f64>mirrorSide.count;
      return STALE;
    }
    return isProperPrefix(sourceSide, mirrorSide, timed) ? AHEAD : REORDERED;
  }
  if (!timed || age === 0) return DIVERGED;
  return BY_TIMESTAMP | (age > 0 ? STALE : AHEAD);
}

/** Position of the last record that is the same as the final one of `wanted`, or -1. */
function lastOccurrence(wanted: PlainSide, among: PlainSide, timed: bool): i32 {
  let i = <i32>among.count - 1;
  while (i >= 0 && !areSame(wanted, wanted.count - 1, among, <u32>i, timed)) i--;
  return i;
}

function isProperPrefix(shorter: PlainSide, longer: PlainSide, timed: bool): bool {
  if (shorter.count >= longer.count) return false;
  for (let i: u32 = 0; i < shorter.count; i++) if (!areSame(shorter, i, longer, i, timed)) return false;
  return true;
}
