/** The words for the terms of the ledger's sum. */
import type { Comparison } from '../comparison.js';
import type { LedgerPart } from '../ledgerBars.js';
import type { Side } from '../record.js';

/**
 * What a term of a side's sum is called. Only the finals without a counterpart are called differently on the two
 * sides. "Compacted" is said only where every key is the same or deleted on both sides: of other keys, older
 * versions may be missing because they were never delivered.
 */
export function ledgerLabel(part: LedgerPart, side: Side, comparison: Pick<Comparison, 'keys' | 'options'>): string {
  switch (part) {
    case 'matched':
      return 'on both sides';
    case 'superseded':
      return isOnlyCompaction(comparison) ? 'older versions, compacted on the other side' : 'older versions';
    case 'repeated':
      return 'delivered again';
    case 'expiredTombstones':
      return 'tombstones, expired on the other side';
    case 'notInOther':
      return side === 'source' ? 'not on the mirror' : 'not at the source';
    case 'keyless':
      return 'without a key';
  }
}

function isOnlyCompaction({ keys, options }: Pick<Comparison, 'keys' | 'options'>): boolean {
  return options.cleanupPolicy === 'compact' && keys.missing === 0 && keys.extra === 0 && keys.modified === 0;
}
