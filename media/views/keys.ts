/** What became of the keys, as counts that lead to the rows of the table. */
import { html, type TemplateResult } from 'lit';
import { count } from '../../src/core/words/numbers.js';
import type { CountLine, KeyCount, ResultSummary, RowFilter } from '../../src/editor/resultProtocol.js';
import type { PageActions } from '../host.js';

export function keysView(summary: ResultSummary, filter: RowFilter, actions: PageActions): TemplateResult {
  const { outcomes, causes, keyless } = summary.keys;
  return html`
    <section aria-labelledby="keys-title">
      <h2 id="keys-title">What became of the keys</h2>
      <div class="counts">${outcomes.map((outcome) => countView(outcome, filter, actions))}</div>
      ${
        causes.length === 0
          ? ''
          : html`<div class="causes">
              <span class="quiet">Modified, and why:</span>
              ${causes.map((cause) => causeView(cause, filter, actions))}
              ${causes.length === 1 ? html`<span class="quiet">${causes[0]?.meaning}</span>` : ''}
            </div>`
      }
      ${keylessView(keyless)}
      ${literalView(summary.literal)}
    </section>
  `;
}

function countView(key: KeyCount, filter: RowFilter, actions: PageActions): TemplateResult {
  const words = html`<span class="count-number">${count(key.count)}</span>${key.title}`;
  const classes = `count outcome-${key.id} ${key.count === 0 ? 'is-none' : ''}`;
  if (key.kinds.length === 0 || key.count === 0) return html`<div class=${classes} title=${key.meaning}>${words}</div>`;
  return html`
    <button class=${classes} title=${key.meaning} aria-pressed=${isChosen(key, filter)} @click=${() => choose(key, filter, actions)}>
      ${words}
    </button>
  `;
}

function causeView(cause: KeyCount, filter: RowFilter, actions: PageActions): TemplateResult {
  const words = html`${cause.title} <span class="chip-count">${count(cause.count)}</span>`;
  return html`
    <button class="chip" title=${cause.meaning} aria-pressed=${isChosen(cause, filter)} @click=${() => choose(cause, filter, actions)}>
      ${words}
    </button>
  `;
}

/** They have no key to compare by, so they are in none of the counts above. */
function keylessView(lines: readonly CountLine[]): TemplateResult | '' {
  if (lines.length === 0) return '';
  const counts = lines.map(
    (line, at) => html`${at === 0 ? '' : ' · '}<strong>${count(line.count)}</strong> ${line.label}`,
  );
  return html`<p class="keyless"><span class="quiet">Records without a key:</span> ${counts}</p>`;
}

/** The counts that people know from the script, which they may have run before. */
function literalView(lines: readonly CountLine[]): TemplateResult {
  return html`
    <details>
      <summary>As the published script counts</summary>
      <table class="sum">
        <tbody>
          ${lines.map(
            (line) => html`
              <tr>
                <th scope="row">${line.label}</th>
                <td>${count(line.count)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
      <p class="quiet">
        There, the last record in the file counts, whatever its offset or partition, a tombstone is a value like any
        other, and records without a key are left out.
      </p>
    </details>
  `;
}

function isChosen({ kinds }: KeyCount, filter: RowFilter): boolean {
  return kinds.length === filter.kinds.length && kinds.every((kind) => filter.kinds.includes(kind));
}

function choose(key: KeyCount, filter: RowFilter, actions: PageActions): void {
  actions.filter({ kinds: isChosen(key, filter) ? [] : key.kinds });
}
