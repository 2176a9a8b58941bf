/**
 * Where things lie in the kernel's memory, and how a record becomes a tuple. src/engine/kernel.ts and src/engine/tuple.ts
 * hold the same numbers for TypeScript; a test ties them together.
 *
 * A tuple is 40 bytes, or 48 where the dump prints offsets, in little-endian words of 8 bytes:
 *
 *     0  key hash, first half        u64   (of a keyless record: hash of its value)
 *     8  key hash, second half       u64
 *    16  value hash                  u64   0 for a null value, never 0 for any other
 *    24  timestamp in milliseconds   f64   -1 for none
 *    32  byte offset in the dump     44 bits, and above them the partition plus one in 20 bits, 0 for none
 *    40  Kafka offset                f64   -1 for none
 */

export const VALUE_HASH: usize = 16;
export const TIMESTAMP: usize = 24;
export const PLACE: usize = 32;
export const OFFSET: usize = 40;
export const PLACE_BITS: u64 = 44;

/** `key.separator`, at most 256 bytes. */
export const SEPARATOR: usize = 0x400;
/** The null literal, at most 256 bytes. */
export const NULL_LITERAL: usize = 0x500;
/** Beginnings of notices: a length byte and so many bytes each, ended by a length of 0; at most 1 KiB. */
export const NOISE: usize = 0x600;
/** Sums over the keys that a join settled by itself: f64 each, in the order of joinSums.ts. */
export const JOIN_SUMS: usize = 0xa00;
/** Both sides of the key that a join is at, see plainKey.ts; at most 128 bytes. */
export const PLAIN_SIDES: usize = 0xc00;
/** Statistics of partitions -1 … 1023: records f64, lowest and highest timestamp f64, lowest and highest offset f64. */
export const STATISTICS: usize = 0x1000;
export const STATISTICS_BYTES: usize = 40;
export const STATISTICS_PARTITIONS: i32 = 1024;
/**
 * Where each dump ends in time, for the same partitions: milliseconds f64, -Infinity for a dump without timestamps. What
 * is newer on the other side is late.
 */
export const SOURCE_ENDS: usize = 0xb800;
export const MIRROR_ENDS: usize = 0xdc00;
/** Marks of a scan: byte offset f64 and 0-based line f64 of the first record in each 64 KiB of the dump. */
export const MARKS: usize = 0x10000;
export const MARK_SHIFT: u64 = 16;
/** Where the next tuple of each partition goes: an address, u32 each. */
export const CURSORS: usize = 0x20000;
/** Pages of tuples lie at multiples of 8 KiB, and hold as many whole tuples of either size as fit. */
export const PAGE_MASK: usize = 8191;
export const PAGE_FILL: usize = 8160;
/** Cursor of a partition that has no page; reads like the end of a full one. */
export const NO_PAGE: usize = PAGE_FILL;
