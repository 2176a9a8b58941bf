/**
 * The ledger as two bars on one scale: the matched records come first and are equally long on both sides, so what
 * is left over, and why, can be compared by eye.
 */
import type { Comparison } from './comparison.js';
import type { Side } from './record.js';

/** The terms of the sum, in the order in which they are drawn. */
export type LedgerPart = 'matched' | 'superseded' | 'repeated' | 'expiredTombstones' | 'notInOther' | 'keyless';

export const ledgerParts: readonly LedgerPart[] = [
  'matched',
  'superseded',
  'repeated',
  'expiredTombstones',
  'notInOther',
  'keyless',
];

export interface LedgerSegment {
  readonly part: LedgerPart;
  /** At least 1. */
  readonly records: number;
  /** Shares of the scale, between 0 and 1. */
  readonly start: number;
  readonly width: number;
}

export interface LedgerBar {
  readonly side: Side;
  readonly records: number;
  /** In the order of `ledgerParts`; no empty ones. */
  readonly segments: readonly LedgerSegment[];
}

/** How many records of a side are in each term of its sum; they add up to its records. */
export function ledgerTerms(comparison: Comparison, side: Side): Readonly<Record<LedgerPart, number>> {
  return {
    matched: comparison.ledger.matched,
    ...comparison.ledger[side],
    keyless: comparison[side].keyless,
  };
}

/**
 * @param minimumWidth share of the scale that the smallest segment gets, so that one record of a million is seen
 */
export function ledgerBars(
  comparison: Comparison,
  minimumWidth = 0.005,
): readonly [source: LedgerBar, mirror: LedgerBar] {
  const source = ledgerTerms(comparison, 'source');
  const mirror = ledgerTerms(comparison, 'mirror');
  const perRecord = Math.min(scaleOf(source, minimumWidth), scaleOf(mirror, minimumWidth));
  return [bar('source', source, perRecord, minimumWidth), bar('mirror', mirror, perRecord, minimumWidth)];
}

/** The share of one record at which this side fills the scale, with the room that small segments take away. */
function scaleOf(terms: Readonly<Record<LedgerPart, number>>, minimumWidth: number): number {
  const ascending = Object.values(terms)
    .filter((records) => records > 0)
    .sort((a, b) => a - b);
  let room = 1;
  let records = ascending.reduce((sum, count) => sum + count, 0);
  if (records === 0) return Number.POSITIVE_INFINITY;
  for (const count of ascending) {
    if ((count * room) / records >= minimumWidth) break;
    room -= minimumWidth;
    records -= count;
  }
  return room / records;
}

function bar(
  side: Side,
  terms: Readonly<Record<LedgerPart, number>>,
  perRecord: number,
  minimumWidth: number,
): LedgerBar {
  let start = 0;
  const segments = ledgerParts.flatMap((part) => {
    const records = terms[part];
    if (records === 0) return [];
    const width = Math.max(minimumWidth, records * perRecord);
    const segment = { part, records, start, width };
    start += width;
    return [segment];
  });
  return { side, records: ledgerParts.reduce((sum, part) => sum + terms[part], 0), segments };
}
