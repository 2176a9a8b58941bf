/** The page of a dump view: takes what the host reads, keeps where the reader is, and draws what is in sight. */
import { html, nothing, render, type TemplateResult } from 'lit';
import type {
  Direction,
  DumpInfo,
  DumpViewHostMessage,
  PageAction,
  RecordDetails,
  SearchState,
  SearchText,
} from '../src/editor/dumpViewProtocol.js';
import { DumpGrid } from './dumpGrid.js';
import { onHostMessage, post, savedPlace, savePlace } from './dumpHost.js';
import { type DetailsActions, detailsView, type ToolbarActions, toolbarView } from './views/dumpToolbar.js';

/** A search waits this long for the next letter. */
const typingPauseMs = 300;
/** The place is written down this often. */
const savePauseMs = 150;

class DumpView implements ToolbarActions, DetailsActions {
  readonly #root: HTMLElement;
  #grid: DumpGrid | null = null;
  #dump: DumpInfo | null = null;
  #search: SearchText = { text: '', matchCase: false };
  #found: SearchState | null = null;
  #differences = 0;
  #counted: number | null = null;
  #words = '';
  #details: RecordDetails | null = null;
  #typingTimer = 0;
  #saveTimer = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  start(): void {
    onHostMessage((message) => this.#receive(message));
    window.addEventListener('keydown', (event) => this.#onKey(event));
    post({ type: 'ready', at: savedPlace() });
  }

  search(change: Partial<SearchText>): void {
    this.#search = { ...this.#search, ...change };
    this.#found = null;
    clearTimeout(this.#typingTimer);
    post({ type: 'cancelSearch' });
    this.#grid?.search(this.#search);
    if (this.#search.text !== '') {
      // The match that is shown stays, if it still is one.
      this.#typingTimer = window.setTimeout(() => this.#find('next', (this.#grid?.activeByte ?? 0) - 1), typingPauseMs);
    }
    this.#draw();
  }

  find(direction: Direction): void {
    const row = this.#grid?.activeRow?.row;
    if (this.#search.text === '' || row === undefined) return;
    // One stop for each record, however often it holds the text.
    this.#find(direction, direction === 'next' ? row.byteOffset + Math.max(0, row.byteLength - 1) : row.byteOffset);
  }

  cancelSearch(): void {
    clearTimeout(this.#typingTimer);
    post({ type: 'cancelSearch' });
    this.#found = null;
    this.#draw();
  }

  goToLine(line: number): void {
    post({ type: 'goToLine', line });
  }

  goToDifference(direction: Direction): void {
    post({ type: 'difference', direction, from: this.#grid?.activeByte ?? -1 });
  }

  openValue(): void {
    const row = this.#grid?.activeRow?.row;
    if (row !== undefined) post({ type: 'openValue', byteOffset: row.byteOffset, byteLength: row.byteLength });
  }

  close(): void {
    this.#details = null;
    this.#draw();
    this.#grid?.focus();
  }

  #find(direction: Direction, from: number): void {
    clearTimeout(this.#typingTimer);
    post({ type: 'search', search: this.#search, direction, from: Math.max(-1, from) });
  }

  #receive(message: DumpViewHostMessage): void {
    switch (message.type) {
      case 'opened':
        this.#open(message.dump);
        break;
      case 'pages':
        this.#grid?.receive(message.query, message.pages);
        return;
      case 'jump':
        this.#words = message.words;
        this.#grid?.jump(message.pages, message.byteOffset);
        this.#afterMove();
        break;
      case 'line':
        this.#grid?.setLine(message.at, message.line);
        return;
      case 'counted': {
        const bytes = this.#dump?.bytes ?? 0;
        this.#counted = message.isDone || bytes === 0 ? null : Math.floor((100 * message.bytes) / bytes);
        this.#grid?.askForLines(message.bytes);
        break;
      }
      case 'search':
        this.#found = message.state;
        break;
      case 'details':
        if (message.details.byteOffset === this.#grid?.activeByte) this.#details = message.details;
        break;
      case 'differences':
        this.#differences = message.total;
        this.#grid?.reload();
        break;
      case 'act':
        this.#act(message.action);
        return;
      case 'failed':
        this.#words = message.message;
    }
    this.#draw();
  }

  #open(dump: DumpInfo): void {
    this.#dump = dump;
    this.#grid = new DumpGrid(dump, this.#search, {
      requestPages: (query, place, at) => post({ type: 'pages', query, place, at, search: this.#search }),
      requestLine: (at) => post({ type: 'line', at }),
      onMark: (index) => post({ type: 'diffValues', index }),
      onMove: () => this.#afterMove(),
      onOpen: () => this.#openDetails(),
      onScroll: () => this.#saveSoon(),
    });
    this.#draw();
  }

  /** Another row is the active one; an open record follows it. */
  #afterMove(): void {
    if (this.#details !== null) this.#openDetails();
    this.#saveSoon();
  }

  #openDetails(): void {
    const row = this.#grid?.activeRow?.row;
    if (row !== undefined) post({ type: 'details', byteOffset: row.byteOffset, byteLength: row.byteLength });
  }

  #act(action: PageAction): void {
    switch (action) {
      case 'find':
        focusInput('search');
        return;
      case 'goToLine':
        focusInput('line');
        return;
      case 'nextDifference':
        this.goToDifference('next');
        return;
      case 'previousDifference':
        this.goToDifference('previous');
    }
  }

  #onKey(event: KeyboardEvent): void {
    const isControl = event.ctrlKey || event.metaKey;
    if (event.key === 'F3') {
      event.preventDefault();
      this.find(event.shiftKey ? 'previous' : 'next');
    } else if (isControl && (event.key === 'f' || event.key === 'g')) {
      // VS Code's command for the key comes back a moment later, when the next letters may be typed already.
      event.preventDefault();
      focusInput(event.key === 'f' ? 'search' : 'line');
    } else if (event.key === 'Escape' && this.#details !== null && !(event.target instanceof HTMLInputElement)) {
      this.close();
    }
  }

  #saveSoon(): void {
    if (this.#saveTimer !== 0) return;
    this.#saveTimer = window.setTimeout(() => {
      this.#saveTimer = 0;
      if (this.#grid !== null) savePlace(this.#grid.topByte);
    }, savePauseMs);
  }

  #draw(): void {
    render(this.#view(), this.#root);
    this.#grid?.drawSoon();
  }

  #view(): TemplateResult {
    const [dump, grid] = [this.#dump, this.#grid];
    if (dump === null || grid === null) {
      return html`<p class="problem" role="status">${this.#words === '' ? 'Opening the dump…' : this.#words}</p>`;
    }
    const isRecord = grid.activeRow?.row.kind === 'record';
    const { search, found, differences, words, counted } = {
      ...{ search: this.#search, found: this.#found, differences: this.#differences },
      ...{ words: this.#words, counted: this.#counted },
    };
    return html`
      <h1 class="unseen">${dump.name}</h1>
      ${toolbarView({ dump, search, found, differences, words, counted }, this)} ${grid.element}
      ${this.#details === null ? nothing : detailsView(this.#details, isRecord, search, this)}
    `;
  }
}

function focusInput(id: string): void {
  const input = document.getElementById(id);
  if (!(input instanceof HTMLInputElement) || document.activeElement === input) return;
  input.focus();
  input.select();
}

const root = document.getElementById('page');
if (root !== null) new DumpView(root).start();
