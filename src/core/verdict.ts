/** The verdict: what makes two dumps of a topic different. */

import type { KeyCounts, KeylessDifferences, Ledger, Verdict } from './comparison.js';
import type { CleanupPolicy } from './options.js';

/**
 * Compacted topics agree if every key does and no keyless record is on one side only. With `delete` every record
 * must be there: any record without its counterpart counts, too.
 */
export function verdictOf(
  keys: KeyCounts,
  ledger: Ledger,
  keyless: KeylessDifferences,
  cleanupPolicy: CleanupPolicy,
): Verdict {
  const differs = keys.missing + keys.extra + keys.modified + keyless.onlyInSource + keyless.onlyInMirror > 0;
  if (differs) return 'different';
  return cleanupPolicy === 'delete' && recordsOutsideMatched(ledger, keyless) > 0 ? 'different' : 'equivalent';
}

/** Records of both sides that have no counterpart on the other. */
export function recordsOutsideMatched(ledger: Ledger, keyless: KeylessDifferences): number {
  const sides = [ledger.source, ledger.mirror].map(
    (side) => side.superseded + side.repeated + side.expiredTombstones + side.notInOther,
  );
  const keylessSurplus = Object.values(keyless).reduce((sum, count) => sum + count, 0);
  return sides.reduce((sum, count) => sum + count, keylessSurplus);
}
