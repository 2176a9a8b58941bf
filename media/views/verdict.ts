/** The answer: the verdict in words, and which dump is which. */
import { html, type TemplateResult } from 'lit';
import type { PairNames, ResultSummary } from '../../src/editor/resultProtocol.js';
import type { PageActions } from '../host.js';
import { againIcon, differentIcon, equivalentIcon, exportIcon, swapIcon } from '../icons.js';

export function verdictView(summary: ResultSummary, pair: PairNames, actions: PageActions): TemplateResult {
  const { isEquivalent, headline, details } = summary;
  return html`
    <header class="verdict ${isEquivalent ? 'is-equivalent' : 'is-different'}">
      <div class="verdict-icon">${isEquivalent ? equivalentIcon : differentIcon}</div>
      <div class="verdict-words">
        <h1>${headline}</h1>
        ${detailsView(details)} ${ignoredView(summary.ignoredFields, actions)}
        <div class="verdict-foot">
          ${pairView(pair)}
          <button class="action" title="The mirror becomes the source" @click=${() => actions.command('swapSides')}>
            ${swapIcon}Swap
          </button>
          <button class="action" title="Read both dumps again" @click=${() => actions.command('compareAgain')}>
            ${againIcon}Compare again
          </button>
          <button class="action" title="Write the result to a file" @click=${() => actions.command('exportReport')}>
            ${exportIcon}Export…
          </button>
        </div>
      </div>
    </header>
  `;
}

/** A few sentences read best as text, many as lines. */
function detailsView(details: readonly string[]): TemplateResult[] {
  const paragraphs = details.length > 0 && details.length <= 3 ? [details.join(' ')] : details;
  return paragraphs.map((paragraph) => html`<p>${paragraph}</p>`);
}

/** What was left out belongs to the answer. */
function ignoredView(fields: readonly string[], actions: PageActions): TemplateResult | '' {
  if (fields.length === 0) return '';
  return html`
    <p>
      Without ${fields.length === 1 ? 'the field' : 'the fields'}
      ${fields.map((field, i) => html`${i === 0 ? '' : ', '}<code>${field}</code>`)}, ignored for these two dumps.
      <button class="link" title="Compare ignored fields again" @click=${() => actions.command('stopIgnoring')}>
        ${fields.length === 1 ? 'Stop ignoring' : 'Stop ignoring…'}
      </button>
    </p>
  `;
}

/** Both file names, each with its role; the whole path is in the tooltip. */
export function pairView({ source, mirror }: PairNames): TemplateResult {
  return html`
    <dl class="pair">
      <div title=${source.path}><dt>source</dt><dd>${source.name}</dd></div>
      <div title=${mirror.path}><dt>mirror</dt><dd>${mirror.name}</dd></div>
    </dl>
  `;
}
