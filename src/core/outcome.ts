/** What became of one key, and why: the tables "Per key" and "Causes" of the comparison's definition. */
import type { Cause, CauseEvidence, DifferenceOutcome, Outcome } from './comparison.js';
import { finalTimestamp, finalValue, type KeyRecords, tombstoneValue } from './keyRecords.js';

/** A side without records of the key is null; both null is not a key. */
export function outcomeOf(source: KeyRecords | null, mirror: KeyRecords | null): Outcome {
  if (source === null) return mirror !== null && finalValue(mirror) !== tombstoneValue ? 'extra' : 'deleted';
  const sourceValue = finalValue(source);
  if (mirror === null) return sourceValue === tombstoneValue ? 'deleted' : 'missing';
  if (sourceValue !== finalValue(mirror)) return 'modified';
  return sourceValue === tombstoneValue ? 'deleted' : 'same';
}

/** Whether the outcome makes the topics different. */
export function isDifference(outcome: Outcome): outcome is DifferenceOutcome {
  return outcome === 'missing' || outcome === 'extra' || outcome === 'modified';
}

export interface CauseFinding {
  readonly cause: Cause;
  readonly evidence: CauseEvidence;
  /** Source records after the one that the mirror ends at; null unless stale by record. */
  readonly behind: number | null;
}

/** Position of the last record equal to record `index` of `wanted`, or -1. */
function lastOccurrence(wanted: KeyRecords, index: number, among: KeyRecords, timestampsComparable: boolean): number {
  const value = wanted.values[index];
  const timestamp = wanted.timestamps[index];
  for (let i = among.values.length - 1; i >= 0; i--) {
    if (among.values[i] === value && (!timestampsComparable || among.timestamps[i] === timestamp)) return i;
  }
  return -1;
}

function isProperPrefix(shorter: KeyRecords, longer: KeyRecords, timestampsComparable: boolean): boolean {
  const length = shorter.values.length;
  if (length >= longer.values.length) return false;
  for (let i = 0; i < length; i++) {
    if (shorter.values[i] !== longer.values[i]) return false;
    if (timestampsComparable && shorter.timestamps[i] !== longer.timestamps[i]) return false;
  }
  return true;
}

/** Why a modified key differs. Linear in its records. */
export function causeOf(source: KeyRecords, mirror: KeyRecords, timestampsComparable: boolean): CauseFinding {
  const ahead: CauseFinding = { cause: 'ahead', evidence: 'record', behind: null };
  const reordered: CauseFinding = { cause: 'reordered', evidence: 'record', behind: null };
  const age = finalTimestamp(source) - finalTimestamp(mirror);

  const mirrorEndsAt = lastOccurrence(mirror, mirror.finalIndex, source, timestampsComparable);
  const sourceEndsAt = lastOccurrence(source, source.finalIndex, mirror, timestampsComparable);
  if (sourceEndsAt < 0 && mirrorEndsAt >= 0) {
    return { cause: 'stale', evidence: 'record', behind: source.values.length - 1 - mirrorEndsAt };
  }
  if (sourceEndsAt >= 0 && mirrorEndsAt < 0) return timestampsComparable && age > 0 ? reordered : ahead;
  if (sourceEndsAt >= 0 && mirrorEndsAt >= 0) {
    if (isProperPrefix(mirror, source, timestampsComparable)) {
      return { cause: 'stale', evidence: 'record', behind: source.values.length - mirror.values.length };
    }
    return isProperPrefix(source, mirror, timestampsComparable) ? ahead : reordered;
  }
  if (!timestampsComparable || age === 0) return { cause: 'diverged', evidence: 'record', behind: null };
  return { cause: age > 0 ? 'stale' : 'ahead', evidence: 'timestamp', behind: null };
}
