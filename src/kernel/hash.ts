/**
 * Seeded 64-bit hash over four independent lanes of 8 bytes, so that the multiplications overlap; rounds and constants
 * are those of xxHash64 (Y. Collet, https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md), finish as there.
 */

const P1: u64 = 0x9e3779b185ebca87;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;
const P4: u64 = 0x85ebca77c2b2ae63;

/** Seeds: two for keys, one for values. */
let seed0: u64 = 0;
let seed1: u64 = 0;
let seed2: u64 = 0;

export function setSeeds(a: u64, b: u64, c: u64): void {
  seed0 = a;
  seed1 = b;
  seed2 = c;
}

// @ts-ignore: decorator
@inline
export function keySeedA(): u64 {
  return seed0;
}

// @ts-ignore: decorator
@inline
export function keySeedB(): u64 {
  return seed1;
}

// @ts-ignore: decorator
@inline
export function valueSeed(): u64 {
  return seed2;
}

// @ts-ignore: decorator
@inline
function mix(h: u64, k: u64): u64 {
  return rotl<u64>(h ^ (k * P2), 29) * P1;
}

// @ts-ignore: decorator
@inline
function finish(hash: u64): u64 {
  let h = hash;
  h ^= h >> 33;
  h *= P2;
  h ^= h >> 29;
  h *= P3;
  h ^= h >> 32;
  return h;
}

// @ts-ignore: decorator
@inline
function begin0(seed: u64, length: u64): u64 {
  return (P3 + length) ^ seed;
}
// @ts-ignore: decorator
@inline
function begin1(seed: u64, length: u64): u64 {
  return (P1 ^ length) + seed;
}
// @ts-ignore: decorator
@inline
function begin2(seed: u64, length: u64): u64 {
  return (P2 + length) ^ rotl<u64>(seed, 23);
}
// @ts-ignore: decorator
@inline
function begin3(seed: u64): u64 {
  return P4 + rotl<u64>(seed, 47);
}

/** The last, less than 32 bytes, and the end of the hash. Reads up to 7 bytes before `from`, which count for nothing. */
// @ts-ignore: decorator
@inline
function tail(from: usize, end: usize, lane0: u64, lane1: u64, lane2: u64, lane3: u64): u64 {
  let p = from;
  let a = lane0;
  let b = lane1;
  let c = lane2;
  let d = lane3;
  if (p + 16 <= end) {
    a = mix(a, load<u64>(p));
    b = mix(b, load<u64>(p, 8));
    p += 16;
  }
  if (p + 8 <= end) {
    c = mix(c, load<u64>(p));
    p += 8;
  }
  if (p < end) d = mix(d, load<u64>(end - 8) >> ((8 - <u64>(end - p)) * 8));
  return finish(finish(a ^ rotl<u64>(c, 31)) + (b ^ rotl<u64>(d, 47)) * P3);
}

/** Hash of `memory[from, end)`; reads up to 7 bytes before `from`. */
// @ts-ignore: decorator
@inline
export function hashBytes(from: usize, end: usize, seed: u64): u64 {
  // Lanes are locals here, which stay in registers.
  const length = <u64>(end - from);
  let p = from;
  let a = begin0(seed, length);
  let b = begin1(seed, length);
  let c = begin2(seed, length);
  let d = begin3(seed);
  while (p + 32 <= end) {
    a = mix(a, load<u64>(p));
    b = mix(b, load<u64>(p, 8));
    c = mix(c, load<u64>(p, 16));
    d = mix(d, load<u64>(p, 24));
    p += 32;
  }
  return tail(p, end, a, b, c, d);
}

/** The seed of a key that is compared within its partition, -1 for none; -2 if partitions do not matter. */
// @ts-ignore: decorator
@inline
export function seedOfPartition(seed: u64, partition: i32): u64 {
  return seed + <u64>(partition + 2) * 0x9e3779b97f4a7c15;
}

/** Lanes of a hash under way that comes in pieces. */
let lane0: u64 = 0;
let lane1: u64 = 0;
let lane2: u64 = 0;
let lane3: u64 = 0;

/**
 * Begins the hash of a key or value of `length` bytes that comes in pieces, being larger than memory for it.
 * @param second whether it is the second half of a key's hash
 * @param partition see `seedOfPartition`
 */
export function hashLongBegin(isKey: bool, second: bool, length: f64, partition: i32): void {
  const seed = isKey ? seedOfPartition(second ? seed1 : seed0, partition) : seed2;
  lane0 = begin0(seed, <u64>length);
  lane1 = begin1(seed, <u64>length);
  lane2 = begin2(seed, <u64>length);
  lane3 = begin3(seed);
}

/** A piece of whole stripes: a multiple of 32 bytes, all but the last one. */
export function hashLongPiece(from: usize, length: u32): void {
  for (let p = from; p < from + length; p += 32) {
    lane0 = mix(lane0, load<u64>(p));
    lane1 = mix(lane1, load<u64>(p, 8));
    lane2 = mix(lane2, load<u64>(p, 16));
    lane3 = mix(lane3, load<u64>(p, 24));
  }
}

/** The last piece, of any length. */
export function hashLongEnd(from: usize, length: u32): u64 {
  const stripes = length & ~31;
  hashLongPiece(from, stripes);
  return tail(from + stripes, from + length, lane0, lane1, lane2, lane3);
}
