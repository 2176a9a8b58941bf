/**
 * Differing keys that a join settles, as rows of src/engine/findings.ts; a test ties the numbers together. TypeScript
 * takes them whenever there are as many as stay in the cache.
 */
import { OFFSET, PLACE, PLACE_BITS } from './layout';
import { PlainSide } from './plainKey';

/** `count` rows are at an address. */
// @ts-ignore: decorator
@external('engine', 'takeFound')
declare function takeFound(rows: usize, count: u32): void;

/** Doubles a row: bits, `behind` in both readings, then five for each side. */
const ROW_LENGTH: usize = 13;
const SIDE_START: usize = 3;
const SIDE_LENGTH: usize = 5;
/** Where each part of the bits begins; the outcome's are the first two. */
const UNTIMED_AT: u32 = 2;
const TIMED_AT: u32 = 6;
const LATE_AT: u32 = 10;
const PRESENCE_AT: u32 = 12;

const rowBytes: usize = ROW_LENGTH * 8;
const mostRows: u32 = 128;
export const foundBytes: u32 = mostRows * <u32>rowBytes;

let rows: usize = 0;
let count: u32 = 0;

/** @param address of `foundBytes` */
export function beginFound(address: usize): void {
  rows = address;
  count = 0;
}

export function endFound(): void {
  if (count > 0) takeFound(rows, count);
  count = 0;
}

/**
 * @param outcome 0 missing, 1 extra, 2 modified
 * @param untimed number of the cause if timestamps are not comparable, 0 for none
 * @param late 1 after the mirror's end, 2 after the source's end, otherwise 0
 */
export function addFound(
  outcome: u32,
  untimed: u32,
  untimedBehind: f64,
  timed: u32,
  timedBehind: f64,
  late: u32,
  source: PlainSide,
  mirror: PlainSide,
): void {
  const row = rows + count * rowBytes;
  const bits =
    outcome |
    (untimed << UNTIMED_AT) |
    (timed << TIMED_AT) |
    (late << LATE_AT) |
    (presenceOf(source) << PRESENCE_AT) |
    (presenceOf(mirror) << (PRESENCE_AT + 2));
  store<f64>(row, <f64>bits);
  store<f64>(row, untimedBehind, 8);
  store<f64>(row, timedBehind, 16);
  putFinal(row + SIDE_START * 8, source);
  putFinal(row + (SIDE_START + SIDE_LENGTH) * 8, mirror);
  count++;
  if (count === mostRows) endFound();
}

/** 0 absent, 1 a value, 3 a tombstone. */
function presenceOf(side: PlainSide): u32 {
  return side.count === 0 ? 0 : side.finalValue === 0 ? 3 : 1;
}

function putFinal(at: usize, side: PlainSide): void {
  if (side.count === 0) {
    memory.fill(at, 0, SIDE_LENGTH * 8);
    return;
  }
  store<f64>(at, <f64>(load<u64>(side.final, PLACE) & ((1 << PLACE_BITS) - 1)));
  store<f64>(at, <f64>side.partition - 1, 8);
  store<f64>(at, side.finalTimestamp, 16);
  store<f64>(at, side.hasOffsets ? load<f64>(side.final, OFFSET) : -1, 24);
  store<f64>(at, <f64>side.count, 32);
}
