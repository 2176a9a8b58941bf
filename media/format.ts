/** Numbers and moments as the page writes them: short in place, exact in the tooltip, in the reader's zone. */

import type { Interval } from '../src/core/timeline.js';
import { clockTime, dateAndTime } from '../src/core/words/time.js';

/** The last moment that a calendar has a date for; a dump may print any number. */
const lastDate = 8_640_000_000_000_000;

const day = 86_400_000;

/** Moments as short as they can be without being mistaken, among all those from `times`. */
export class Moments {
  /** Moments are written with their date. */
  readonly withDate: boolean;
  readonly #withYear: boolean;

  constructor(times: Interval | null) {
    const first = times === null ? '' : dateOf(times.from);
    const last = times === null ? '' : dateOf(times.to - 1);
    this.withDate = first !== last;
    this.#withYear = first.slice(-4) !== last.slice(-4);
  }

  /** `12:45:11`, `22 Nov 12:45:11` or `22 Nov 2026 12:45`. */
  short(ms: number): string {
    if (isBeyondDates(ms)) return String(ms);
    const clock = clockTime(ms);
    if (this.#withYear) return `${dateOf(ms)} ${clock.slice(0, 5)}`;
    return this.withDate ? `${dateOf(ms).slice(0, -5)} ${clock}` : clock;
  }

  /** A tick of an axis whose ticks are `stepMs` apart. */
  tick(ms: number, stepMs: number): string {
    if (isBeyondDates(ms)) return String(ms);
    const clock = clockTime(ms);
    if (stepMs >= day || (this.withDate && clock === '00:00:00')) {
      return this.#withYear ? dateOf(ms) : dateOf(ms).slice(0, -5);
    }
    if (stepMs >= 60_000) return clock.slice(0, 5);
    return stepMs >= 1000 ? clock : `${clock}.${String(ms % 1000).padStart(3, '0')}`;
  }

  /** `13:00:00 – 13:05:00`. */
  span({ from, to }: Interval): string {
    return `${this.short(from)} – ${this.short(to)}`;
  }
}

/** For tooltips: the moment in the reader's zone, and in UTC to the millisecond. */
export function exactMoment(ms: number): string {
  return isBeyondDates(ms) ? `${ms} ms since 1970` : `${dateAndTime(ms)}\n${new Date(ms).toISOString()}`;
}

/** The short name of the reader's zone at a moment: `CET`, `UTC+1`. */
export function zoneName(ms: number): string {
  return isBeyondDates(ms) ? '' : (dateAndTime(ms).split(' ').at(-1) ?? '');
}

function isBeyondDates(ms: number): boolean {
  return Math.abs(ms) > lastDate;
}

const dateFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** `22 Nov 2026`. */
function dateOf(ms: number): string {
  return isBeyondDates(ms) ? '' : dateFormat.format(ms);
}
