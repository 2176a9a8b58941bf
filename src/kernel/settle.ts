/**
 * Settles plain keys: here those that are the same on both sides or deleted, in differ.ts those that differ. A key whose
 * ledger would take long is left open.
 */
import { commonLength } from './commonLength';
import { settleAbsent, settleModified } from './differ';
import {
  add,
  addOlder,
  DELETED,
  EXPIRED,
  KEYS,
  LITERAL_ABSENT,
  LITERAL_SAME,
  MATCHED,
  SAME,
  SAME_WITH_EQUAL_TIMESTAMPS,
} from './joinSums';
import { mirrorSide, PlainSide, sourceSide } from './plainKey';

/**
 * @param everyRecordCounts cleanup policy `delete`: a key is settled only if both sides hold the same records
 * @param settlesModified whether values that differ in bytes differ
 * @returns whether the key at hand is settled
 */
export function settle(everyRecordCounts: bool, settlesModified: bool): bool {
  if (sourceSide.count === 0) return !everyRecordCounts && settleOneSided(mirrorSide);
  if (mirrorSide.count === 0) return !everyRecordCounts && settleOneSided(sourceSide);
  // A key that has moved is reported as such.
  if (sourceSide.partition !== mirrorSide.partition && sourceSide.partition !== 0 && mirrorSide.partition !== 0) {
    return false;
  }
  if (sourceSide.finalValue === mirrorSide.finalValue) return settleEqual(everyRecordCounts);
  return !everyRecordCounts && settlesModified && settleModified();
}

/** A key that one side alone has: deleted, and its tombstone has expired on the other side, or it differs. */
function settleOneSided(side: PlainSide): bool {
  if (!side.canCountRepeats) return false;
  if (side.finalValue !== 0) {
    if (!settleAbsent(side)) return false;
  } else {
    add(DELETED, 1);
    add(EXPIRED + side.index, 1);
  }
  add(KEYS + side.index, 1);
  add(LITERAL_ABSENT + side.index, 1);
  addOlder(side, side.count - 1);
  return true;
}

/** A key with equal finals. */
function settleEqual(everyRecordCounts: bool): bool {
  const matched = commonLength(everyRecordCounts);
  if (matched < 0) return false;
  const inSource = sourceSide.count - matched;
  const inMirror = mirrorSide.count - matched;
  if (everyRecordCounts && inSource + inMirror > 0) return false;
  if (inSource > 0 && !sourceSide.canCountRepeats) return false;
  if (inMirror > 0 && !mirrorSide.canCountRepeats) return false;
  add(KEYS, 1);
  add(KEYS + 1, 1);
  if (sourceSide.finalValue === 0) {
    add(DELETED, 1);
  } else {
    add(SAME, 1);
    if (sourceSide.finalTimestamp === mirrorSide.finalTimestamp) add(SAME_WITH_EQUAL_TIMESTAMPS, 1);
  }
  add(MATCHED, matched);
  addOlder(sourceSide, inSource);
  addOlder(mirrorSide, inMirror);
  add(LITERAL_SAME, 1);
  return true;
}
