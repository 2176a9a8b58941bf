/** Sums over the keys that a join settles. src/engine/joinSums.ts hands them on; a test ties the numbers together. */
import { JOIN_SUMS } from './layout';
import { PlainSide } from './plainKey';

/** Of the source; the mirror's behind it. */
export const KEYS: i32 = 0;
export const SAME: i32 = 2;
export const DELETED: i32 = 3;
/** Keys that are missing; behind it, keys that are extra. */
export const ABSENT: i32 = 4;
export const MODIFIED: i32 = 6;
export const SAME_WITH_EQUAL_TIMESTAMPS: i32 = 7;
export const MATCHED: i32 = 8;
/** Of the source; the mirror's behind it. */
export const SUPERSEDED: i32 = 9;
export const REPEATED: i32 = 11;
export const EXPIRED: i32 = 13;
export const NOT_IN_OTHER: i32 = 15;
export const LITERAL_SAME: i32 = 17;
export const LITERAL_MODIFIED: i32 = 18;
/** Not in the mirror; behind it, not in the source. */
export const LITERAL_ABSENT: i32 = 19;
/** After the mirror's end; behind it, after the source's end. */
export const LATE: i32 = 21;
/** Four each: stale, ahead, reordered, diverged. */
export const UNTIMED_CAUSES: i32 = 23;
export const TIMED_CAUSES: i32 = 27;
export const SUMS: i32 = 31;

export function clearSums(): void {
  memory.fill(JOIN_SUMS, 0, SUMS * 8);
}

// @ts-ignore: decorator
@inline
export function add(sum: i32, amount: u32): void {
  const at = JOIN_SUMS + (<usize>sum << 3);
  store<f64>(at, load<f64>(at) + <f64>amount);
}

/** Adds the records of a side that the rest of the ledger has no place for. */
export function addOlder(side: PlainSide, count: u32): void {
  if (count === 0) return;
  const repeated = min(count, side.repeats);
  add(REPEATED + side.index, repeated);
  add(SUPERSEDED + side.index, count - repeated);
}
