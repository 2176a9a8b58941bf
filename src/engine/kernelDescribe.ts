/**
 * Describes records of a console-consumer dump: the kernel counts the lines up to where they lie, passes once more over
 * the stretches that hold them, and stops at each. A million differing keys would keep the scanner in TypeScript busy for
 * many seconds.
 */
import { UserError } from '../core/errors.js';
import type { RecordView } from '../core/record.js';
import type { Breathing } from './breathing.js';
import type { ControlBlock } from './controlBlock.js';
import { DetailsBuilder, type RecordDetails } from './describeRecords.js';
import type { Kernel } from './kernel.js';
import { KernelScan, readAt, type ScanSink } from './kernelScan.js';
import type { LineMarks, OpenDump } from './laneProtocol.js';
import { type KnownLine, nearestMark } from './lineMarks.js';
import type { Scratch } from './tupleSink.js';

/** Up to so many bytes from one wanted record to the next, to go on takes no longer than to begin anew. */
const closeBytes = 1 << 14;
/** Bytes per read: a few records, and more than any prefix, without which no record start is found. */
const blockBytes = 1 << 13;
/** The same in a long stretch: many small reads take three times as long as few large ones. */
const stretchBlockBytes = 1 << 17;
/** Bytes per read where lines are counted: about as many as from one mark to the next. */
const countBlockBytes = 1 << 16;
const LF = 0x0a;

export class KernelDescribe implements ScanSink {
  records = 0;
  #details = new DetailsBuilder(0);
  #wanted = new Float64Array(0);
  /** 1-based line of the first record of the pass. */
  #firstLine = 1;
  /** The last record that was described. */
  #last: KnownLine;
  readonly #fewRecords: KernelScan;
  readonly #longStretch: KernelScan;
  /** The one under way. */
  #scan: KernelScan;

  constructor(
    private readonly kernel: Kernel,
    private readonly scratch: Scratch,
    private readonly dump: OpenDump,
    private readonly address: number,
    control: ControlBlock,
    lane: number,
  ) {
    this.#last = this.#start;
    this.#fewRecords = new KernelScan(kernel, dump, this, { address, blockBytes }, control, lane);
    this.#longStretch = new KernelScan(kernel, dump, this, { address, blockBytes: stretchBlockBytes }, control, lane);
    this.#scan = this.#fewRecords;
    kernel.reserve(address + countBlockBytes);
  }

  /** The kernel's import. */
  slowRecord(start: number, end: number, line: number): void {
    this.#scan.slowRecord(start, end, line);
  }

  /** The kernel's import: a record that was wanted, lines counted from the first of the pass. */
  described(
    line: number,
    lineCount: number,
    byteLength: number,
    headBytes: number,
    keyStart: number,
    keyEnd: number,
  ): void {
    this.#details.add(this.#firstLine + line, lineCount, byteLength, headBytes, this.kernel.bytes, keyStart, keyEnd);
  }

  record(view: RecordView): void {
    if (view.byteOffset !== this.#wanted[this.#details.length]) return;
    this.#details.addView({ ...view, line: this.#firstLine + view.line - 1 });
  }

  cutRecord(view: RecordView): void {
    this.record(view);
  }

  takeFirstNullLine(): null {
    return null;
  }

  /** @param wanted byte offsets of records, ascending @throws UserError if one is no longer there */
  async describe(marks: LineMarks, wanted: Float64Array, breathing: Breathing): Promise<RecordDetails> {
    this.#wanted = new Float64Array(wanted);
    this.#details = new DetailsBuilder(wanted.length);
    const atOnce = this.scratch.bytes / 8;
    while (this.#details.length < wanted.length) {
      await breathing.pause();
      const first = this.#details.length;
      const most = Math.min(wanted.length, first + atOnce);
      let end = first + 1;
      while (end < most && (wanted[end] as number) - (wanted[end - 1] as number) <= closeBytes) end++;
      this.#pass(marks, first, end);
    }
    return this.#details.details();
  }

  /** One pass of the kernel from the mark before the first of them. */
  #pass(marks: LineMarks, first: number, end: number): void {
    const { address } = this.scratch;
    this.kernel.doubles(address, end - first).set(this.#wanted.subarray(first, end));
    this.kernel.functions.configureDescribe(address, end - first);
    const from = this.#placeBefore(marks, this.#wanted[first] as number);
    this.#firstLine = from.line;
    const to = (this.#wanted[end - 1] as number) + 1;
    const isFirst = from.byteOffset === this.#start.byteOffset;
    this.#scan = to - from.byteOffset < stretchBlockBytes ? this.#fewRecords : this.#longStretch;
    this.#scan.take({ side: 'source', from: from.byteOffset, to, isFirst, isLast: false }, 0);
    const last = this.#details.length - 1;
    this.#last = { byteOffset: this.#wanted[last] as number, line: this.#details.lineAt(last) };
    // More than was asked for, where the scanner in TypeScript read on to the end of the dump.
    if (this.#details.length >= end) return;
    const missing = this.#wanted[this.#details.length];
    const message = `${this.dump.path} changed: at byte ${missing} the record is no longer there. Compare again.`;
    throw new UserError(message, this.dump.path);
  }

  /** Where the first record may start. */
  get #start(): KnownLine {
    return { byteOffset: this.dump.layout.bomLength, line: 1 };
  }

  /** The record itself, or a mark before it if it begins in the middle of a line, which only a scan finds out. */
  #placeBefore(marks: LineMarks, byteOffset: number): KnownLine {
    const known = nearestMark(marks, this.#last, byteOffset);
    if (known.byteOffset === byteOffset) return known;
    const { address } = this;
    let { line } = known;
    let lastByte = 0;
    for (let at = known.byteOffset; at < byteOffset; ) {
      const length = Math.min(countBlockBytes, byteOffset - at);
      const block = this.kernel.bytes.subarray(address, address + length);
      readAt(this.dump, block, at);
      line += this.kernel.functions.countLineFeeds(address, address + length);
      lastByte = block[length - 1] as number;
      at += length;
    }
    return lastByte === LF ? { byteOffset, line } : nearestMark(marks, this.#start, byteOffset);
  }
}
