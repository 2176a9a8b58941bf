/** The sums over the keys that the kernel settles, and where each belongs. */
import type { JoinTotals } from './joinTotals.js';

/** Positions of the sums: the same numbers as in src/kernel/joinSums.ts. */
export const joinSums = {
  keys: 0,
  same: 2,
  deleted: 3,
  absent: 4,
  modified: 6,
  sameWithEqualTimestamps: 7,
  matched: 8,
  superseded: 9,
  repeated: 11,
  expired: 13,
  notInOther: 15,
  literalSame: 17,
  literalModified: 18,
  literalAbsent: 19,
  late: 21,
  untimedCauses: 23,
  timedCauses: 27,
  count: 31,
} as const;

/** Where there is a sum for each side, the mirror's stands behind the source's. */
const sides = ['source', 'mirror'] as const;

export function addSettled(totals: JoinTotals, sums: Float64Array): void {
  const at = (position: number): number => sums[position] as number;
  const { keys, literal, late } = totals;
  totals.sourceKeys.count += at(joinSums.keys);
  totals.mirrorKeys.count += at(joinSums.keys + 1);
  keys.same += at(joinSums.same);
  keys.deleted += at(joinSums.deleted);
  keys.missing += at(joinSums.absent);
  keys.extra += at(joinSums.absent + 1);
  keys.modified += at(joinSums.modified);
  totals.withEqualTimestamps.count += at(joinSums.sameWithEqualTimestamps);
  literal.same += at(joinSums.literalSame);
  literal.modified += at(joinSums.literalModified);
  literal.notInMirror += at(joinSums.literalAbsent);
  literal.notInSource += at(joinSums.literalAbsent + 1);
  late.afterMirrorEnd += at(joinSums.late);
  late.afterSourceEnd += at(joinSums.late + 1);
  for (const [reading, causesAt] of [
    ['untimed', joinSums.untimedCauses],
    ['timed', joinSums.timedCauses],
  ] as const) {
    const { ledger, causes } = totals[reading];
    causes.stale += at(causesAt);
    causes.ahead += at(causesAt + 1);
    causes.reordered += at(causesAt + 2);
    causes.diverged += at(causesAt + 3);
    // The ledger of a settled key is the same in both readings.
    ledger.matched += at(joinSums.matched);
    sides.forEach((side, i) => {
      ledger[side].superseded += at(joinSums.superseded + i);
      ledger[side].repeated += at(joinSums.repeated + i);
      ledger[side].expiredTombstones += at(joinSums.expired + i);
      ledger[side].notInOther += at(joinSums.notInOther + i);
    });
  }
}
