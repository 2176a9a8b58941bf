/** The lists of the HTML report: differing keys in their groups and unmatched records, row by row. */
import type { Difference, FinalRecord } from '../comparison.js';
import type { Side } from '../record.js';
import { distance } from '../words/labels.js';
import { count, counted } from '../words/numbers.js';
import { unmatchedLabel } from '../words/recordWords.js';
import { excerpt } from '../words/text.js';
import { dateAndTime } from '../words/time.js';
import { valuePreview } from '../words/valuePreview.js';
import { listedSections } from './listedGroups.js';
import { html, type Markup, nothing } from './markup.js';
import { listed, listedCount, type ReportInput } from './report.js';
import type { ValueRecord } from './valueFields.js';

const keyCharacters = 300;
const valueCharacters = 300;

export function* differenceTables(input: ReportInput): Generator<Markup> {
  for (const { title, meaning, count: size, groups } of listedSections(input.comparison, input.maxDifferences)) {
    yield html`<h2>${title}: ${counted(size, 'key')} <span class="quiet">(${meaning})</span></h2>\n`;
    for (const group of groups) {
      yield html`<h3>${group.title}: ${count(group.count)} <span class="quiet">(${group.meaning})</span></h3>
<div class="wide"><table>
<thead><tr><th scope="col">Key</th><th scope="col">Distance</th><th scope="col">Source</th><th scope="col">Mirror</th></tr></thead>
<tbody>\n`;
      for (const difference of group.differences) yield differenceRow(difference, input);
      yield html`</tbody></table></div>\n`;
    }
  }
}

function differenceRow(difference: Difference, input: ReportInput): Markup {
  return html`<tr><th scope="row">${keyView(difference.key)}</th><td class="distance">${distance(difference)}</td>${finalCell(
    'source',
    difference.source,
    input,
  )}${finalCell('mirror', difference.mirror, input)}</tr>\n`;
}

function finalCell(side: Side, record: FinalRecord | null, input: ReportInput): Markup {
  if (record === null) return html`<td class="words">no record of the key</td>`;
  return html`<td>${placeView(record, input)}${valueView(side, record, input)}</td>`;
}

function placeView({ line, partition, timestamp }: FinalRecord, { zone }: ReportInput): Markup {
  const facts = [
    ...(timestamp === null ? [] : [dateAndTime(timestamp, zone)]),
    ...(partition === null ? [] : [`partition ${partition}`]),
    `line ${count(line)}`,
  ];
  return html`<span class="quiet">${facts.join(' · ')}</span>`;
}

function valueView(side: Side, record: ValueRecord, { readValue, redactValues }: ReportInput): Markup {
  if (record.tombstone) return html`<br>deleted`;
  if (redactValues) return nothing;
  const value = readValue(side, record);
  const text = valuePreview(value, valueCharacters);
  return value === null || value.length === 0 ? html`<br>${text}` : html`<br><code><bdi>${text}</bdi></code>`;
}

function keyView(key: string): Markup {
  return key === ''
    ? html`<span class="quiet">the empty key</span>`
    : html`<code><bdi>${excerpt(key, keyCharacters)}</bdi></code>`;
}

export function* unmatchedTable(input: ReportInput): Generator<Markup> {
  const { comparison, zone } = input;
  const { unmatchedRecords } = comparison;
  if (listedCount(unmatchedRecords, input) === 0) return;
  yield html`<h2>On one side only: ${counted(unmatchedRecords.length, 'record')} <span class="quiet">(every record counts)</span></h2>
<div class="wide"><table>
<thead><tr><th scope="col">Key</th><th scope="col">Side</th><th scope="col">Why</th><th scope="col">Line</th><th scope="col">Written</th></tr></thead>
<tbody>\n`;
  for (const record of listed(unmatchedRecords, input)) {
    const { side, key, line, timestamp } = record;
    yield html`<tr><th scope="row">${key === null ? html`<span class="quiet">no key</span>` : keyView(key.key)}</th><td>${side}</td><td>${unmatchedLabel(
      record,
    )}</td><td class="number">${count(line)}</td><td>${timestamp === null ? '' : dateAndTime(timestamp, zone)}</td></tr>\n`;
  }
  yield html`</tbody></table></div>\n`;
}

/** What the lists do not show. */
export function omittedView(input: ReportInput): Markup {
  const { differences, unmatchedRecords } = input.comparison;
  const omitted = [
    [differences.length - listedCount(differences, input), 'more differing key'],
    [unmatchedRecords.length - listedCount(unmatchedRecords, input), 'more record'],
  ] as const;
  return html`${omitted.filter(([number]) => number > 0).map(([number, noun]) => html`<p class="quiet">${counted(number, noun)} not listed.</p>\n`)}`;
}
