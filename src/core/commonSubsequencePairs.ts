/**
 * Which elements the longest common subsequence of two sequences pairs up: for one key at a time, where its records
 * are shown side by side. As many pairs as `longestCommonSubsequence` counts, exact or not.
 *
 * Hirschberg's algorithm ("A linear space algorithm for computing maximal common subsequences", 1975) over the
 * bit-parallel rows of commonSubsequence.ts: twice the steps of the length alone, and O(n) memory.
 */
import { exactCells, greedyMatches, growthPlaces } from './commonSubsequence.js';

/** Positions of two equal elements, in `a` and in `b`. */
export type Pair = readonly [a: number, b: number];

/** The pairs, ascending in both positions. */
export function commonSubsequencePairs(a: ArrayLike<number>, b: ArrayLike<number>): Pair[] {
  const pairs: Pair[] = [];
  let start = 0;
  let aEnd = a.length;
  let bEnd = b.length;
  while (start < aEnd && start < bEnd && a[start] === b[start]) start++;
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  for (let i = 0; i < start; i++) pairs.push([i, i]);
  pairMiddle({ a, aStart: start, aEnd, b, bStart: start, bEnd }, pairs);
  for (let i = 0; aEnd + i < a.length; i++) pairs.push([aEnd + i, bEnd + i]);
  return pairs;
}

/** A part of each sequence; ends are exclusive. */
interface Parts {
  readonly a: ArrayLike<number>;
  readonly aStart: number;
  readonly aEnd: number;
  readonly b: ArrayLike<number>;
  readonly bStart: number;
  readonly bEnd: number;
}

function pairMiddle(parts: Parts, pairs: Pair[]): void {
  const { a, aStart, aEnd, b, bStart, bEnd } = parts;
  const [aLength, bLength] = [aEnd - aStart, bEnd - bStart];
  // The shorter one is looked for in the longer, as for the length.
  const greedy = aLength >= bLength ? greedyMatches(b, bStart, bEnd, a, aEnd) : greedyMatches(a, aStart, aEnd, b, bEnd);
  const isSubsequence = greedy.length === Math.min(aLength, bLength);
  if (isSubsequence || aLength * bLength > exactCells) {
    for (const [wanted, among] of greedy) pairs.push(aLength >= bLength ? [among, wanted] : [wanted, among]);
  } else {
    pairBetween(parts, pairs);
  }
}

/** Divides `b` in two and finds the place in `a` where the pairs of the first half end. */
function pairBetween({ a, aStart, aEnd, b, bStart, bEnd }: Parts, pairs: Pair[]): void {
  if (aStart === aEnd || bStart === bEnd) return;
  if (bEnd - bStart === 1) {
    for (let i = aStart; i < aEnd; i++) {
      if (a[i] !== b[bStart]) continue;
      pairs.push([i, bStart]);
      return;
    }
    return;
  }
  const bMiddle = (bStart + bEnd) >>> 1;
  const aMiddle = aStart + divide(slice(a, aStart, aEnd), slice(b, bStart, bMiddle), slice(b, bMiddle, bEnd));
  pairBetween({ a, aStart, aEnd: aMiddle, b, bStart, bEnd: bMiddle }, pairs);
  pairBetween({ a, aStart: aMiddle, aEnd, b, bStart: bMiddle, bEnd }, pairs);
}

/** The length of the beginning of `a` that makes the most pairs with `first`, while the rest does with `second`. */
function divide(a: readonly number[], first: readonly number[], second: readonly number[]): number {
  const forward = growthPlaces(a, 0, a.length, first, 0, first.length);
  const backward = growthPlaces(a.toReversed(), 0, a.length, second.toReversed(), 0, second.length);
  // Pairs in the rest of `a`, for each length of its beginning.
  const pairsBehind = new Uint32Array(a.length + 1);
  for (let length = a.length - 1; length >= 0; length--) {
    const grows = backward[a.length - 1 - length] ? 1 : 0;
    pairsBehind[length] = (pairsBehind[length + 1] as number) + grows;
  }
  let best = 0;
  let most = pairsBehind[0] as number;
  let before = 0;
  for (let length = 1; length <= a.length; length++) {
    if (forward[length - 1]) before++;
    const all = before + (pairsBehind[length] as number);
    if (all <= most) continue;
    most = all;
    best = length;
  }
  return best;
}

function slice(items: ArrayLike<number>, start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, i) => items[start + i] as number);
}
