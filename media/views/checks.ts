/** Explanations: what to check next, and what usually leads to the one kind of keys that the table is filtered by. */
import { html, type TemplateResult } from 'lit';
import type { CheckLine, GroupExplanation, RowFilter } from '../../src/editor/resultProtocol.js';

/** The most pressing one is open. */
export function checksView(checks: readonly CheckLine[]): TemplateResult | '' {
  if (checks.length === 0) return '';
  return html`
    <section aria-labelledby="checks-title">
      <h2 id="checks-title">What to check</h2>
      <ul class="checks">
        ${checks.map(
          (check, at) => html`
            <li>
              <details ?open=${at === 0}>
                <summary>${check.about}</summary>
                ${explanationView(check)}
              </details>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}

/** Where the table shows keys of one kind, what is to be said of them: of one section, the first that has them. */
export function kindExplanationView(explanations: readonly GroupExplanation[], filter: RowFilter): TemplateResult | '' {
  const [kind, ...others] = filter.kinds;
  if (kind === undefined || others.length > 0) return '';
  const found = explanations.find(
    (each) => each.kind === kind && (filter.section === null || each.section === filter.section),
  );
  if (found === undefined) return '';
  return html`
    <div class="kind-explanation kind-${kind}" role="note">
      <p><strong>${found.title}</strong>: ${found.meaning}.</p>
      ${explanationView(found)}
    </div>
  `;
}

function explanationView({ usually, check }: Pick<CheckLine, 'usually' | 'check'>): TemplateResult {
  return html`
    <dl class="explanation">
      <dt>Usually</dt>
      <dd>${usually}</dd>
      <dt>Check</dt>
      <dd>${check}</dd>
    </dl>
  `;
}
