/** What a correct comparison of generated dumps says. The maker of the data fills it in while it writes. */
import type { Cause, KeyCounts, Late, LiteralCounts, Verdict } from '../../../src/core/comparison.js';

export interface AnswerSide {
  readonly bytes: number;
  readonly records: number;
  readonly keys: number;
  readonly tombstones: number;
}

/** The fields and names of the JSON report. */
export interface Answer {
  readonly verdict: Verdict;
  readonly source: AnswerSide;
  readonly mirror: AnswerSide;
  readonly keys: KeyCounts;
  readonly causes: Readonly<Record<Cause, number>>;
  readonly timestampsComparable: boolean;
  readonly late: Readonly<Record<Late, number>>;
  readonly literal: LiteralCounts;
  readonly ledger: AnswerLedger;
}

interface AnswerLedger {
  readonly matched: number;
  readonly source: AnswerLedgerSide & { readonly notInMirror: number };
  readonly mirror: AnswerLedgerSide & { readonly notInSource: number };
  readonly approximateKeys: number;
}

interface AnswerLedgerSide {
  readonly superseded: number;
  readonly repeated: number;
  readonly expiredTombstones: number;
}

/** The same, while it is counted. */
export type Tally = Mutable<Answer>;

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] extends object ? Mutable<T[Name]> : T[Name] };

export function emptyTally(): Tally {
  const side = (): Tally['source'] => ({ bytes: 0, records: 0, keys: 0, tombstones: 0 });
  const ledgerSide = { superseded: 0, repeated: 0, expiredTombstones: 0 };
  return {
    verdict: 'equivalent',
    source: side(),
    mirror: side(),
    keys: { same: 0, deleted: 0, missing: 0, extra: 0, modified: 0, inSeveralPartitions: 0 },
    causes: { stale: 0, ahead: 0, reordered: 0, diverged: 0 },
    timestampsComparable: true,
    late: { afterMirrorEnd: 0, afterSourceEnd: 0 },
    literal: { notInSource: 0, notInMirror: 0, modified: 0, same: 0 },
    ledger: {
      matched: 0,
      source: { ...ledgerSide, notInMirror: 0 },
      mirror: { ...ledgerSide, notInSource: 0 },
      approximateKeys: 0,
    },
  };
}
