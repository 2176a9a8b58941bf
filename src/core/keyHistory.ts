/** The history of one key: all its records in both dumps, side by side, each with its part in the ledger. */
import { commonSubsequencePairs, type Pair } from './commonSubsequencePairs.js';
import type { Difference, Outcome } from './comparison.js';
import { type KeyRecords, noTimestamp } from './keyRecords.js';
import { haveOnlyJsonInCommon, keyLedger, ledgerItems, without } from './ledger.js';
import type { Side, ValueLocation } from './record.js';

/** One record of the key; its value is read from the dump by location. */
export interface HistoryRecord extends ValueLocation {
  /** Null when the dump prints no partitions. */
  readonly partition: number | null;
  /** Null when the dump prints no offsets. */
  readonly offset: number | null;
  /** Milliseconds since 1970 UTC; null for none. */
  readonly timestamp: number | null;
  readonly tombstone: boolean;
}

/** A record's term in the ledger's sum. */
export type HistoryRole = 'matched' | 'superseded' | 'repeated' | 'expiredTombstone' | 'notInOther';

/** Two matched records, or one that has no counterpart: then the other side is null. */
export interface HistoryRow {
  readonly role: HistoryRole;
  /** Positions in the side's records, 0-based; ascending, but for two finals that are the same only as JSON. */
  readonly source: number | null;
  readonly mirror: number | null;
}

export interface KeyHistory extends Omit<Difference, 'outcome' | 'source' | 'mirror'> {
  readonly outcome: Outcome;
  /** In comparison order (see `KeyRecords`); empty where the key is absent, on one side at most. */
  readonly records: Readonly<Record<Side, readonly HistoryRecord[]>>;
  readonly rows: readonly HistoryRow[];
}

/**
 * Puts the records of both sides side by side. On each side as many are `matched`, `expiredTombstone` and
 * `notInOther` as the key's ledger counts. The ledger counts repeated records before any is matched; here one is
 * called `repeated` only if it is itself without a counterpart, so that some of those may be `superseded` instead.
 *
 * @param byRecord as of `keyLedger`
 */
export function alignRecords(
  source: KeyRecords | null,
  mirror: KeyRecords | null,
  outcome: Outcome,
  byRecord: boolean,
): HistoryRow[] {
  const pairs = source === null || mirror === null ? [] : matchedPairs(source, mirror, outcome, byRecord);
  const ledger = keyLedger(source, mirror, outcome, byRecord);
  const roles = {
    source: unmatchedRoles(source, new Set(pairs.map(([at]) => at)), ledger.source),
    mirror: unmatchedRoles(mirror, new Set(pairs.map(([, at]) => at)), ledger.mirror),
  };
  const rows: HistoryRow[] = [];
  const next = { source: 0, mirror: 0 };
  const upTo = (end: number, side: Side): void => {
    for (; next[side] < end; next[side]++) {
      const role = roles[side][next[side]];
      // A final that is a pair as JSON only may stand before records that are matched in order.
      if (role === undefined || role === 'matched') continue;
      rows.push({ role, source: null, mirror: null, [side]: next[side] });
    }
  };
  for (const [inSource, inMirror] of pairs) {
    upTo(inSource, 'source');
    upTo(inMirror, 'mirror');
    rows.push({ role: 'matched', source: inSource, mirror: inMirror });
  }
  upTo(roles.source.length, 'source');
  upTo(roles.mirror.length, 'mirror');
  return rows;
}

function matchedPairs(source: KeyRecords, mirror: KeyRecords, outcome: Outcome, byRecord: boolean): Pair[] {
  const [sourceItems, mirrorItems] = ledgerItems(source, mirror, byRecord);
  if (!haveOnlyJsonInCommon(source, mirror, outcome)) return commonSubsequencePairs(sourceItems, mirrorItems);
  const finals: Pair = [source.finalIndex, mirror.finalIndex];
  const rest = commonSubsequencePairs(without(sourceItems, finals[0]), without(mirrorItems, finals[1]));
  const inAll = rest.map(([a, b]): Pair => [a < finals[0] ? a : a + 1, b < finals[1] ? b : b + 1]);
  return [...inAll, finals];
}

/** The role of each record; those in `matched` are. */
function unmatchedRoles(
  records: KeyRecords | null,
  matched: ReadonlySet<number>,
  ledger: { readonly expiredTombstones: number; readonly notInOther: number; readonly repeated: number },
): HistoryRole[] {
  if (records === null) return [];
  const copies = countCopies(records);
  const roles = new Array<HistoryRole>(records.values.length).fill('matched');
  let room = ledger.repeated;
  // From the end: of copies without a counterpart, the later ones are the repeated ones. One copy is the original.
  for (let i = roles.length - 1; i >= 0; i--) {
    if (matched.has(i)) continue;
    const isFinal = i === records.finalIndex;
    const name = recordName(records, i);
    const left = copies.get(name) ?? 0;
    if (isFinal && ledger.notInOther > 0) roles[i] = 'notInOther';
    else if (isFinal && ledger.expiredTombstones > 0) roles[i] = 'expiredTombstone';
    else if (left < 2 || room === 0) roles[i] = 'superseded';
    else {
      roles[i] = 'repeated';
      room--;
      copies.set(name, left - 1);
    }
  }
  return roles;
}

/** How often each record occurs, equal in value and timestamp; those without a timestamp are left out. */
function countCopies(records: KeyRecords): Map<string, number> {
  const copies = new Map<string, number>();
  for (let i = 0; i < records.values.length; i++) {
    if (records.timestamps[i] === noTimestamp) continue;
    const name = recordName(records, i);
    copies.set(name, (copies.get(name) ?? 0) + 1);
  }
  return copies;
}

function recordName({ values, timestamps }: KeyRecords, i: number): string {
  return `${values[i]}@${timestamps[i]}`;
}
