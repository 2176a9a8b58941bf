/** How many records of a key both sides have in order, as src/core/commonSubsequence.ts finds it. */
import { areSame, fewRecords, mirrorSide, PlainSide, sourceSide } from './plainKey';

/**
 * Length of the longest common subsequence of both sides of the key at hand.
 * @param timed whether timestamps must be equal, too
 * @returns -1 if it would take long to find
 */
export function commonLength(timed: bool): i32 {
  const n = sourceSide.count;
  const m = mirrorSide.count;
  if (n >= m ? isSubsequence(mirrorSide, sourceSide, timed) : isSubsequence(sourceSide, mirrorSide, timed)) {
    return min(n, m);
  }
  if (n > fewRecords || m > fewRecords) return -1;
  // Bit i is 0 where the length grows at the source's record i.
  let row: u64 = ~0;
  for (let k: u32 = 0; k < m; k++) {
    let hits: u64 = 0;
    for (let i: u32 = 0; i < n; i++) hits |= <u64>areSame(sourceSide, i, mirrorSide, k, timed) << i;
    row = (row + (row & hits)) | (row & ~hits);
  }
  return n - <i32>popcnt(row & ((<u64>1 << n) - 1));
}

function isSubsequence(shorter: PlainSide, longer: PlainSide, timed: bool): bool {
  let found: u32 = 0;
  for (let i: u32 = 0; i < longer.count && found < shorter.count; i++) {
    if (areSame(shorter, found, longer, i, timed)) found++;
  }
  return found === shorter.count;
}
