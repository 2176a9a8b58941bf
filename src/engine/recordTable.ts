/**
 * The records of one dump as columns of numbers: hashes of key and value, when, and where in the file. 70 bytes a
 * record, whatever its size. Keys with equal 128-bit hashes are taken for equal, values with equal 64-bit hashes.
 */
import { randomBytes } from 'node:crypto';
import type { RecordSink } from '../core/formats/format.js';
import type { RecordView, TimestampType } from '../core/record.js';
import { type Hash64, SeededHash } from './seededHash.js';

/** The hash functions of one comparison; both dumps must use the same ones. */
export class RecordHashes {
  readonly keyFirst: SeededHash;
  readonly keySecond: SeededHash;
  readonly value: SeededHash;

  constructor() {
    const seed = new Uint32Array(Uint8Array.from(randomBytes(24)).buffer);
    const pair = (i: number): [number, number] => [seed[i] as number, seed[i + 1] as number];
    this.keyFirst = new SeededHash(pair(0));
    this.keySecond = new SeededHash(pair(2));
    this.value = new SeededHash(pair(4));
  }
}

const timestampTypes: readonly TimestampType[] = ['none', 'CreateTime', 'LogAppendTime'];
const keylessFlag = 1;
const tombstoneFlag = 2;
const firstCapacity = 1 << 10;

export class RecordTable implements RecordSink {
  length = 0;
  /** Four words a record: 128 bits. */
  keyHashes = new Uint32Array(4 * firstCapacity);
  /** Two words a record: 64 bits. */
  valueHashes = new Uint32Array(2 * firstCapacity);
  /** Milliseconds since 1970 UTC, -1 for none. */
  timestamps = new Float64Array(firstCapacity);
  /** -1 when none is printed. */
  partitions = new Int32Array(firstCapacity);
  /** -1 when none is printed. */
  offsets = new Float64Array(firstCapacity);
  lines = new Float64Array(firstCapacity);
  lineCounts = new Uint32Array(firstCapacity);
  byteOffsets = new Float64Array(firstCapacity);
  byteLengths = new Float64Array(firstCapacity);
  #flags = new Uint8Array(firstCapacity);
  readonly #typesSeen = new Set<TimestampType>();
  readonly #hash: Hash64 = { low: 0, high: 0 };
  /** Position of the record that the dump ends in the middle of, or -1. */
  cutIndex = -1;

  constructor(private readonly hashes: RecordHashes) {}

  record(view: RecordView): void {
    const i = this.length;
    if (i === this.timestamps.length) this.#grow();
    const hash = this.#hash;
    const { bytes } = view;
    this.hashes.keyFirst.hash(bytes, view.keyStart, view.keyEnd, hash);
    this.keyHashes[4 * i] = hash.low;
    this.keyHashes[4 * i + 1] = hash.high;
    this.hashes.keySecond.hash(bytes, view.keyStart, view.keyEnd, hash);
    this.keyHashes[4 * i + 2] = hash.low;
    this.keyHashes[4 * i + 3] = hash.high;
    // Null is null, whatever literal stands for it in this dump.
    if (view.isTombstone) hash.low = hash.high = 0;
    else this.hashes.value.hash(bytes, view.valueStart, view.valueEnd, hash);
    this.valueHashes[2 * i] = hash.low;
    this.valueHashes[2 * i + 1] = hash.high;
    this.timestamps[i] = view.timestamp;
    this.partitions[i] = view.partition;
    this.offsets[i] = view.offset;
    this.lines[i] = view.line;
    this.lineCounts[i] = view.lineCount;
    this.byteOffsets[i] = view.byteOffset;
    this.byteLengths[i] = view.byteLength;
    this.#flags[i] = (view.isKeyless ? keylessFlag : 0) | (view.isTombstone ? tombstoneFlag : 0);
    this.#typesSeen.add(view.timestampType);
    this.length = i + 1;
  }

  cutRecord(view: RecordView): void {
    this.cutIndex = this.length;
    this.record(view);
  }

  isKeyless(i: number): boolean {
    return ((this.#flags[i] as number) & keylessFlag) !== 0;
  }

  isTombstone(i: number): boolean {
    return ((this.#flags[i] as number) & tombstoneFlag) !== 0;
  }

  get timestampTypes(): TimestampType[] {
    return timestampTypes.filter((type) => this.#typesSeen.has(type));
  }

  #grow(): void {
    const grown = <T extends Uint8Array | Uint32Array | Int32Array | Float64Array>(column: T): T => {
      const larger = new (column.constructor as new (length: number) => T)(2 * column.length);
      larger.set(column);
      return larger;
    };
    this.keyHashes = grown(this.keyHashes);
    this.valueHashes = grown(this.valueHashes);
    this.timestamps = grown(this.timestamps);
    this.partitions = grown(this.partitions);
    this.offsets = grown(this.offsets);
    this.lines = grown(this.lines);
    this.lineCounts = grown(this.lineCounts);
    this.byteOffsets = grown(this.byteOffsets);
    this.byteLengths = grown(this.byteLengths);
    this.#flags = grown(this.#flags);
  }
}
