/**
 * HalfSipHash-1-3 with 64-bit output, the keyed hash that Linux uses for its hash tables, by J.-P. Aumasson and
 * D. J. Bernstein (reference code: github.com/veorq/SipHash, halfsiphash.c). 32-bit arithmetic keeps it fast in
 * plain JavaScript; the seed, fresh for every run, keeps keys from being made to collide.
 */

/** Two halves of a 64-bit hash. */
export interface Hash64 {
  low: number;
  high: number;
}

/** A hash function with a seed of its own. */
export class SeededHash {
  readonly #k0: number;
  readonly #k1: number;

  /** @param seed two 32-bit numbers */
  constructor(seed: readonly [number, number]) {
    this.#k0 = seed[0] | 0;
    this.#k1 = seed[1] | 0;
  }

  /** Hashes `bytes[start, end)` into `out`, as unsigned 32-bit halves. */
  hash(bytes: Uint8Array, start: number, end: number, out: Hash64): void {
    let v0 = this.#k0;
    let v1 = this.#k1 ^ 0xee;
    let v2 = 0x6c796765 ^ this.#k0;
    let v3 = 0x74656462 ^ this.#k1;
    const words = start + ((end - start) & ~3);
    let message = 0;
    let position = start;
    // One round a word, one for the length and tail, then three and three to finish: one loop body serves them all.
    for (let closing = 0; closing <= 7; ) {
      if (position < words) {
        message =
          (bytes[position] as number) |
          ((bytes[position + 1] as number) << 8) |
          ((bytes[position + 2] as number) << 16) |
          ((bytes[position + 3] as number) << 24);
        position += 4;
      } else {
        if (closing === 0) {
          message = (end - start) << 24;
          for (let i = 0; position + i < end; i++) message |= (bytes[position + i] as number) << (8 * i);
        } else {
          message = 0;
          if (closing === 1) v2 ^= 0xee;
          if (closing === 4) {
            out.low = (v1 ^ v3) >>> 0;
            v1 ^= 0xdd;
          }
          if (closing === 7) break;
        }
        closing++;
      }
      v3 ^= message;
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
      v0 ^= message;
    }
    out.high = (v1 ^ v3) >>> 0;
  }
}
