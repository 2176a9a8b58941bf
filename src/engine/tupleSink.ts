/**
 * Records in, tuples out: the seam through which every format feeds the engine. A scanner in TypeScript hands its records
 * to a `TupleSink`; with the kernel at hand it hashes and stores them there, otherwise in plain TypeScript.
 */
import type { PartitionSummary } from '../core/comparison.js';
import { UserError } from '../core/errors.js';
import type { RecordSink } from '../core/formats/format.js';
import type { RecordView, Side, TimestampType } from '../core/record.js';
import { type Kernel, kernelLayout } from './kernel.js';
import type { CutRecord, RecordCounts } from './laneProtocol.js';
import type { PartitionStore } from './partitionStore.js';
import { type Hash64, SeededHash } from './seededHash.js';
import { highestPartition, offsetTupleBytes, partitionOf, plainTupleBytes, Tuples } from './tuple.js';

/** What every sink is told about its dump. */
export interface SinkPlan {
  readonly side: Side;
  readonly path: string;
  readonly partitions: number;
  readonly keylessPartitions: number;
  readonly hasOffsets: boolean;
  readonly byPartition: boolean;
  readonly seeds: Uint32Array;
  /** Only records of this key are taken; null for all. */
  readonly wantedKey: Uint8Array | null;
}

export interface TupleSink extends RecordSink {
  readonly cut: CutRecord | null;
  /** 0-based line of the first null since the last call, as the views count lines; null for none. */
  takeFirstNullLine(): number | null;
  /** Records taken so far. */
  readonly records: number;
  /** Hands what is buffered to the store. */
  finish(): RecordCounts;
}

const typeOrder: readonly TimestampType[] = ['none', 'CreateTime', 'LogAppendTime'];

/** Lowest and highest timestamps and offsets of partitions. */
export class PartitionStatistics {
  readonly #rows = new Map<number, { -readonly [K in keyof PartitionSummary]: PartitionSummary[K] }>();

  /** Of a record; -1 for what it has not. */
  add(partition: number, timestamp: number, offset: number): void {
    let row = this.#rows.get(partition);
    if (row === undefined) {
      const none = { firstTimestamp: null, lastTimestamp: null, firstOffset: null, lastOffset: null };
      row = { partition: partition < 0 ? null : partition, records: 0, ...none };
      this.#rows.set(partition, row);
    }
    row.records++;
    if (timestamp !== -1) {
      row.firstTimestamp = Math.min(row.firstTimestamp ?? timestamp, timestamp);
      row.lastTimestamp = Math.max(row.lastTimestamp ?? timestamp, timestamp);
    }
    if (offset >= 0) {
      row.firstOffset = Math.min(row.firstOffset ?? offset, offset);
      row.lastOffset = Math.max(row.lastOffset ?? offset, offset);
    }
  }

  rows(): PartitionSummary[] {
    return [...this.#rows.values()];
  }
}

/** @throws UserError for a partition that no tuple can hold */
export function assertPartitionFits(path: string, { partition, line }: RecordView): void {
  if (partition <= highestPartition) return;
  const message = `${path}, line ${line}: partition ${partition} is beyond the highest that can be compared, ${highestPartition}.`;
  throw new UserError(message, path, line);
}

/** A place in the kernel's memory for keys and values that come from TypeScript. */
export interface Scratch {
  readonly address: number;
  /** A multiple of 32. */
  readonly bytes: number;
}

export class KernelSink implements TupleSink {
  cut: CutRecord | null = null;
  readonly #types = new Set<TimestampType>();
  /** Partitions whose statistics the kernel has no room for. */
  readonly #highPartitions = new PartitionStatistics();

  constructor(
    private readonly kernel: Kernel,
    private readonly scratch: Scratch,
    private readonly plan: SinkPlan,
  ) {
    const { wantedKey } = plan;
    const [first, second] = wantedKey === null ? [0n, 0n] : this.#hashKey(wantedKey, 0, wantedKey.length, -2);
    kernel.functions.configureFilter(wantedKey !== null, first, second);
  }

  get records(): number {
    return this.kernel.functions.recordCount();
  }

  record(view: RecordView): void {
    assertPartitionFits(this.plan.path, view);
    const { functions } = this.kernel;
    const { isKeyless, isTombstone, timestamp, partition, offset, byteOffset } = view;
    this.#types.add(view.timestampType);
    if (partition >= kernelLayout.statisticsPartitions) this.#highPartitions.add(partition, timestamp, offset);
    const keyLength = view.keyEnd - view.keyStart;
    const valueLength = view.valueEnd - view.valueStart;
    // Vector reads look at up to 7 bytes before a short key; they are there.
    const { address } = this.scratch;
    const line = view.line - 1;
    if (keyLength + valueLength <= this.scratch.bytes) {
      const keyEnd = address + keyLength;
      const memory = this.kernel.bytes;
      copy(memory, address, view.bytes, view.keyStart, view.keyEnd);
      copy(memory, keyEnd, view.bytes, view.valueStart, view.valueEnd);
      const valueEnd = keyEnd + valueLength;
      functions.put(
        address,
        keyEnd,
        isKeyless,
        keyEnd,
        valueEnd,
        isTombstone,
        timestamp,
        partition,
        offset,
        byteOffset,
        line,
      );
      return;
    }
    const value = isTombstone ? 0n : this.#hashLong(view.bytes, view.valueStart, view.valueEnd, false, false) || 1n;
    const [first, second] = this.#longKeyHash(view);
    functions.putHashed(first, second, isKeyless, value, timestamp, partition, offset, byteOffset, line);
  }

  cutRecord(view: RecordView): void {
    if (view.isKeyless) {
      this.cut = { keyHash: null, byteOffset: view.byteOffset };
      return;
    }
    const hash = new BigUint64Array(this.#longKeyHash(view));
    this.cut = { keyHash: new Uint32Array(hash.buffer), byteOffset: view.byteOffset };
  }

  takeFirstNullLine(): number | null {
    const line = this.kernel.functions.takeFirstNullLine();
    return line < 0 ? null : line;
  }

  /** @param scannedTypes bits of the types that the kernel's own scan met */
  finish(scannedTypes = 0): RecordCounts {
    const { functions } = this.kernel;
    functions.endPages();
    for (const [i, type] of typeOrder.entries()) if (scannedTypes & (1 << i)) this.#types.add(type);
    return {
      records: functions.recordCount(),
      tombstones: functions.tombstoneCount(),
      keyless: functions.keylessCount(),
      untimed: functions.untimedCount(),
      timestampTypes: typeOrder.filter((type) => this.#types.has(type)),
      partitions: [...this.#kernelPartitions(), ...this.#highPartitions.rows()],
    };
  }

  #kernelPartitions(): PartitionSummary[] {
    const rows: PartitionSummary[] = [];
    const { statistics, statisticsBytes, statisticsPartitions } = kernelLayout;
    for (let partition = -1; partition < statisticsPartitions; partition++) {
      const cells = this.kernel.doubles(statistics + (partition + 1) * statisticsBytes, 5);
      const [records, firstTimestamp, lastTimestamp, firstOffset, lastOffset] = cells as unknown as number[];
      if (records === 0) continue;
      const finite = (number: number | undefined): number | null =>
        Number.isFinite(number) ? (number as number) : null;
      rows.push({
        partition: partition < 0 ? null : partition,
        records: records as number,
        firstTimestamp: finite(firstTimestamp),
        lastTimestamp: finite(lastTimestamp),
        firstOffset: finite(firstOffset),
        lastOffset: finite(lastOffset),
      });
    }
    return rows;
  }

  /** The 128-bit hash of the key, or of a keyless record's value, in pieces that fit into the scratch space. */
  #longKeyHash({
    bytes,
    keyStart,
    keyEnd,
    valueStart,
    valueEnd,
    isKeyless,
    isTombstone,
    partition,
  }: RecordView): [bigint, bigint] {
    if (isKeyless && isTombstone) return [0n, 0n];
    return isKeyless
      ? this.#hashKey(bytes, valueStart, valueEnd, -2)
      : this.#hashKey(bytes, keyStart, keyEnd, partition);
  }

  #hashKey(bytes: Uint8Array, start: number, end: number, partition: number): [bigint, bigint] {
    return [
      this.#hashLong(bytes, start, end, true, false, partition),
      this.#hashLong(bytes, start, end, true, true, partition),
    ];
  }

  #hashLong(bytes: Uint8Array, start: number, end: number, isKey: boolean, second: boolean, partition = -2): bigint {
    const { functions } = this.kernel;
    const { address, bytes: room } = this.scratch;
    functions.hashLongBegin(isKey, second, end - start, this.plan.byPartition ? partition : -2);
    let at = start;
    for (; end - at > room; at += room) {
      copy(this.kernel.bytes, address, bytes, at, at + room);
      functions.hashLongPiece(address, room);
    }
    copy(this.kernel.bytes, address, bytes, at, end);
    return BigInt.asUintN(64, functions.hashLongEnd(address, end - at));
  }
}

/** `memory.set(bytes.subarray(…))` makes an object for each call, which costs more than copying a few bytes. */
function copy(memory: Uint8Array, to: number, bytes: Uint8Array, start: number, end: number): void {
  if (end - start > 64) {
    memory.set(bytes.subarray(start, end), to);
    return;
  }
  for (let i = start, at = to; i < end; i++, at++) memory[at] = bytes[i] as number;
}

/** Tuples of one partition on their way to the store. */
interface TupleBuffer {
  readonly bytes: Uint8Array;
  readonly tuples: Tuples;
  length: number;
}

/** Whole tuples that a partition's buffer takes. */
const bufferedTuples = 85;

export class PlainSink implements TupleSink {
  cut: CutRecord | null = null;
  records = 0;
  readonly #hashes: readonly [SeededHash, SeededHash, SeededHash];
  readonly #buffers: readonly TupleBuffer[];
  readonly #tupleBytes: number;
  readonly #counts = { tombstones: 0, keyless: 0, untimed: 0 };
  readonly #types = new Set<TimestampType>();
  readonly #partitions = new PartitionStatistics();
  readonly #hash: Hash64 = { low: 0, high: 0 };
  readonly #keyHash = new Uint32Array(4);
  #firstNullLine: number | null = null;
  #wantedHash: Uint32Array | null = null;

  constructor(
    private readonly store: PartitionStore,
    private readonly plan: SinkPlan,
  ) {
    const seed = (i: number): [number, number] => [plan.seeds[i] as number, plan.seeds[i + 1] as number];
    this.#hashes = [new SeededHash(seed(0)), new SeededHash(seed(2)), new SeededHash(seed(4))];
    this.#tupleBytes = plan.hasOffsets ? offsetTupleBytes : plainTupleBytes;
    if (plan.wantedKey !== null) this.#wantedHash = this.#hash128(plan.wantedKey, 0, plan.wantedKey.length, 0).slice();
    this.#buffers = Array.from({ length: plan.partitions + plan.keylessPartitions }, () => {
      const bytes = new Uint8Array(bufferedTuples * this.#tupleBytes);
      return { bytes, tuples: new Tuples(bytes.buffer, 0, bufferedTuples, this.#tupleBytes), length: 0 };
    });
  }

  record(view: RecordView): void {
    assertPartitionFits(this.plan.path, view);
    const { bytes, isKeyless, isTombstone, timestamp, partition, offset, byteOffset } = view;
    const hash = this.#hash;
    hash.low = hash.high = 0;
    if (!isTombstone) {
      this.#hashes[2].hash(bytes, view.valueStart, view.valueEnd, hash);
      if (hash.low === 0 && hash.high === 0) hash.low = 1;
    }
    const { low: valueLow, high: valueHigh } = hash;
    this.#hashKey(view);
    if (this.#wantedHash !== null && (isKeyless || !this.#wantedHash.every((word, i) => word === this.#keyHash[i]))) {
      return;
    }
    this.records++;
    if (isKeyless) this.#counts.keyless++;
    if (isTombstone) this.#counts.tombstones++;
    if (isKeyless || isTombstone) this.#firstNullLine ??= view.line - 1;
    if (timestamp === -1) this.#counts.untimed++;
    this.#types.add(view.timestampType);
    this.#partitions.add(partition, timestamp, offset);
    const { partitions, keylessPartitions } = this.plan;
    const chosen = isKeyless
      ? partitions + partitionOf(this.#keyHash, keylessPartitions)
      : partitionOf(this.#keyHash, partitions);
    const buffer = this.#buffers[chosen] as TupleBuffer;
    const keyHash = this.#keyHash;
    buffer.tuples.write(buffer.length++, { keyHash, valueLow, valueHigh, timestamp, partition, offset, byteOffset });
    if (buffer.length === bufferedTuples) this.#flush(chosen);
  }

  cutRecord(view: RecordView): void {
    this.#hashKey(view);
    this.cut = { keyHash: view.isKeyless ? null : this.#keyHash.slice(), byteOffset: view.byteOffset };
  }

  takeFirstNullLine(): number | null {
    const line = this.#firstNullLine;
    this.#firstNullLine = null;
    return line;
  }

  finish(): RecordCounts {
    for (let partition = 0; partition < this.#buffers.length; partition++) this.#flush(partition);
    return {
      records: this.records,
      ...this.#counts,
      timestampTypes: typeOrder.filter((type) => this.#types.has(type)),
      partitions: this.#partitions.rows(),
    };
  }

  #hashKey(view: RecordView): void {
    const { bytes, isKeyless, isTombstone, partition } = view;
    if (isKeyless && isTombstone) {
      this.#keyHash.fill(0);
      return;
    }
    // A key of another partition is another key; adding its number keeps different keys of one partition apart.
    const shift = this.plan.byPartition && !isKeyless ? partition + 2 : 0;
    if (isKeyless) this.#hash128(bytes, view.valueStart, view.valueEnd, shift);
    else this.#hash128(bytes, view.keyStart, view.keyEnd, shift);
  }

  #hash128(bytes: Uint8Array, start: number, end: number, shift: number): Uint32Array {
    const hash = this.#hash;
    for (const i of [0, 1] as const) {
      this.#hashes[i].hash(bytes, start, end, hash);
      const change = Math.imul(shift, 0x9e3779b1 + 2 * i);
      this.#keyHash[2 * i] = hash.low + change;
      this.#keyHash[2 * i + 1] = hash.high ^ change;
    }
    return this.#keyHash;
  }

  #flush(partition: number): void {
    const buffer = this.#buffers[partition] as TupleBuffer;
    if (buffer.length === 0) return;
    this.store.add(this.plan.side, partition, buffer.bytes.subarray(0, buffer.length * this.#tupleBytes));
    buffer.length = 0;
  }
}
