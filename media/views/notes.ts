/** What to know beside the verdict: keys without an order, warnings, and how the dumps were read. */
import { html, type TemplateResult } from 'lit';
import type { Side } from '../../src/core/record.js';
import { count, counted } from '../../src/core/words/numbers.js';
import type {
  Note,
  PartitionLine,
  PartitionSide,
  ReadingLine,
  ResultSummary,
  SeveralPartitionsSummary,
} from '../../src/editor/resultProtocol.js';
import { exactMoment, type Moments } from '../format.js';
import type { PageActions } from '../host.js';
import { noteIcon } from '../icons.js';
import { keyView } from './key.js';

const sides: readonly Side[] = ['source', 'mirror'];

export function severalPartitionsView(several: SeveralPartitionsSummary, actions: PageActions): TemplateResult | '' {
  if (several.total === 0) return '';
  return html`
    <section aria-labelledby="several-title">
      <h2 id="several-title">Keys in several partitions <span class="quiet">${count(several.total)}</span></h2>
      <p class="quiet">
        Kafka gives no order between partitions: the record with the latest timestamp was taken as the key’s last.
      </p>
      <details>
        <summary>${several.total > several.keys.length ? `The first ${several.keys.length}` : 'Show them'}</summary>
        <div class="wide" role="region" tabindex="0" aria-label="Keys in several partitions">
          <table class="plain">
            <thead>
              <tr>
                <th scope="col">Key</th>
                <th scope="col">Outcome</th>
                <th scope="col">Source partitions</th>
                <th scope="col">Mirror partitions</th>
                <th scope="col">Last in source</th>
                <th scope="col">Last in mirror</th>
              </tr>
            </thead>
            <tbody>
              ${several.keys.map(
                ({ key, outcome, partitions, lines }) => html`
                  <tr>
                    <th scope="row">${keyView(key)}</th>
                    <td>${outcome}</td>
                    ${sides.map((side) => html`<td>${partitions[side].join(', ')}</td>`)}
                    ${sides.map((side) => html`<td>${lineLink(side, lines[side], actions)}</td>`)}
                  </tr>
                `,
              )}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  `;
}

export function notesView(notes: readonly Note[], actions: PageActions): TemplateResult | '' {
  if (notes.length === 0) return '';
  return html`
    <section aria-labelledby="notes-title">
      <h2 id="notes-title">Notes</h2>
      <ul class="notes">
        ${notes.map(
          ({ side, line, message }) => html`
            <li>${noteIcon}<span class="side">${side}</span><span>${message} ${lineLink(side, line, actions)}</span></li>
          `,
        )}
      </ul>
    </section>
  `;
}

export function readingView(summary: ResultSummary, moments: Moments, actions: PageActions): TemplateResult {
  return html`
    <section aria-labelledby="reading-title">
      <h2 id="reading-title">Read as</h2>
      <div class="wide" role="region" tabindex="0" aria-label="How the dumps were read">
        <table class="plain reading">
          <thead>
            <tr>
              <td></td>
              ${sides.map((side) => html`<th scope="col">${side}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${summary.reading.map(
              (line) => html`
                <tr>
                  <th scope="row">${line.label}</th>
                  ${sides.map((side) => html`<td>${readingCell(line, side, summary.isReadingChosen[side], actions)}</td>`)}
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      <p>
        ${summary.howCompared}
        <button class="link" @click=${() => actions.command('changeSettings')}>Change…</button>
      </p>
      ${summary.partitions === null ? '' : partitionsView(summary.partitions, moments)}
    </section>
  `;
}

function readingCell(
  { values, origins, isFormat }: ReadingLine,
  side: Side,
  isChosen: boolean,
  actions: PageActions,
): TemplateResult {
  const origin = origins[side] === '' ? '' : html` <span class="origin">${origins[side]}</span>`;
  return html`${values[side] === '' ? '—' : values[side]}${origin}${isFormat ? readingLinks(side, isChosen, actions) : ''}`;
}

function readingLinks(side: Side, isChosen: boolean, actions: PageActions): TemplateResult {
  const ofSide = html`<span class="unseen"> how the ${side} is read</span>`;
  return html`
    <button class="link" title="Change how the ${side} is read" @click=${() => actions.read('changeReading', side)}>
      Change…${ofSide}
    </button>
    ${
      isChosen
        ? html`<button
            class="link"
            title="Forget what was chosen for the ${side}"
            @click=${() => actions.read('readAsDetected', side)}
          >
            As detected<span class="unseen"> for the ${side}</span>
          </button>`
        : ''
    }
  `;
}

/** Partitions may end at different times; this is where to see which stopped first. */
function partitionsView(lines: readonly PartitionLine[], moments: Moments): TemplateResult {
  return html`
    <details>
      <summary>${counted(lines.length, 'partition')}</summary>
      <div class="wide" role="region" tabindex="0" aria-label="Partitions">
        <table class="plain numbers">
          <thead>
            <tr>
              <th scope="col">Partition</th>
              ${sides.map(
                (side) => html`
                  <th scope="col">${side} records</th>
                  <th scope="col">first written</th>
                  <th scope="col">last written</th>
                `,
              )}
            </tr>
          </thead>
          <tbody>
            ${lines.map(
              (line) => html`
                <tr>
                  <th scope="row">${line.partition}</th>
                  ${sides.map((side) => partitionSideView(line.sides[side], moments))}
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    </details>
  `;
}

function partitionSideView(side: PartitionSide | null, moments: Moments): TemplateResult {
  return html`
    <td>${side === null ? '—' : count(side.records)}</td>
    ${[side?.firstTimestamp ?? null, side?.lastTimestamp ?? null].map((ms) =>
      ms === null ? html`<td>—</td>` : html`<td title=${exactMoment(ms)}>${moments.short(ms)}</td>`,
    )}
  `;
}

function lineLink(side: Side, line: number | null, actions: PageActions): TemplateResult | '' {
  if (line === null) return '';
  return html`
    <button class="link" title="Open the ${side} at line ${line}" @click=${() => actions.openLine(side, line)}>
      line ${count(line)}<span class="unseen"> of the ${side}</span>
    </button>
  `;
}
