/** Records become tuples here: hashed, counted and put into the page of their hash partition. */
import { hashBytes, keySeedA, keySeedB, seedOfPartition, valueSeed } from './hash';
import {
  CURSORS,
  NO_PAGE,
  OFFSET,
  PAGE_FILL,
  PAGE_MASK,
  PLACE,
  PLACE_BITS,
  STATISTICS,
  STATISTICS_BYTES,
  STATISTICS_PARTITIONS,
  TIMESTAMP,
  VALUE_HASH,
} from './layout';

/** Address of an empty page for a partition; may end all pages that are open, see `endPages`. */
// @ts-ignore: decorator
@external('engine', 'nextPage')
declare function nextPage(partition: u32): usize;

/** No more tuples go to a partition's page, which holds `bytes` of them. */
// @ts-ignore: decorator
@external('engine', 'endPage')
declare function endPage(partition: u32, bytes: u32): void;

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
  for (let partition: u32 = 0; partition < partitions + ofKeyless; partition++) setCursor(partition, NO_PAGE);
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

// @ts-ignore: decorator
@inline
function cursorOf(partition: u32): usize {
  return <usize>load<u32>(CURSORS + (partition << 2));
}

// @ts-ignore: decorator
@inline
function setCursor(partition: u32, address: usize): void {
  store<u32>(CURSORS + (partition << 2), <u32>address);
}

/** Ends every partition's page; the next tuple goes to a new one. */
export function endPages(): void {
  for (let partition: u32 = 0; partition < keyPartitions + keylessPartitions; partition++) {
    const cursor = cursorOf(partition);
    if (cursor !== NO_PAGE) endPage(partition, <u32>(cursor & PAGE_MASK));
    setCursor(partition, NO_PAGE);
  }
}

/** @returns where the next tuple goes, on a new page */
function turnPage(partition: u32): usize {
  if (cursorOf(partition) !== NO_PAGE) endPage(partition, <u32>PAGE_FILL);
  setCursor(partition, NO_PAGE);
  return nextPage(partition);
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
  let tuple = cursorOf(chosen);
  if ((tuple & PAGE_MASK) === PAGE_FILL) tuple = turnPage(chosen);
  store<u64>(tuple, first);
  store<u64>(tuple, second, 8);
  store<u64>(tuple, value, VALUE_HASH);
  store<f64>(tuple, timestamp, TIMESTAMP);
  store<u64>(tuple, <u64>byteOffset | (<u64>(partition + 1) << PLACE_BITS), PLACE);
  if (stride === 48) store<f64>(tuple, offset, OFFSET);
  setCursor(chosen, tuple + stride);
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
