/** The oracle's accounts: why the record counts of two dumps differ, key by key and for records without a key. */
import type { KeylessDifferences, Outcome } from '../../src/core/comparison.js';
import type { History, KeyPair, SameRecord } from './referenceKeys.js';
import type { ReferenceRecord } from './referenceReader.js';

interface LedgerSums {
  readonly superseded: number;
  readonly repeated: number;
  readonly expiredTombstones: number;
}

export interface ReferenceLedger {
  readonly matched: number;
  readonly source: LedgerSums & { readonly notInMirror: number };
  readonly mirror: LedgerSums & { readonly notInSource: number };
}

export function sumLedger(pairs: readonly KeyPair[], counterpart: SameRecord): ReferenceLedger {
  const perKey = pairs.map((pair) => {
    const source = pair.source?.records ?? [];
    const mirror = pair.mirror?.records ?? [];
    const [finalOfSource, finalOfMirror] = [pair.source?.final, pair.mirror?.final];
    // Finals that are equal only as JSON are one pair, and the subsequence is taken of the rest.
    const matched =
      pair.outcome === 'same' && finalOfSource?.value !== finalOfMirror?.value
        ? 1 +
          longestCommonSubsequence(
            source.filter((record) => record !== finalOfSource),
            mirror.filter((record) => record !== finalOfMirror),
            counterpart,
          )
        : longestCommonSubsequence(source, mirror, counterpart);
    return {
      matched,
      source: ledgerSide(pair.source, mirror, pair.outcome, matched, counterpart),
      mirror: ledgerSide(pair.mirror, source, pair.outcome, matched, counterpart),
    };
  });
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const sumSide = (side: 'source' | 'mirror'): LedgerSums & { notInOther: number } => ({
    superseded: sum(perKey.map((key) => key[side].superseded)),
    repeated: sum(perKey.map((key) => key[side].repeated)),
    expiredTombstones: sum(perKey.map((key) => key[side].expiredTombstones)),
    notInOther: sum(perKey.map((key) => key[side].notInOther)),
  });
  const { notInOther: notInMirror, ...source } = sumSide('source');
  const { notInOther: notInSource, ...mirror } = sumSide('mirror');
  return {
    matched: sum(perKey.map((key) => key.matched)),
    source: { ...source, notInMirror },
    mirror: { ...mirror, notInSource },
  };
}

function ledgerSide(
  history: History | null,
  other: readonly ReferenceRecord[],
  outcome: Outcome,
  matched: number,
  counterpart: SameRecord,
): LedgerSums & { notInOther: number } {
  if (history === null) return { superseded: 0, repeated: 0, expiredTombstones: 0, notInOther: 0 };
  const { records, final } = history;
  const isDifference = outcome !== 'same' && outcome !== 'deleted';
  const notInOther = isDifference && !other.some((record) => counterpart(record, final)) ? 1 : 0;
  const expiredTombstones = final.value === null && other.length === 0 ? 1 : 0;
  const room = records.length - matched - notInOther - expiredTombstones;
  const repeated = Math.min(countRepeats(records), room);
  return { superseded: room - repeated, repeated, expiredTombstones, notInOther };
}

/** Records equal, in value and timestamp, to an earlier one; those without a timestamp never are. */
function countRepeats(records: readonly ReferenceRecord[]): number {
  return records.filter(
    (record, index) =>
      record.timestamp !== null &&
      records.slice(0, index).some((other) => other.value === record.value && other.timestamp === record.timestamp),
  ).length;
}

function longestCommonSubsequence(
  a: readonly ReferenceRecord[],
  b: readonly ReferenceRecord[],
  equal: SameRecord,
): number {
  let lengths: number[] = new Array(b.length + 1).fill(0);
  for (const recordOfA of a) {
    const next = [0];
    for (const [j, recordOfB] of b.entries()) {
      next.push(equal(recordOfA, recordOfB) ? (lengths[j] ?? 0) + 1 : Math.max(lengths[j + 1] ?? 0, next[j] ?? 0));
    }
    lengths = next;
  }
  return lengths.at(-1) ?? 0;
}

/** Bags of values, or of values with their timestamps. */
export function compareKeyless(
  source: readonly ReferenceRecord[],
  mirror: readonly ReferenceRecord[],
  byTimestampToo: boolean,
): KeylessDifferences {
  const bagName = (record: ReferenceRecord): string =>
    JSON.stringify([record.value, byTimestampToo ? record.timestamp : null]);
  const differences = { onlyInSource: 0, onlyInMirror: 0, repeatedInSource: 0, repeatedInMirror: 0 };
  for (const name of new Set([...source, ...mirror].map(bagName))) {
    const inSource = source.filter((record) => bagName(record) === name);
    const inMirror = mirror.filter((record) => bagName(record) === name);
    const sourceSurplus = Math.max(inSource.length - inMirror.length, 0);
    const mirrorSurplus = Math.max(inMirror.length - inSource.length, 0);
    const repeatedInSource = Math.min(countRepeats(inSource), sourceSurplus);
    const repeatedInMirror = Math.min(countRepeats(inMirror), mirrorSurplus);
    differences.repeatedInSource += repeatedInSource;
    differences.repeatedInMirror += repeatedInMirror;
    differences.onlyInSource += sourceSurplus - repeatedInSource;
    differences.onlyInMirror += mirrorSurplus - repeatedInMirror;
  }
  return differences;
}
