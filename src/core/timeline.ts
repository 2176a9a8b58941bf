/**
 * When the differing keys were last written, as a histogram by kind of difference, with the moments at which the
 * dumps end: it shows at one glance whether records are lost in the middle or the mirror stopped.
 */
import type { Comparison, Late } from './comparison.js';
import { eachCounted, lastWrittenAt } from './differenceColumns.js';
import { type DifferenceKind, differenceKinds } from './differenceGroups.js';
import type { DifferenceList } from './differenceList.js';
import { dumpSpan } from './dumpSpan.js';
import { endedSide, stoppedPartitions } from './partitionEnds.js';
import type { Side } from './record.js';

/** Half open: `from` belongs to it, `to` does not. Milliseconds since 1970 UTC. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

export interface TimelineBin extends Interval {
  readonly total: number;
  readonly counts: Readonly<Partial<Record<DifferenceKind, number>>>;
}

/** Where a dump, or one partition of it, ends. */
export interface TimelineEnd {
  readonly side: Side;
  /** Null for the end of the whole dump. */
  readonly partition: number | null;
  readonly timestamp: number;
}

/** `from` and `to` are the ends of the axis, whole bins apart. */
export interface Timeline extends Interval {
  readonly binMs: number;
  /** Ascending; bins without keys are left out. */
  readonly bins: readonly TimelineBin[];
  /** Ascending by time. */
  readonly ends: readonly TimelineEnd[];
}

export interface TimelineOptions {
  /** At most this many bins on the axis. */
  readonly maxBins?: number;
  /** The zone's distance from UTC, so that bins of hours and days start where the reader's do. */
  readonly zoneOffsetMs?: number;
  /** Looks into one interval only, in finer bins. */
  readonly within?: Interval;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Widths that people count in. */
const binWidths: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 28, 56, 91, 182, 364].map((n) => n * day),
];

/** Null where there is nothing to draw: no differences, or timestamps that say nothing about each other. */
export function buildTimeline(comparison: Comparison, options: TimelineOptions = {}): Timeline | null {
  const { maxBins = 60, zoneOffsetMs = 0, within } = options;
  if (!comparison.timestampsComparable) return null;
  const { differences } = comparison;
  const { written } = differences.overview;
  if (written === null) return null;
  const ends = dumpEnds(comparison);
  const axis = within ?? axisOf(comparison, { from: written.first, to: written.last + 1 }, ends);
  const binMs = widthOf(axis, maxBins);
  const floor = (ms: number): number => Math.floor((ms + zoneOffsetMs) / binMs) * binMs - zoneOffsetMs;
  const from = floor(axis.from);
  const to = floor(axis.to - 1) + binMs;
  return { from, to, binMs, ends, bins: binsOf(differences, within ?? { from, to }, from, binMs) };
}

/** The bins of width `binMs`, the first at `start`, that hold keys last written within the interval. */
function binsOf(differences: DifferenceList, within: Interval, start: number, binMs: number): TimelineBin[] {
  const kinds = differenceKinds.length;
  // One number for each bin and kind: a million keys are counted without looking anything up by name.
  const counts = new Uint32Array(kinds * Math.max(0, Math.ceil((within.to - start) / binMs)));
  eachCounted(differences.countedParts, (part, from, to) => {
    for (let i = from; i < to; i++) {
      const at = lastWrittenAt(part, i);
      // False for NaN.
      if (!(at >= within.from && at < within.to)) continue;
      const slot = kinds * Math.floor((at - start) / binMs) + (part.kinds[i] as number);
      counts[slot] = (counts[slot] as number) + 1;
    }
  });
  const bins: TimelineBin[] = [];
  for (let bin = 0; kinds * bin < counts.length; bin++) {
    const ofBin = counts.subarray(kinds * bin, kinds * (bin + 1));
    const total = ofBin.reduce((sum, count) => sum + count, 0);
    if (total === 0) continue;
    const found = differenceKinds.flatMap((kind, position) => {
      const count = ofBin[position] as number;
      return count === 0 ? [] : [[kind, count] as const];
    });
    const from = start + bin * binMs;
    bins.push({ from, to: from + binMs, total, counts: Object.fromEntries(found) });
  }
  return bins;
}

/** From the first to the last timestamp of both dumps; null if they have none. */
export function dumpTimes({ source, mirror }: Pick<Comparison, 'source' | 'mirror'>): Interval | null {
  return hull(
    [...source.partitions, ...mirror.partitions].flatMap(({ firstTimestamp, lastTimestamp }) => [
      firstTimestamp,
      lastTimestamp,
    ]),
  );
}

/** The smallest interval that holds all moments; null if there are none. */
function hull(moments: Iterable<number | null>): Interval | null {
  let from = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const moment of moments) {
    if (moment === null) continue;
    if (moment < from) from = moment;
    if (moment > last) last = moment;
  }
  return from <= last ? { from, to: last + 1 } : null;
}

/**
 * The keys and the ends must be on the axis. The whole dumps are, too, unless they go back so much further that
 * the keys would fall into a bin or two; then some room on both sides is enough to see what was before.
 */
function axisOf(comparison: Comparison, written: Interval, ends: readonly TimelineEnd[]): Interval {
  const needed = hull([written.from, written.to - 1, ...ends.map(({ timestamp }) => timestamp)]) ?? written;
  const dumps = dumpTimes(comparison);
  const span = Math.max(needed.to - needed.from, second);
  if (dumps === null) return needed;
  const room = dumps.to - dumps.from <= 2 * span ? Number.POSITIVE_INFINITY : span / 8;
  return {
    from: Math.min(needed.from, Math.max(dumps.from, needed.from - room)),
    to: Math.max(needed.to, Math.min(dumps.to, needed.to + room)),
  };
}

/** One bin less than asked for, since the axis is widened to whole bins at both ends. */
function widthOf(axis: Interval, maxBins: number): number {
  const smallest = (axis.to - axis.from) / (maxBins - 1);
  const known = binWidths.find((width) => width >= smallest);
  return known ?? Math.ceil(smallest / (364 * day)) * 364 * day;
}

/**
 * The ends that explain the picture: the mirror's, if something was written at the source that the mirror lacks,
 * and the source's, if the mirror goes on after it (or nothing else is to be seen).
 */
function dumpEnds(comparison: Comparison): TimelineEnd[] {
  const { count, kinds } = comparison.differences.overview.all;
  const isMirrorBehind = count > kinds.extra + kinds.ahead;
  const isSourceBehind = comparison.late.afterSourceEnd > 0 || !isMirrorBehind;
  return [
    ...(isMirrorBehind ? endsOf(comparison, 'afterMirrorEnd') : []),
    ...(isSourceBehind ? endsOf(comparison, 'afterSourceEnd') : []),
  ].sort((a, b) => a.timestamp - b.timestamp);
}

/** The end of the dump, and of each partition that ended before it and misses keys for that. */
function endsOf(comparison: Comparison, late: Late): TimelineEnd[] {
  const side = endedSide(late);
  const { end } = dumpSpan(comparison[side]);
  if (end === null) return [];
  const early = stoppedPartitions(comparison, late).map((stopped) => ({
    side,
    partition: stopped.partition,
    timestamp: stopped.end,
  }));
  return [...early, { side, partition: null, timestamp: end }];
}
