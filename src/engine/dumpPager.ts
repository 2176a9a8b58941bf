/**
 * Reads a dump of any size in pages of whole records, from any position in either direction: what a view of it shows.
 * A page is read by position and parsed by the scanner of the dump's format; memory does not depend on the dump.
 *
 * Records are found again in the middle of a dump because every scanner may start at one: it sets aside whatever comes
 * before the first. What belongs to no record (notices of tools, a header) is handed out line by line.
 */
import type { DumpLayout } from '../core/comparison.js';
import { createScanner } from '../core/formats/scanner.js';
import type { RecordLocation, RecordView } from '../core/record.js';
import type { DumpFile } from './dumpReader.js';
import { countLineEnds, lineEndsIn } from './lineIndex.js';

/** Rows that follow each other without a gap, of which the first starts at `byteOffset`. */
export interface DumpPage<Row> {
  readonly byteOffset: number;
  /** Where the next page starts; the size of the dump behind its last one. */
  readonly end: number;
  /** Line ends from `byteOffset` up to `end`. */
  readonly lineEnds: number;
  readonly rows: readonly Row[];
}

/** Makes what a view shows of a record or a line. `line` of a location is the number of lines before it in its page. */
export interface RowMaker<Row> {
  /** @param location differs from the view's own where the record is too long to be read whole */
  record(view: RecordView, location: RecordLocation): Row;
  /** A line, `bytes` without its line end, that belongs to no record. */
  line(bytes: Uint8Array, location: RecordLocation): Row;
}

/** Bytes of the first try; a page holds at least one record, whatever it takes. */
const pageBytes = 1 << 16;
/** A record of which no end is found within this many bytes is read no further. */
const longestBytes = 1 << 22;
const maxRows = 1000;
/** Bytes behind a position in which the beginning of its record is sure to be recognized. */
const prefixBytes = 1 << 13;

const LF = 0x0a;
export class DumpPager<Row> {
  /** @param layout null for a dump that is no known format: its lines are shown */
  constructor(
    private readonly file: DumpFile,
    private readonly layout: DumpLayout | null,
    private readonly maker: RowMaker<Row>,
  ) {}

  /** The first byte that may belong to a record. */
  get start(): number {
    return this.layout?.bomLength ?? 0;
  }

  /** The page that starts at a position, which must be one where a page or a record starts. Empty at the end. */
  async from(byteOffset: number): Promise<DumpPage<Row>> {
    const { bytes: size } = this.file;
    if (byteOffset >= size) return { byteOffset: size, end: size, lineEnds: 0, rows: [] };
    for (let length = pageBytes; length <= longestBytes; length *= 4) {
      const bytes = await this.file.readExactly(byteOffset, Math.min(length, size - byteOffset));
      const parsed = this.#parse(bytes, byteOffset, { isAtStart: true, isAtEnd: byteOffset + bytes.length === size });
      if (parsed.rows.length === 0 && parsed.end < size) continue;
      const end = parsed.starts[maxRows] ?? parsed.end;
      const lineEnds = lineEndsIn(bytes.subarray(0, end - byteOffset));
      return { byteOffset, end, lineEnds, rows: parsed.rows.slice(0, maxRows) };
    }
    return this.#longRecord(byteOffset, await this.#firstStart(byteOffset + longestBytes));
  }

  /** The page that ends where the one at `byteOffset` starts. Empty at the start of the dump. */
  async before(byteOffset: number): Promise<DumpPage<Row>> {
    if (byteOffset <= this.start) return { byteOffset, end: byteOffset, lineEnds: 0, rows: [] };
    for (let length = pageBytes; length <= longestBytes; length *= 4) {
      const { bytes, from, isAtStart } = await this.#readBack(byteOffset - length, byteOffset);
      const starts = this.#starts(bytes, from, isAtStart);
      if (starts.length === 0 && !isAtStart) continue;
      const first = starts.at(-maxRows) ?? starts[0] ?? from;
      const shown = bytes.subarray(first - from);
      const { rows } = this.#parse(shown, first, { isAtStart: true, isAtEnd: true });
      return { byteOffset: first, end: byteOffset, lineEnds: lineEndsIn(shown), rows };
    }
    return this.#longRecord(await this.#lastStart(byteOffset - longestBytes), byteOffset);
  }

  /** Where the record, or the line outside of records, that a byte belongs to starts. */
  async startOf(byteOffset: number): Promise<number> {
    const { bytes: size } = this.file;
    const position = Math.min(Math.max(this.start, byteOffset), Math.max(this.start, size - 1));
    for (let length = pageBytes; length <= longestBytes; length *= 4) {
      const found = await this.#lastStartIn(position - length, position);
      if (found !== null) return found;
      if (position - length <= this.start) return this.start;
    }
    return this.#lastStart(position - longestBytes);
  }

  /** Going back from a position in which no record starts nearby. */
  async #lastStart(position: number): Promise<number> {
    for (let at = position; at > this.start; at -= longestBytes - prefixBytes) {
      const found = await this.#lastStartIn(at - longestBytes, at);
      if (found !== null) return found;
    }
    return this.start;
  }

  /** The last start from `from` up to `position`; null if none is there. */
  async #lastStartIn(from: number, position: number): Promise<number | null> {
    const end = Math.min(this.file.bytes, position + prefixBytes);
    const { bytes, from: start, isAtStart } = await this.#readBack(from, end);
    const starts = this.#starts(bytes, start, isAtStart);
    return starts.findLast((each) => each <= position) ?? null;
  }

  /** The first start from `position` on; the end of the dump if there is none. */
  async #firstStart(position: number): Promise<number> {
    const { bytes: size } = this.file;
    for (let at = position; at < size; at += longestBytes - prefixBytes) {
      const { bytes, from } = await this.#readBack(at, Math.min(size, at + longestBytes));
      const first = this.#starts(bytes, from, false)[0];
      if (first !== undefined) return first;
    }
    return size;
  }

  /** The bytes up to `end`, from the first line start at or behind `from` on. */
  async #readBack(from: number, end: number): Promise<{ bytes: Uint8Array; from: number; isAtStart: boolean }> {
    const isAtStart = from <= this.start;
    const start = Math.max(this.start, from);
    const bytes = await this.file.readExactly(start, Math.max(0, end - start));
    if (isAtStart) return { bytes, from: start, isAtStart };
    const lineEnd = bytes.indexOf(LF);
    const skipped = lineEnd < 0 ? bytes.length : lineEnd + 1;
    return { bytes: bytes.subarray(skipped), from: start + skipped, isAtStart };
  }

  /** Where rows start in bytes that may end anywhere. */
  #starts(bytes: Uint8Array, byteOffset: number, isAtStart: boolean): number[] {
    const starts: number[] = [];
    const take = ({ byteOffset: start }: { readonly byteOffset: number }): void => {
      starts.push(start);
    };
    const pager = new DumpPager(this.file, this.layout, {
      record: (_view, location) => take(location),
      line: (_bytes, location) => take(location),
    });
    pager.#parse(bytes, byteOffset, { isAtStart, isAtEnd: true });
    return starts;
  }

  /**
   * The rows in bytes that begin at a line.
   * @param limits `isAtStart`: a row starts with the first byte, so that none is left out. `isAtEnd`: a row ends with
   *   the last byte; otherwise the last one may be cut, and is left out
   */
  #parse(bytes: Uint8Array, byteOffset: number, limits: { isAtStart: boolean; isAtEnd: boolean }): Rows<Row> {
    const rows: Row[] = [];
    const starts: number[] = [];
    let end = byteOffset;
    let lineEnds = 0;
    // Lines outside of records are told from the end of a record that began before only where a row starts.
    let isInside = limits.isAtStart || this.layout === null;
    const at = (position: number): number => position - byteOffset;

    const addLines = (until: number): void => {
      // Between the records of a list stand commas and white space, which say nothing.
      if (isPunctuation(bytes, at(end), at(until))) {
        lineEnds += lineEndsIn(bytes.subarray(at(end), at(until)));
        end = until;
      }
      while (end < until) {
        const found = bytes.subarray(0, at(until)).indexOf(LF, at(end));
        if (found < 0 && at(until) === bytes.length && !limits.isAtEnd) return;
        const lineEnd = found < 0 ? at(until) : found;
        const line = bytes.subarray(at(end), lineEnd);
        starts.push(end);
        rows.push(this.maker.line(line, { byteOffset: end, byteLength: line.length, line: lineEnds, lineCount: 1 }));
        if (found >= 0) lineEnds++;
        end = byteOffset + Math.min(lineEnd + 1, at(until));
      }
    };
    const addRecord = (view: RecordView): void => {
      const { byteOffset: start, byteLength, lineCount } = view;
      if (isInside) addLines(start);
      isInside = true;
      starts.push(start);
      rows.push(this.maker.record(view, { byteOffset: start, byteLength, line: lineEnds, lineCount }));
      const lineEnd = bytes.indexOf(LF, at(start + byteLength));
      const isOwn = lineEnd >= 0 && isPunctuation(bytes, at(start + byteLength), lineEnd);
      end = isOwn ? byteOffset + lineEnd + 1 : start + byteLength;
      lineEnds += lineCount - 1 + (isOwn ? 1 : 0);
    };
    if (this.layout !== null) {
      const scanner = createScanner(this.layout, { record: addRecord, cutRecord: addRecord }, { byteOffset, line: 1 });
      scanner.push(bytes);
      if (limits.isAtEnd) scanner.end();
    }
    if (this.layout === null || (limits.isAtEnd && isInside)) addLines(byteOffset + bytes.length);
    return { rows, starts, end };
  }

  /** A page of the one record that is too long to be read whole. */
  async #longRecord(byteOffset: number, end: number): Promise<DumpPage<Row>> {
    const bytes = await this.file.readExactly(byteOffset, Math.min(longestBytes, end - byteOffset));
    const lineEnds = await countLineEnds(this.file, byteOffset, end);
    const location = { byteOffset, byteLength: end - byteOffset, line: 0, lineCount: Math.max(1, lineEnds) };
    const rows: Row[] = [];
    const take = (view: RecordView): void => {
      if (rows.length === 0) rows.push(this.maker.record(view, location));
    };
    if (this.layout !== null) {
      const scanner = createScanner(this.layout, { record: take, cutRecord: take }, { byteOffset, line: 1 });
      scanner.push(bytes);
      scanner.end();
    }
    if (rows.length === 0) rows.push(this.maker.line(bytes, location));
    return { byteOffset, end, lineEnds, rows };
  }
}

/** Rows as they were parsed, where each starts, and where the next one would. */
interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly starts: readonly number[];
  readonly end: number;
}

function isPunctuation(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= 16 && /^[\s,[\]]*$/.test(String.fromCharCode(...bytes.subarray(start, end)));
}
