/**
 * Reads dumps whose records begin on a line of their own: a record starts where the format's grammar says so, and every
 * other line that is no notice goes on with the record before it. So keys and values may hold line breaks. Lines,
 * notices, line ends and the accounting of every byte are the same for all such formats; what a record looks like is in
 * its `RecordGrammar`.
 */
import type { DumpLayout } from '../comparison.js';
import type { RecordView } from '../record.js';
import { CR, LF, toByteText } from './bytes.js';
import { type DumpScanner, oddities, type RecordSink, type ScanStart, type ScanTotals, type Tally } from './format.js';
import { noiseKind, processedCount } from './noise.js';
import { plainBody } from './plainBody.js';
import { emptyView, type RecordGrammar, type Writable } from './recordGrammar.js';
import { ReplacementFinder } from './replacementFinder.js';
import { ScanBuffer } from './scanBuffer.js';
import { TotalsCounter } from './scanTotals.js';

/** What was known at the end of the first line of a record whose value is being followed. */
interface FollowedValue {
  /** Position of the line behind it. */
  readonly nextLine: number;
  readonly totals: ScanTotals;
}

/** Bytes that a value is followed for: beyond, it is taken for broken. */
const longestFollowedBytes = 1 << 20;
/** Following stops for good when the bytes read again because of it outnumber those of the dump so far and these. */
const rereadBytes = 1 << 24;

export class LineScanner implements DumpScanner {
  readonly #crlf: boolean;
  readonly #view: Writable<RecordView> = emptyView();
  /** Bytes not yet given up: from the current record's start on. */
  readonly #buffer: ScanBuffer;
  readonly #replacements = new ReplacementFinder();
  #lineStart = 0;
  #searchFrom = 0;
  #line: number;

  /** The record being read: first byte, start of its body, end of what it holds so far; start -1 for none. */
  #recordStart = -1;
  #bodyStart = 0;
  #recordEnd = 0;
  /** Bytes of the line end behind the record's last line so far. */
  #lineEndLength = 0;
  #recordLine = 0;
  #recordLastLine = 0;
  /** Noise between the lines of the record: [start, end) pairs in the buffer, line ends included. */
  #gaps: number[] = [];
  /** Noise behind the record's last line so far; a gap only if the record goes on. */
  #openGaps: number[] = [];
  #afterException = false;
  /** What was known at the end of the record's first line, while its value is being followed. */
  #followed: FollowedValue | null = null;
  #rereadBytes = 0;

  readonly #skipped: Writable<Tally> = { count: 0, firstLine: 0 };
  readonly #counter = new TotalsCounter();
  readonly #totals = this.#counter.totals;

  constructor(
    layout: Pick<DumpLayout, 'crlf' | 'bomLength'>,
    private readonly grammar: RecordGrammar,
    private readonly sink: RecordSink,
    start: ScanStart = { byteOffset: layout.bomLength, line: 1 },
  ) {
    this.#crlf = layout.crlf;
    this.#buffer = new ScanBuffer(start.byteOffset);
    this.#line = start.line;
  }

  push(chunk: Uint8Array): void {
    this.#append(chunk);
    this.#takeLines();
  }

  end(): ScanTotals {
    // A value that is still open behind the last whole line was none to be followed: its lines are judged again, maybe
    // more than once.
    while (this.#followed !== null && this.#lineStart === this.#buffer.length) {
      this.#rewind(this.#followed);
      this.#takeLines();
    }
    if (this.#lineStart < this.#buffer.length) this.#takeUnfinishedLine();
    else this.#finishRecord(false);
    return {
      ...this.#totals,
      lines: this.#line - 1,
      oddities: oddities({
        'replacement-characters': this.#replacements.lines,
        'skipped-messages': this.#skipped,
      }),
    };
  }

  #append(chunk: Uint8Array): void {
    const isInRecord = this.#recordStart >= 0;
    const keepFrom = isInRecord ? this.#recordStart : this.#lineStart;
    const moved = this.#buffer.append(chunk, keepFrom, isInRecord ? this.#recordLine : this.#line);
    if (moved > 0) {
      this.#lineStart -= moved;
      this.#searchFrom -= moved;
      this.#replacements.move(moved);
      if (isInRecord) {
        this.#recordStart -= moved;
        this.#bodyStart -= moved;
        this.#recordEnd -= moved;
        if (this.#gaps.length > 0) this.#gaps = this.#gaps.map((at) => at - moved);
        if (this.#openGaps.length > 0) this.#openGaps = this.#openGaps.map((at) => at - moved);
        if (this.#followed !== null) {
          this.#followed = { ...this.#followed, nextLine: this.#followed.nextLine - moved };
        }
      }
    }
    this.#replacements.search(this.#buffer.bytes, this.#buffer.length);
  }

  #takeLines(): void {
    const { bytes, length } = this.#buffer;
    const filled = bytes.subarray(0, length);
    for (;;) {
      const lineEnd = filled.indexOf(LF, this.#searchFrom);
      if (lineEnd < 0) {
        this.#searchFrom = length;
        return;
      }
      if (lineEnd > this.#replacements.next) this.#replacements.count(filled, lineEnd, this.#line);
      const start = this.#lineStart;
      this.#lineStart = this.#searchFrom = lineEnd + 1;
      this.#takeLine(bytes, start, lineEnd);
    }
  }

  /** Takes the line from `start` to the LF at `lineEnd`. */
  #takeLine(bytes: Uint8Array, start: number, lineEnd: number): void {
    const stripped = this.#crlf && lineEnd > start && bytes[lineEnd - 1] === CR ? 1 : 0;
    const end = lineEnd - stripped;
    if (this.#followed !== null) {
      if (this.#followValue(this.#followed, bytes, start, end, 1 + stripped)) this.#line++;
      return;
    }
    if (this.grammar.matchStart(bytes, start, end) === 'whole') {
      this.#finishRecord(false);
      this.#startRecord(start, end, 1 + stripped);
    } else if (this.#isNoise(start, end)) {
      this.#setNoiseAside(start, end, lineEnd + 1);
    } else if (this.#recordStart >= 0) {
      this.#continueRecord(end, 1 + stripped);
    } else {
      this.#setUnrecognizedAside(lineEnd + 1 - start);
    }
    this.#line++;
  }

  /** The last line has no line end: unless it is a notice, its record may be cut anywhere. */
  #takeUnfinishedLine(): void {
    const start = this.#lineStart;
    const end = this.#buffer.length;
    const { bytes } = this.#buffer;
    if (end > this.#replacements.next) this.#replacements.count(bytes.subarray(0, end), end, this.#line);
    const isInValue = this.#followed !== null;
    this.#followed = null;
    const match = isInValue ? 'no' : this.grammar.matchStart(bytes, start, end);
    if (match === 'whole') {
      this.#finishRecord(false);
      this.#startRecord(start, end, 0);
      this.#followed = null;
      this.#finishRecord(true);
    } else if (this.#isNoise(start, end)) {
      this.#finishRecord(false);
      this.#setNoiseAside(start, end, end);
    } else if (match === 'partial' && (this.grammar.follower === undefined || this.#recordStart < 0)) {
      // The beginning of another record: the one before it is whole, what this one was nobody knows.
      this.#finishRecord(false);
      this.#totals.unknownCutLine = this.#line;
      this.#totals.setAsideBytes += end - start;
    } else if (this.#recordStart >= 0) {
      // Without prefixes it may also be the beginning of another key, which is then unknown.
      if (match === 'partial') this.#totals.unknownCutLine = this.#line;
      this.#continueRecord(end, 0);
      this.#finishRecord(true);
    } else {
      this.#setUnrecognizedAside(end - start);
    }
    this.#line++;
  }

  #isNoise(start: number, end: number): boolean {
    const kind = noiseKind(this.#buffer.bytes, start, end, this.#afterException);
    this.#afterException = kind === 'exception' || kind === 'stackFrame';
    return kind !== 'none' || this.grammar.isNotice?.(this.#buffer.bytes, start, end) === true;
  }

  #setNoiseAside(start: number, end: number, next: number): void {
    const totals = this.#totals;
    const { bytes } = this.#buffer;
    this.#counter.noise(toByteText(bytes.subarray(start, end)), this.#line);
    totals.setAsideBytes += next - start;
    const count = processedCount(bytes, start, end);
    if (count !== null) totals.processedTotal = { count, line: this.#line };
    if (this.#recordStart >= 0) this.#openGaps.push(start, next);
  }

  #setUnrecognizedAside(byteLength: number): void {
    this.#counter.unrecognized(this.#line);
    this.#totals.setAsideBytes += byteLength;
  }

  #startRecord(start: number, end: number, lineEndLength: number): void {
    this.#bodyStart = this.grammar.begin(this.#view, false);
    this.#recordStart = start;
    this.#recordEnd = end;
    this.#lineEndLength = lineEndLength;
    this.#recordLine = this.#recordLastLine = this.#line;
    this.#afterException = false;
    const { follower } = this.grammar;
    if (follower === undefined || this.#rereadBytes > this.#buffer.byteOffset + start + rereadBytes) return;
    if (follower.begin(this.#buffer.bytes, this.#bodyStart, end)) {
      this.#followed = { nextLine: end + lineEndLength, totals: { ...this.#totals } };
    }
  }

  #continueRecord(end: number, lineEndLength: number): void {
    this.#recordEnd = end;
    this.#lineEndLength = lineEndLength;
    this.#recordLastLine = this.#line;
    this.#totals.continuationLines++;
    if (this.#openGaps.length > 0) {
      this.#gaps.push(...this.#openGaps);
      this.#openGaps = [];
    }
  }

  /** @returns false if the lines behind the record's first are to be taken again */
  #followValue(followed: FollowedValue, bytes: Uint8Array, start: number, end: number, lineEndLength: number): boolean {
    if (this.#isNoise(start, end)) {
      this.#setNoiseAside(start, end, end + lineEndLength);
      return true;
    }
    const isTooLong = end - followed.nextLine > longestFollowedBytes;
    const state = isTooLong ? 'broken' : (this.grammar.follower?.line(bytes, start, end) ?? 'broken');
    if (state === 'broken') {
      this.#rewind(followed);
      return false;
    }
    this.#continueRecord(end, lineEndLength);
    if (state === 'closed') this.#followed = null;
    return true;
  }

  /** Back to the end of the record's first line, to judge the lines behind it one by one. */
  #rewind({ nextLine, totals }: FollowedValue): void {
    this.#rereadBytes += this.#lineStart - nextLine;
    Object.assign(this.#totals, totals);
    this.#followed = null;
    this.#gaps = [];
    this.#openGaps = [];
    this.#afterException = false;
    // The line end behind the first line stays what it was: LF, or CR LF.
    const { bytes } = this.#buffer;
    this.#lineEndLength = this.#crlf && bytes[nextLine - 2] === CR ? 2 : 1;
    this.#recordEnd = nextLine - this.#lineEndLength;
    this.#recordLastLine = this.#recordLine;
    this.#lineStart = this.#searchFrom = nextLine;
    this.#line = this.#recordLine + 1;
  }

  #finishRecord(isCut: boolean): void {
    if (this.#recordStart < 0) return;
    const view = this.#view;
    view.line = this.#recordLine;
    view.lineCount = this.#recordLastLine - this.#recordLine + 1;
    const isPlain = this.#gaps.length === 0 && !(this.#crlf && view.lineCount > 1);
    const body = isPlain
      ? null
      : plainBody(this.#buffer.bytes, this.#bodyStart, this.#recordEnd, this.#gaps, this.#crlf);
    view.bytes = body ?? this.#buffer.bytes;
    let bodyStart = body === null ? this.#bodyStart : 0;
    const bodyEnd = body === null ? this.#recordEnd : body.length;
    view.valueEnd = bodyEnd;

    let found = this.grammar.split(view, bodyStart, isCut);
    while (found === 'restarts') {
      const { restartAt } = this.grammar;
      this.#skipTo(body === null ? restartAt : this.#bodyStart + restartAt);
      bodyStart = this.grammar.begin(view, true);
      view.valueEnd = bodyEnd;
      found = this.grammar.split(view, bodyStart, isCut);
    }
    view.byteOffset = this.#buffer.byteOffset + this.#recordStart;
    view.byteLength = this.#recordEnd - this.#recordStart;
    const isAsItStands = !view.isTombstone && view.bytes === this.#buffer.bytes && view.valueEnd === bodyEnd;
    view.headBytes = isAsItStands ? view.valueStart - this.#recordStart : 0;
    this.#account(found === 'read');
    if (found === 'read') {
      if (isCut) this.sink.cutRecord(view);
      else this.sink.record(view);
    } else if (isCut) {
      this.#totals.unknownCutLine = view.line;
    } else {
      this.#counter.unreadable(view.line);
    }
    this.#recordStart = -1;
    if (this.#gaps.length > 0) this.#gaps = [];
    if (this.#openGaps.length > 0) this.#openGaps = [];
  }

  /** Sets aside what stands before `recordStart` on the record's line. */
  #skipTo(recordStart: number): void {
    if (this.#skipped.count++ === 0) this.#skipped.firstLine = this.#recordLine;
    this.#totals.setAsideBytes += recordStart - this.#recordStart;
    this.#recordStart = recordStart;
  }

  #account(isReadable: boolean): void {
    let own = this.#recordEnd - this.#recordStart;
    for (let i = 0; i < this.#gaps.length; i += 2) {
      own -= (this.#gaps[i + 1] as number) - (this.#gaps[i] as number);
    }
    this.#totals.lineEndBytes += this.#lineEndLength;
    if (isReadable) this.#totals.recordBytes += own;
    else this.#totals.setAsideBytes += own;
  }
}
