/** The record accounting of one key, and of the keyless records: why the two counts differ. */

import { type CommonSubsequence, longestCommonSubsequence } from './commonSubsequence.js';
import type { KeylessDifferences, Ledger, LedgerSide, Outcome } from './comparison.js';
import { finalValue, type KeyRecords, noTimestamp } from './keyRecords.js';

/** One key's share of the ledger; each side's numbers add up to its records. */
export interface KeyLedger {
  readonly matched: number;
  readonly source: LedgerSide;
  readonly mirror: LedgerSide;
  /** False if `matched` is a lower bound. */
  readonly exact: boolean;
}

const nothing = { superseded: 0, repeated: 0, expiredTombstones: 0, notInOther: 0 } satisfies LedgerSide;

/**
 * @param byRecord whether two records are the same only with equal timestamps, too (cleanup policy `delete`,
 *   timestamps comparable), so that a record delivered twice never stands in for one that was lost
 */
export function keyLedger(
  source: KeyRecords | null,
  mirror: KeyRecords | null,
  outcome: Outcome,
  byRecord: boolean,
): KeyLedger {
  if (source === null || mirror === null) {
    return {
      matched: 0,
      source: source === null ? nothing : ledgerSide(source, 0, outcome, true),
      mirror: mirror === null ? nothing : ledgerSide(mirror, 0, outcome, true),
      exact: true,
    };
  }
  const [sourceItems, mirrorItems] = ledgerItems(source, mirror, byRecord);
  const common = haveOnlyJsonInCommon(source, mirror, outcome)
    ? withPairOfFinals(
        longestCommonSubsequence(without(sourceItems, source.finalIndex), without(mirrorItems, mirror.finalIndex)),
      )
    : longestCommonSubsequence(sourceItems, mirrorItems);
  const finalIsNowhere = (items: ArrayLike<number>, finalIndex: number, among: ArrayLike<number>): boolean =>
    outcome === 'modified' && !includes(among, items[finalIndex] as number);
  return {
    matched: common.length,
    source: ledgerSide(
      source,
      common.length,
      outcome,
      false,
      finalIsNowhere(sourceItems, source.finalIndex, mirrorItems),
    ),
    mirror: ledgerSide(
      mirror,
      common.length,
      outcome,
      false,
      finalIsNowhere(mirrorItems, mirror.finalIndex, sourceItems),
    ),
    exact: common.exact,
  };
}

/** What is matched of two sides: values, or with `byRecord` values with their timestamps. Equal numbers match. */
export function ledgerItems(
  source: KeyRecords,
  mirror: KeyRecords,
  byRecord: boolean,
): readonly [source: ArrayLike<number>, mirror: ArrayLike<number>] {
  return byRecord ? recordNumbers(source, mirror) : [source.values, mirror.values];
}

/** Finals that differ in bytes and are the same all the same: as JSON. They are a pair apart from the subsequence. */
export function haveOnlyJsonInCommon(source: KeyRecords, mirror: KeyRecords, outcome: Outcome): boolean {
  return outcome === 'same' && finalValue(source) !== finalValue(mirror);
}

function withPairOfFinals({ length, exact }: CommonSubsequence): CommonSubsequence {
  return { length: length + 1, exact };
}

/** The items less the one at `index`. */
export function without(items: ArrayLike<number>, index: number): number[] {
  return Array.from(items).toSpliced(index, 1);
}

function ledgerSide(
  records: KeyRecords,
  matched: number,
  outcome: Outcome,
  absentOnOther: boolean,
  finalIsNowhere = absentOnOther && outcome !== 'deleted',
): LedgerSide {
  const expiredTombstones = absentOnOther && outcome === 'deleted' ? 1 : 0;
  const notInOther = finalIsNowhere ? 1 : 0;
  const room = records.values.length - matched - expiredTombstones - notInOther;
  const repeated = room === 0 ? 0 : Math.min(room, countRepeats(records));
  return { superseded: room - repeated, repeated, expiredTombstones, notInOther };
}

function includes(items: ArrayLike<number>, wanted: number): boolean {
  for (let i = 0; i < items.length; i++) if (items[i] === wanted) return true;
  return false;
}

/** Numbers the records of both sides so that equal numbers are equal in value and timestamp. */
function recordNumbers(source: KeyRecords, mirror: KeyRecords): [source: number[], mirror: number[]] {
  const numbers = new Map<string, number>();
  const numbersOf = (records: KeyRecords): number[] =>
    Array.from(records.values, (value, i) => {
      const record = `${value}@${records.timestamps[i]}`;
      let number = numbers.get(record);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(record, number);
      }
      return number;
    });
  return [numbersOf(source), numbersOf(mirror)];
}

/** Records equal in value and timestamp to an earlier one; those without a timestamp never are. */
function countRepeats(records: KeyRecords): number {
  if (isAscending(records.timestamps)) return 0;
  const seen = new Map<number, Set<number>>();
  let repeats = 0;
  for (let i = 0; i < records.values.length; i++) {
    const timestamp = records.timestamps[i] as number;
    if (timestamp === noTimestamp) continue;
    const value = records.values[i] as number;
    const values = seen.get(timestamp);
    if (values === undefined) seen.set(timestamp, new Set([value]));
    else if (values.has(value)) repeats++;
    else values.add(value);
  }
  return repeats;
}

/** Whether each moment comes once, as usual. */
function isAscending(timestamps: ArrayLike<number>): boolean {
  for (let i = 1; i < timestamps.length; i++) {
    if ((timestamps[i] as number) <= (timestamps[i - 1] as number)) return false;
  }
  return true;
}

/** Surplus copies of one value among the keyless records. */
export interface KeylessSurplus {
  readonly onlyInSource: number;
  readonly onlyInMirror: number;
  readonly repeatedInSource: number;
  readonly repeatedInMirror: number;
}

/**
 * Compares the keyless records of one value (with `byRecord`, the caller groups by value and timestamp).
 * @param source timestamps of that value's records in the source, or `noTimestamp`; the same for the mirror
 */
export function keylessSurplus(source: ArrayLike<number>, mirror: ArrayLike<number>): KeylessSurplus {
  const common = Math.min(source.length, mirror.length);
  const surplus = (timestamps: ArrayLike<number>): { only: number; repeated: number } => {
    const extra = timestamps.length - common;
    const timed = Array.from(timestamps).filter((timestamp) => timestamp !== noTimestamp);
    const repeated = Math.min(extra, timed.length - new Set(timed).size);
    return { only: extra - repeated, repeated };
  };
  const [inSource, inMirror] = [surplus(source), surplus(mirror)];
  return {
    onlyInSource: inSource.only,
    onlyInMirror: inMirror.only,
    repeatedInSource: inSource.repeated,
    repeatedInMirror: inMirror.repeated,
  };
}

/**
 * @throws Error if either sum does not hold, or the keyless records that both sides have are not as many on each: a
 *   report that does not add up must never be shown
 */
export function assertLedgerAddsUp(
  source: { readonly records: number; readonly keyless: number },
  mirror: { readonly records: number; readonly keyless: number },
  ledger: Ledger,
  keyless: KeylessDifferences,
): void {
  for (const [name, { records, keyless }, side] of [
    ['source', source, ledger.source],
    ['mirror', mirror, ledger.mirror],
  ] as const) {
    const sum = ledger.matched + side.superseded + side.repeated + side.expiredTombstones + side.notInOther + keyless;
    if (sum !== records) throw new Error(`The ledger of the ${name} adds up to ${sum}, not to its ${records} records.`);
  }
  const inSource = source.keyless - keyless.onlyInSource - keyless.repeatedInSource;
  const inMirror = mirror.keyless - keyless.onlyInMirror - keyless.repeatedInMirror;
  if (inSource !== inMirror) {
    throw new Error(
      `The keyless records on both sides are ${inSource} by the source’s count and ${inMirror} by the mirror’s.`,
    );
  }
}
