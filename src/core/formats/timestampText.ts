/** Timestamps as text: ISO 8601 as Go, Java and JavaScript print it, milliseconds, and seconds with a fraction. */
import { noTimestamp } from '../keyRecords.js';

const msPerSecond = 1000;
const msPerMinute = 60 * msPerSecond;

const DASH = 0x2d;
const COLON = 0x3a;
const DOT = 0x2e;

/** `count` digits at `at` as a number, or -1. */
function digits(bytes: Uint8Array, at: number, count: number): number {
  let number = 0;
  for (let i = at; i < at + count; i++) {
    const digit = (bytes[i] as number) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = 10 * number + digit;
  }
  return number;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** The first three digits of a fraction `bytes[at, end)` as milliseconds; what is finer is cut off. */
function fractionMs(bytes: Uint8Array, at: number, end: number): number {
  let ms = 0;
  for (let i = at; i < at + 3; i++) ms = 10 * ms + (i < end && isDigit(bytes[i]) ? (bytes[i] as number) - 0x30 : 0);
  return ms;
}

/**
 * The ISO 8601 time `bytes[start, end)` (`2026-11-22T11:28:32.479+01:00`) in milliseconds since 1970 UTC; without an
 * offset it is UTC. `noTimestamp` for what is before 1970, such as the year 1 that Go prints for a record without
 * timestamp; null if it is no such time.
 */
export function parseIsoTime(bytes: Uint8Array, start: number, end: number): number | null {
  // YYYY-MM-DDTHH:MM:SS
  let at = start + 19;
  if (at > end) return null;
  const year = digits(bytes, start, 4);
  const month = digits(bytes, start + 5, 2);
  const day = digits(bytes, start + 8, 2);
  const hour = digits(bytes, start + 11, 2);
  const minute = digits(bytes, start + 14, 2);
  const second = digits(bytes, start + 17, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60) return null;
  if (bytes[start + 4] !== DASH || bytes[start + 7] !== DASH) return null;
  if (bytes[start + 10] !== 0x54 && bytes[start + 10] !== 0x20) return null;
  if (bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return null;
  let ms = 0;
  if (at < end && (bytes[at] === DOT || bytes[at] === 0x2c)) {
    const fraction = ++at;
    while (at < end && isDigit(bytes[at])) at++;
    ms = fractionMs(bytes, fraction, at);
  }
  const offsetMinutes = parseOffset(bytes, at, end);
  if (offsetMinutes === null) return null;
  const time = Date.UTC(year, month - 1, day, hour, minute, second, ms) - offsetMinutes * msPerMinute;
  return year < 100 || time < 0 ? noTimestamp : time;
}

/** Minutes east of UTC that `Z`, `+01:00`, `+0100`, `+01` or nothing at all mean; null for anything else. */
function parseOffset(bytes: Uint8Array, at: number, end: number): number | null {
  if (at === end) return 0;
  const sign = bytes[at];
  if (sign === 0x5a) return at + 1 === end ? 0 : null;
  if (sign !== 0x2b && sign !== DASH) return null;
  const minutesAt = bytes[at + 3] === COLON ? at + 4 : at + 3;
  const hours = digits(bytes, at + 1, 2);
  const minutes = at + 3 === end ? 0 : digits(bytes, minutesAt, 2);
  if (hours < 0 || minutes < 0 || (at + 3 !== end && minutesAt + 2 !== end)) return null;
  return (sign === DASH ? -1 : 1) * (60 * hours + minutes);
}

/**
 * The decimal number `bytes[start, end)` in milliseconds: as it stands, or times 1000 if it counts `seconds`; a finer
 * fraction is cut off towards the past. `noTimestamp` for anything negative, null if it is no such number.
 */
export function parseEpoch(
  bytes: Uint8Array,
  start: number,
  end: number,
  unit: 'milliseconds' | 'seconds',
): number | null {
  const isNegative = bytes[start] === DASH;
  let at = isNegative ? start + 1 : start;
  let number = 0;
  const first = at;
  for (; at < end && isDigit(bytes[at]); at++) number = 10 * number + ((bytes[at] as number) - 0x30);
  if (at === first) return null;
  let ms = 0;
  if (at < end && bytes[at] === DOT) {
    if (unit === 'seconds') ms = fractionMs(bytes, at + 1, end);
    at++;
    while (at < end && isDigit(bytes[at])) at++;
  }
  if (at !== end) return null;
  if (isNegative) return noTimestamp;
  return unit === 'seconds' ? msPerSecond * number + ms : number;
}
