/**
 * Scans chunks of a console-consumer dump with the kernel: reads blocks straight into its memory, moves what is left of
 * a record to the front, and gives what is out of the ordinary to the scanner in TypeScript, record by record.
 */
import { readSync } from 'node:fs';
import type { DumpLayout } from '../core/comparison.js';
import { UserError } from '../core/errors.js';
import { nothingScanned, type RecordSink, type ScanTotals } from '../core/formats/format.js';
import { noiseBeginnings } from '../core/formats/noise.js';
import { prefixColumns } from '../core/formats/recordPrefix.js';
import { createScanner } from '../core/formats/scanner.js';
import { addTotals } from '../core/formats/totals.js';
import type { ControlBlock } from './controlBlock.js';
import { inputPadding, type Kernel, kernelLayout, kernelTextBytes } from './kernel.js';
import type { Chunk, ChunkResult, OpenDump } from './laneProtocol.js';

const utf8 = new TextEncoder();
const LF = 0x0a;

/** Records up to this size are held in the kernel's memory; larger ones are the TypeScript scanner's. */
export const largestKernelRecord = 8 << 20;

/** More than any prefix, its separators included, so that a line of this length that does not match begins no record. */
const longestPrefixBytes = 2048;

/** Whether the kernel knows the layout: announced columns in their order, then perhaps headers, key and value. */
export function kernelScans({ format, columns, separator, nullLiteral }: DumpLayout): boolean {
  const announced = prefixColumns.filter((column) => columns.includes(column));
  const expected = [...announced, ...(columns.includes('headers') ? ['headers'] : []), 'key', 'value'];
  return (
    format === 'kafka-console-consumer' &&
    announced.length > 0 &&
    expected.join() === columns.join() &&
    separator !== null &&
    separator !== '' &&
    !/[\r\n\ufffd]/.test(separator) &&
    utf8.encode(separator).length <= kernelTextBytes &&
    utf8.encode(nullLiteral ?? '').length <= kernelTextBytes
  );
}

/** Tells the kernel how the dump is laid out. */
export function configureScan(kernel: Kernel, layout: DumpLayout): void {
  const separator = utf8.encode(layout.separator ?? '');
  kernel.bytes.set(separator, kernelLayout.separator);
  const nullLiteral = layout.nullLiteral === null ? null : utf8.encode(layout.nullLiteral);
  if (nullLiteral !== null) kernel.bytes.set(nullLiteral, kernelLayout.nullLiteral);
  let at = kernelLayout.noise;
  for (const beginning of noiseBeginnings) {
    kernel.bytes[at++] = beginning.length;
    at += utf8.encodeInto(beginning, kernel.bytes.subarray(at)).written;
  }
  kernel.bytes[at] = 0;
  const columns = prefixColumns.reduce((bits, column, i) => bits | (layout.columns.includes(column) ? 1 << i : 0), 0);
  kernel.functions.configurePrefix(columns, separator.length);
  kernel.functions.configureScan(layout.columns.includes('headers'), layout.crlf, nullLiteral?.length ?? -1);
}

/** Memory that the input may take, with what is read beyond it. */
export function mostInputBytes(blockBytes: number): number {
  return 2 * (largestKernelRecord + blockBytes) + inputPadding;
}

/** Where the input lies in the kernel's memory. */
export interface InputArea {
  readonly address: number;
  readonly blockBytes: number;
}

/** Who takes the records that the scanner in TypeScript reads. */
export interface ScanSink extends RecordSink {
  /** Records taken so far. */
  readonly records: number;
  /** See `TupleSink`. */
  takeFirstNullLine(): number | null;
}

export class KernelScan {
  /** Bytes of the dump in memory: `[#start, #end)`, of which the first is at `#offset` in the dump. */
  #start: number;
  #end: number;
  #offset = 0;
  #capacity: number;
  #totals: ScanTotals = nothingScanned;
  #lineOffset = 0;
  #types = 0;
  /** Records before the block under way, for progress. */
  #recordsSeen = 0;

  constructor(
    private readonly kernel: Kernel,
    private readonly dump: OpenDump,
    private readonly sink: ScanSink,
    private readonly area: InputArea,
    private readonly control: ControlBlock,
    private readonly lane: number,
  ) {
    this.#capacity = 2 * area.blockBytes;
    this.#start = this.#end = area.address;
    kernel.reserve(area.address + this.#capacity + inputPadding);
    configureScan(kernel, dump.layout);
  }

  /** Bits of the timestamp types that the kernel met. */
  get timestampTypes(): number {
    return this.#types;
  }

  /** The kernel's import: a record that needs the scanner in TypeScript. */
  slowRecord(start: number, end: number, line: number): void {
    const byteOffset = this.#offsetOf(start);
    const scanner = createScanner(this.dump.layout, this.sink, { byteOffset, line: this.#lineOffset + line + 1 });
    scanner.push(this.kernel.bytes.slice(start, end));
    this.#totals = addTotals(this.#totals, scanner.end());
  }

  /** Takes the records that start in the chunk. @throws UserError if the dump changes meanwhile */
  take(chunk: Chunk, number: number): ChunkResult {
    const { functions } = this.kernel;
    functions.beginChunk();
    this.#totals = nothingScanned;
    this.#lineOffset = 0;
    const from = this.#findFirst(chunk);
    let to = from;
    if (chunk.isFirst) {
      this.#lineOffset = this.#scanWithTypeScript(chunk.from, from, from === this.dump.bytes, 1);
    }
    const marks: number[] = [];
    if (from < (chunk.isLast ? Number.POSITIVE_INFINITY : chunk.to) && from < this.dump.bytes) {
      to = this.#takeRecords(from, chunk.isLast ? Number.POSITIVE_INFINITY : chunk.to, marks);
    }
    const firstNull = this.sink.takeFirstNullLine();
    const lines = this.#lineOffset + functions.lineCount();
    this.#types |= functions.timestampTypes();
    this.#totals = addTotals(this.#totals, {
      ...nothingScanned,
      continuationLines: functions.continuationLineCount(),
      oddities: this.#replacements(),
    });
    return {
      chunk: number,
      from: chunk.isFirst ? chunk.from : from,
      to,
      lines,
      marks: Float64Array.from(marks),
      firstNullLine: firstNull,
      totals: this.#totals,
    };
  }

  /** Byte offset of the first record start at or behind the chunk's beginning; the dump's size if there is none. */
  #findFirst(chunk: Chunk): number {
    if (chunk.isFirst) return this.#findRecordStart(chunk.from);
    // The chunk's first byte starts a line only if the byte before it ends one.
    this.#seek(chunk.from - 1);
    const lineStart = this.#skipLine();
    return lineStart === null ? this.dump.bytes : this.#findRecordStart(lineStart);
  }

  /** @param from start of a line @returns byte offset of the first record start from there on, or the dump's size */
  #findRecordStart(from: number): number {
    this.#seek(from);
    const { functions } = this.kernel;
    for (;;) {
      this.control.throwIfCancelled();
      const at = functions.findRecordStart(this.#start, this.#end);
      this.#moveStart(at);
      if (at < this.#end && functions.beginsRecord(at, this.#end) !== 0) return this.#offset;
      // What is left is the beginning of a line: more of it is read, unless it is long enough to know what it is not.
      if (this.#end - this.#start > Math.max(this.area.blockBytes, longestPrefixBytes)) {
        if (this.#skipLine() === null) return this.dump.bytes;
      } else if (!this.#fill()) {
        return this.dump.bytes;
      }
    }
  }

  /** Moves behind the next LF. @returns its byte offset plus one, or null if there is none */
  #skipLine(): number | null {
    for (;;) {
      const at = this.kernel.bytes.subarray(this.#start, this.#end).indexOf(LF);
      if (at >= 0) {
        this.#moveStart(this.#start + at + 1);
        return this.#offset;
      }
      this.#moveStart(this.#end);
      if (!this.#fill()) return null;
    }
  }

  /** @param from byte offset of a record start @returns byte offset of the first record start that is not the chunk's */
  #takeRecords(from: number, limit: number, marks: number[]): number {
    const { functions } = this.kernel;
    if (this.#offset !== from || this.#start === this.#end) this.#seek(from);
    let line = this.#start;
    for (;;) {
      this.control.throwIfCancelled();
      const before = this.#offsetOf(line);
      line = functions.scan(line, this.#end, this.#offset - this.#start, limit);
      this.#takeMarks(marks);
      this.#report(this.#offsetOf(line) - before);
      if (functions.isChunkDone() !== 0) return this.#offsetOf(line);
      const pending = functions.pendingStart();
      const keep = pending || line;
      if (this.#end - keep >= largestKernelRecord) {
        const next = this.#takeGiant(keep, line, limit);
        if (next !== null) return next;
        line = this.#start;
        continue;
      }
      const moved = this.#moveToFront(keep);
      functions.shift(moved);
      line -= moved;
      if (this.#fill()) continue;
      return this.#takeEnd(line, limit);
    }
  }

  /**
   * The dump ends: in a line end, and the record under way with it, or in the middle of the line at `line`.
   * @returns where the chunk ends
   */
  #takeEnd(line: number, limit: number): number {
    const { functions } = this.kernel;
    const isWhole = line === this.#end;
    if (isWhole || functions.beginsRecord(line, this.#end) !== 0) {
      functions.finishPending(line, this.#offset - this.#start);
      if (isWhole || this.#offsetOf(line) >= limit) return this.#offsetOf(line);
    }
    // What may be cut is left to the scanner in TypeScript, and with it the record that it may belong to.
    const isPending = functions.pendingStart() !== 0;
    const from = isPending ? functions.pendingStart() : line;
    const firstLine = isPending ? functions.pendingRecordLine() : functions.lineCount();
    const lines = this.#scanWithTypeScript(
      this.#offsetOf(from),
      this.dump.bytes,
      true,
      this.#lineOffset + firstLine + 1,
    );
    functions.skipPending(lines - this.#lineOffset);
    return this.dump.bytes;
  }

  /**
   * A record that is larger than the kernel's memory: its end is looked for without keeping it, then the scanner in
   * TypeScript reads it. @returns where the chunk ends, or null if it goes on
   */
  #takeGiant(record: number, line: number, limit: number): number | null {
    const { functions } = this.kernel;
    const from = this.#offsetOf(record);
    const isPending = functions.pendingStart() !== 0;
    const firstLine = isPending ? functions.pendingRecordLine() : functions.lineCount();
    // A record that has begun ends at the next record start; a line that has not been taken is at least skipped whole.
    this.#seek(this.#offsetOf(line));
    const next = isPending ? this.#findRecordStart(this.#offset) : this.#afterLine();
    const lines = this.#scanWithTypeScript(from, next, next === this.dump.bytes, this.#lineOffset + firstLine + 1);
    functions.skipPending(lines - this.#lineOffset);
    this.#report(next - from);
    if (next >= limit || next >= this.dump.bytes) return next;
    if (this.#offset !== next || this.#start === this.#end) this.#seek(next);
    return null;
  }

  #afterLine(): number {
    const next = this.#skipLine();
    return next === null ? this.dump.bytes : this.#findRecordStart(next);
  }

  /** @returns lines from the dump's, or chunk's, first to the last one read here */
  #scanWithTypeScript(from: number, to: number, isEnd: boolean, firstLine: number): number {
    if (from === to && !isEnd) return firstLine - 1;
    const scanner = createScanner(this.dump.layout, this.sink, { byteOffset: from, line: firstLine });
    const block = new Uint8Array(Math.min(this.area.blockBytes, to - from));
    for (let at = from; at < to; ) {
      this.control.throwIfCancelled();
      const read = readAt(this.dump, block.subarray(0, Math.min(block.length, to - at)), at);
      scanner.push(block.subarray(0, read));
      at += read;
    }
    const totals = scanner.end();
    this.#totals = addTotals(this.#totals, totals);
    return totals.lines;
  }

  #replacements(): ScanTotals['oddities'] {
    const count = this.kernel.functions.replacementLineCount();
    if (count === 0) return {};
    const firstLine = this.#lineOffset + this.kernel.functions.firstReplacementLine() + 1;
    return { 'replacement-characters': { count, firstLine } };
  }

  #takeMarks(marks: number[]): void {
    const count = this.kernel.functions.takeMarks();
    const pairs = this.kernel.doubles(kernelLayout.marks, 2 * count);
    for (let i = 0; i < pairs.length; i += 2) {
      marks.push(pairs[i] as number, (pairs[i + 1] as number) + this.#lineOffset);
    }
  }

  #report(bytes: number): void {
    const { records } = this.sink;
    this.control.addProgress(this.lane, bytes, records - this.#recordsSeen);
    this.#recordsSeen = records;
  }

  #offsetOf(address: number): number {
    return this.#offset + (address - this.#start);
  }

  #seek(byteOffset: number): void {
    this.#start = this.#end = this.area.address;
    this.#offset = byteOffset;
    this.#fill();
  }

  #moveStart(address: number): void {
    this.#offset += address - this.#start;
    this.#start = address;
  }

  /** Forgets what lies before `address`. @returns by how many bytes the rest moved */
  #moveToFront(address: number): number {
    this.#moveStart(address);
    const moved = address - this.area.address;
    this.kernel.bytes.copyWithin(this.area.address, address, this.#end);
    this.#start = this.area.address;
    this.#end -= moved;
    return moved;
  }

  /** Reads the next block behind what is there. @returns false at the end of the dump */
  #fill(): boolean {
    if (this.#start === this.#end) this.#start = this.#end = this.area.address;
    const position = this.#offset + (this.#end - this.#start);
    const wanted = Math.min(this.area.blockBytes, this.dump.bytes - position);
    if (wanted <= 0) return false;
    if (this.#end + wanted > this.area.address + this.#capacity) {
      this.#moveToFront(this.#start);
      while (this.#end + wanted > this.area.address + this.#capacity) this.#capacity *= 2;
      this.kernel.reserve(this.area.address + this.#capacity + inputPadding);
    }
    this.#end += readAt(this.dump, this.kernel.bytes.subarray(this.#end, this.#end + wanted), position);
    return true;
  }
}

/** Fills `buffer` from `position` on. @throws UserError if the dump ends before, or cannot be read */
export function readAt({ path, file }: Pick<OpenDump, 'path' | 'file'>, buffer: Uint8Array, position: number): number {
  let filled = 0;
  try {
    while (filled < buffer.length) {
      const read = readSync(file, buffer, filled, buffer.length - filled, position + filled);
      if (read === 0) break;
      filled += read;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new UserError(`${path} cannot be read (${code}). Check the file and its disk.`, path);
  }
  if (filled < buffer.length) {
    const message = `${path} changed while it was read. Wait until the dump is complete, then compare again.`;
    throw new UserError(message, path);
  }
  return filled;
}
