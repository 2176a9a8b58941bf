/** Why the counts differ: every record of both dumps in one of two bars on one scale, and the same as a sum. */
import { html, type TemplateResult } from 'lit';
import type { DifferenceKind } from '../../src/core/differenceGroups.js';
import type { LedgerBar, LedgerPart, LedgerSegment } from '../../src/core/ledgerBars.js';
import type { Side } from '../../src/core/record.js';
import { count, counted } from '../../src/core/words/numbers.js';
import type { LedgerSummary, LedgerTerm } from '../../src/editor/resultProtocol.js';
import type { PageActions } from '../host.js';

/** The keys whose finals are in a term; the other terms hold records that no listed key stands for. */
const kindsBehind: Readonly<Record<Side, readonly DifferenceKind[]>> = {
  source: ['missing', 'diverged', 'stale', 'reordered'],
  mirror: ['extra', 'diverged', 'stale', 'reordered', 'ahead'],
};

export function ledgerView(ledger: LedgerSummary, actions: PageActions): TemplateResult {
  return html`
    <section aria-labelledby="ledger-title">
      <h2 id="ledger-title">${ledger.title}</h2>
      <div class="ledger">${ledger.bars.map((bar) => barView(bar, ledger, actions))}</div>
      <ul class="legend">${legendView(ledger.terms)}</ul>
      ${
        ledger.approximateKeys === 0
          ? ''
          : html`<p class="quiet">
              ${counted(ledger.approximateKeys, 'key')} with very many versions: the records on both sides are a lower
              bound there.
            </p>`
      }
      <details>
        <summary>As a sum</summary>
        ${sumView(ledger)}
      </details>
    </section>
  `;
}

function barView(bar: LedgerBar, { terms }: LedgerSummary, actions: PageActions): TemplateResult {
  return html`
    <div class="ledger-name">${bar.side} <strong>${count(bar.records)}</strong> records</div>
    <div class="ledger-bar" role="group" aria-label="${bar.side}: ${counted(bar.records, 'record')}">
      ${bar.segments.map((segment) => segmentView(segment, bar.side, labelOf(terms, segment.part, bar.side), actions))}
    </div>
  `;
}

function segmentView(segment: LedgerSegment, side: Side, label: string, actions: PageActions): TemplateResult {
  const place = `left:${segment.start * 100}%;width:${segment.width * 100}%`;
  const classes = `segment ${partClass(segment.part, side)}`;
  const text = html`<span class="segment-number">${count(segment.records)}</span>`;
  const words = `${count(segment.records)} ${label}`;
  if (segment.part !== 'notInOther') {
    return html`<div class=${classes} .style=${place} title=${words}>${text}<span class="unseen">${label}</span></div>`;
  }
  return html`
    <button
      class=${classes}
      .style=${place}
      title="${words}\nLists the keys they belong to"
      @click=${() => actions.filter({ kinds: kindsBehind[side] })}
    >
      ${text}<span class="unseen">${label}: list the keys they belong to</span>
    </button>
  `;
}

function legendView(terms: readonly LedgerTerm[]): TemplateResult[] {
  const entries = terms.flatMap(({ part, labels, records }) => {
    const sides: readonly Side[] = labels.source === labels.mirror ? ['source'] : ['source', 'mirror'];
    return sides
      .filter((side) => sides.length === 1 || records[side] > 0)
      .map((side) => ({ swatch: partClass(part, side), label: labels[side] }));
  });
  return entries.map(({ swatch, label }) => html`<li><span class="swatch ${swatch}"></span>${label}</li>`);
}

/** Both sums line by line, so that anybody can add them up. */
function sumView({ bars, terms }: LedgerSummary): TemplateResult {
  return html`
    <table class="sum">
      <thead>
        <tr>
          <th scope="col">Records</th>
          <th scope="col">source</th>
          <th scope="col">mirror</th>
        </tr>
      </thead>
      <tbody>
        ${terms.map(
          ({ labels, records }, at) => html`
            <tr>
              <th scope="row">${at === 0 ? '' : '+ '}${bothLabels(labels)}</th>
              <td>${count(records.source)}</td>
              <td>${count(records.mirror)}</td>
            </tr>
          `,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">= records</th>
          ${bars.map((bar) => html`<td>${count(bar.records)}</td>`)}
        </tr>
      </tfoot>
    </table>
  `;
}

function bothLabels({ source, mirror }: LedgerTerm['labels']): string {
  return source === mirror ? source : `${source} · ${mirror}`;
}

function labelOf(terms: readonly LedgerTerm[], part: LedgerPart, side: Side): string {
  return terms.find((term) => term.part === part)?.labels[side] ?? part;
}

function partClass(part: LedgerPart, side: Side): string {
  if (part !== 'notInOther') return `part-${part}`;
  return side === 'source' ? 'part-notInMirror' : 'part-notInSource';
}
