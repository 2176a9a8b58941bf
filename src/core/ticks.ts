/** The labelled moments of a time axis, at intervals that people count in, in the reader's zone. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const steps: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((n) => n * day),
];

export interface Ticks {
  readonly stepMs: number;
  readonly moments: readonly number[];
}

/**
 * At most `maxTicks` moments from `from` to `to`.
 *
 * @param zoneOffsetMs the zone's distance from UTC, so that ticks of hours and days fall on the reader's
 */
export function axisTicks(from: number, to: number, maxTicks: number, zoneOffsetMs: number): Ticks {
  const smallest = (to - from) / Math.max(1, maxTicks);
  const stepMs = steps.find((step) => step > smallest) ?? Math.ceil(smallest / (364 * day)) * 364 * day;
  const moments: number[] = [];
  const start = Math.ceil((from + zoneOffsetMs) / stepMs) * stepMs - zoneOffsetMs;
  for (let moment = start; moment <= to && moments.length < maxTicks; moment += stepMs) moments.push(moment);
  return { stepMs, moments };
}
