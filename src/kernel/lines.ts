/** Counts lines where nothing else is wanted of them: several times as fast as to scan their records. */

const lineFeeds: v128 = i8x16.splat(10);

/** Line feeds in `memory[start, end)`. */
export function countLineFeeds(start: usize, end: usize): u32 {
  let count: u32 = 0;
  let p = start;
  for (; p + 32 <= end; p += 32) {
    const first = <u32>i8x16.bitmask(i8x16.eq(v128.load(p), lineFeeds)) & 0xffff;
    const second = <u32>i8x16.bitmask(i8x16.eq(v128.load(p, 16), lineFeeds)) & 0xffff;
    count += popcnt<u32>(first | (second << 16));
  }
  for (; p < end; p++) if (load<u8>(p) === 10) count++;
  return count;
}
