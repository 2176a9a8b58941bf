/** The result page: takes what the host says, keeps what the reader chose, and draws. */
import { html, render, type TemplateResult } from 'lit';
import type { Interval, Timeline } from '../src/core/timeline.js';
import type { HostMessage, PageState, PairNames, ResultSummary, RowFilter } from '../src/editor/resultProtocol.js';
import { DifferenceTable } from './differenceTable.js';
import { Moments } from './format.js';
import { onHostMessage, type PageActions, post, savedPage, savePage } from './host.js';
import { noFilter, savedFor } from './pageState.js';
import { checksView } from './views/checks.js';
import { differencesView } from './views/differences.js';
import { keysView } from './views/keys.js';
import { ledgerView } from './views/ledger.js';
import { notesView, readingView, severalPartitionsView } from './views/notes.js';
import { timelineView } from './views/timeline.js';
import { verdictView } from './views/verdict.js';
import { cancelledView, emptyView, failedView, runningView } from './views/waiting.js';

/** A search waits this long for the next letter. */
const typingPauseMs = 120;
/** Scrolling is written down this often. */
const savePauseMs = 150;

class ResultPage implements PageActions {
  readonly #root: HTMLElement;
  readonly #table: DifferenceTable;
  readonly #requests = new Map<number, RowFilter>();
  #lastQuery = 0;
  #version = -1;
  #state: PageState | null = null;
  #moments = new Moments(null);
  #filter: RowFilter = noFilter;
  #timeline: Timeline | null = null;
  #zoom: Interval | null = null;
  #drawnWidth = 0;
  #typingTimer = 0;
  #saveTimer = 0;
  /** Where the page stood when it was hidden, until that is restored. */
  #wantedTop: number | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#table = new DifferenceTable(
      this,
      (filter, first, count) => this.#requestRows(filter, first, count),
      () => this.#onTableChanged(),
    );
  }

  start(): void {
    onHostMessage((message) => this.#receive(message));
    window.addEventListener('scroll', () => this.#saveSoon(), { passive: true });
    window.addEventListener('keydown', (event) => this.#onKey(event));
    new ResizeObserver(() => this.#onResize()).observe(this.#root);
    post({ type: 'ready', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  }

  command(command: Parameters<PageActions['command']>[0]): void {
    post({ type: 'command', command });
  }

  act(action: Parameters<PageActions['act']>[0], index: number): void {
    post({ type: 'difference', version: this.#version, action, index });
  }

  openLine(side: Parameters<PageActions['openLine']>[0], line: number): void {
    post({ type: 'openLine', version: this.#version, side, line });
  }

  read(action: Parameters<PageActions['read']>[0], side: Parameters<PageActions['read']>[1]): void {
    post({ type: 'reading', version: this.#version, action, side });
  }

  filter(change: Partial<RowFilter>): void {
    this.#filter = { ...this.#filter, ...change };
    clearTimeout(this.#typingTimer);
    const apply = (): void => this.#table.filter(this.#filter);
    if (change.search === undefined) apply();
    else this.#typingTimer = window.setTimeout(apply, typingPauseMs);
    this.#draw();
    this.#saveSoon();
  }

  zoom(within: Interval | null): void {
    this.#zoom = within;
    post({ type: 'timeline', version: this.#version, within });
    this.#saveSoon();
  }

  #receive(message: HostMessage): void {
    if (message.type === 'state') {
      const isNew = message.version !== this.#version;
      this.#version = message.version;
      this.#state = message.state;
      if (isNew && message.state.kind === 'done') this.#open(message.state.summary, message.state.pair);
      this.#draw();
      this.#restoreTop();
      if (isNew) this.#saveSoon();
    } else if (message.version === this.#version) {
      if (message.type === 'timeline') {
        this.#timeline = message.timeline;
        this.#draw();
      } else {
        const filter = this.#requests.get(message.query);
        this.#requests.delete(message.query);
        if (filter !== undefined) this.#table.receive(filter, message.page);
      }
    }
  }

  #open(summary: ResultSummary, pair: PairNames): void {
    const saved = savedFor(pair, savedPage());
    this.#requests.clear();
    this.#moments = new Moments(summary.times);
    this.#filter = saved?.filter ?? noFilter;
    this.#timeline = summary.timeline;
    this.#zoom = null;
    this.#wantedTop = saved?.pageTop ?? null;
    if (saved?.zoom != null) this.zoom(saved.zoom);
    if (summary.differences.total > 0) {
      this.#table.open(
        { sections: summary.differences.sections, moments: this.#moments },
        this.#filter,
        saved?.tableRow ?? 0,
      );
    }
  }

  #requestRows(filter: RowFilter, first: number, count: number): void {
    const query = ++this.#lastQuery;
    this.#requests.set(query, filter);
    post({ type: 'rows', version: this.#version, query, filter, first, count });
  }

  #onTableChanged(): void {
    this.#draw();
    this.#restoreTop();
    this.#saveSoon();
  }

  /** The page is as high as it was only when the table has its rows. */
  #restoreTop(): void {
    if (this.#wantedTop === null || this.#table.passing === null) return;
    window.scrollTo(0, this.#wantedTop);
    this.#wantedTop = null;
  }

  #saveSoon(): void {
    if (this.#saveTimer !== 0) return;
    this.#saveTimer = window.setTimeout(() => {
      this.#saveTimer = 0;
      this.#save();
    }, savePauseMs);
  }

  #save(): void {
    if (this.#state === null || this.#state.kind === 'empty') return;
    const { pair } = this.#state;
    const uris = { source: pair.source.uri, mirror: pair.mirror.uri };
    // Without a result nothing can have been chosen anew; the choices wait for it.
    const waiting = savedFor(pair, savedPage()) ?? { filter: noFilter, zoom: null, pageTop: 0, tableRow: 0 };
    const chosen = {
      filter: this.#filter,
      zoom: this.#zoom,
      pageTop: this.#wantedTop ?? window.scrollY,
      tableRow: this.#table.topPlace,
    };
    savePage({ ...(this.#state.kind === 'done' ? chosen : waiting), ...uris });
  }

  /** The editor's own search sees only the rows that are drawn. */
  #onKey(event: KeyboardEvent): void {
    const isFind = (event.ctrlKey || event.metaKey) && event.key === 'f';
    const isTyping = event.target instanceof HTMLInputElement;
    if (!isFind && (event.key !== '/' || isTyping)) return;
    const search = document.getElementById('search');
    if (!(search instanceof HTMLInputElement)) return;
    event.preventDefault();
    search.focus();
    search.select();
  }

  /** Only the chart is drawn for a width; everything else follows by itself. */
  #onResize(): void {
    if (contentWidth(this.#root) !== this.#drawnWidth) this.#draw();
  }

  #draw(): void {
    if (this.#state !== null) render(this.#view(this.#state), this.#root);
  }

  #view(state: PageState): TemplateResult {
    switch (state.kind) {
      case 'empty':
        return emptyView(this);
      case 'running':
        return runningView(state, this);
      case 'failed':
        return failedView(state, this);
      case 'cancelled':
        return cancelledView(state, this);
      case 'done':
        return this.#resultView(state.summary, state.pair);
    }
  }

  #resultView(summary: ResultSummary, pair: PairNames): TemplateResult {
    const filter = this.#filter;
    const moments = this.#moments;
    const width = contentWidth(this.#root);
    this.#drawnWidth = width;
    return html`
      ${verdictView(summary, pair, this)} ${ledgerView(summary.ledger, this)} ${keysView(summary, filter, this)}
      ${checksView(summary.checks)}
      ${
        this.#timeline === null
          ? ''
          : timelineView({ timeline: this.#timeline, zoom: this.#zoom, filter, moments, width }, this)
      }
      ${differencesView(
        {
          differences: summary.differences,
          filter,
          passing: this.#table.passing,
          moments,
          table: this.#table.element,
        },
        this,
      )}
      ${severalPartitionsView(summary.severalPartitions, this)} ${notesView(summary.notes, this)}
      ${readingView(summary, moments, this)}
    `;
  }
}

function contentWidth(element: HTMLElement): number {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return Math.floor(element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight));
}

const root = document.getElementById('page');
if (root !== null) new ResultPage(root).start();
