/** The two charts of the HTML report as inline SVG: the ledger's bars on one scale, and when keys were last written. */
import type { Comparison } from '../comparison.js';
import { differenceKinds } from '../differenceGroups.js';
import { type LedgerBar, type LedgerPart, ledgerBars, ledgerParts, ledgerTerms } from '../ledgerBars.js';
import type { Side } from '../record.js';
import { axisTicks } from '../ticks.js';
import { buildTimeline, dumpTimes, type Timeline, type TimelineBin, type TimelineEnd } from '../timeline.js';
import { kindLabels } from '../words/labels.js';
import { ledgerLabel } from '../words/ledgerLabels.js';
import { count, counted } from '../words/numbers.js';
import { dateAndTime, duration, momentsWithin, type TimeZoneChoice, zoneOffsetMs } from '../words/time.js';
import { html, type Markup, nothing } from './markup.js';

/** Units of the drawing; the page scales it to its width. */
const width = 960;
const left = 130;
const barHeight = 26;
/** Units that a digit takes, to tell whether a number fits into its part. */
const digitWidth = 8;

export function ledgerChart(comparison: Comparison): Markup {
  const bars = ledgerBars(comparison);
  return html`<svg viewBox="0 0 ${width} ${2 * barHeight + 8}" role="img" aria-label="The records of both sides as two bars on one scale">
${bars.map((bar, at) => barView(bar, at * (barHeight + 8), comparison))}
</svg>
<ul class="legend">${legendOf(comparison)}</ul>`;
}

function barView({ side, records, segments }: LedgerBar, top: number, comparison: Comparison): Markup {
  const parts = segments.map(({ part, records: number, start, width: share }) => {
    const x = left + start * (width - left);
    const size = share * (width - left);
    const fits = count(number).length * digitWidth + 6 <= size;
    return html`<g><title>${count(number)} ${ledgerLabel(part, side, comparison)}</title>
<rect class="part ${partClass(part, side)}" x="${x.toFixed(1)}" y="${top}" width="${size.toFixed(1)}" height="${barHeight}"/>${
      fits
        ? html`<text x="${(x + size / 2).toFixed(1)}" y="${top + 17}" text-anchor="middle">${count(number)}</text>`
        : nothing
    }</g>`;
  });
  return html`<text x="${left - 8}" y="${top + 17}" text-anchor="end">${side} ${count(records)}</text>${parts}`;
}

function legendOf(comparison: Comparison): Markup[] {
  const terms = { source: ledgerTerms(comparison, 'source'), mirror: ledgerTerms(comparison, 'mirror') };
  return ledgerParts.flatMap((part) => {
    // Only the finals that the other side lacks are called differently on the two sides.
    const sides: readonly Side[] = part === 'notInOther' ? ['source', 'mirror'] : ['source'];
    return sides
      .filter((side) => (part === 'notInOther' ? terms[side][part] : terms.source[part] + terms.mirror[part]) > 0)
      .map((side) => swatch(partClass(part, side), ledgerLabel(part, side, comparison)));
  });
}

function swatch(kind: string, label: string): Markup {
  return html`<li><span class="swatch ${kind}"></span>${label}</li>`;
}

function partClass(part: LedgerPart, side: Side): string {
  if (part !== 'notInOther') return part;
  return side === 'source' ? 'notInMirror' : 'notInSource';
}

/** Empty where there is nothing to draw. */
export function timelineChart(comparison: Comparison, zone: TimeZoneChoice): Markup {
  const times = dumpTimes(comparison);
  const offset = times === null ? 0 : zoneOffsetMs(times.to, zone);
  const timeline = buildTimeline(comparison, { zoneOffsetMs: offset, maxBins: 80 });
  if (timeline === null) return nothing;
  const kinds = differenceKinds.filter((kind) => timeline.bins.some(({ counts }) => counts[kind] !== undefined));
  return html`<h2>When the differing keys were last written</h2>
<ul class="legend">${kinds.map((kind) => swatch(kind, kindLabels[kind].title))}</ul>
${drawing(timeline, offset, zone)}
<details><summary>As a table</summary>${tableOf(timeline, zone)}</details>`;
}

const plotHeight = 110;
const endHeight = 16;
const plotLeft = 46;
const plotRight = width - 16;
/** Ends with a line of their own; there may be hundreds of partitions. */
const mostEnds = 6;

function drawing(timeline: Timeline, offset: number, zone: TimeZoneChoice): Markup {
  const ends = timeline.ends.slice(0, mostEnds);
  const top = 8 + endHeight * ends.length;
  const bottom = top + plotHeight;
  const x = (ms: number): number =>
    plotLeft + ((ms - timeline.from) / (timeline.to - timeline.from)) * (plotRight - plotLeft);
  const highest = Math.max(...timeline.bins.map(({ total }) => total));
  const heightOf = (keys: number): number => (keys / highest) * (plotHeight - 4);
  const ticks = axisTicks(timeline.from, timeline.to, 8, offset);
  const keys = timeline.bins.reduce((sum, { total }) => sum + total, 0);
  const first = ends[0];
  return html`<svg viewBox="0 0 ${width} ${bottom + 24}" role="img" aria-label="Histogram of ${counted(keys, 'key')}, in steps of ${duration(timeline.binMs)}">
${
  first === undefined
    ? nothing
    : html`<rect class="covered" x="${plotLeft}" y="${top}" width="${Math.max(0, x(first.timestamp) - plotLeft).toFixed(1)}" height="${plotHeight}"/>`
}
<text class="quiet" x="${plotLeft - 6}" y="${top + 8}" text-anchor="end">${count(highest)}</text>
<text class="quiet" x="${plotLeft - 6}" y="${bottom}" text-anchor="end">0</text>
<line x1="${plotLeft}" x2="${plotRight}" y1="${bottom}" y2="${bottom}"/>
${ticks.moments.map((ms) => tickView(x(ms), bottom, tickLabel(ms, ticks.stepMs, zone)))}
${timeline.bins.map((bin) => binView(bin, x, bottom, heightOf, zone))}
${ends.map((end, at) => endView(end, x(end.timestamp), endHeight * at, bottom, zone))}
</svg>`;
}

function tickView(x: number, bottom: number, label: string): Markup {
  return html`<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${bottom}" y2="${bottom + 4}"/>
<text class="quiet" x="${x.toFixed(1)}" y="${bottom + 18}" text-anchor="${x > plotRight - 40 ? 'end' : x < plotLeft + 20 ? 'start' : 'middle'}">${label}</text>`;
}

const day = 86_400_000;

/** The date where a day begins or ticks are days apart, otherwise the clock. */
function tickLabel(ms: number, stepMs: number, zone: TimeZoneChoice): string {
  const [date = '', clock = ''] = dateAndTime(ms, zone).split(' ');
  if (stepMs >= day || clock === '00:00:00') return date;
  return stepMs >= 60_000 ? clock.slice(0, 5) : clock;
}

function binView(
  bin: TimelineBin,
  x: (ms: number) => number,
  bottom: number,
  heightOf: (keys: number) => number,
  zone: TimeZoneChoice,
): Markup {
  const from = x(bin.from);
  const full = x(bin.to) - from;
  const size = Math.max(1.5, full - Math.min(3, full / 5)).toFixed(1);
  let y = bottom;
  const parts = differenceKinds.flatMap((kind) => {
    const keys = bin.counts[kind] ?? 0;
    if (keys === 0) return [];
    // One key of thousands must still be seen.
    const height = Math.max(3, heightOf(keys));
    y -= height;
    return [
      html`<rect class="bar ${kind}" x="${from.toFixed(1)}" y="${y.toFixed(1)}" width="${size}" height="${height.toFixed(1)}"/>`,
    ];
  });
  return html`<g><title>${dateAndTime(bin.from, zone)}: ${counted(bin.total, 'key')}</title>${parts}</g>`;
}

function endView(end: TimelineEnd, x: number, top: number, bottom: number, zone: TimeZoneChoice): Markup {
  const isRight = x > (plotLeft + plotRight) / 2;
  return html`<line class="end" x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${top + 3}" y2="${bottom}"/>
<text x="${(isRight ? x - 5 : x + 5).toFixed(1)}" y="${top + 13}" text-anchor="${isRight ? 'end' : 'start'}">${endWords(end)} ${dateAndTime(end.timestamp, zone)}</text>`;
}

function endWords({ side, partition }: TimelineEnd): string {
  return partition === null ? `the ${side} ends` : `the ${side}’s partition ${partition} ends`;
}

function tableOf({ bins, from, to, ends }: Timeline, zone: TimeZoneChoice): Markup {
  const kinds = differenceKinds.filter((kind) => bins.some(({ counts }) => counts[kind] !== undefined));
  const moment = momentsWithin({ from, to }, zone);
  return html`<div class="wide"><table>
<thead><tr><th scope="col">Last written</th>${kinds.map((kind) => html`<th scope="col" class="number">${kindLabels[kind].title}</th>`)}</tr></thead>
<tbody>${bins.map(
    (bin) =>
      html`<tr><th scope="row">${moment(bin.from)} – ${moment(bin.to)}</th>${kinds.map(
        (kind) => html`<td class="number">${count(bin.counts[kind] ?? 0)}</td>`,
      )}</tr>`,
  )}</tbody>
</table></div>
<ul>${ends.map((end) => html`<li>${endWords(end)} ${dateAndTime(end.timestamp, zone)}</li>`)}</ul>`;
}
