/**
 * Reads the output of `kafka-dump-log --print-data-log`. Each record tells how many bytes its key and value have, so
 * they are cut out by size: line breaks and anything else inside them are theirs. Where that does not come out (bytes
 * that were no text were lost when they were printed), the record ends where the next line of the tool begins.
 */
import type { DumpLayout } from '../comparison.js';
import type { RecordView } from '../record.js';
import { CR, LF, startsWith, toBytes, toByteText } from './bytes.js';
import { DumpLogLine } from './dumpLogLine.js';
import { DumpLogSlices, lineFeeds, longestNextLine, recordEndByLines } from './dumpLogSlices.js';
import { type DumpScanner, oddities, type RecordSink, type ScanStart, type ScanTotals, type Tally } from './format.js';
import { noiseKind } from './noise.js';
import { OpenTransactions } from './openTransactions.js';
import { emptyView, type Writable } from './recordGrammar.js';
import { ReplacementFinder } from './replacementFinder.js';
import { ScanBuffer } from './scanBuffer.js';
import { TotalsCounter } from './scanTotals.js';

const dumping = toBytes('Dumping ');
/** `…/orders-3/00000000000000000042.log`: topic and partition. */
const segmentPath = /-(\d+)[/\\][^/\\]*$/;
/** Longest line that is looked at as one of the tool's own. */
const longestLineBytes = 4096;

/** The lines of the tool besides records and batches, on standard output or error. */
const toolLine =
  /^(Dumping |Starting offset: -?\d+$|Log starting offset: -?\d+$|Found -?\d+ invalid bytes at the end of |Snapshot end offset: |KRaft bootstrap snapshot$|Ignoring unknown file |Non-consecutive offsets in | {2}-?\d+ is followed by -?\d+$|Mismatches in :| {2}Index offset: |Found timestamp mismatch in :| {2}Index timestamp: )/;

export class DumpLogScanner implements DumpScanner {
  readonly #crlf: boolean;
  readonly #view: Writable<RecordView> = emptyView();
  readonly #buffer: ScanBuffer;
  readonly #replacements = new ReplacementFinder();
  readonly #fields = new DumpLogLine();
  readonly #slices = new DumpLogSlices();
  /** First byte of the line that is read next, and its 1-based number. */
  #at = 0;
  #line: number;
  /** How far the end of the record at `#at` was looked for in vain, or 0. */
  #searchedTo = 0;
  #isEnded = false;
  #afterException = false;
  /** Of the segment that is being dumped; -1 if its path does not tell. */
  #partition = -1;
  #isControlBatch = false;
  readonly #transactions = new OpenTransactions();
  readonly #sizesDisagree: Writable<Tally> = { count: 0, firstLine: 0 };
  readonly #counter = new TotalsCounter();
  readonly #totals = this.#counter.totals;

  constructor(
    layout: Pick<DumpLayout, 'crlf' | 'bomLength'>,
    private readonly sink: RecordSink,
    start: ScanStart = { byteOffset: layout.bomLength, line: 1 },
  ) {
    this.#crlf = layout.crlf;
    this.#buffer = new ScanBuffer(start.byteOffset);
    this.#line = start.line;
  }

  push(chunk: Uint8Array): void {
    const moved = this.#buffer.append(chunk, this.#at, this.#line);
    this.#at -= moved;
    this.#searchedTo = Math.max(0, this.#searchedTo - moved);
    this.#replacements.move(moved);
    this.#replacements.search(this.#buffer.bytes, this.#buffer.length);
    this.#takeLines();
  }

  end(): ScanTotals {
    this.#isEnded = true;
    this.#takeLines();
    return {
      ...this.#totals,
      lines: this.#line - 1,
      oddities: oddities({
        'replacement-characters': this.#replacements.lines,
        'sizes-disagree': this.#sizesDisagree,
        'aborted-transactions': this.#transactions.unreadByCommitted(),
      }),
    };
  }

  #takeLines(): void {
    const { bytes, length } = this.#buffer;
    while (this.#at < length && this.#takeLine(bytes, length));
  }

  /** @returns false if more bytes are needed to tell where the line or its record ends */
  #takeLine(bytes: Uint8Array, length: number): boolean {
    const start = this.#at;
    const match = this.#fields.read(bytes, start, length);
    if (match === 'record') return this.#takeRecord(bytes, start, length);
    if (match === 'partial' && !this.#isEnded) return false;
    const found = bytes.subarray(0, length).indexOf(LF, start);
    if (found < 0 && !this.#isEnded) return false;
    const end = found < 0 ? length : found;
    this.#takeOther(bytes, start, end, found < 0);
    this.#next(found < 0 ? length : found + 1, 1);
    return true;
  }

  /** Goes on behind a line end at `at`. */
  #next(at: number, lines: number): void {
    this.#at = at;
    this.#line += lines;
    this.#searchedTo = 0;
  }

  /** Sets aside the line `bytes[start, end)`, which is no record's, and learns from it. */
  #takeOther(bytes: Uint8Array, start: number, end: number, isCut: boolean): void {
    const totals = this.#totals;
    const next = isCut ? end : end + 1;
    totals.setAsideBytes += next - start;
    if (this.#fields.isBatch) {
      this.#isControlBatch = this.#fields.isControl;
      this.#transactions.begin(this.#fields, this.#partition);
      return;
    }
    const text = toByteText(bytes.subarray(start, Math.min(end, start + longestLineBytes))).replace(/\r$/, '');
    if (startsWith(bytes, start, end, dumping)) {
      this.#partition = Number(segmentPath.exec(text)?.[1] ?? -1);
      this.#isControlBatch = false;
      return;
    }
    if (isCut && /^(\| ?)?o/.test(text)) {
      totals.unknownCutLine = this.#line;
      return;
    }
    // A batch of an old message format, or a control record of another kind than transactions have.
    if (/^(\| )?offset: \d/.test(text) || toolLine.test(text)) return;
    const kind = noiseKind(bytes, start, text.length + start, this.#afterException);
    this.#afterException = kind === 'exception' || kind === 'stackFrame';
    if (kind === 'none') this.#counter.unrecognized(this.#line);
    else this.#counter.noise(text, this.#line);
  }

  #takeRecord(bytes: Uint8Array, start: number, length: number): boolean {
    const fields = this.#fields;
    if (this.#isControlBatch || fields.isControl || fields.endMarker !== null) {
      return this.#setControlRecordAside(bytes, start, length);
    }
    const slices = this.#slices;
    const bySizes = slices.takeBySizes(fields, bytes, length, this.#isEnded);
    if (bySizes === 'partial') return false;
    if (bySizes === 'no') {
      const end = recordEndByLines(bytes, Math.max(this.#searchedTo, start), length, this.#isEnded);
      if (end < 0) {
        this.#searchedTo = Math.max(start, length - longestNextLine);
        return false;
      }
      return this.#takeInexactRecord(bytes, start, end, length);
    }
    this.#view.bytes = bytes;
    this.#deliver(bytes, start, slices.valueEnd, length, false);
    return true;
  }

  /** A record that ends at `end`, by the line behind it, and not where its sizes say. */
  #takeInexactRecord(bytes: Uint8Array, start: number, end: number, length: number): boolean {
    const slices = this.#slices;
    const isCut = end === length;
    const hasCr = this.#crlf && !isCut && bytes[end - 1] === CR;
    const isReadable = slices.takeByMarks(this.#fields, bytes, hasCr ? end - 1 : end, isCut);
    if (!isReadable) {
      if (isCut) this.#totals.unknownCutLine = this.#line;
      else this.#counter.unreadable(this.#line);
      this.#totals.setAsideBytes += end - start;
      this.#totals.lineEndBytes += isCut ? 0 : 1;
      this.#next(isCut ? end : end + 1, lineFeeds(bytes, start, end) + 1);
      return true;
    }
    this.#view.bytes = this.#crlf ? slices.withoutCr(bytes) : bytes;
    const { keySize, valueSize } = this.#fields;
    const agrees =
      slices.keyEnd - slices.keyStart === Math.max(keySize, 0) &&
      slices.valueEnd - slices.valueStart === Math.max(valueSize, 0);
    if (!isCut && !agrees && this.#sizesDisagree.count++ === 0) this.#sizesDisagree.firstLine = this.#line;
    this.#deliver(bytes, start, hasCr ? end - 1 : end, length, isCut);
    return true;
  }

  #deliver(bytes: Uint8Array, start: number, end: number, length: number, isCut: boolean): void {
    const view = this.#view;
    const fields = this.#fields;
    const slices = this.#slices;
    view.timestampType = fields.timestampType;
    view.timestamp = fields.timestamp;
    view.partition = this.#partition;
    view.offset = fields.offset;
    view.keyStart = slices.keyStart;
    view.keyEnd = slices.keyEnd;
    view.valueStart = slices.valueStart;
    view.valueEnd = slices.valueEnd;
    view.isKeyless = fields.keySize < 0;
    view.isTombstone = fields.valueSize < 0;
    view.line = this.#line;
    // A value that ends in a line end, and the dump with it, has no empty line behind it.
    const hasLastLine = end < length || bytes[end - 1] !== LF;
    view.lineCount = lineFeeds(bytes, start, end) + (hasLastLine ? 1 : 0);
    view.byteOffset = this.#buffer.byteOffset + start;
    view.byteLength = end - start;
    this.#transactions.record(fields, this.#partition, this.#line);
    if (end > this.#replacements.next) this.#replacements.count(bytes.subarray(0, length), end, this.#line);
    const next = bytes[end] === CR && end < length ? end + 2 : end + 1;
    this.#totals.recordBytes += end - start;
    this.#totals.continuationLines += view.lineCount - 1;
    this.#totals.lineEndBytes += Math.min(next, length) - end;
    if (isCut) this.sink.cutRecord(view);
    else this.sink.record(view);
    this.#next(Math.min(next, length), view.lineCount);
  }

  #setControlRecordAside(bytes: Uint8Array, start: number, length: number): boolean {
    const found = bytes.subarray(0, length).indexOf(LF, start);
    if (found < 0 && !this.#isEnded) return false;
    const next = found < 0 ? length : found + 1;
    this.#transactions.end(this.#fields, this.#partition);
    this.#totals.setAsideBytes += next - start;
    this.#next(next, 1);
    return true;
  }
}
