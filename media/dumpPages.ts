/**
 * The part of a dump that is loaded: pages that follow each other, scrolled by pixels, and what to load next. The dump
 * may be of any size: only what is near the place that is looked at is kept. Arithmetic alone, nothing is drawn here.
 */
import type { DumpRow, DumpViewPage, RowMark } from '../src/editor/dumpViewProtocol.js';

export interface LoadedRow {
  readonly row: DumpRow;
  /** 1-based; null while it is not known. */
  readonly line: number | null;
  readonly mark: RowMark | null;
}

/** The dump's bytes that rows can start in. */
export interface DumpExtent {
  readonly start: number;
  readonly bytes: number;
}

export interface PageRequest {
  readonly place: 'from' | 'before';
  readonly at: number;
}

/** Rows kept; what is farther from the place looked at is loaded again when it is needed. */
const maxRows = 6000;
/** Rows loaded ahead of those in sight. */
const rowsAhead = 120;

export class LoadedPages {
  readonly #extent: DumpExtent;
  #pages: DumpViewPage[] = [];
  #rows: readonly LoadedRow[] = [];
  /** Pixels from the first loaded row to the top of what is in sight. */
  #top = 0;
  rowHeight = 22;
  viewportHeight = 0;

  constructor(extent: DumpExtent) {
    this.#extent = extent;
  }

  get rows(): readonly LoadedRow[] {
    return this.#rows;
  }

  get #isAtStart(): boolean {
    return this.#pages.length === 0 || (this.#pages[0] as DumpViewPage).byteOffset <= this.#extent.start;
  }

  get #isAtEnd(): boolean {
    return this.#pages.length === 0 || (this.#pages.at(-1) as DumpViewPage).end >= this.#extent.bytes;
  }

  /** Shows other pages, with the row that holds a byte at a share of the height from the top. */
  replace(pages: readonly DumpViewPage[], byteOffset: number, height: number): void {
    this.#pages = pages.filter(({ byteOffset: start, end }) => end > start);
    this.#changed();
    const room = Math.floor((height * this.viewportHeight) / this.rowHeight) * this.rowHeight;
    this.#top = Math.max(0, this.indexOf(byteOffset)) * this.rowHeight - room;
    this.#clamp();
  }

  /** Takes a page that was asked for; one that no longer joins on is left. */
  add(page: DumpViewPage): void {
    const [first, last] = [this.#pages[0], this.#pages.at(-1)];
    if (first === undefined || last === undefined || page.end === page.byteOffset) return;
    if (page.byteOffset === last.end) this.#pages.push(page);
    else if (page.end === first.byteOffset) {
      this.#pages.unshift(page);
      this.#top += page.rows.length * this.rowHeight;
    } else return;
    this.#forgetFarPages();
    this.#changed();
  }

  /** Whether there was anything to scroll. */
  scrollBy(pixels: number): boolean {
    const before = this.#top;
    this.#top += pixels;
    this.#clamp();
    return this.#top !== before;
  }

  /** Scrolls as little as is needed to see a row. */
  reveal(index: number): void {
    const lowest = (index + 1) * this.rowHeight - this.viewportHeight;
    this.#top = Math.max(lowest, Math.min(this.#top, index * this.rowHeight));
    this.#clamp();
  }

  /** Position among the loaded rows of the one that holds a byte; the first for what is before all, -1 without rows. */
  indexOf(byteOffset: number): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#rows[middle] as LoadedRow).row.byteOffset <= byteOffset) low = middle + 1;
      else high = middle;
    }
    return this.#rows.length === 0 ? -1 : Math.max(0, low - 1);
  }

  /** The rows in sight, with `top`, the pixels from the top of the view to the first of them. */
  inSight(): { readonly first: number; readonly end: number; readonly top: number } {
    const first = Math.max(0, Math.floor(this.#top / this.rowHeight));
    const end = Math.min(this.#rows.length, Math.ceil((this.#top + this.viewportHeight) / this.rowHeight));
    return { first, end: Math.max(first, end), top: first * this.rowHeight - this.#top };
  }

  /** Pages that will be needed soon. */
  missing(): PageRequest[] {
    const { first, end } = this.inSight();
    const [firstPage, lastPage] = [this.#pages[0], this.#pages.at(-1)];
    if (firstPage === undefined || lastPage === undefined) return [];
    return [
      ...(first < rowsAhead && !this.#isAtStart ? [{ place: 'before' as const, at: firstPage.byteOffset }] : []),
      ...(end + rowsAhead > this.#rows.length && !this.#isAtEnd ? [{ place: 'from' as const, at: lastPage.end }] : []),
    ];
  }

  /** First byte of the row at the top. */
  get topByte(): number {
    return this.#rows[this.inSight().first]?.row.byteOffset ?? this.#extent.start;
  }

  /** How far down the dump the view is: 0 at its start, 1 at its end. */
  get share(): number {
    const { first, end } = this.inSight();
    if (this.#rows.length === 0 || (first === 0 && this.#top <= 0 && this.#isAtStart)) return 0;
    if (end === this.#rows.length && this.#isAtEnd) return 1;
    return Math.min(0.9999, Math.max(0.0001, this.topByte / this.#extent.bytes));
  }

  /** Bytes of a row, on average over what is loaded. */
  get bytesPerRow(): number {
    const [first, last] = [this.#pages[0], this.#pages.at(-1)];
    if (first === undefined || last === undefined || this.#rows.length === 0) return 100;
    return Math.max(1, (last.end - first.byteOffset) / this.#rows.length);
  }

  /** Where the first page of which no line is known starts; null if all are. */
  get unnumbered(): number | null {
    return this.#pages.find(({ firstLine }) => firstLine === null)?.byteOffset ?? null;
  }

  /** Line `line` is the one of the page that starts at this byte. */
  setLine(at: number, line: number): void {
    this.#pages = this.#pages.map((page) => (page.byteOffset === at ? { ...page, firstLine: line } : page));
    this.#changed();
  }

  #changed(): void {
    this.#pages = numbered(this.#pages);
    this.#rows = this.#pages.flatMap(({ rows, firstLine, marks }) => {
      const byPlace = new Map(marks.map((mark) => [mark.byteOffset, mark]));
      return rows.map((row) => ({
        row,
        line: firstLine === null ? null : firstLine + row.line,
        mark: byPlace.get(row.byteOffset) ?? null,
      }));
    });
  }

  #clamp(): void {
    const bottom = Math.max(0, this.#rows.length * this.rowHeight - this.viewportHeight);
    this.#top = Math.min(Math.max(0, this.#top), bottom);
  }

  #forgetFarPages(): void {
    let rows = this.#pages.reduce((sum, page) => sum + page.rows.length, 0);
    while (rows > maxRows && this.#pages.length > 2) {
      const above = this.#top;
      const below = rows * this.rowHeight - this.#top - this.viewportHeight;
      const dropped = (above > below ? this.#pages.shift() : this.#pages.pop()) as DumpViewPage;
      if (above > below) this.#top -= dropped.rows.length * this.rowHeight;
      rows -= dropped.rows.length;
    }
  }
}

/** Pages beside one whose line is known have theirs from it. */
function numbered(pages: readonly DumpViewPage[]): DumpViewPage[] {
  const result = [...pages];
  const follow = (from: number, step: 1 | -1): void => {
    const [known, next] = [result[from], result[from + step]];
    if (known?.firstLine == null || next === undefined || next.firstLine !== null) return;
    const firstLine = step === 1 ? known.firstLine + known.lineEnds : known.firstLine - next.lineEnds;
    result[from + step] = { ...next, firstLine };
  };
  for (let i = 0; i < result.length; i++) follow(i, 1);
  for (let i = result.length - 1; i >= 0; i--) follow(i, -1);
  return result;
}
