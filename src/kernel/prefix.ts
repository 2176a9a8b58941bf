/**
 * The prefix of a console-consumer record. The same grammar as src/core/formats/recordPrefix.ts, where it is explained;
 * property tests hold the two together.
 */
import { SEPARATOR } from './layout';

let hasTimestamp: bool = false;
let hasPartition: bool = false;
let hasOffset: bool = false;
let hasDelivery: bool = false;
let hasEpoch: bool = false;
let separatorLength: usize = 0;
let separatorFirst: i32 = 0;
let firstByte: u32 = 0;
let firstVector: v128 = i8x16.splat(0);
let secondVector: v128 = i8x16.splat(0);

/** Of the prefix that matched last. */
let timestamp: f64 = -1;
let timestampType: i32 = 0;
let partition: i32 = -1;
let offset: f64 = -1;
let number: f64 = 0;

export const TYPE_NONE: i32 = 1;
export const TYPE_CREATE: i32 = 2;
export const TYPE_APPEND: i32 = 4;

/** @param columns bit 0 timestamp, 1 partition, 2 offset, 3 delivery, 4 epoch */
export function configurePrefix(columns: i32, lengthOfSeparator: u32): void {
  hasTimestamp = (columns & 1) !== 0;
  hasPartition = (columns & 2) !== 0;
  hasOffset = (columns & 4) !== 0;
  hasDelivery = (columns & 8) !== 0;
  hasEpoch = (columns & 16) !== 0;
  separatorLength = lengthOfSeparator;
  firstByte = hasPartition ? 0x50 : hasOffset ? 0x4f : hasDelivery ? 0x44 : 0x45;
  separatorFirst = <i32>load<u8>(SEPARATOR);
  firstVector = i8x16.splat(load<i8>(SEPARATOR));
  secondVector = i8x16.splat(load<i8>(SEPARATOR, 1));
}

// @ts-ignore: decorator
@inline
export function matchedTimestamp(): f64 {
  return timestamp;
}
// @ts-ignore: decorator
@inline
export function matchedType(): i32 {
  return timestampType;
}
// @ts-ignore: decorator
@inline
export function matchedPartition(): i32 {
  return partition;
}
// @ts-ignore: decorator
@inline
export function matchedOffset(): f64 {
  return offset;
}
// @ts-ignore: decorator
@inline
export function lengthOfSeparator(): usize {
  return separatorLength;
}

/**
 * Position of the separator in `[from, end)`, or 0. Vectors of 16 bytes may read beyond `end`, never beyond what follows
 * the input.
 */
export function findSeparator(from: usize, end: usize): usize {
  const length = separatorLength;
  let p = from;
  if (length === 1) {
    while (p < end) {
      const found = i8x16.bitmask(i8x16.eq(v128.load(p), firstVector));
      if (found) {
        const at = p + ctz(found);
        return at < end ? at : 0;
      }
      p += 16;
    }
    return 0;
  }
  while (p + length <= end) {
    let found = i8x16.bitmask(
      v128.and(i8x16.eq(v128.load(p), firstVector), i8x16.eq(v128.load(p, 1), secondVector)),
    );
    while (found) {
      const at = p + ctz(found);
      if (at + length > end) return 0;
      if (length === 2 || isSeparatorAt(at)) return at;
      found &= found - 1;
    }
    p += 16;
  }
  return 0;
}

// @ts-ignore: decorator
@inline
function isSeparatorAt(at: usize): bool {
  for (let i: usize = 0; i < separatorLength; i++) {
    if (load<u8>(at + i) !== load<u8>(SEPARATOR + i)) return false;
  }
  return true;
}

/** Whether all eight bytes are digits: upper halves of 3, also after adding 6. */
// @ts-ignore: decorator
@inline
function areDigits(bytes: u64): bool {
  const high = bytes & 0xf0f0f0f0f0f0f0f0;
  const carried = (bytes + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0;
  return (high | (carried >> 4)) === 0x3333333333333333;
}

/**
 * Eight digits at once, by pairs, then fours: D. Lemire's "Quickly parsing eight digits" (2018),
 * https://lemire.me/blog/2018/10/03/quickly-parsing-eight-digits/.
 */
// @ts-ignore: decorator
@inline
function eightDigits(bytes: u64): u64 {
  let t = bytes - 0x3030303030303030;
  t = t * 10 + (t >> 8);
  const low = (t & 0x000000ff000000ff) * 0x000f424000000064;
  const high = ((t >> 16) & 0x000000ff000000ff) * 0x0000271000000001;
  return (low + high) >> 32;
}

/** Digits with an optional minus, at `from`. @returns the position behind them, 0 if there are none; sets `number` */
// @ts-ignore: decorator
@inline
function digits(from: usize): usize {
  let p = from;
  const isNegative = load<u8>(p) === 0x2d;
  if (isNegative) p++;
  const first = p;
  let whole: u64 = 0;
  const eight = load<u64>(p);
  if (areDigits(eight)) {
    whole = eightDigits(eight);
    p += 8;
  }
  let digit: u32 = <u32>load<u8>(p) - 0x30;
  while (digit <= 9 && p < first + 15) {
    whole = whole * 10 + digit;
    p++;
    digit = <u32>load<u8>(p) - 0x30;
  }
  if (p === first) return 0;
  let value = <f64>whole;
  // Rounded step by step from here on, as TypeScript does it: the same digits must give the same number.
  while (digit <= 9) {
    value = value * 10 + <f64>digit;
    p++;
    digit = <u32>load<u8>(p) - 0x30;
  }
  number = isNegative ? -value : value;
  return p;
}

/** Whether a prefix may begin with this byte. */
// @ts-ignore: decorator
@inline
export function mayBeginPrefix(byte: u32): bool {
  return hasTimestamp ? byte === 0x43 || byte === 0x4c || byte === 0x4e : byte === firstByte;
}

/**
 * Matches the whole prefix, separators included, at `start`. Reads as far as it matches: the caller has to see that the
 * line is whole. @returns the position behind the prefix, or 0
 */
// @ts-ignore: decorator
@inline
export function matchPrefix(start: usize): usize {
  let p = start;
  timestamp = -1;
  timestampType = TYPE_NONE;
  partition = -1;
  offset = -1;
  if (hasTimestamp) {
    const first = load<u8>(p);
    if (first === 0x43) {
      // CreateTime:
      if (load<u64>(p) !== 0x6954657461657243 || load<u32>(p, 7) !== 0x3a656d69) return 0;
      p = digits(p + 11);
      if (p === 0) return 0;
      if (number >= 0) {
        timestampType = TYPE_CREATE;
        timestamp = number;
      }
    } else if (first === 0x4c) {
      // LogAppendTime:
      if (load<u64>(p) !== 0x6e65707041676f4c || load<u64>(p, 6) !== 0x3a656d6954646e65) return 0;
      p = digits(p + 14);
      if (p === 0) return 0;
      if (number >= 0) {
        timestampType = TYPE_APPEND;
        timestamp = number;
      }
    } else {
      // NO_TIMESTAMP
      if (load<u64>(p) !== 0x53454d49545f4f4e || load<u32>(p, 8) !== 0x504d4154) return 0;
      p += 12;
    }
    if (!isSeparatorAt(p)) return 0;
    p += separatorLength;
  }
  if (hasPartition) {
    // Partition:
    if (load<u64>(p) !== 0x6f69746974726150 || load<u16>(p, 8) !== 0x3a6e) return 0;
    p = digits(p + 10);
    if (p === 0 || !isSeparatorAt(p)) return 0;
    partition = number < 0 ? -1 : <i32>min<f64>(number, 2147483647);
    p += separatorLength;
  }
  if (hasOffset) {
    // Offset:
    if (load<u32>(p) !== 0x7366664f || load<u32>(p, 3) !== 0x3a746573) return 0;
    p = digits(p + 7);
    if (p === 0 || !isSeparatorAt(p)) return 0;
    offset = number;
    p += separatorLength;
  }
  if (hasDelivery) {
    // Delivery:
    if (load<u64>(p) !== 0x79726576696c6544 || load<u8>(p, 8) !== 0x3a) return 0;
    p = absentOrDigits(p + 9, true);
    if (p === 0 || !isSeparatorAt(p)) return 0;
    p += separatorLength;
  }
  if (hasEpoch) {
    // Epoch:
    if (load<u32>(p) !== 0x636f7045 || load<u16>(p, 4) !== 0x3a68) return 0;
    p = absentOrDigits(p + 6, false);
    if (p === 0 || !isSeparatorAt(p)) return 0;
    p += separatorLength;
  }
  return p;
}

/** NOT_PRESENT, NONE where `orNone`, or digits. */
function absentOrDigits(from: usize, orNone: bool): usize {
  if (load<u8>(from) !== 0x4e) return digits(from);
  if (load<u64>(from) === 0x534552505f544f4e && load<u32>(from, 7) === 0x544e4553) return from + 11;
  return orNone && load<u32>(from) === 0x454e4f4e ? from + 4 : 0;
}
