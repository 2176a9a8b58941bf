/** The ledger as rows of a table: two sums, one below the other, so that anyone can add them up. */
import type { Comparison } from '../comparison.js';

export interface LedgerRow {
  readonly label: string;
  readonly source: number;
  readonly mirror: number;
}

/** The terms, without the total: that is each side's `records`. */
export function ledgerRows({ ledger, source, mirror, verdict }: Comparison): LedgerRow[] {
  // Versions of a key that differs may have been lost, not compacted: only of agreeing keys is that known.
  const older = verdict === 'equivalent' ? 'older versions, compacted on the other side' : 'older versions';
  const row = (label: string, part: 'superseded' | 'repeated' | 'expiredTombstones' | 'notInOther'): LedgerRow => ({
    label,
    source: ledger.source[part],
    mirror: ledger.mirror[part],
  });
  return [
    { label: 'on both sides', source: ledger.matched, mirror: ledger.matched },
    row(older, 'superseded'),
    row('delivered again', 'repeated'),
    row('tombstones the other side has expired', 'expiredTombstones'),
    row('latest values the other side lacks', 'notInOther'),
    { label: 'records without key', source: source.keyless, mirror: mirror.keyless },
  ];
}
