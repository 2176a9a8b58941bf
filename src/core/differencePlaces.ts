/**
 * Where the differing keys of a comparison stand in one of its dumps. One pass over the places answers each question:
 * a million of them take a few milliseconds, and no second order of them has to be kept.
 */
import type { DifferenceList } from './differenceList.js';
import type { Side } from './record.js';

export interface DifferencePlace {
  /** Position in the list. */
  readonly index: number;
  /** First byte of the key's final record. */
  readonly byteOffset: number;
}

/** Those whose final records start from `from` up to, not including, `end`; in the order of the list. */
export function differencesWithin(list: DifferenceList, side: Side, from: number, end: number): DifferencePlace[] {
  const found: DifferencePlace[] = [];
  for (let index = 0; index < list.length; index++) {
    const byteOffset = list.byteOffsetAt(index, side);
    if (byteOffset !== null && byteOffset >= from && byteOffset < end) found.push({ index, byteOffset });
  }
  return found;
}

export interface NextDifference extends DifferencePlace {
  /** 1-based, in the order of the dump. */
  readonly number: number;
  /** Differing keys that this dump has a record of. */
  readonly total: number;
}

/**
 * The nearest one that starts behind a position, or before it; the first, or last, if there is none, as searches go on
 * at the other end. Null if the dump has no record of a differing key.
 */
export function nextDifference(
  list: DifferenceList,
  side: Side,
  position: number,
  direction: 'next' | 'previous',
): NextDifference | null {
  const isNearer = (place: number, than: number): boolean => (direction === 'next' ? place < than : place > than);
  const isAhead = (place: number): boolean => (direction === 'next' ? place > position : place < position);
  let nearest = -1;
  let outermost = -1;
  let total = 0;
  let nearestAt = 0;
  let outermostAt = 0;
  for (let index = 0; index < list.length; index++) {
    const at = list.byteOffsetAt(index, side);
    if (at === null) continue;
    total++;
    if (outermost < 0 || isNearer(at, outermostAt)) {
      outermost = index;
      outermostAt = at;
    }
    if (isAhead(at) && (nearest < 0 || isNearer(at, nearestAt))) {
      nearest = index;
      nearestAt = at;
    }
  }
  if (total === 0) return null;
  const index = nearest < 0 ? outermost : nearest;
  const byteOffset = nearest < 0 ? outermostAt : nearestAt;
  return { index, byteOffset, number: countUpTo(list, side, byteOffset), total };
}

function countUpTo(list: DifferenceList, side: Side, position: number): number {
  let count = 0;
  for (let index = 0; index < list.length; index++) {
    const at = list.byteOffsetAt(index, side);
    if (at !== null && at <= position) count++;
  }
  return count;
}
