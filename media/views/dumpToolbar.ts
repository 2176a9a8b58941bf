/** Above and below the rows of a dump view: what it is, searching, going to a line or a difference, and one record. */
import { html, nothing, type TemplateResult } from 'lit';
import { byteSize, count } from '../../src/core/words/numbers.js';
import type { Direction, DumpInfo, RecordDetails, SearchState, SearchText } from '../../src/editor/dumpViewProtocol.js';
import { closeIcon, noteIcon, searchIcon } from '../icons.js';
import { highlighted } from './dumpRow.js';

export interface ToolbarActions {
  search(change: Partial<SearchText>): void;
  find(direction: Direction): void;
  cancelSearch(): void;
  goToLine(line: number): void;
  goToDifference(direction: Direction): void;
}

export interface ToolbarState {
  readonly dump: DumpInfo;
  readonly search: SearchText;
  readonly found: SearchState | null;
  /** Differing keys that the dump has a record of. */
  readonly differences: number;
  /** What led to the row that is shown, or what went wrong. */
  readonly words: string;
  /** Share of the dump of which the lines are counted, in percent; null when all are. */
  readonly counted: number | null;
}

export function toolbarView(state: ToolbarState, actions: ToolbarActions): TemplateResult {
  const { dump, search, found, differences } = state;
  const isRunning = found?.kind === 'running';
  return html`
    <div class="tools" role="toolbar" aria-label="Dump">
      <label class="search">
        ${searchIcon}
        <input
          id="search"
          type="text"
          placeholder="Find in the whole dump"
          aria-label="Find in the whole dump"
          spellcheck="false"
          .value=${search.text}
          @input=${(event: InputEvent) => actions.search({ text: (event.target as HTMLInputElement).value })}
          @keydown=${(event: KeyboardEvent) => onSearchKey(event, actions)}
        />
        <button
          class="toggle"
          title="Match case"
          aria-label="Match case"
          aria-pressed=${search.matchCase}
          @click=${() => actions.search({ matchCase: !search.matchCase })}
        >
          Aa
        </button>
      </label>
      ${arrow('previous', 'Previous match', search.text === '', () => actions.find('previous'))}
      ${arrow('next', 'Next match', search.text === '', () => actions.find('next'))}
      ${isRunning ? html`<button class="action" @click=${() => actions.cancelSearch()}>${closeIcon} Cancel</button>` : nothing}
      <input
        id="line"
        class="line-input"
        type="text"
        inputmode="numeric"
        placeholder="Line"
        aria-label="Go to line"
        @keydown=${(event: KeyboardEvent) => onLineKey(event, actions)}
      />
      ${
        differences === 0
          ? nothing
          : html`<span class="differences">
              ${arrow('previous', 'Previous difference', false, () => actions.goToDifference('previous'))}
              ${arrow('next', 'Next difference', false, () => actions.goToDifference('next'))}
              <span class="quiet">${count(differences)} differing</span>
            </span>`
      }
      <span class="state" role="status">${stateWords(state)}</span>
      <span class="quiet dump-size" title=${dump.path}>${byteSize(dump.bytes)}</span>
    </div>
    ${dump.problem === null ? nothing : html`<p class="problem">${noteIcon} Shown line by line. ${dump.problem}</p>`}
  `;
}

function arrow(direction: Direction, title: string, isDisabled: boolean, act: () => void): TemplateResult {
  return html`<button class="action arrow" title=${title} aria-label=${title} ?disabled=${isDisabled} @click=${act}>
    ${direction === 'next' ? '↓' : '↑'}
  </button>`;
}

function stateWords({ found, words, counted }: ToolbarState): string {
  const parts = [foundWords(found), words, counted === null ? '' : `counting lines… ${counted} %`];
  return parts.filter((part) => part !== '').join(' · ');
}

function foundWords(found: SearchState | null): string {
  switch (found?.kind) {
    case 'running':
      return `searching… ${found.percent} %`;
    case 'nothing':
      return 'not found';
    case 'found':
      return found.isWrapped ? 'found past the end of the dump' : '';
    case 'failed':
      return found.message;
    default:
      return '';
  }
}

function onSearchKey(event: KeyboardEvent, actions: ToolbarActions): void {
  if (event.key === 'Enter') actions.find(event.shiftKey ? 'previous' : 'next');
  else if (event.key === 'Escape') actions.cancelSearch();
}

function onLineKey(event: KeyboardEvent, actions: ToolbarActions): void {
  if (event.key !== 'Enter') return;
  const line = Number((event.target as HTMLInputElement).value.replace(/[\s,.’']/g, ''));
  if (Number.isSafeInteger(line) && line > 0) actions.goToLine(line);
}

export interface DetailsActions {
  close(): void;
  openValue(): void;
}

/** @param isRecord whether it is a record, whose key and value are told apart */
export function detailsView(
  details: RecordDetails,
  isRecord: boolean,
  search: SearchText,
  actions: DetailsActions,
): TemplateResult {
  const { key, value, isCut } = details;
  return html`
    <section class="details" aria-label="Record">
      <div class="details-tools">
        ${isRecord ? html`<button class="action" @click=${() => actions.openValue()}>Open value in an editor</button>` : nothing}
        <button class="action" aria-label="Close" title="Close" @click=${() => actions.close()}>${closeIcon}</button>
      </div>
      ${
        isRecord
          ? html`<h2>Key</h2>
              <pre tabindex="0" aria-label="Key">${key === null ? quiet('no key') : textOf(key, search)}</pre>
              <h2>Value</h2>`
          : html`<h2>Text</h2>`
      }
      <pre tabindex="0" aria-label="Value">${value === null ? quiet('deleted') : textOf(value, search)}</pre>
      ${isCut ? html`<p class="quiet">It goes on beyond what is shown here.</p>` : nothing}
    </section>
  `;
}

function textOf(text: string, search: SearchText): unknown {
  return text === '' ? quiet('empty') : highlighted(text, search);
}

function quiet(word: string): TemplateResult {
  return html`<span class="quiet">${word}</span>`;
}
