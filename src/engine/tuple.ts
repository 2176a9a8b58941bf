/**
 * A record as the comparison holds it: 40 bytes, or 48 where the dump prints offsets, whatever the record's size.
 * The layout is that of src/kernel/layout.ts; the kernel writes tuples, TypeScript reads them (and writes them where
 * there is no kernel).
 */

/** Bytes of a tuple without and with a Kafka offset. */
export const plainTupleBytes = 40;
export const offsetTupleBytes = 48;

/** Words of 8 bytes within a tuple. */
const timestampWord = 3;
const offsetWord = 5;
/** Words of 4 bytes within a tuple. */
const valueWord = 4;
const placeWord = 8;

/** Bits of the upper half of a place that belong to the byte offset; the partition plus one is above them. */
const placeHighBits = 12;
const placeHighMask = (1 << placeHighBits) - 1;

/** Largest partition and size of a dump, 16 TiB, that a tuple can hold. */
export const highestPartition = (1 << 20) - 2;
export const largestDumpBytes = 2 ** 44;

/** What is written into a tuple. Hashes are unsigned 32-bit halves. */
export interface TupleFields {
  readonly keyHash: ArrayLike<number>;
  readonly valueLow: number;
  readonly valueHigh: number;
  readonly timestamp: number;
  readonly partition: number;
  readonly offset: number;
  readonly byteOffset: number;
}

/** Tuples side by side in memory, addressed by their 0-based position. */
export class Tuples {
  readonly #words: Uint32Array;
  readonly #doubles: Float64Array;
  readonly #wordsPerTuple: number;
  readonly #doublesPerTuple: number;
  readonly #hasOffsets: boolean;

  /** @param byteOffset a multiple of 8 */
  constructor(
    buffer: ArrayBufferLike,
    byteOffset: number,
    readonly length: number,
    tupleBytes: number,
  ) {
    this.#wordsPerTuple = tupleBytes / 4;
    this.#doublesPerTuple = tupleBytes / 8;
    this.#hasOffsets = tupleBytes === offsetTupleBytes;
    this.#words = new Uint32Array(buffer, byteOffset, length * this.#wordsPerTuple);
    this.#doubles = new Float64Array(buffer, byteOffset, length * this.#doublesPerTuple);
  }

  /** One of the four words of the 128-bit key hash. */
  keyHash(i: number, word: 0 | 1 | 2 | 3): number {
    return this.#words[i * this.#wordsPerTuple + word] as number;
  }

  valueLow(i: number): number {
    return this.#words[i * this.#wordsPerTuple + valueWord] as number;
  }

  valueHigh(i: number): number {
    return this.#words[i * this.#wordsPerTuple + valueWord + 1] as number;
  }

  isTombstone(i: number): boolean {
    return this.valueLow(i) === 0 && this.valueHigh(i) === 0;
  }

  /** Milliseconds since 1970 UTC, -1 for none. */
  timestamp(i: number): number {
    return this.#doubles[i * this.#doublesPerTuple + timestampWord] as number;
  }

  /** -1 for none. */
  partition(i: number): number {
    const high = this.#words[i * this.#wordsPerTuple + placeWord + 1] as number;
    return (high >>> placeHighBits) - 1;
  }

  /** Kafka's offset, -1 for none. */
  offset(i: number): number {
    return this.#hasOffsets ? (this.#doubles[i * this.#doublesPerTuple + offsetWord] as number) : -1;
  }

  /** 0-based position of the record's first byte in the dump. */
  byteOffset(i: number): number {
    const at = i * this.#wordsPerTuple + placeWord;
    return (this.#words[at] as number) + ((this.#words[at + 1] as number) & placeHighMask) * 2 ** 32;
  }

  hasKeyHash(i: number, hash: ArrayLike<number>): boolean {
    for (let word = 0; word < 4; word++) if (this.keyHash(i, word as 0 | 1 | 2 | 3) !== hash[word]) return false;
    return true;
  }

  write(i: number, fields: TupleFields): void {
    const at = i * this.#wordsPerTuple;
    for (let word = 0; word < 4; word++) this.#words[at + word] = fields.keyHash[word] as number;
    this.#words[at + valueWord] = fields.valueLow;
    this.#words[at + valueWord + 1] = fields.valueHigh;
    this.#doubles[i * this.#doublesPerTuple + timestampWord] = fields.timestamp;
    this.#words[at + placeWord] = fields.byteOffset % 2 ** 32;
    this.#words[at + placeWord + 1] =
      Math.floor(fields.byteOffset / 2 ** 32) | ((fields.partition + 1) << placeHighBits);
    if (this.#hasOffsets) this.#doubles[i * this.#doublesPerTuple + offsetWord] = fields.offset;
  }
}

/** The hash partition of a key, of so many (a power of two). */
export function partitionOf(keyHash: ArrayLike<number>, partitions: number): number {
  return ((keyHash[1] as number) >>> 8) & (partitions - 1);
}
