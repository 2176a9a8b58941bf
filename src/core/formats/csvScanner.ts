/**
 * CSV exports of user interfaces: a header row, then one row for each record. The last row of such a file has no line
 * end, so a row is cut only if columns are missing. The header row counts as line ends do.
 */

import type { Column, DumpFormat, DumpLayout } from '../comparison.js';
import type { RecordView } from '../record.js';
import { CR, LF, startsWith, toBytes } from './bytes.js';
import { type CsvRow, emptyRow, type RowReader, readRow, undoubleQuotes } from './csvRows.js';
import { type DumpScanner, oddities, type RecordSink, type ScanStart, type ScanTotals } from './format.js';
import { incomplete, malformed } from './jsonText.js';
import { readKafbatRow } from './kafbatRows.js';
import { emptyView } from './recordGrammar.js';
import { ReplacementFinder } from './replacementFinder.js';
import { ScanBuffer } from './scanBuffer.js';
import { TotalsCounter } from './scanTotals.js';
import { parseEpoch, parseIsoTime } from './timestampText.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Header rows, in the order of the columns. */
export const csvHeaders = {
  /** Kafbat UI and Provectus UI, see kafbatRows.ts. */
  'kafbat-csv': 'Value,Offset,Key,Partition,Headers,Timestamp',
  /**
   * Tools for Apache Kafka, a VS Code extension (consumerTableViewProvider.ts, `exportToCSV`): a field is quoted if it
   * has a comma, a quote or a line feed in it; null prints as nothing.
   */
  'vscode-kafka-csv': 'Key,Partition,Offset,Value,Headers',
} as const;

export type CsvFormat = keyof typeof csvHeaders;

export const csvFormats = Object.keys(csvHeaders) as readonly CsvFormat[];

export function isCsvFormat(format: DumpFormat): format is CsvFormat {
  return Object.hasOwn(csvHeaders, format);
}

export function csvColumns(format: CsvFormat): Column[] {
  return csvHeaders[format].split(',').map((name) => name.toLowerCase() as Column);
}

export class CsvScanner implements DumpScanner {
  readonly #buffer: ScanBuffer;
  /** The filled part of the buffer. */
  #bytes: Uint8Array = new Uint8Array(0);
  readonly #counter = new TotalsCounter();
  readonly #replacements = new ReplacementFinder();
  readonly #view: Writable<RecordView>;
  readonly #row: CsvRow = emptyRow();
  readonly #readRow: RowReader;
  readonly #header: Uint8Array;
  /** Whether an empty field is null. */
  readonly #emptyIsNull: boolean;
  /** Which field is what, -1 for none, and how many there are. */
  readonly #fields: Readonly<Record<'key' | 'value' | 'partition' | 'offset' | 'timestamp' | 'count', number>>;
  /** Whether an empty line may stand between rows. */
  readonly #canBeEmpty: boolean;
  readonly #firstLine: number;
  /** How far the buffer is done with. */
  #at = 0;
  #line: number;
  /** Length at which it is worth trying again to read the row at `#at`: twice what was too little. */
  #wantedLength = 0;
  #isPassingLine = false;
  #lastByte = LF;

  constructor(
    layout: DumpLayout,
    format: CsvFormat,
    private readonly sink: RecordSink,
    start: ScanStart = { byteOffset: layout.bomLength, line: 1 },
  ) {
    this.#buffer = new ScanBuffer(start.byteOffset);
    this.#readRow = format === 'kafbat-csv' ? readKafbatRow : readRow;
    this.#header = toBytes(csvHeaders[format]);
    this.#emptyIsNull = layout.nullLiteral === '';
    const field = (column: Column): number => layout.columns.indexOf(column);
    this.#fields = {
      ...{ key: field('key'), value: field('value') },
      ...{ partition: field('partition'), offset: field('offset'), timestamp: field('timestamp') },
      count: layout.columns.length,
    };
    this.#canBeEmpty = format !== 'kafbat-csv';
    this.#line = this.#firstLine = start.line;
    this.#view = emptyView();
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    const moved = this.#buffer.append(chunk, this.#at, this.#line);
    this.#bytes = this.#buffer.bytes.subarray(0, this.#buffer.length);
    this.#replacements.move(moved);
    this.#replacements.search(this.#bytes, this.#bytes.length);
    this.#at -= moved;
    this.#wantedLength -= moved;
    this.#lastByte = chunk[chunk.length - 1] as number;
    if (this.#bytes.length >= this.#wantedLength) this.#scan(false);
  }

  end(): ScanTotals {
    this.#scan(true);
    const lines = this.#line - this.#firstLine + (this.#lastByte === LF ? 0 : 1);
    return {
      ...this.#counter.totals,
      lines,
      oddities: oddities({ 'replacement-characters': this.#replacements.lines }),
    };
  }

  /** Takes what is there; stops short of a row that is not whole, unless nothing will follow. */
  #scan(isEnd: boolean): void {
    const bytes = this.#bytes;
    while (this.#at < bytes.length) {
      const start = this.#at;
      const frameEnd = this.#frameEnd(start, isEnd);
      if (this.#isPassingLine) this.#passLine();
      else if (frameEnd > start) this.#passFrame(frameEnd);
      else if (!this.#takeRow(isEnd)) return;
    }
  }

  /** @returns false if more bytes are needed */
  #takeRow(isEnd: boolean): boolean {
    const bytes = this.#bytes;
    const start = this.#at;
    const row = this.#row;
    const next = this.#readRow(bytes, start, isEnd, row);
    if (next === incomplete && !isEnd) {
      this.#wantedLength = start + 2 * (bytes.length - start);
      return false;
    }
    this.#wantedLength = 0;
    const isTooShort = row.count < this.#fields.count && next === bytes.length && this.#lastByte !== LF;
    if (next === malformed) this.#breakOff(start, row.errorAt);
    // The last field of a row that is too short may be cut itself.
    else if (next === incomplete || isTooShort) this.#cut(start, isTooShort ? row.count - 1 : row.count);
    else this.#deliver(start, next);
    return true;
  }

  #deliver(start: number, next: number): void {
    const { totals } = this.#counter;
    const { end } = this.#row;
    const lineFeeds = lineFeedsIn(this.#bytes, start, end);
    const hasReplacement = this.#replacements.isIn(this.#bytes, start, end);
    totals.lineEndBytes += next - end;
    if (this.#row.count === this.#fields.count && this.#fill(start, end, lineFeeds)) {
      totals.recordBytes += end - start;
      totals.continuationLines += lineFeeds;
      if (hasReplacement) this.#replacements.add(this.#line);
      this.sink.record(this.#view);
    } else {
      totals.setAsideBytes += end - start;
      this.#counter.unreadable(this.#line);
    }
    const hasLineEnd = next > end;
    this.#line += lineFeeds + (hasLineEnd ? 1 : 0);
    this.#at = next;
  }

  /** The dump ends within the row at `start`, of which `wholeFields` are there. */
  #cut(start: number, wholeFields: number): void {
    const bytes = this.#bytes;
    const { totals } = this.#counter;
    const lineFeeds = lineFeedsIn(bytes, start, bytes.length);
    this.#row.count = wholeFields;
    if (this.#fields.key < wholeFields) {
      this.#fill(start, bytes.length, lineFeeds);
      totals.recordBytes += bytes.length - start;
      totals.continuationLines += lineFeeds;
      this.sink.cutRecord(this.#view);
    } else {
      totals.setAsideBytes += bytes.length - start;
      totals.unknownCutLine = this.#line;
    }
    this.#line += lineFeeds;
    this.#at = bytes.length;
  }

  /** Sets aside the row that stops being CSV at `errorAt`, and the rest of that line. */
  #breakOff(start: number, errorAt: number): void {
    this.#counter.unreadable(this.#line);
    this.#counter.totals.setAsideBytes += errorAt - start;
    this.#line += lineFeedsIn(this.#bytes, start, errorAt);
    this.#at = errorAt;
    this.#isPassingLine = true;
  }

  #passLine(): void {
    const bytes = this.#bytes;
    const found = bytes.indexOf(LF, this.#at);
    const end = found < 0 ? bytes.length : found;
    this.#counter.totals.setAsideBytes += end - this.#at;
    this.#at = end;
    this.#isPassingLine = found < 0;
  }

  /** Fills in the view from the row; false if that is no record. Bytes of the row are changed by that. */
  #fill(start: number, end: number, lineFeeds: number): boolean {
    const row = this.#row;
    const view = this.#view;
    const fields = this.#fields;
    view.line = this.#line;
    view.lineCount = 1 + lineFeeds;
    view.byteOffset = this.#buffer.byteOffset + start;
    view.byteLength = end - start;
    view.bytes = this.#bytes;
    view.keyStart = row.starts[fields.key] as number;
    view.keyEnd = this.#plainEnd(fields.key);
    const hasValue = fields.value < row.count;
    view.valueStart = hasValue ? (row.starts[fields.value] as number) : view.keyEnd;
    view.valueEnd = hasValue ? this.#plainEnd(fields.value) : view.keyEnd;
    view.isKeyless = this.#emptyIsNull && view.keyEnd === view.keyStart;
    view.isTombstone = this.#emptyIsNull && hasValue && view.valueEnd === view.valueStart;
    view.partition = this.#number(fields.partition);
    view.offset = this.#number(fields.offset);
    view.timestamp = fields.timestamp < 0 || fields.timestamp >= row.count ? -1 : this.#time(fields.timestamp);
    view.timestampType = view.timestamp < 0 ? 'none' : 'CreateTime';
    return view.partition >= 0 && view.offset >= 0;
  }

  #plainEnd(field: number): number {
    const start = this.#row.starts[field] as number;
    const end = this.#row.ends[field] as number;
    return this.#row.areQuotesDoubled[field] ? undoubleQuotes(this.#bytes, start, end) : end;
  }

  #number(field: number): number {
    if (field >= this.#row.count) return -1;
    const [start, end] = [this.#row.starts[field] as number, this.#row.ends[field] as number];
    return parseEpoch(this.#bytes, start, end, 'milliseconds') ?? -1;
  }

  #time(field: number): number {
    return parseIsoTime(this.#bytes, this.#row.starts[field] as number, this.#row.ends[field] as number) ?? -1;
  }

  /** Position behind the header row or the empty line at `at`, or `at` itself if a row stands there. */
  #frameEnd(at: number, isEnd: boolean): number {
    const bytes = this.#bytes;
    const header = this.#header;
    const isHeader = startsWith(bytes, at, bytes.length, header);
    let end = isHeader ? at + header.length : at;
    if (bytes[end] === CR && (bytes[end + 1] === LF || (isEnd && end + 1 === bytes.length))) end++;
    if (bytes[end] === LF) end++;
    else if (isHeader && !(isEnd && end === bytes.length)) return at;
    // A value that is not quoted may begin with a line end.
    return isHeader || this.#canBeEmpty || (isEnd && end === bytes.length) ? end : at;
  }

  #passFrame(end: number): void {
    this.#counter.totals.lineEndBytes += end - this.#at;
    if (this.#bytes[end - 1] === LF) this.#line++;
    this.#at = end;
  }
}

function lineFeedsIn(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let i = bytes.indexOf(LF, start); i >= 0 && i < end; i = bytes.indexOf(LF, i + 1)) count++;
  return count;
}
