/**
 * Dumps of JSON objects, one for each record: one on a line, pretty-printed, one behind the other, or all in one
 * array. Records are read one at a time, so that no more than the largest of them is held. What stands between them
 * is white space, commas and brackets, which count as line ends do, or text, which is set aside: notices that
 * standard error left in the file, and lines that nobody knows. Behind an object that is no JSON (cut in the middle,
 * say) the next line or the next `{` is taken up.
 */
import type { DumpLayout } from '../comparison.js';
import type { RecordView } from '../record.js';
import { LF, toByteText } from './bytes.js';
import { type DumpScanner, oddities, type RecordSink, type ScanStart, type ScanTotals } from './format.js';
import { JsonRecord } from './jsonRecord.js';
import { CLOSE_BRACKET, COMMA, incomplete, JsonText, malformed, OPEN_BRACE, OPEN_BRACKET } from './jsonText.js';
import type { JsonTool } from './jsonTools.js';
import { isToolNotice, noiseKind, noticeAtEnd } from './noise.js';
import { ReplacementFinder } from './replacementFinder.js';
import { ScanBuffer } from './scanBuffer.js';
import { TotalsCounter } from './scanTotals.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Longest line of text between records that is looked at before it is set aside. */
const longestTextLine = 4096;
/** A record in which notices stand in more places than these is broken. */
const mostLifts = 100;
const nothingLifted = { bytes: 0, lines: 0, times: 0 } as const;

export class JsonScanner implements DumpScanner {
  readonly #text = new JsonText();
  readonly #record: JsonRecord;
  readonly #counter = new TotalsCounter();
  readonly #replacements = new ReplacementFinder();
  readonly #view: Writable<RecordView>;

  readonly #buffer: ScanBuffer;
  /** How far the buffer is done with. */
  #at = 0;
  #line: number;
  readonly #firstLine: number;
  /** Length at which it is worth trying again to read the record at `#at`: twice what was too little. */
  #wantedLength = 0;
  /** What is being passed over: the rest of a line, or everything up to the next line or object. */
  #passing: 'nothing' | 'line' | 'brokenRecord' = 'nothing';
  #isInArray = false;
  #afterException = false;
  /** The notices in the middle of the record at `#at` that it was moved over, and how often it was. */
  #lifted: { readonly bytes: number; readonly lines: number; readonly times: number } = nothingLifted;
  #lastByte = LF;

  constructor(
    layout: DumpLayout,
    tool: JsonTool,
    private readonly sink: RecordSink,
    start: ScanStart = { byteOffset: layout.bomLength, line: 1 },
  ) {
    this.#record = new JsonRecord(this.#text, tool, layout.nullLiteral);
    this.#buffer = new ScanBuffer(start.byteOffset);
    this.#line = this.#firstLine = start.line;
    this.#view = {
      ...{ bytes: this.#buffer.bytes, keyStart: 0, keyEnd: 0, valueStart: 0, valueEnd: 0, isKeyless: false },
      ...{ isTombstone: false, timestampType: 'none', timestamp: -1, partition: -1, offset: -1, headBytes: 0 },
      ...{ line: 0, lineCount: 0, byteOffset: 0, byteLength: 0 },
    };
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    const moved = this.#buffer.append(chunk, this.#at, this.#line);
    this.#at -= moved;
    this.#wantedLength -= moved;
    this.#lastByte = chunk[chunk.length - 1] as number;
    const filled = this.#buffer.bytes.subarray(0, this.#buffer.length);
    this.#text.reset(filled);
    this.#replacements.move(moved);
    this.#replacements.search(filled, filled.length);
    if (filled.length >= this.#wantedLength) this.#scan(false);
  }

  end(): ScanTotals {
    this.#scan(true);
    const { totals } = this.#counter;
    const lines = this.#line - this.#firstLine + (this.#lastByte === LF ? 0 : 1);
    if (this.#isInArray) totals.unknownCutLine ??= this.#firstLine + lines - 1;
    return { ...totals, lines, oddities: oddities({ 'replacement-characters': this.#replacements.lines }) };
  }

  /** Takes what is there; stops short of a record or a line of text that is not whole, unless nothing will follow. */
  #scan(isEnd: boolean): void {
    const text = this.#text;
    const { totals } = this.#counter;
    for (;;) {
      if (this.#passing !== 'nothing' && !this.#passOver()) return;
      const from = this.#at;
      text.lineFeeds = 0;
      this.#at = text.spaceEnd(from);
      this.#line += text.lineFeeds;
      totals.lineEndBytes += this.#at - from;
      const c = text.bytes[this.#at];
      if (c === undefined) return;
      if (c === OPEN_BRACE) {
        if (!this.#takeRecord(isEnd)) return;
      } else if (c === COMMA || c === CLOSE_BRACKET) {
        if (c === CLOSE_BRACKET) this.#isInArray = false;
        this.#at++;
        totals.lineEndBytes++;
      } else if (!this.#takeTextLine(isEnd)) return;
    }
  }

  /** @returns false if more bytes are needed */
  #takeRecord(isEnd: boolean): boolean {
    const text = this.#text;
    const start = this.#at;
    text.lineFeeds = 0;
    const end = this.#record.read(start);
    if (end === malformed) {
      const found = this.#liftOverNotices(isEnd);
      if (found === 'incomplete') return false;
      if (found === 'none') this.#breakOff(Math.max(start + 1, text.errorAt));
    } else if (end !== incomplete) {
      this.#deliver(end, false);
    } else if (isEnd) {
      this.#deliver(text.bytes.length, true);
    } else {
      this.#wantedLength = start + 2 * (text.bytes.length - start);
      return false;
    }
    this.#wantedLength = 0;
    return true;
  }

  /** Hands on the record from `#at` to `end`. */
  #deliver(end: number, isCut: boolean): void {
    const view = this.#view;
    const { totals } = this.#counter;
    const start = this.#at;
    const lineFeeds = this.#text.lineFeeds + this.#lifted.lines;
    view.line = this.#line;
    view.lineCount = 1 + lineFeeds;
    view.byteOffset = this.#buffer.byteOffset + start - this.#lifted.bytes;
    view.byteLength = end - start + this.#lifted.bytes;
    const hasReplacement = this.#replacements.isIn(this.#text.bytes, start, end);
    const isReadable = !(isCut && !this.#record.hasKey) && this.#record.fill(view, isCut);
    if (isReadable) {
      totals.recordBytes += end - start;
      totals.continuationLines += lineFeeds;
      if (hasReplacement || this.#record.hasReplacement) this.#replacements.add(this.#line);
      if (isCut) this.sink.cutRecord(view);
      else this.sink.record(view);
    } else {
      totals.setAsideBytes += end - start;
      if (isCut) totals.unknownCutLine = this.#line;
      else this.#counter.unreadable(this.#line);
    }
    // A cut array is told by its cut record.
    if (isCut) this.#isInArray = false;
    this.#line += lineFeeds;
    this.#at = end;
    this.#lifted = nothingLifted;
    this.#afterException = false;
  }

  /**
   * kcat writes its records in blocks of some kilobytes and its notices at once, so that in the same file notices stand
   * in the middle of a record. Where an object stops being JSON for that, its beginning is moved over them, and it is
   * read again.
   */
  #liftOverNotices(isEnd: boolean): 'lifted' | 'none' | 'incomplete' {
    const text = this.#text;
    const { bytes, errorAt } = text;
    const start = this.#at;
    if (this.#lifted.times === mostLifts) return 'none';
    const found = bytes.indexOf(LF, errorAt);
    if (found < 0 && !isEnd && bytes.length - errorAt < longestTextLine) return 'incomplete';
    if (found < 0) return 'none';
    const notice = noticeAtEnd(bytes, Math.max(start + 1, found - longestTextLine), found);
    // What stops being JSON before the notice does so for another reason.
    if (notice < 0 || errorAt < notice) return 'none';
    let end = found;
    let lines = 0;
    for (let at = notice; ; at = end + 1) {
      const lineEnd = bytes.indexOf(LF, at);
      if (lineEnd < 0 || !isToolNotice(bytes, at, lineEnd)) break;
      const line = this.#line + text.lineFeeds + this.#lifted.lines + lines++;
      this.#counter.noise(toByteText(bytes.subarray(at, lineEnd)), line);
      end = lineEnd;
    }
    const lifted = end + 1 - notice;
    bytes.copyWithin(start + lifted, start, notice);
    text.reset(bytes);
    this.#counter.totals.setAsideBytes += lifted;
    this.#at = start + lifted;
    const { bytes: before, lines: linesBefore, times } = this.#lifted;
    this.#lifted = { bytes: before + lifted, lines: linesBefore + lines, times: times + 1 };
    return 'lifted';
  }

  /** Sets aside the object that stops being JSON at `errorAt`, up to there; the rest of it is passed over. */
  #breakOff(errorAt: number): void {
    this.#counter.unreadable(this.#line);
    this.#line += this.#text.lineFeeds + this.#lifted.lines;
    this.#counter.totals.setAsideBytes += errorAt - this.#at;
    this.#at = errorAt;
    this.#lifted = nothingLifted;
    this.#passing = 'brokenRecord';
  }

  /**
   * Text that is no JSON: a notice of the tool or a line of which nothing is known. The bracket of an array looks like
   * the beginning of a log line, so that the whole line is looked at.
   * @returns false if more bytes are needed
   */
  #takeTextLine(isEnd: boolean): boolean {
    const { bytes } = this.#text;
    const start = this.#at;
    const found = bytes.indexOf(LF, start);
    const lineEnd = found < 0 ? bytes.length : found;
    if (found < 0 && !isEnd && lineEnd - start < longestTextLine) return false;
    const end = lineEnd > start && bytes[lineEnd - 1] === 0x0d ? lineEnd - 1 : lineEnd;
    const kind = isToolNotice(bytes, start, end) ? 'notice' : noiseKind(bytes, start, end, this.#afterException);
    this.#afterException = kind === 'exception' || kind === 'stackFrame';
    if (kind !== 'none') {
      this.#counter.noise(toByteText(bytes.subarray(start, end)), this.#line);
    } else if (bytes[start] === OPEN_BRACKET) {
      const next = bytes[this.#text.spaceEnd(start + 1)];
      if (next === undefined && !isEnd) return false;
      if (next === undefined || next === OPEN_BRACE || next === CLOSE_BRACKET) {
        this.#isInArray = true;
        this.#counter.totals.lineEndBytes++;
        this.#at = start + 1;
        return true;
      }
    }
    if (kind === 'none') this.#counter.unrecognized(this.#line);
    this.#passing = 'line';
    return true;
  }

  /** Sets aside what is to be passed over. @returns false if all there is belongs to it */
  #passOver(): boolean {
    const { bytes } = this.#text;
    const start = this.#at;
    let end = start;
    while (end < bytes.length && bytes[end] !== LF && !(bytes[end] === OPEN_BRACE && this.#passing !== 'line')) end++;
    const isDone = end < bytes.length;
    if (isDone) this.#passing = 'nothing';
    this.#counter.totals.setAsideBytes += end - start;
    this.#at = end;
    return isDone;
  }
}
