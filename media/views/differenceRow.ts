/** One row of the table of differing keys. */
import { html, type TemplateResult } from 'lit';
import type { Side } from '../../src/core/record.js';
import { kindLabels } from '../../src/core/words/labels.js';
import { count } from '../../src/core/words/numbers.js';
import type { DifferenceAction, DifferenceRow, RowRecord } from '../../src/editor/resultProtocol.js';
import { exactMoment, type Moments } from '../format.js';
import type { PageActions } from '../host.js';
import { kindIcon } from '../icons.js';
import { keyView } from './key.js';

export const columnTitles = [
  'Key',
  'What',
  'Behind',
  'Source line',
  'Mirror line',
  'Last written (source · mirror)',
  'Value',
];

const absent = html`<span class="quiet" aria-label="absent">—</span>`;

export function rowCells(row: DifferenceRow, moments: Moments, actions: PageActions): TemplateResult {
  const label = kindLabels[row.kind];
  const deleted = deletedNote(row);
  const isOneSided = row.source === null || row.mirror === null;
  return html`
    <div role="gridcell" class="cell-key">${keyView(row.key, keyNotes(row))}</div>
    <div role="gridcell" class="cell-what" title=${[label.meaning, deleted].join('\n').trimEnd()}>
      ${kindIcon(row.kind)}<span class="what-words kind-${row.kind}">${label.title}</span>${deleted === '' ? '' : html`<span class="quiet what-note">${deleted}</span>`}
    </div>
    <div role="gridcell" class="cell-behind" title=${distanceTooltip(row)}>${distanceView(row)}</div>
    <div role="gridcell" class="cell-source">${lineCell('source', row, actions)}</div>
    <div role="gridcell" class="cell-mirror">${lineCell('mirror', row, actions)}</div>
    <div role="gridcell" class="cell-written">${writtenCell(row.source, moments)} · ${writtenCell(row.mirror, moments)}</div>
    <div role="gridcell" class="cell-value">
      ${actionButton('diffValues', isOneSided ? 'show' : 'compare', isOneSided ? 'Show the value' : 'Compare the values', row, actions)}
      ${hasTwoValues(row) ? actionButton('ignoreField', 'ignore…', 'Ignore a field in which the values differ', row, actions) : ''}
    </div>
  `;
}

function hasTwoValues({ source, mirror }: DifferenceRow): boolean {
  return source?.tombstone === false && mirror?.tombstone === false;
}

function lineCell(side: Side, row: DifferenceRow, actions: PageActions): TemplateResult {
  const record = row[side];
  if (record === null) return absent;
  const action = side === 'source' ? 'openSourceLine' : 'openMirrorLine';
  return actionButton(action, `line ${count(record.line)}`, recordTooltip(side, record), row, actions);
}

/** Out of the tab order: the arrow keys lead here from the row. */
function actionButton(
  action: DifferenceAction,
  text: string,
  tooltip: string,
  { index }: DifferenceRow,
  actions: PageActions,
): TemplateResult {
  return html`
    <button class="link" tabindex="-1" data-action=${action} title=${tooltip} @click=${() => actions.act(action, index)}>
      ${text}
    </button>
  `;
}

function writtenCell(record: RowRecord | null, moments: Moments): TemplateResult {
  if (record?.timestamp == null) return absent;
  return html`<span title=${exactMoment(record.timestamp)}>${moments.short(record.timestamp)}</span>`;
}

/** A tombstone is no value that could be shown, so it is said here. */
function deletedNote({ source, mirror }: DifferenceRow): string {
  if (source?.tombstone) return 'deleted at the source';
  return mirror?.tombstone ? 'deleted on the mirror' : '';
}

function keyNotes({ source, mirror }: DifferenceRow): string[] {
  const from = source?.partition ?? null;
  const to = mirror?.partition ?? null;
  if (from === null && to === null) return [];
  if (from === null || to === null || from === to) return [`partition ${from ?? to}`];
  return [`partition ${from} of the source, ${to} of the mirror`];
}

function recordTooltip(side: Side, { line, offset, occurrences }: RowRecord): string {
  return [
    `Open the ${side} at line ${count(line)}`,
    ...(offset === null ? [] : [`offset ${offset}`]),
    occurrences === 1 ? 'the only record of the key' : `the last of ${count(occurrences)} records of the key`,
  ].join('\n');
}

/** The heading says “Behind” already, where there is one. */
function distanceView({ distance }: DifferenceRow): TemplateResult {
  const size = distance.replace(/ behind$/, '');
  return html`${size}${size === distance ? '' : html`<span class="behind-word"> behind</span>`}`;
}

function distanceTooltip({ behindMs, behind, evidence }: DifferenceRow): string {
  return [
    ...(behindMs === null ? [] : [`${count(Math.abs(behindMs))} ms ${behindMs < 0 ? 'ahead' : 'behind'}`]),
    ...(behind === null ? [] : [`${count(behind)} records of the key behind`]),
    ...(evidence === null
      ? []
      : [evidence === 'record' ? 'told from the records themselves' : 'told from the timestamps alone']),
  ].join('\n');
}
