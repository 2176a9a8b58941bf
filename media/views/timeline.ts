/** When the differing keys were last written: the chart, what is chosen of it, and the same as a table. */
import { html, type TemplateResult } from 'lit';
import { type DifferenceKind, differenceKinds } from '../../src/core/differenceGroups.js';
import type { Interval, Timeline } from '../../src/core/timeline.js';
import { kindLabels } from '../../src/core/words/labels.js';
import { count } from '../../src/core/words/numbers.js';
import type { RowFilter } from '../../src/editor/resultProtocol.js';
import { exactMoment, type Moments } from '../format.js';
import type { PageActions } from '../host.js';
import { type ChartProps, timelineChart } from './timelineChart.js';

export interface TimelineProps extends Omit<ChartProps, 'kinds'> {
  /** The interval that is looked at closely; null for all of the time. */
  readonly zoom: Interval | null;
}

export function timelineView(props: TimelineProps, actions: PageActions): TemplateResult {
  const { timeline, zoom, filter, moments } = props;
  const kinds = differenceKinds.filter((kind) => timeline.bins.some(({ counts }) => counts[kind] !== undefined));
  return html`
    <section aria-labelledby="timeline-title">
      <div class="title-row">
        <h2 id="timeline-title">When the differing keys were last written</h2>
        <ul class="legend">
          ${kinds.map((kind) => html`<li><span class="swatch bar-${kind}"></span>${kindLabels[kind].title}</li>`)}
        </ul>
      </div>
      ${timelineChart({ ...props, kinds }, actions)} ${intervalBar(timeline, zoom, filter, moments, actions)}
      <details>
        <summary>As a table</summary>
        ${tableView(timeline, kinds, moments)}
      </details>
    </section>
  `;
}

/** What of the chart is chosen, and the way into it and out again. */
function intervalBar(
  timeline: Timeline,
  zoom: Interval | null,
  { interval }: RowFilter,
  moments: Moments,
  actions: PageActions,
): TemplateResult | '' {
  if (interval === null && zoom === null) return '';
  const isZoomable =
    interval !== null && timeline.binMs > 1 && (interval.from > timeline.from || interval.to < timeline.to);
  return html`
    <p class="interval">
      ${interval === null ? '' : html`<span>Chosen: ${moments.span(interval)}</span>`}
      ${isZoomable ? html`<button class="link" @click=${() => actions.zoom(interval)}>Look closer</button>` : ''}
      ${zoom === null ? '' : html`<button class="link" @click=${() => actions.zoom(null)}>Show all of the time</button>`}
      ${
        interval === null
          ? ''
          : html`<button class="link" @click=${() => actions.filter({ interval: null })}>Choose nothing</button>`
      }
    </p>
  `;
}

function tableView({ bins, ends }: Timeline, kinds: readonly DifferenceKind[], moments: Moments): TemplateResult {
  return html`
    <div class="wide" role="region" tabindex="0" aria-label="The chart as a table">
      <table class="plain numbers">
        <thead>
          <tr>
            <th scope="col">Last written</th>
            ${kinds.map((kind) => html`<th scope="col">${kindLabels[kind].title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${bins.map(
            (bin) => html`
              <tr>
                <th scope="row">${moments.span(bin)}</th>
                ${kinds.map((kind) => html`<td>${count(bin.counts[kind] ?? 0)}</td>`)}
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
    <ul class="ends">
      ${ends.map(
        ({ side, partition, timestamp }) => html`
          <li title=${exactMoment(timestamp)}>
            The ${side}${partition === null ? '' : `’s partition ${partition}`} ends ${moments.short(timestamp)}.
          </li>
        `,
      )}
    </ul>
  `;
}
