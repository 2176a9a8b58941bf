/** The page while there is no result: nothing compared yet, on the way, failed or cancelled. */
import { html, type TemplateResult } from 'lit';
import { counted } from '../../src/core/words/numbers.js';
import type { FoundSummary, PageState } from '../../src/editor/resultProtocol.js';
import type { PageActions } from '../host.js';
import { keyView } from './key.js';
import { pairView } from './verdict.js';

type Of<Kind extends PageState['kind']> = Extract<PageState, { kind: Kind }>;

export function emptyView(actions: PageActions): TemplateResult {
  return html`
    <div class="waiting">
      <h1>No comparison yet</h1>
      <p>
        Choose two dumps of what should be the same topic: the source, and its mirror. The answer to “is the mirror
        missing anything?” is shown here.
      </p>
      <div class="buttons">
        <button class="primary" @click=${() => actions.command('compareFiles')}>Compare two dumps…</button>
      </div>
    </div>
  `;
}

const headings = {
  unpacking: 'Unpacking the dumps…',
  reading: 'Reading both dumps…',
  comparing: 'Comparing the keys…',
} as const;

export function runningView({ pair, progress }: Of<'running'>, actions: PageActions): TemplateResult {
  const percent = progress?.percent ?? 0;
  const words =
    progress === null
      ? ['Opening the dumps']
      : [
          ...progress.words,
          counted(progress.records, 'record'),
          ...(progress.warnings === 0 ? [] : [counted(progress.warnings, 'warning')]),
        ];
  return html`
    <div class="waiting">
      <h1>${headings[progress?.phase ?? 'reading']}</h1>
      ${pairView(pair)}
      <div
        class="progress"
        role="progressbar"
        aria-label="Comparison"
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${percent}
      >
        <div class="progress-done" .style=${`width:${percent}%`}></div>
      </div>
      <p class="progress-words"><strong>${percent} %</strong> · ${words.join(' · ')}</p>
      <div class="buttons">
        <button class="secondary" @click=${() => actions.command('cancel')}>Cancel</button>
      </div>
      ${progress?.found == null ? '' : foundView(progress.found)}
    </div>
  `;
}

/** The first results of a run that goes on. */
function foundView({ keysCompared, words, keys }: FoundSummary): TemplateResult {
  return html`
    <section class="found">
      <h2>So far: ${words} <span class="quiet">among ${counted(keysCompared, 'key')}</span></h2>
      ${
        keys.length === 0
          ? ''
          : html`<table class="plain">
              <thead>
                <tr>
                  ${['First keys found', 'What', 'Source', 'Mirror'].map((title) => html`<th scope="col">${title}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${keys.map(
                  ({ key, outcome, lines }) => html`<tr>
                    <th scope="row">${keyView(key)}</th>
                    <td>${outcome}</td>
                    <td>${lineWords(lines.source)}</td>
                    <td>${lineWords(lines.mirror)}</td>
                  </tr>`,
                )}
              </tbody>
            </table>`
      }
    </section>
  `;
}

function lineWords(line: number | null): string {
  return line === null ? 'absent' : `line ${line}`;
}

export function failedView({ pair, message, side, place }: Of<'failed'>, actions: PageActions): TemplateResult {
  return html`
    <div class="waiting">
      <h1>The dumps could not be compared</h1>
      ${pairView(pair)}
      <p class="message" role="alert">${message}</p>
      ${
        place === null
          ? ''
          : html`<p>
              <button class="link" @click=${() => actions.openLine(place.side, place.line)}>
                Open line ${place.line} of the ${place.side}
              </button>
            </p>`
      }
      ${
        side === null
          ? ''
          : html`<p>
              <button class="link" @click=${() => actions.read('changeReading', side)}>
                Change how the ${side} is read…
              </button>
            </p>`
      }
      ${waysOn(actions)}
    </div>
  `;
}

export function cancelledView({ pair }: Of<'cancelled'>, actions: PageActions): TemplateResult {
  return html`
    <div class="waiting">
      <h1>Cancelled</h1>
      ${pairView(pair)}
      <p>The comparison was stopped before it was finished. There is no result.</p>
      ${waysOn(actions)}
    </div>
  `;
}

function waysOn(actions: PageActions): TemplateResult {
  return html`
    <div class="buttons">
      <button class="primary" @click=${() => actions.command('compareAgain')}>Compare again</button>
      <button class="secondary" @click=${() => actions.command('compareFiles')}>Choose other dumps…</button>
      <button class="secondary" @click=${() => actions.command('changeSettings')}>Settings</button>
    </div>
  `;
}
