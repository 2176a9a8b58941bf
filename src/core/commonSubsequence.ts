/**
 * Length of the longest common subsequence of two sequences of numbers, bounded in time and memory.
 *
 * Equal ends are set aside first; if the shorter rest is a subsequence of the longer (a log and the same log after
 * compaction), one pass settles it. Otherwise the bit-parallel algorithm of Crochemore, Iliopoulos, Pinzon and Reid
 * ("A fast and practical bit-vector algorithm for the longest common subsequence problem", 2001) takes
 * n·m/32 steps and O(n) memory.
 */

/** Most cells n·m that are settled exactly: 100,000 by 100,000 records, about a second. */
export const exactCells = 1e10;

export interface CommonSubsequence {
  readonly length: number;
  /** False if `length` is only a lower bound, because the sequences are too long. */
  readonly exact: boolean;
}

export function longestCommonSubsequence(a: ArrayLike<number>, b: ArrayLike<number>): CommonSubsequence {
  let start = 0;
  let aEnd = a.length;
  let bEnd = b.length;
  while (start < aEnd && start < bEnd && a[start] === b[start]) start++;
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  const equalEnds = start + (a.length - aEnd);
  const [longer, longerEnd, shorter, shorterEnd] = aEnd >= bEnd ? [a, aEnd, b, bEnd] : [b, bEnd, a, aEnd];
  if (isSubsequence(shorter, start, shorterEnd, longer, longerEnd)) {
    return { length: equalEnds + shorterEnd - start, exact: true };
  }
  if ((aEnd - start) * (bEnd - start) > exactCells) {
    // Any common subsequence is a true, if smaller, answer.
    return { length: equalEnds + greedyMatches(shorter, start, shorterEnd, longer, longerEnd).length, exact: false };
  }
  const grows = growthPlaces(shorter, start, shorterEnd, longer, start, longerEnd);
  return { length: equalEnds + grows.reduce((sum, grow) => sum + grow, 0), exact: true };
}

/** Whether the rest of `shorter` from `start` on occurs, in order, in that of `longer`. */
function isSubsequence(
  shorter: ArrayLike<number>,
  start: number,
  shorterEnd: number,
  longer: ArrayLike<number>,
  longerEnd: number,
): boolean {
  let wanted = start;
  for (let i = start; i < longerEnd && wanted < shorterEnd; i++) if (longer[i] === shorter[wanted]) wanted++;
  return wanted === shorterEnd;
}

/**
 * Elements of `wanted` found in `among` one after the other, each at its first place behind the one before.
 *
 * @param start of both
 * @returns their positions, `[in wanted, in among]`
 */
export function greedyMatches(
  wanted: ArrayLike<number>,
  start: number,
  wantedEnd: number,
  among: ArrayLike<number>,
  amongEnd: number,
): [wanted: number, among: number][] {
  const places = new Map<number, number[]>();
  for (let i = start; i < amongEnd; i++) {
    const list = places.get(among[i] as number);
    if (list === undefined) places.set(among[i] as number, [i]);
    else list.push(i);
  }
  const next = new Map<number, number>();
  let position = start;
  const matches: [number, number][] = [];
  for (let i = start; i < wantedEnd; i++) {
    const value = wanted[i] as number;
    const list = places.get(value);
    if (list === undefined) continue;
    let at = next.get(value) ?? 0;
    while (at < list.length && (list[at] as number) < position) at++;
    next.set(value, at);
    if (at === list.length) continue;
    position = (list[at] as number) + 1;
    matches.push([i, position - 1]);
  }
  return matches;
}

/**
 * Where the length of the longest common subsequence of a part of `b` and a growing part of `a` grows.
 *
 * @returns 1 for each element of `a` from `aStart` on that makes it longer by one, otherwise 0
 */
export function growthPlaces(
  a: ArrayLike<number>,
  aStart: number,
  aEnd: number,
  b: ArrayLike<number>,
  bStart: number,
  bEnd: number,
): Uint8Array {
  const words = (aEnd - aStart + 31) >>> 5;
  const places = new Map<number, number[]>();
  for (let i = aStart; i < aEnd; i++) {
    const list = places.get(a[i] as number);
    if (list === undefined) places.set(a[i] as number, [i - aStart]);
    else list.push(i - aStart);
  }
  // A mask of its own only for values so frequent that filling one each time would cost more than the step itself:
  // at most 32 of them exist.
  const frequent = new Map<number, Uint32Array>();
  const scratch = new Uint32Array(words);
  // Bit i of `row` is 0 where the length grows at element i of a.
  const row = new Uint32Array(words).fill(0xffffffff);
  for (let j = bStart; j < bEnd; j++) {
    const value = b[j] as number;
    const list = places.get(value);
    if (list === undefined) continue;
    let mask = frequent.get(value);
    if (mask === undefined) {
      mask = list.length > words ? new Uint32Array(words) : scratch;
      for (const place of list) mask[place >>> 5] = (mask[place >>> 5] as number) | (1 << (place & 31));
      if (mask !== scratch) frequent.set(value, mask);
    }
    let carry = 0;
    for (let w = 0; w < words; w++) {
      const old = row[w] as number;
      const hits = old & (mask[w] as number);
      // >>> 0 makes both addends unsigned; their sum and the carry fit a double exactly.
      const sum = old + (hits >>> 0) + carry;
      carry = sum > 0xffffffff ? 1 : 0;
      row[w] = sum | 0 | (old & ~(mask[w] as number));
    }
    if (mask === scratch) for (const place of list) scratch[place >>> 5] = 0;
  }
  return Uint8Array.from({ length: aEnd - aStart }, (_, i) => (((row[i >>> 5] as number) >>> (i & 31)) & 1 ? 0 : 1));
}
