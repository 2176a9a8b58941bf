/** Sums over the keys of a join, in both readings where they depend on whether timestamps are comparable. */
import type {
  Cause,
  KeyCounts,
  KeylessDifferences,
  Late,
  Ledger,
  LedgerSide,
  LiteralCounts,
} from '../core/comparison.js';

type Counts<T> = { -readonly [K in keyof T]: number };

export interface LedgerCounts {
  matched: number;
  approximateKeys: number;
  readonly source: Counts<LedgerSide>;
  readonly mirror: Counts<LedgerSide>;
}

/** What depends on whether timestamps are comparable. */
export interface Reading {
  readonly ledger: LedgerCounts;
  readonly causes: Record<Cause, number>;
  readonly keyless: Counts<KeylessDifferences>;
}

/** How often something was found, and where first in the dump; -1 for nowhere. */
export interface Sighting {
  count: number;
  firstByteOffset: number;
}

export interface JoinTotals {
  readonly keys: Counts<KeyCounts>;
  /** Unique keys of each side. */
  readonly sourceKeys: { count: number };
  readonly mirrorKeys: { count: number };
  /** Of the keys with outcome `same`. */
  readonly withEqualTimestamps: { count: number };
  readonly literal: Counts<LiteralCounts>;
  /** If timestamps are comparable. */
  readonly late: Record<Late, number>;
  readonly untimed: Reading;
  readonly timed: Reading;
  /** Keys with a record printed twice, by side. */
  readonly printedTwice: { readonly source: Sighting; readonly mirror: Sighting };
  /** Keys in several partitions of a side. */
  readonly severalPartitions: { readonly source: Sighting; readonly mirror: Sighting };
  /** Keys in one partition a side, and not the same one; the place is the mirror's. */
  readonly movedKeys: Sighting;
}

export function noJoinTotals(): JoinTotals {
  const side = (): Counts<LedgerSide> => ({ superseded: 0, repeated: 0, expiredTombstones: 0, notInOther: 0 });
  const reading = (): Reading => ({
    ledger: { matched: 0, approximateKeys: 0, source: side(), mirror: side() },
    causes: { stale: 0, ahead: 0, reordered: 0, diverged: 0 },
    keyless: { onlyInSource: 0, onlyInMirror: 0, repeatedInSource: 0, repeatedInMirror: 0 },
  });
  const sighting = (): Sighting => ({ count: 0, firstByteOffset: -1 });
  return {
    keys: { same: 0, deleted: 0, missing: 0, extra: 0, modified: 0, inSeveralPartitions: 0 },
    sourceKeys: { count: 0 },
    mirrorKeys: { count: 0 },
    withEqualTimestamps: { count: 0 },
    literal: { notInSource: 0, notInMirror: 0, modified: 0, same: 0 },
    late: { afterMirrorEnd: 0, afterSourceEnd: 0 },
    untimed: reading(),
    timed: reading(),
    printedTwice: { source: sighting(), mirror: sighting() },
    severalPartitions: { source: sighting(), mirror: sighting() },
    movedKeys: sighting(),
  };
}

export function see(sighting: Sighting, byteOffset: number): void {
  sighting.count++;
  if (sighting.firstByteOffset < 0 || byteOffset < sighting.firstByteOffset) sighting.firstByteOffset = byteOffset;
}

type Tree = { [name: string]: number | Tree };

/** Adds `more` into `sum`, number by number; of places the earlier one stays. */
export function addJoinTotals(sum: JoinTotals, more: JoinTotals): void {
  addTree(sum as unknown as Tree, more as unknown as Tree);
}

function addTree(sum: Tree, more: Tree): void {
  for (const [name, value] of Object.entries(more)) {
    const own = sum[name] as number | Tree;
    if (typeof value !== 'number') addTree(own as Tree, value);
    else if (name !== 'firstByteOffset') sum[name] = (own as number) + value;
    else if (value >= 0) sum[name] = (own as number) < 0 ? value : Math.min(own as number, value);
  }
}

export function ledgerOf({ matched, approximateKeys, source, mirror }: LedgerCounts): Ledger {
  return { matched, source, mirror, approximateKeys };
}
