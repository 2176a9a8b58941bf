/** The histogram itself. Its bars, and the labels of the ends, are buttons that filter the table. */
import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { DifferenceKind } from '../../src/core/differenceGroups.js';
import { axisTicks } from '../../src/core/ticks.js';
import type { Interval, Timeline, TimelineBin, TimelineEnd } from '../../src/core/timeline.js';
import { kindLabels } from '../../src/core/words/labels.js';
import { count, counted } from '../../src/core/words/numbers.js';
import { duration } from '../../src/core/words/time.js';
import type { RowFilter } from '../../src/editor/resultProtocol.js';
import { exactMoment, type Moments, zoneName } from '../format.js';
import type { PageActions } from '../host.js';

export interface ChartProps {
  readonly timeline: Timeline;
  /** Those that occur. */
  readonly kinds: readonly DifferenceKind[];
  readonly filter: RowFilter;
  readonly moments: Moments;
  /** Pixels there are for the chart. */
  readonly width: number;
}

/** Ends with a line of their own in the chart; there may be hundreds of partitions. */
const maxEnds = 5;
const endLineHeight = 15;
const plotHeight = 84;
const margin = { left: 38, right: 14, bottom: 20 };
/** Pixels that a label of the axis takes. */
const tickRoom = 92;

export function timelineChart(props: ChartProps, actions: PageActions): TemplateResult {
  const { timeline, kinds, width, moments, filter } = props;
  const ends = timeline.ends.filter(({ timestamp }) => timestamp >= timeline.from && timestamp <= timeline.to);
  const drawn = ends.slice(0, maxEnds - 1).concat(ends.length >= maxEnds ? ends.slice(-1) : []);
  const top = 8 + endLineHeight * drawn.length;
  const bottom = top + plotHeight;
  const right = width - margin.right;
  const x = (ms: number): number =>
    margin.left + ((ms - timeline.from) / (timeline.to - timeline.from)) * (right - margin.left);
  const highest = Math.max(1, ...timeline.bins.map(({ total }) => total));
  const y = (keys: number): number => bottom - (keys / highest) * (plotHeight - 4);
  const zone = -new Date(Math.min(timeline.to, 8.64e15)).getTimezoneOffset() * 60_000;
  const ticks = axisTicks(timeline.from, timeline.to, Math.floor((right - margin.left) / tickRoom), zone);
  const scale = { x, y, top, bottom, right };

  return html`
    <div class="chart">
    <svg
      class="timeline"
      width=${width}
      height=${bottom + margin.bottom}
      role="group"
      aria-label="Histogram of ${counted(sum(timeline.bins), 'key')}, in steps of ${duration(timeline.binMs)}; the arrow keys lead from bar to bar"
      @keydown=${moveBetweenBars}
    >
      ${bandView(drawn, scale)}
      <line class="highest" x1=${margin.left} x2=${right} y1=${y(highest)} y2=${y(highest)} />
      <text class="axis" x=${margin.left - 6} y=${y(highest) + 4} text-anchor="end">${count(highest)}</text>
      <text class="axis" x=${margin.left - 6} y=${bottom} text-anchor="end">0</text>
      <line class="base" x1=${margin.left} x2=${right} y1=${bottom} y2=${bottom} />
      ${ticks.moments.map((ms) => tickView(ms, ticks.stepMs, moments, scale))}
      <text class="axis zone" x=${0} y=${bottom + 15}>${zoneName(timeline.to)}</text>
      ${timeline.bins.map((bin, at) => binView(bin, kinds, at === 0, filter.interval, moments, scale, actions))}
      ${drawn.map((end, at) => endLine(end, at, scale))}
    </svg>
    ${drawn.map((end, at) => endLabel(end, at, moments, scale, filter, actions))}
    </div>
  `;
}

interface Scale {
  readonly x: (ms: number) => number;
  readonly y: (keys: number) => number;
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
}

/** The time that the dump which ends first covers: what differs in there is not explained by its end. */
function bandView(ends: readonly TimelineEnd[], { x, top, bottom }: Scale): SVGTemplateResult {
  const first = ends[0];
  if (first === undefined) return svg``;
  const width = Math.max(0, x(first.timestamp) - margin.left);
  return svg`<rect class="covered" x=${margin.left} y=${top} width=${width} height=${bottom - top} />`;
}

function tickView(ms: number, stepMs: number, moments: Moments, { x, bottom, right }: Scale): SVGTemplateResult {
  const at = x(ms);
  // At the edges, a label must neither be cut off nor run into the zone's name.
  const anchor = at > right - 24 ? 'end' : at < margin.left + 14 ? 'start' : 'middle';
  return svg`
    <line class="tick" x1=${at} x2=${at} y1=${bottom} y2=${bottom + 4} />
    <text class="axis" x=${anchor === 'end' ? right : at} y=${bottom + 15} text-anchor=${anchor}>${moments.tick(ms, stepMs)}</text>
  `;
}

function binView(
  bin: TimelineBin,
  kinds: readonly DifferenceKind[],
  isFirst: boolean,
  chosen: Interval | null,
  moments: Moments,
  { x, y, top, bottom }: Scale,
  actions: PageActions,
): SVGTemplateResult {
  const left = x(bin.from);
  const full = x(bin.to) - left;
  const width = Math.max(1.5, full - Math.min(3, full / 5));
  const isChosen = chosen !== null && bin.from >= chosen.from && bin.to <= chosen.to;
  let below = 0;
  const parts = kinds.flatMap((kind) => {
    const keys = bin.counts[kind] ?? 0;
    if (keys === 0) return [];
    const from = y(below);
    below += keys;
    // One key of thousands must still be seen.
    const height = Math.max(3, from - y(below));
    return [svg`<rect class="bar-${kind}" x=${left} y=${from - height} width=${width} height=${height} />`];
  });
  const words = `${moments.span(bin)}: ${wordsOf(bin, kinds)}`;
  const select = (event: Event): void => {
    const interval = { from: bin.from, to: bin.to };
    const grown = (event as MouseEvent).shiftKey && chosen !== null ? union(chosen, interval) : interval;
    actions.filter({ interval: isChosen && grown === interval ? null : grown });
  };
  return svg`
    <g
      class="bin ${isChosen ? 'is-chosen' : ''} ${chosen !== null && !isChosen ? 'is-other' : ''}"
      role="button"
      tabindex=${isFirst ? 0 : -1}
      aria-pressed=${isChosen}
      aria-label=${words}
      @click=${select}
      @keydown=${(event: KeyboardEvent) => pressed(event, select)}
    >
      <title>${words}</title>
      <rect class="hit" x=${left} y=${top} width=${Math.max(full, 4)} height=${bottom - top} />
      ${parts}
    </g>
  `;
}

function endLine({ timestamp }: TimelineEnd, at: number, { x, bottom }: Scale): SVGTemplateResult {
  return svg`<line class="end" x1=${x(timestamp)} x2=${x(timestamp)} y1=${endLineHeight * at + 3} y2=${bottom} />`;
}

/** Over the chart, since SVG has no buttons with tooltips. */
function endLabel(
  end: TimelineEnd,
  at: number,
  moments: Moments,
  { x, right }: Scale,
  filter: RowFilter,
  actions: PageActions,
): TemplateResult {
  const place = x(end.timestamp);
  const section = end.side === 'mirror' ? 'afterMirrorEnd' : 'afterSourceEnd';
  const isChosen = filter.section === section && filter.partition === end.partition;
  const what = end.partition === null ? `the ${end.side} ends` : `the ${end.side}’s partition ${end.partition} ends`;
  const isLeft = place > (margin.left + right) / 2;
  const style = isLeft ? `right:calc(100% - ${place - 5}px)` : `left:${place + 5}px`;
  return html`
    <button
      class="end-label link"
      .style=${`${style};top:${endLineHeight * at}px`}
      title="${exactMoment(end.timestamp)}\nLists the keys written after that"
      aria-pressed=${isChosen}
      @click=${() => actions.filter(isChosen ? { section: null, partition: null } : { section, partition: end.partition })}
    >
      ${what} ${moments.short(end.timestamp)}
    </button>
  `;
}

function wordsOf({ counts }: TimelineBin, kinds: readonly DifferenceKind[]): string {
  return kinds
    .filter((kind) => counts[kind] !== undefined)
    .map((kind) => `${count(counts[kind] ?? 0)} ${kindLabels[kind].title.toLowerCase()}`)
    .join(', ');
}

function sum(bins: readonly TimelineBin[]): number {
  return bins.reduce((keys, { total }) => keys + total, 0);
}

function union(a: Interval, b: Interval): Interval {
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}

/** SVG has no buttons. */
function pressed(event: KeyboardEvent, act: (event: Event) => void): void {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  act(event);
}

function moveBetweenBars(event: KeyboardEvent): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return;
  const bars = [...(event.currentTarget as Element).querySelectorAll<SVGGElement>('.bin')];
  const at = bars.indexOf(document.activeElement as unknown as SVGGElement);
  const next = at === -1 ? undefined : bars[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
