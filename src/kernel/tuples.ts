/** Records become tuples here: hashed, counted and put into the buffer of their hash partition. */
import { hashBytes, keySeedA, keySeedB, seedOfPartition, valueSeed } from './hash';
import {
  BUFFERS,
  BUFFER_BYTES,
  BUFFER_STRIDE,
  FILLS,
  OFFSET,
  PLACE,
  PLACE_BITS,
  STATISTICS,
  STATISTICS_BYTES,
  STATISTICS_PARTITIONS,
  TIMESTAMP,
  VALUE_HASH,
} from './layout';

/** A partition's buffer is full: its `bytes` at `address` must be taken before the call returns. */
// @ts-ignore: decorator
@external('engine', 'flush')
declare function flush(partition: u32, address: usize, bytes: u32): void;

let keyPartitions: u32 = 1;
let keylessPartitions: u32 = 1;
let stride: u32 = 40;
let isByPartition: bool = false;

/** The only key that is taken, if there is a filter. */
let hasFilter: bool = false;
let wantedFirst: u64 = 0;
let wantedSecond: u64 = 0;

let records: f64 = 0;
let tombstones: f64 = 0;
let keyless: f64 = 0;
let untimed: f64 = 0;
let firstNullLine: f64 = -1;

/**
 * @param partitions hash partitions of keyed records, a power of two; those of keyless ones follow them
 * @param withOffsets whether tuples hold Kafka offsets
 */
export function configureTuples(partitions: u32, ofKeyless: u32, withOffsets: bool, byPartition: bool): void {
  keyPartitions = partitions;
  keylessPartitions = ofKeyless;
  stride = withOffsets ? 48 : 40;
  isByPartition = byPartition;
  records = tombstones = keyless = untimed = 0;
  firstNullLine = -1;
  memory.fill(FILLS, 0, (partitions + ofKeyless) * 4);
  for (let i: i32 = 0; i <= STATISTICS_PARTITIONS; i++) {
    const at = STATISTICS + <usize>i * STATISTICS_BYTES;
    store<f64>(at, 0);
    store<f64>(at, Infinity, 8);
    store<f64>(at, -Infinity, 16);
    store<f64>(at, Infinity, 24);
    store<f64>(at, -Infinity, 32);
  }
}

/** From now on only records of this key are taken, or of all keys without a filter. */
export function configureFilter(filters: bool, first: u64, second: u64): void {
  hasFilter = filters;
  wantedFirst = first;
  wantedSecond = second;
}

export function recordCount(): f64 {
  return records;
}
export function tombstoneCount(): f64 {
  return tombstones;
}
export function keylessCount(): f64 {
  return keyless;
}
/** Records without a timestamp. */
export function untimedCount(): f64 {
  return untimed;
}
/** 0-based line, as given to `put`, of the first null key or value since the last call; -1 for none. */
export function takeFirstNullLine(): f64 {
  const line = firstNullLine;
  firstNullLine = -1;
  return line;
}

/** Hands on what is left in the buffers. */
export function flushAll(): void {
  for (let partition: u32 = 0; partition < keyPartitions + keylessPartitions; partition++) {
    const fill = load<u32>(FILLS + (partition << 2));
    if (fill > 0) flush(partition, BUFFERS + <usize>partition * BUFFER_STRIDE, fill);
    store<u32>(FILLS + (partition << 2), 0);
  }
}

/** A value hash of 0 stands for null alone. */
// @ts-ignore: decorator
@inline
function nonZero(hash: u64): u64 {
  return hash === 0 ? 1 : hash;
}

/**
 * Adds a record whose key and value lie in memory; of a null one the bytes are not looked at.
 * @param partition -1 for none
 * @param offset -1 for none
 * @param line 0-based
 */
// @ts-ignore: decorator
@inline
export function put(
  keyStart: usize,
  keyEnd: usize,
  isKeyless: bool,
  valueStart: usize,
  valueEnd: usize,
  isTombstone: bool,
  timestamp: f64,
  partition: i32,
  offset: f64,
  byteOffset: f64,
  line: f64,
): void {
  const value: u64 = isTombstone ? 0 : nonZero(hashBytes(valueStart, valueEnd, valueSeed()));
  let first: u64;
  let second: u64;
  if (!isKeyless) {
    const within = isByPartition ? partition : -2;
    first = hashBytes(keyStart, keyEnd, seedOfPartition(keySeedA(), within));
    second = hashBytes(keyStart, keyEnd, seedOfPartition(keySeedB(), within));
  } else if (isTombstone) {
    first = second = 0;
  } else {
    // Values of keyless records are told apart like keys, with 128 bits.
    first = hashBytes(valueStart, valueEnd, keySeedA());
    second = hashBytes(valueStart, valueEnd, keySeedB());
  }
  putHashed(first, second, isKeyless, value, timestamp, partition, offset, byteOffset, line);
}

/** The same with hashes made before; a value hash of 0 is a null value. */
export function putHashed(
  first: u64,
  second: u64,
  isKeyless: bool,
  value: u64,
  timestamp: f64,
  partition: i32,
  offset: f64,
  byteOffset: f64,
  line: f64,
): void {
  if (hasFilter && (isKeyless || first !== wantedFirst || second !== wantedSecond)) return;
  records += 1;
  if (isKeyless) keyless += 1;
  if (value === 0) tombstones += 1;
  if ((isKeyless || value === 0) && firstNullLine < 0) firstNullLine = line;
  if (timestamp === -1) untimed += 1;
  if (partition < STATISTICS_PARTITIONS) countInPartition(partition, timestamp, offset);

  const chosen: u32 = isKeyless
    ? keyPartitions + (<u32>(first >> 40) & (keylessPartitions - 1))
    : <u32>(first >> 40) & (keyPartitions - 1);
  const fillAt = FILLS + (chosen << 2);
  const buffer = BUFFERS + <usize>chosen * BUFFER_STRIDE;
  let fill = load<u32>(fillAt);
  const tuple = buffer + fill;
  store<u64>(tuple, first);
  store<u64>(tuple, second, 8);
  store<u64>(tuple, value, VALUE_HASH);
  store<f64>(tuple, timestamp, TIMESTAMP);
  store<u64>(tuple, <u64>byteOffset | (<u64>(partition + 1) << PLACE_BITS), PLACE);
  if (stride === 48) store<f64>(tuple, offset, OFFSET);
  fill += stride;
  if (fill === BUFFER_BYTES) {
    flush(chosen, buffer, BUFFER_BYTES);
    fill = 0;
  }
  store<u32>(fillAt, fill);
}

// @ts-ignore: decorator
@inline
function countInPartition(partition: i32, timestamp: f64, offset: f64): void {
  const at = STATISTICS + <usize>(partition + 1) * STATISTICS_BYTES;
  store<f64>(at, load<f64>(at) + 1);
  if (timestamp !== -1) {
    store<f64>(at, min<f64>(load<f64>(at, 8), timestamp), 8);
    store<f64>(at, max<f64>(load<f64>(at, 16), timestamp), 16);
  }
  if (offset >= 0) {
    store<f64>(at, min<f64>(load<f64>(at, 24), offset), 24);
    store<f64>(at, max<f64>(load<f64>(at, 32), offset), 32);
  }
}
