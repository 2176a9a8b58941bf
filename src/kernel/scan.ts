/**
 * Scans console-consumer lines: a record starts where the whole prefix matches, any other line goes on with the record
 * before it (src/core/formats/consoleConsumer.ts explains the grammar). What is out of the ordinary, a notice between
 * the lines, a record without separator, CR LF inside a value, is handed to TypeScript as a whole record.
 */
import { MARKS, MARK_SHIFT, NOISE, NULL_LITERAL, STATISTICS_PARTITIONS } from './layout';
import {
  findSeparator,
  lengthOfSeparator,
  matchedOffset,
  matchedPartition,
  matchedTimestamp,
  matchedType,
  matchPrefix,
  mayBeginPrefix,
} from './prefix';
import { put } from './tuples';

/** A record that needs TypeScript: `memory[start, end)`, line end included; its first line is `line`, 0-based. */
// @ts-ignore: decorator
@external('engine', 'slowRecord')
declare function slowRecord(start: usize, end: usize, line: f64): void;

/** A wanted record: its lines, 0-based, and where its key lies in memory. */
// @ts-ignore: decorator
@external('engine', 'described')
declare function described(
  line: f64,
  lines: f64,
  byteLength: f64,
  headBytes: f64,
  keyStart: usize,
  keyEnd: usize,
): void;

const LF: i32 = 0x0a;
const CR: i32 = 0x0d;
const lineFeeds: v128 = i8x16.splat(10);
/** The first byte of U+FFFD, EF BF BD in UTF-8, less one: hardly any text has bytes above it. */
const belowReplacement: v128 = i8x16.splat(<i8>0xee);

let hasHeaders: bool = false;
let isCrLf: bool = false;
/** -1 if no text stands for null. */
let nullLength: isize = -1;

/** Position in the dump of memory address 0, so that an address plus it is a byte offset; may be negative. */
let base: f64 = 0;
/** 0-based, relative to the first record of the chunk. */
let line: f64 = 0;
let continuationLines: f64 = 0;
let types: i32 = 0;
let lastMark: u64 = u64.MAX_VALUE;
let marks: u32 = 0;
let isStopped: bool = false;

/** The record under way: address of its first byte, 0 for none. */
let pending: usize = 0;
let bodyStart: usize = 0;
let pendingTimestamp: f64 = -1;
let pendingType: i32 = 0;
let pendingPartition: i32 = -1;
let pendingOffset: f64 = -1;
let pendingLine: f64 = 0;
let pendingContinuations: f64 = 0;
let needsTypeScript: bool = false;
/** Lines of the record under way that hold U+FFFD, and the first of them. */
let pendingReplacements: f64 = 0;
let pendingFirstReplacement: f64 = -1;

/** Lines with U+FFFD among the records taken here, and the first of them, 0-based; -1 for none. */
let replacements: f64 = 0;
let firstReplacement: f64 = -1;

/** Byte offsets of the records to be described, ascending; all others are passed over. */
let wantedAt: usize = 0;
let wantedCount: u32 = 0;
let wantedNext: u32 = 0;
let describes: bool = false;

/** From now on records are described, not taken. @param address of `count` byte offsets, f64, ascending */
export function configureDescribe(address: usize, count: u32): void {
  describes = true;
  wantedAt = address;
  wantedCount = count;
  wantedNext = 0;
}

export function configureScan(withHeaders: bool, crlf: bool, lengthOfNull: i32): void {
  describes = false;
  hasHeaders = withHeaders;
  isCrLf = crlf;
  nullLength = lengthOfNull;
}

/** A new chunk of the dump. */
export function beginChunk(): void {
  line = 0;
  continuationLines = 0;
  types = 0;
  lastMark = u64.MAX_VALUE;
  marks = 0;
  pending = 0;
  isStopped = false;
  replacements = 0;
  firstReplacement = -1;
}

/** Address of the record under way, 0 for none: from there on the input is still needed. */
export function pendingStart(): usize {
  return pending;
}
/** Whether a record start at or behind the limit was met: the chunk is done. */
export function isChunkDone(): bool {
  return isStopped;
}
/** Lines so far, from the chunk's first record on. */
export function lineCount(): f64 {
  return line;
}
export function continuationLineCount(): f64 {
  return continuationLines;
}
/** Bits: 1 none, 2 CreateTime, 4 LogAppendTime. */
export function timestampTypes(): i32 {
  return types;
}
/** Lines with U+FFFD among the records taken here. */
export function replacementLineCount(): f64 {
  return replacements;
}
/** 0-based; -1 for none. */
export function firstReplacementLine(): f64 {
  return firstReplacement;
}
/** Marks written since the last call. */
export function takeMarks(): u32 {
  const count = marks;
  marks = 0;
  return count;
}

/** The input moved down by `distance` bytes. */
export function shift(distance: usize): void {
  if (pending !== 0) {
    pending -= distance;
    bodyStart -= distance;
  }
}

/** TypeScript took the record under way by itself: the scan goes on behind it, at the 0-based line `next`. */
export function skipPending(next: f64): void {
  pending = 0;
  line = next;
}

/** 0-based line of the record under way. */
export function pendingRecordLine(): f64 {
  return pendingLine;
}

/** Whether what `findLineEnd` went through last may hold U+FFFD. */
let mayHoldReplacement: bool = false;

/** Address of the first LF in `[from, end)`, or `end`. */
// @ts-ignore: decorator
@inline
function findLineEnd(from: usize, end: usize): usize {
  let p = from;
  let highest = i8x16.splat(0);
  while (p < end) {
    const first = v128.load(p);
    const second = v128.load(p, 16);
    const a = i8x16.eq(first, lineFeeds);
    const b = i8x16.eq(second, lineFeeds);
    highest = i8x16.max_u(highest, i8x16.max_u(first, second));
    if (v128.any_true(v128.or(a, b))) {
      mayHoldReplacement = v128.any_true(i8x16.gt_u(highest, belowReplacement));
      const found: u32 = (<u32>i8x16.bitmask(a) & 0xffff) | ((<u32>i8x16.bitmask(b) & 0xffff) << 16);
      return min(p + ctz(found), end);
    }
    p += 32;
  }
  return end;
}

function holdsReplacement(from: usize, end: usize): bool {
  for (let p = from; p + 3 <= end; p++) {
    if (load<u8>(p) === 0xef && load<u8>(p, 1) === 0xbf && load<u8>(p, 2) === 0xbd) return true;
  }
  return false;
}

/**
 * Address of the first record start at or behind `from`, which is the start of a line; of the line that is not whole if
 * there is none before.
 */
export function findRecordStart(from: usize, end: usize): usize {
  let p = from;
  while (true) {
    if (matchesPrefix(p)) return p;
    const lineEnd = findLineEnd(p, end);
    if (lineEnd >= end) return p;
    p = lineEnd + 1;
  }
}

/** Whether the line that is not whole at `from` begins like a record. */
export function beginsRecord(from: usize, end: usize): bool {
  const body = matchPrefix(from);
  return body !== 0 && body <= end;
}

/**
 * Takes the lines of `memory[start, end)`, of which the first is at `start`. Nothing is taken of a line that is not
 * whole. Stops before a record that starts at or behind byte offset `limit`.
 * @param addressOffset byte offset in the dump less address in memory
 * @returns address of the first line that was not taken
 */
export function scan(start: usize, end: usize, addressOffset: f64, limit: f64): usize {
  base = addressOffset;
  let p = start;
  while (true) {
    const body = matchPrefix(p);
    const lineEnd = findLineEnd(body ? body : p, end);
    if (lineEnd >= end) return p;
    const mayHold = mayHoldReplacement;
    if (body) {
      // `finish` may call TypeScript, and this module again: what the prefix holds is taken first.
      const timestamp = matchedTimestamp();
      const type = matchedType();
      const partition = matchedPartition();
      const offset = matchedOffset();
      if (pending) finish(p);
      const byteOffset = base + <f64>p;
      if (byteOffset >= limit) {
        isStopped = true;
        return p;
      }
      pending = p;
      bodyStart = body;
      pendingTimestamp = timestamp;
      pendingType = type;
      pendingPartition = partition;
      pendingOffset = offset;
      pendingLine = line;
      pendingContinuations = 0;
      needsTypeScript = partition >= STATISTICS_PARTITIONS;
      pendingReplacements = 0;
      mark(<u64>byteOffset);
    } else if (pending) {
      pendingContinuations += 1;
      if (!needsTypeScript) needsTypeScript = mayBeNoise(p);
    }
    if (pending) {
      if (mayHold && holdsReplacement(p, lineEnd)) {
        if (pendingReplacements === 0) pendingFirstReplacement = line;
        pendingReplacements += 1;
      }
      line += 1;
    }
    p = lineEnd + 1;
  }
}

/** The dump ends at `end`, behind a line end: so does the record under way. */
export function finishPending(end: usize, addressOffset: f64): void {
  base = addressOffset;
  if (pending) finish(end);
}

// @ts-ignore: decorator
@inline
function mark(byteOffset: u64): void {
  const current = byteOffset >> MARK_SHIFT;
  if (current === lastMark) return;
  lastMark = current;
  const at = MARKS + (<usize>marks << 4);
  store<f64>(at, <f64>byteOffset);
  store<f64>(at, line, 8);
  marks++;
}

/** The record under way ends where the next one starts. */
// @ts-ignore: decorator
@inline
function finish(next: usize): void {
  const start = pending;
  if (describes && nextWanted() >= base + <f64>next) {
    pending = 0;
    return;
  }
  let valueEnd = next - 1;
  if (isCrLf) {
    if (pendingContinuations > 0) needsTypeScript = true;
    else if (load<u8>(valueEnd - 1) === CR) valueEnd--;
  }
  // A record that begins in the middle of a line is found by TypeScript alone.
  if (describes && nextWanted() !== base + <f64>start) needsTypeScript = true;
  if (!needsTypeScript) {
    const separator = lengthOfSeparator();
    let keyStart = bodyStart;
    let isSplit = true;
    if (hasHeaders) {
      const headersEnd = findSeparator(keyStart, valueEnd);
      if (headersEnd) keyStart = headersEnd + separator;
      else isSplit = false;
    }
    const keyEnd = isSplit ? findSeparator(keyStart, valueEnd) : 0;
    const valueStart = keyEnd + separator;
    // Where a prefix stands in the middle of a line, the consumer may have given up a record.
    if (keyEnd && !holdsPrefix(bodyStart) && !(hasHeaders && holdsPrefix(keyStart)) && !holdsPrefix(valueStart)) {
      pending = 0;
      if (describes) {
        wantedNext++;
        const lines = pendingContinuations + 1;
        const headBytes: f64 = isNull(valueStart, valueEnd) ? 0 : <f64>(valueStart - start);
        described(pendingLine, lines, <f64>(valueEnd - start), headBytes, keyStart, keyEnd);
        return;
      }
      if (pendingReplacements > 0) {
        if (firstReplacement < 0) firstReplacement = pendingFirstReplacement;
        replacements += pendingReplacements;
      }
      types |= pendingType;
      continuationLines += pendingContinuations;
      put(
        keyStart,
        keyEnd,
        isNull(keyStart, keyEnd),
        valueStart,
        valueEnd,
        isNull(valueStart, valueEnd),
        pendingTimestamp,
        pendingPartition,
        pendingOffset,
        base + <f64>start,
        pendingLine,
      );
      return;
    }
  }
  pending = 0;
  slowRecord(start, next, pendingLine);
  while (describes && nextWanted() < base + <f64>next) wantedNext++;
}

/** Infinite once all are described. */
function nextWanted(): f64 {
  return wantedNext < wantedCount ? load<f64>(wantedAt + (<usize>wantedNext << 3)) : Infinity;
}

/** Hardly ever: a call is cheaper than another copy of the code. */
function matchesPrefix(at: usize): bool {
  return matchPrefix(at) !== 0;
}

// @ts-ignore: decorator
@inline
function holdsPrefix(at: usize): bool {
  return mayBeginPrefix(load<u8>(at)) && matchesPrefix(at);
}

// @ts-ignore: decorator
@inline
function isNull(start: usize, end: usize): bool {
  if (<isize>(end - start) !== nullLength) return false;
  for (let i: usize = 0; i < <usize>nullLength; i++) {
    if (load<u8>(start + i) !== load<u8>(NULL_LITERAL + i)) return false;
  }
  return true;
}

/** Whether the line begins like a notice; TypeScript knows whether it is one. */
function mayBeNoise(start: usize): bool {
  let entry = NOISE;
  let length = load<u8>(entry);
  while (length > 0) {
    let i: usize = 0;
    while (i < length && load<u8>(start + i) === load<u8>(entry + 1 + i)) i++;
    if (i === length) return true;
    entry += 1 + length;
    length = load<u8>(entry);
  }
  return false;
}
