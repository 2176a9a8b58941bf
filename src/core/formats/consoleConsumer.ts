/**
 * `kafka-console-consumer` dumps, the modern layout (2.7 and later):
 *
 *     record = [timestamp S][partition S][offset S][delivery S][epoch S][headers S] key S value LF
 *
 * Nothing is escaped: a record starts where the whole prefix matches, and every other line that is no notice goes on
 * with the record before it. So keys and values may hold line breaks, and values the separator.
 */
import type { DumpLayout } from '../comparison.js';
import type { RecordView } from '../record.js';
import type { DumpScanner, RecordSink, ScanStart, ScanTotals } from './format.js';
import { noiseKind, processedCount } from './noise.js';
import { RecordPrefix } from './recordPrefix.js';

const LF = 0x0a;
const CR = 0x0d;
const utf8 = new TextEncoder();
const latin1 = new TextDecoder('latin1');

/** Distinct notices kept to be shown. */
const noiseTextsKept = 5;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Position of `wanted` in `bytes[start, end)`, or -1. `wanted` is not empty. */
export function findBytes(bytes: Uint8Array, wanted: Uint8Array, start: number, end: number): number {
  const first = wanted[0] as number;
  const last = end - wanted.length;
  for (let i = start; i <= last; i++) {
    if (bytes[i] !== first) continue;
    let k = 1;
    while (k < wanted.length && bytes[i + k] === wanted[k]) k++;
    if (k === wanted.length) return i;
  }
  return -1;
}

function equalBytes(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array | null): boolean {
  if (wanted === null || end - start !== wanted.length) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted[i]) return false;
  return true;
}

export class ConsoleConsumerScanner implements DumpScanner {
  readonly #separator: Uint8Array;
  readonly #nullLiteral: Uint8Array | null;
  readonly #prefix: RecordPrefix;
  readonly #hasHeaders: boolean;
  readonly #crlf: boolean;
  readonly #view: Writable<RecordView>;

  /** Bytes not yet given up: from the current record's start on. */
  #buffer: Uint8Array = new Uint8Array(0);
  #length = 0;
  /** Position in the dump of `#buffer[0]`. */
  #bufferOffset: number;
  #lineStart = 0;
  #searchFrom = 0;
  #line: number;

  /** The record being read: first byte, end of its prefix, end of what it holds so far; start -1 for none. */
  #recordStart = -1;
  #bodyStart = 0;
  #recordEnd = 0;
  /** Bytes of the line end behind the record's last line so far. */
  #lineEndLength = 0;
  #recordLine = 0;
  #recordLastLine = 0;
  /** Noise between the lines of the record: [start, end) pairs in `#buffer`, line ends included. */
  #gaps: number[] = [];
  /** Noise behind the record's last line so far; a gap only if the record goes on. */
  #openGaps: number[] = [];
  #afterException = false;

  readonly #noiseTexts = new Set<string>();
  readonly #totals: Writable<ScanTotals> = {
    lines: 0,
    continuationLines: 0,
    noiseLines: 0,
    firstNoiseLine: null,
    noiseTexts: [],
    unrecognizedLines: 0,
    firstUnrecognizedLine: null,
    unreadableRecords: 0,
    firstUnreadableLine: null,
    unknownCutLine: null,
    processedTotal: null,
    recordBytes: 0,
    setAsideBytes: 0,
    lineEndBytes: 0,
  };

  constructor(
    layout: DumpLayout,
    private readonly sink: RecordSink,
    start: ScanStart = { byteOffset: layout.bomLength, line: 1 },
  ) {
    this.#separator = utf8.encode(layout.separator ?? '');
    this.#nullLiteral = layout.nullLiteral === null ? null : utf8.encode(layout.nullLiteral);
    this.#prefix = new RecordPrefix(layout.columns, this.#separator);
    this.#hasHeaders = layout.columns.includes('headers');
    this.#crlf = layout.crlf;
    this.#bufferOffset = start.byteOffset;
    this.#line = start.line;
    this.#view = {
      ...{ bytes: this.#buffer, keyStart: 0, keyEnd: 0, valueStart: 0, valueEnd: 0, isKeyless: false },
      ...{ isTombstone: false, timestampType: 'none', timestamp: -1, partition: -1, offset: -1 },
      ...{ line: 0, lineCount: 0, byteOffset: 0, byteLength: 0 },
    };
  }

  push(chunk: Uint8Array): void {
    this.#append(chunk);
    const filled = this.#buffer.subarray(0, this.#length);
    for (;;) {
      const lineEnd = filled.indexOf(LF, this.#searchFrom);
      if (lineEnd < 0) {
        this.#searchFrom = this.#length;
        return;
      }
      this.#takeLine(lineEnd);
      this.#lineStart = this.#searchFrom = lineEnd + 1;
      this.#line++;
    }
  }

  end(): ScanTotals {
    if (this.#lineStart < this.#length) this.#takeUnfinishedLine();
    else this.#finishRecord(false);
    return { ...this.#totals, lines: this.#line - 1, noiseTexts: [...this.#noiseTexts] };
  }

  /** Makes room by dropping what lies before the current record, growing only when a record is larger than the buffer. */
  #append(chunk: Uint8Array): void {
    const keepFrom = this.#recordStart >= 0 ? this.#recordStart : this.#lineStart;
    if (this.#length + chunk.length > this.#buffer.length) {
      const kept = this.#length - keepFrom;
      let target = this.#buffer;
      if (kept + chunk.length > target.length) target = new Uint8Array(2 * (kept + chunk.length));
      target.set(this.#buffer.subarray(keepFrom, this.#length));
      this.#buffer = target;
      this.#bufferOffset += keepFrom;
      this.#length = kept;
      this.#lineStart -= keepFrom;
      this.#searchFrom -= keepFrom;
      if (this.#recordStart >= 0) {
        this.#recordStart -= keepFrom;
        this.#bodyStart -= keepFrom;
        this.#recordEnd -= keepFrom;
        this.#gaps = this.#gaps.map((at) => at - keepFrom);
        this.#openGaps = this.#openGaps.map((at) => at - keepFrom);
      }
    }
    this.#buffer.set(chunk, this.#length);
    this.#length += chunk.length;
  }

  /** Takes the line that ends in the LF at `lineEnd`. */
  #takeLine(lineEnd: number): void {
    const start = this.#lineStart;
    const stripped = this.#crlf && lineEnd > start && this.#buffer[lineEnd - 1] === CR ? 1 : 0;
    const end = lineEnd - stripped;
    if (this.#prefix.match(this.#buffer, start, end) === 'whole') {
      this.#finishRecord(false);
      this.#startRecord(start, end, 1 + stripped);
    } else if (this.#isNoise(start, end)) {
      this.#setNoiseAside(start, end, lineEnd + 1);
    } else if (this.#recordStart >= 0) {
      this.#continueRecord(end, 1 + stripped);
    } else {
      this.#setUnrecognizedAside(lineEnd + 1 - start);
    }
  }

  /** The last line has no line end: unless it is a notice, its record may be cut anywhere. */
  #takeUnfinishedLine(): void {
    const start = this.#lineStart;
    const end = this.#length;
    const match = this.#prefix.match(this.#buffer, start, end);
    if (match === 'whole') {
      this.#finishRecord(false);
      this.#startRecord(start, end, 0);
      this.#finishRecord(true);
    } else if (this.#isNoise(start, end)) {
      this.#finishRecord(false);
      this.#setNoiseAside(start, end, end);
    } else if (match === 'partial') {
      // The beginning of another record: the one before it is whole, what this one was nobody knows.
      this.#finishRecord(false);
      this.#totals.unknownCutLine = this.#line;
      this.#totals.setAsideBytes += end - start;
    } else if (this.#recordStart >= 0) {
      this.#continueRecord(end, 0);
      this.#finishRecord(true);
    } else {
      this.#setUnrecognizedAside(end - start);
    }
    this.#line++;
  }

  #isNoise(start: number, end: number): boolean {
    const kind = noiseKind(this.#buffer, start, end, this.#afterException);
    this.#afterException = kind === 'exception' || kind === 'stackFrame';
    return kind !== 'none';
  }

  #setNoiseAside(start: number, end: number, next: number): void {
    const totals = this.#totals;
    totals.noiseLines++;
    totals.firstNoiseLine ??= this.#line;
    totals.setAsideBytes += next - start;
    const text = latin1.decode(this.#buffer.subarray(start, end));
    if (this.#noiseTexts.size < noiseTextsKept) this.#noiseTexts.add(text);
    const count = processedCount(this.#buffer, start, end);
    if (count !== null) totals.processedTotal = { count, line: this.#line };
    if (this.#recordStart >= 0) this.#openGaps.push(start, next);
  }

  #setUnrecognizedAside(byteLength: number): void {
    this.#totals.unrecognizedLines++;
    this.#totals.firstUnrecognizedLine ??= this.#line;
    this.#totals.setAsideBytes += byteLength;
  }

  #startRecord(start: number, end: number, lineEndLength: number): void {
    const view = this.#view;
    const prefix = this.#prefix;
    view.timestampType = prefix.timestampType;
    view.timestamp = prefix.timestamp;
    view.partition = prefix.partition;
    view.offset = prefix.offset;
    this.#recordStart = start;
    this.#bodyStart = this.#prefix.end;
    this.#recordEnd = end;
    this.#lineEndLength = lineEndLength;
    this.#recordLine = this.#recordLastLine = this.#line;
    this.#afterException = false;
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

  #finishRecord(isCut: boolean): void {
    if (this.#recordStart < 0) return;
    const view = this.#view;
    view.line = this.#recordLine;
    view.lineCount = this.#recordLastLine - this.#recordLine + 1;
    view.byteOffset = this.#bufferOffset + this.#recordStart;
    view.byteLength = this.#recordEnd - this.#recordStart;
    const isPlain = this.#gaps.length === 0 && !(this.#crlf && view.lineCount > 1);
    const body = isPlain ? null : this.#plainBody();
    view.bytes = body ?? this.#buffer;
    const bodyStart = body === null ? this.#bodyStart : 0;
    view.valueEnd = body === null ? this.#recordEnd : body.length;

    const isReadable = this.#splitBody(bodyStart);
    this.#account(isReadable);
    if (isReadable && isCut) this.sink.cutRecord(view);
    else if (isReadable) this.sink.record(view);
    else if (isCut) this.#totals.unknownCutLine = view.line;
    else {
      this.#totals.unreadableRecords++;
      this.#totals.firstUnreadableLine ??= view.line;
    }
    this.#recordStart = -1;
    this.#gaps = [];
    this.#openGaps = [];
  }

  /** Finds headers, key and value in the record's body; false if a separator is missing. */
  #splitBody(bodyStart: number): boolean {
    const view = this.#view;
    view.keyStart = bodyStart;
    if (this.#hasHeaders) {
      const headersEnd = findBytes(view.bytes, this.#separator, bodyStart, view.valueEnd);
      if (headersEnd < 0) return false;
      view.keyStart = headersEnd + this.#separator.length;
    }
    view.keyEnd = findBytes(view.bytes, this.#separator, view.keyStart, view.valueEnd);
    if (view.keyEnd < 0) return false;
    view.valueStart = view.keyEnd + this.#separator.length;
    view.isKeyless = equalBytes(view.bytes, view.keyStart, view.keyEnd, this.#nullLiteral);
    view.isTombstone = equalBytes(view.bytes, view.valueStart, view.valueEnd, this.#nullLiteral);
    return true;
  }

  /** The record's bytes behind its prefix, without the noise between its lines and without a CR before any LF. */
  #plainBody(): Uint8Array {
    const body = new Uint8Array(this.#recordEnd - this.#bodyStart);
    let length = 0;
    let position = this.#bodyStart;
    const copyUntil = (end: number): void => {
      for (let i = position; i < end; i++) {
        const byte = this.#buffer[i] as number;
        if (this.#crlf && byte === CR && this.#buffer[i + 1] === LF) continue;
        body[length++] = byte;
      }
    };
    for (let i = 0; i < this.#gaps.length; i += 2) {
      copyUntil(this.#gaps[i] as number);
      position = this.#gaps[i + 1] as number;
    }
    copyUntil(this.#recordEnd);
    return body.subarray(0, length);
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
