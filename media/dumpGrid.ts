/**
 * The rows of a dump view: draws those in sight, loads what comes next, scrolls. A scrollbar of its own stands for the
 * whole dump, by bytes, since no element may be as high as all rows of 10 GB; the wheel and the keys move by rows.
 */
import { html, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DumpInfo, DumpViewPage, SearchText } from '../src/editor/dumpViewProtocol.js';
import { LoadedPages, type LoadedRow } from './dumpPages.js';
import { dumpRowCells, type RowColumn, rowColumns } from './views/dumpRow.js';

export interface GridPartners {
  requestPages(query: number, place: 'near' | 'from' | 'before', at: number): void;
  requestLine(at: number): void;
  onMark(index: number): void;
  /** Another row is the active one. */
  onMove(): void;
  /** The active row is to be shown in full. */
  onOpen(): void;
  onScroll(): void;
}

/** What the answer to a request is for. */
type Purpose = 'add' | 'scroll' | 'reload';

/** Below the limit of every engine at every zoom. */
const maxScrollHeight = 12_000_000;
/** Where a row that was jumped to stands, as a share of the height. */
const jumpHeight = 0.3;

export class DumpGrid {
  readonly element = document.createElement('div');
  readonly #viewport = document.createElement('div');
  readonly #scrollbar = document.createElement('div');
  readonly #scrolled = document.createElement('div');
  readonly #pages: LoadedPages;
  readonly #columns: readonly RowColumn[];
  readonly #partners: GridPartners;
  readonly #dump: DumpInfo;
  #search: SearchText;
  #activeByte: number;
  #lastQuery = 0;
  readonly #requests = new Map<number, Purpose>();
  /** Where the scrollbar was dragged to while another place was on its way. */
  #scrollTarget: number | null = null;
  /** Set by us, so that it is told from the reader's scrolling. */
  #scrollTop = -1;
  #drawRequested = false;

  constructor(dump: DumpInfo, search: SearchText, partners: GridPartners) {
    this.#dump = dump;
    this.#search = search;
    this.#partners = partners;
    this.#pages = new LoadedPages(dump);
    this.#columns = rowColumns(dump.columns);
    this.#activeByte = dump.start;
    this.element.className = 'dump';
    this.#viewport.className = 'viewport';
    this.#scrollbar.className = 'scrollbar';
    this.#scrollbar.tabIndex = -1;
    this.#scrollbar.setAttribute('aria-hidden', 'true');
    this.#scrollbar.append(this.#scrolled);
    this.element.append(this.#viewport, this.#scrollbar);
    this.element.style.setProperty('--columns', this.#columns.map(({ width }) => width).join(' '));
    this.#viewport.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
    this.#viewport.addEventListener('keydown', (event) => this.#onKey(event));
    this.#scrollbar.addEventListener('scroll', () => this.#onScrollbar());
    new ResizeObserver(() => this.drawSoon()).observe(this.element);
  }

  /** First byte of the active row. */
  get activeByte(): number {
    return this.#activeByte;
  }

  get activeRow(): LoadedRow | undefined {
    const found = this.#pages.rows[this.#pages.indexOf(this.#activeByte)];
    return found?.row.byteOffset === this.#activeByte ? found : undefined;
  }

  get topByte(): number {
    return this.#pages.topByte;
  }

  focus(): void {
    this.#viewport.querySelector<HTMLElement>('[role=grid]')?.focus();
  }

  search(search: SearchText): void {
    this.#search = search;
    this.reload();
  }

  /** Fetches the rows in sight anew: they are marked, or cut, in another way. */
  reload(): void {
    if (this.#pages.rows.length > 0) this.#request('reload', 'near', this.topByte);
  }

  jump(pages: readonly DumpViewPage[], byteOffset: number): void {
    this.#forgetRequests();
    this.#measure();
    this.#pages.replace(pages, byteOffset, jumpHeight);
    this.#activeByte = this.#pages.rows[this.#pages.indexOf(byteOffset)]?.row.byteOffset ?? byteOffset;
    this.#draw();
  }

  receive(query: number, pages: readonly DumpViewPage[]): void {
    const purpose = this.#requests.get(query);
    this.#requests.delete(query);
    if (purpose === undefined) return;
    if (purpose === 'add') for (const page of pages) this.#pages.add(page);
    else {
      const at = purpose === 'reload' ? this.topByte : (pages.at(-1)?.byteOffset ?? this.#dump.start);
      this.#forgetRequests();
      this.#pages.replace(pages, at, 0);
    }
    const target = this.#scrollTarget;
    this.#scrollTarget = null;
    if (target !== null) this.#request('scroll', 'near', target);
    this.#draw();
  }

  setLine(at: number, line: number): void {
    this.#pages.setLine(at, line);
    this.drawSoon();
  }

  /** @param counted bytes up to which lines are known by now */
  askForLines(counted: number): void {
    const at = this.#pages.unnumbered;
    if (at !== null && at <= counted) this.#partners.requestLine(at);
  }

  /** Once a frame, however often it is asked for. */
  drawSoon(): void {
    if (this.#drawRequested) return;
    this.#drawRequested = true;
    requestAnimationFrame(() => {
      this.#drawRequested = false;
      this.#draw();
    });
  }

  #draw(): void {
    this.#measure();
    const { first, end, top } = this.#pages.inSight();
    const rows = this.#pages.rows.slice(first, end);
    const isActiveInSight = rows.some(({ row }) => row.byteOffset === this.#activeByte);
    render(
      html`
        <div
          role="grid"
          class="dump-grid"
          tabindex="0"
          aria-label=${`Records of ${this.#dump.name}`}
          aria-rowcount="-1"
          aria-colcount=${this.#columns.length}
          aria-activedescendant=${isActiveInSight ? `row-${this.#activeByte}` : ''}
        >
          <div role="rowgroup" class="dump-head">
            <div role="row" class="dump-row">
              ${this.#columns.map(({ title, id }) => html`<div role="columnheader" class=${`cell-${id}`}>${title}</div>`)}
            </div>
          </div>
          <div role="rowgroup" class="dump-rows" .style=${`transform:translateY(${top}px)`}>
            ${repeat(
              rows,
              ({ row }) => row.byteOffset,
              (row) => this.#rowView(row),
            )}
          </div>
        </div>
      `,
      this.#viewport,
    );
    this.#syncScrollbar();
    if (![...this.#requests.values()].includes('add')) {
      for (const { place, at } of this.#pages.missing()) this.#request('add', place, at);
    }
    this.#partners.onScroll();
  }

  #rowView(loaded: LoadedRow): TemplateResult {
    const { byteOffset } = loaded.row;
    const isActive = byteOffset === this.#activeByte;
    const kind = loaded.mark === null ? '' : ` marked kind-${loaded.mark.kind}`;
    return html`
      <div
        role="row"
        id=${`row-${byteOffset}`}
        class=${`dump-row${isActive ? ' active' : ''}${kind}`}
        aria-selected=${isActive}
        @click=${() => this.#activate(byteOffset)}
        @dblclick=${() => this.#partners.onOpen()}
      >
        ${dumpRowCells(loaded, this.#columns, this.#search, (index) => this.#partners.onMark(index))}
      </div>
    `;
  }

  #activate(byteOffset: number): void {
    if (byteOffset === this.#activeByte) return;
    this.#activeByte = byteOffset;
    this.drawSoon();
    this.#partners.onMove();
  }

  #measure(): void {
    const style = getComputedStyle(this.element);
    const rowHeight = Number.parseFloat(style.getPropertyValue('--dump-row-height')) || 22;
    this.#pages.rowHeight = rowHeight;
    this.#pages.viewportHeight = Math.max(rowHeight, this.#viewport.clientHeight - rowHeight);
  }

  #request(purpose: Purpose, place: 'near' | 'from' | 'before', at: number): void {
    const query = ++this.#lastQuery;
    this.#requests.set(query, purpose);
    this.#partners.requestPages(query, place, at);
  }

  /** The rows are replaced: pages that would join on to the old ones are of no use. */
  #forgetRequests(): void {
    this.#requests.clear();
    this.#scrollTarget = null;
  }

  /** The bar is as long as the rows would be, on average, up to what an element may be. */
  #syncScrollbar(): void {
    const rows = this.#dump.bytes / this.#pages.bytesPerRow;
    const height = Math.min(maxScrollHeight, Math.ceil(rows * this.#pages.rowHeight) + this.#pages.rowHeight);
    this.#scrolled.style.height = `${height}px`;
    const room = this.#scrollbar.scrollHeight - this.#scrollbar.clientHeight;
    this.#scrollTop = Math.round(this.#pages.share * room);
    if (Math.abs(this.#scrollbar.scrollTop - this.#scrollTop) > 1) this.#scrollbar.scrollTop = this.#scrollTop;
  }

  #onScrollbar(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scrollbar;
    if (Math.abs(scrollTop - this.#scrollTop) <= 1) return;
    this.#scrollTop = scrollTop;
    const share = scrollTop / Math.max(1, scrollHeight - clientHeight);
    const target = share > 0.9999 ? this.#dump.bytes : Math.floor(share * this.#dump.bytes);
    // One place at a time; of those passed over meanwhile, only the last one is of interest.
    if ([...this.#requests.values()].includes('scroll')) this.#scrollTarget = target;
    else this.#request('scroll', 'near', target);
  }

  #onWheel(event: WheelEvent): void {
    if (event.ctrlKey) return;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? this.#pages.rowHeight : 1;
    if (!this.#pages.scrollBy(event.deltaY * unit)) return;
    event.preventDefault();
    this.drawSoon();
  }

  #onKey(event: KeyboardEvent): void {
    const rows = this.#pages.rows;
    const at = this.#pages.indexOf(this.#activeByte);
    const page = Math.max(1, Math.floor(this.#pages.viewportHeight / this.#pages.rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const step = steps[event.key];
    if (step !== undefined) {
      const index = Math.min(Math.max(0, at + step), rows.length - 1);
      this.#pages.reveal(index);
      this.#activate(rows[index]?.row.byteOffset ?? this.#activeByte);
    } else if (event.key === 'Home' || event.key === 'End') {
      this.#request('scroll', 'near', event.key === 'Home' ? 0 : this.#dump.bytes);
    } else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
      this.#partners.onOpen();
    } else return;
    event.preventDefault();
  }
}
