/** Moments and distances as people say them. */

/** How moments are printed; tests and reports fix the zone. */
export interface TimeZoneChoice {
  /** IANA name such as `Europe/Paris`; undefined for the zone of the machine. */
  readonly timeZone?: string;
}

/** By time zone: making a formatter takes longer than drawing the row it is for. */
const formats = new Map<string | undefined, Intl.DateTimeFormat>();

function formatIn(timeZone: string | undefined): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      ...(timeZone === undefined ? {} : { timeZone }),
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    });
    formats.set(timeZone, format);
  }
  return format;
}

interface MomentParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  readonly timeZoneName: string;
}

function parts(ms: number, { timeZone }: TimeZoneChoice): MomentParts {
  if (ms >= 0 && ms < year10000 && (timeZone === 'UTC' || (timeZone === undefined && isMachineInUtc()))) {
    const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = new Date(ms)
      .toISOString()
      .split(/[-T:.]/);
    return { year, month, day, hour, minute, second, timeZoneName: 'UTC' };
  }
  return Object.fromEntries(
    formatIn(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  ) as unknown as MomentParts;
}

const year10000 = Date.UTC(10_000, 0);

/** Null until somebody asked. */
let machineIsInUtc: boolean | null = null;

/**
 * Most servers are, and there no formatter has to be made: the first one takes 14 ms. Where the zone goes by another name,
 * one is made.
 */
function isMachineInUtc(): boolean {
  machineIsInUtc ??= new Date(0).toString().endsWith('(Coordinated Universal Time)');
  return machineIsInUtc;
}

/** The zone's distance from UTC at a moment, positive east of Greenwich. */
export function zoneOffsetMs(ms: number, zone: TimeZoneChoice = {}): number {
  const { year, month, day, hour, minute, second } = parts(ms, zone);
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return local - Math.floor(ms / 1000) * 1000;
}

/** A dump may print any number; no calendar has a date for one beyond this. */
const lastDate = 8_640_000_000_000_000;

/** `12:45:11`. */
export function clockTime(ms: number, zone: TimeZoneChoice = {}): string {
  if (Math.abs(ms) > lastDate) return `${ms} ms after 1970`;
  const { hour, minute, second } = parts(ms, zone);
  return `${hour}:${minute}:${second}`;
}

/** `2026-11-22 12:45:11 UTC`, with the zone's own short name. */
export function dateAndTime(ms: number, zone: TimeZoneChoice = {}): string {
  if (Math.abs(ms) > lastDate) return clockTime(ms);
  const { year, month, day, timeZoneName } = parts(ms, zone);
  return `${year}-${month}-${day} ${clockTime(ms, zone)} ${timeZoneName}`;
}

/** Writes a moment. */
export type MomentWriter = (ms: number) => string;

/** Writes moments of an interval by the clock alone if it lies within one day, otherwise with their date. */
export function momentsWithin(
  times: { readonly from: number; readonly to: number } | null,
  zone: TimeZoneChoice,
): MomentWriter {
  const dateOf = (ms: number): string => dateAndTime(ms, zone).slice(0, 10);
  if (times === null || dateOf(times.from) === dateOf(times.to - 1)) return (ms) => clockTime(ms, zone);
  return (ms) => (Math.abs(ms) > lastDate ? clockTime(ms) : `${dateOf(ms)} ${clockTime(ms, zone)}`);
}

/** `850 ms`, `23 s`, `23 min`, `1 h 34 min`, `3 d 4 h`: the two largest units that matter, rounded down. */
export function duration(ms: number): string {
  const size = Math.abs(ms);
  if (size < 1000) return `${size} ms`;
  const seconds = Math.floor(size / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
