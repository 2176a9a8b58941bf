/**
 * The table of differing keys: draws only the rows in sight and fetches them as they come. It owns its element, so
 * that scrolling redraws the table and not the page.
 */
import { html, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SectionKind } from '../src/core/differenceGroups.js';
import { count } from '../src/core/words/numbers.js';
import type { DifferenceRow, RowFilter, RowPage, SectionSummary } from '../src/editor/resultProtocol.js';
import { exactMoment, type Moments } from './format.js';
import type { PageActions } from './host.js';
import { type RequestRows, RowCache } from './rowCache.js';
import { RowLayout } from './rowLayout.js';
import { columnTitles, rowCells } from './views/differenceRow.js';
import { contentHeight, type RowGeometry, scrollScale, scrollTopToShow, visibleRows } from './virtualRows.js';

const overscan = 6;

export interface TableContents {
  readonly sections: readonly SectionSummary[];
  readonly moments: Moments;
}

export class DifferenceTable {
  /** The scrolled box; it is in the page from the first result on. */
  readonly element = document.createElement('div');
  readonly #actions: PageActions;
  readonly #request: RequestRows;
  readonly #changed: () => void;
  #contents: TableContents | null = null;
  /** What is drawn, and what will be as soon as its first rows are here. */
  #rows: RowCache | null = null;
  #nextRows: RowCache | null = null;
  #layout = new RowLayout([]);
  /** The place of the row that has, or would get, the focus. */
  #activePlace = 0;
  /** The line to be scrolled to when the next rows arrive. */
  #wantedPlace = 0;
  #drawRequested = false;

  /** @param changed called when other rows pass than before, and when the table was scrolled */
  constructor(actions: PageActions, request: RequestRows, changed: () => void) {
    this.#actions = actions;
    this.#request = request;
    this.#changed = changed;
    this.element.className = 'table';
    this.element.addEventListener('scroll', () => {
      this.#drawSoon();
      changed();
    });
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
    this.element.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
    new ResizeObserver(() => this.#drawSoon()).observe(this.element);
  }

  /** Rows that pass the filter; null until it is known. */
  get passing(): number | null {
    return this.#rows === null ? null : this.#layout.rowCount;
  }

  /** The place at the top of the window, to come back to. */
  get topPlace(): number {
    if (this.#nextRows !== null) return this.#wantedPlace;
    return visibleRows(this.#geometry(), this.element.scrollTop).first;
  }

  /** Shows another comparison's rows. */
  open(contents: TableContents, filter: RowFilter, topPlace: number): void {
    this.#contents = contents;
    this.element.classList.toggle('has-dates', contents.moments.withDate);
    this.#rows = null;
    this.#layout = new RowLayout([]);
    this.filter(filter, topPlace);
  }

  /** The rows so far stay until the first new ones are here. */
  filter(filter: RowFilter, topPlace = 0): void {
    this.#nextRows = new RowCache(filter, this.#request);
    this.#wantedPlace = topPlace;
    this.#nextRows.want(topPlace, topPlace + 1);
  }

  receive(filter: RowFilter, page: RowPage): void {
    if (filter === this.#nextRows?.filter) {
      this.#rows = this.#nextRows;
      this.#nextRows = null;
      this.#layout = new RowLayout(page.sections);
      this.#activePlace = this.#layout.firstRow;
      this.#rows.receive(page);
      this.#draw();
      this.element.scrollTop = this.#wantedPlace === 0 ? 0 : this.#scrollTopAt(this.#wantedPlace);
      this.#drawSoon();
      this.#changed();
    } else if (filter === this.#rows?.filter) {
      this.#rows.receive(page);
      this.#drawSoon();
    }
  }

  #scrollTopAt(place: number): number {
    return scrollTopToShow(this.#geometry(), Number.POSITIVE_INFINITY, place);
  }

  /** Once a frame, however often it is asked for. */
  #drawSoon(): void {
    if (this.#drawRequested) return;
    this.#drawRequested = true;
    requestAnimationFrame(() => {
      this.#drawRequested = false;
      this.#draw();
    });
  }

  #draw(): void {
    const contents = this.#contents;
    const rows = this.#rows;
    if (contents === null || rows === null) return;
    const geometry = this.#geometry();
    const inSight = visibleRows(geometry, this.element.scrollTop, overscan);
    const hadFocus = this.element.contains(document.activeElement);
    const places = Array.from({ length: inSight.end - inSight.first }, (_, at) => inSight.first + at);
    const inSightRows = places.flatMap((place) => this.#layout.at(place).row ?? []);
    if (inSightRows.length > 0) rows.want(inSightRows[0] as number, (inSightRows.at(-1) as number) + 1);
    // The focus must not be lost because its row was scrolled out of sight.
    if (hadFocus && !places.includes(this.#activePlace) && this.#activePlace < this.#layout.placeCount) {
      places.push(this.#activePlace);
    }
    const topOf = (place: number): number =>
      Math.min(
        Math.max(0, inSight.top + (place - inSight.first) * geometry.rowHeight),
        contentHeight(geometry) - geometry.rowHeight,
      );
    render(
      html`
        <div
          class="grid"
          role="grid"
          aria-label="Differing keys"
          aria-rowcount=${this.#layout.rowCount + 1}
          aria-colcount=${columnTitles.length}
        >
          <div class="head" role="rowgroup">
            <div class="row" role="row" aria-rowindex="1">
              ${columnTitles.map((title) => html`<div role="columnheader">${title}</div>`)}
            </div>
          </div>
          <div class="rows" role="rowgroup" .style=${`height:${contentHeight(geometry)}px`}>
            ${repeat(
              places,
              (place) => place,
              (place) => this.#placeView(place, topOf(place), rows, contents),
            )}
          </div>
        </div>
      `,
      this.element,
    );
  }

  #placeView(place: number, top: number, rows: RowCache, contents: TableContents): TemplateResult {
    const style = `transform:translateY(${top}px)`;
    const found = this.#layout.at(place);
    if (found.section !== undefined) return sectionRow(found.section, found.count, style, contents);
    const row = rows.row(found.row);
    return html`
      <div
        class="row"
        role="row"
        data-place=${place}
        tabindex=${place === this.#activePlace ? 0 : -1}
        aria-rowindex=${found.row + 2}
        .style=${style}
        @focusin=${() => this.#activate(place)}
        @dblclick=${() => this.#compare(row)}
      >
        ${row === undefined ? html`<div role="gridcell" class="quiet">…</div>` : rowCells(row, contents.moments, this.#actions)}
      </div>
    `;
  }

  #compare(row: DifferenceRow | undefined): void {
    if (row !== undefined) this.#actions.act('diffValues', row.index);
  }

  #activate(place: number): void {
    if (place === this.#activePlace) return;
    this.#activePlace = place;
    this.#drawSoon();
  }

  #geometry(): RowGeometry {
    const style = getComputedStyle(this.element);
    const rowHeight = Number.parseFloat(style.getPropertyValue('--row-height')) || 24;
    const headHeight = Number.parseFloat(style.getPropertyValue('--head-height')) || 0;
    return {
      rowCount: this.#layout.placeCount,
      rowHeight,
      viewportHeight: Math.max(rowHeight, this.element.clientHeight - headHeight),
    };
  }

  /** On a compressed scale, one turn of the wheel would jump over rows. */
  #onWheel(event: WheelEvent): void {
    const scale = scrollScale(this.#geometry());
    if (scale === 1 || event.ctrlKey) return;
    const before = this.element.scrollTop;
    this.element.scrollTop = before + event.deltaY / scale;
    if (this.element.scrollTop !== before) event.preventDefault();
  }

  #onKey(event: KeyboardEvent): void {
    const focused = document.activeElement;
    const row = focused?.closest<HTMLElement>('[data-place]');
    if (!(focused instanceof HTMLElement) || row == null || event.ctrlKey || event.metaKey || event.altKey) return;
    const { viewportHeight, rowHeight } = this.#geometry();
    const rowsInSight = Math.max(2, Math.floor(viewportHeight / rowHeight));
    const target = this.#layout.placeAfterKey(event.key, this.#activePlace, rowsInSight);
    if (target !== null) {
      event.preventDefault();
      this.#focusRow(target, focused.dataset['action']);
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      event.preventDefault();
      const stops = [row, ...row.querySelectorAll<HTMLElement>('[data-action]')];
      stops[stops.indexOf(focused) + (event.key === 'ArrowRight' ? 1 : -1)]?.focus();
    } else if (event.key === 'Enter' && focused === row) {
      row.querySelector<HTMLElement>('[data-action=diffValues]')?.click();
    }
  }

  /** Focuses the row at a place or, if one of its buttons is meant, that, as far as the row has it. */
  #focusRow(place: number, action: string | undefined): void {
    this.#activePlace = place;
    this.element.scrollTop = scrollTopToShow(this.#geometry(), this.element.scrollTop, place);
    this.#draw();
    const row = this.element.querySelector<HTMLElement>(`[data-place="${place}"]`);
    const button = action === undefined ? null : row?.querySelector<HTMLElement>(`[data-action="${action}"]`);
    (button ?? row)?.focus({ preventScroll: true });
  }
}

function sectionRow(
  kind: SectionKind,
  rowCount: number,
  style: string,
  { sections, moments }: TableContents,
): TemplateResult {
  const section = sections.find((candidate) => candidate.kind === kind);
  return html`
    <div class="row section-row" role="row" .style=${style}>
      <div role="gridcell" aria-colspan=${columnTitles.length}>
        <strong>${section?.title}</strong>
        ${section?.end == null ? '' : html`<span title=${exactMoment(section.end)}>${moments.short(section.end)}</span>`}
        <span class="badge">${count(rowCount)}</span>
        <span class="quiet">${section?.meaning}</span>
      </div>
    </div>
  `;
}
