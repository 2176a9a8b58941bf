/** One row of a dump view: a record in columns, or a line that belongs to none. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Column } from '../../src/core/comparison.js';
import { kindLabels } from '../../src/core/words/labels.js';
import { byteSize, count } from '../../src/core/words/numbers.js';
import type { CutText, RecordRow, SearchText } from '../../src/editor/dumpViewProtocol.js';
import type { LoadedRow } from '../dumpPages.js';
import { exactMoment } from '../format.js';
import { kindIcon } from '../icons.js';

/** Columns of a view, with what stands in their place in rows. */
export interface RowColumn {
  readonly id: 'line' | Column;
  readonly title: string;
  /** As in `grid-template-columns`. */
  readonly width: string;
}

const known: readonly RowColumn[] = [
  { id: 'timestamp', title: 'Time', width: '202px' },
  { id: 'partition', title: 'Partition', width: '82px' },
  { id: 'offset', title: 'Offset', width: '96px' },
  { id: 'key', title: 'Key', width: 'minmax(110px, 1fr)' },
  { id: 'value', title: 'Value', width: 'minmax(200px, 3fr)' },
];

/** The line first, then what the dump prints. Without columns all of a line is its text. */
export function rowColumns(columns: readonly Column[]): readonly RowColumn[] {
  const line: RowColumn = { id: 'line', title: 'Line', width: '112px' };
  if (columns.length === 0) return [line, { id: 'value', title: 'Text', width: '1fr' }];
  return [line, ...known.filter(({ id }) => columns.some((column) => column === id))];
}

/** @param onMark opens both values of the differing key whose last record this is */
export function dumpRowCells(
  { row, line, mark }: LoadedRow,
  columns: readonly RowColumn[],
  search: SearchText,
  onMark: (index: number) => void,
): TemplateResult {
  const cells =
    row.kind === 'record'
      ? columns
          .slice(1)
          .map(({ id }) => html`<div role="gridcell" class="cell-${id}">${recordCell(id, row, search)}</div>`)
      : html`<div role="gridcell" class="cell-text" aria-colspan=${columns.length - 1}>${textView(row.text, search)}</div>`;
  return html`
    <div role="gridcell" class="cell-line">
      ${
        mark === null
          ? nothing
          : html`<button
              class="mark"
              tabindex="-1"
              title=${`${kindLabels[mark.kind].title}: ${kindLabels[mark.kind].meaning}. Compare values`}
              aria-label=${`${kindLabels[mark.kind].title}: compare values`}
              @click=${() => onMark(mark.index)}
            >
              ${kindIcon(mark.kind)}
            </button>`
      }
      ${line === null ? html`<span class="quiet" title="Lines are still being counted">…</span>` : count(line)}
    </div>
    ${cells}
  `;
}

function recordCell(id: RowColumn['id'], row: RecordRow, search: SearchText): unknown {
  switch (id) {
    case 'timestamp':
      return row.timestamp === null
        ? html`<span class="quiet">none</span>`
        : html`<span title=${exactMoment(row.timestamp)}>${moment(row.timestamp)}</span>`;
    case 'partition':
      return row.partition ?? '';
    case 'offset':
      return row.offset ?? '';
    case 'key':
      return row.key === null ? html`<span class="quiet">no key</span>` : textView(row.key, search);
    case 'value':
      return valueCell(row, search);
    default:
      return '';
  }
}

function valueCell({ value, lineCount }: RecordRow, search: SearchText): TemplateResult {
  if (value === null) return html`<span class="quiet">deleted</span>`;
  const lines = lineCount > 1 ? html`<span class="badge">${count(lineCount)} lines</span>` : nothing;
  return html`${lines}${textView(value, search)}`;
}

/** From left to right as in editors, whatever is in it. */
function textView(cut: CutText, search: SearchText): TemplateResult {
  if (cut.bytes === 0) return html`<span class="quiet">empty</span>`;
  const size = cut.isCut ? html`<span class="badge" title="The whole text">${byteSize(cut.bytes)}</span>` : nothing;
  return html`${size}<bdi dir="ltr">${highlighted(cut.text, search)}</bdi>`;
}

/** The text with what is looked for marked. */
export function highlighted(text: string, { text: wanted, matchCase }: SearchText): readonly unknown[] {
  if (wanted === '') return [text];
  const fold = (part: string): string =>
    matchCase ? part : part.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const folded = fold(text);
  const parts: unknown[] = [];
  let end = 0;
  for (let at = folded.indexOf(fold(wanted)); at >= 0; at = folded.indexOf(fold(wanted), end)) {
    parts.push(text.slice(end, at), html`<mark>${text.slice(at, at + wanted.length)}</mark>`);
    end = at + wanted.length;
  }
  return [...parts, text.slice(end)];
}

/** The last moment that a calendar has a date for; a dump may print any number. */
const lastDate = 8_640_000_000_000_000;

/** `2023-07-22 06:26:40.123` in the reader's zone: every column of it stands below the one above. */
export function moment(ms: number): string {
  if (Math.abs(ms) > lastDate) return String(ms);
  const date = new Date(ms);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
