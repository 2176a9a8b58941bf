/**
 * The records that have no counterpart on the other side, of topics where every record counts: found key by key in a
 * join, in both readings, and put in order once it is known which one holds.
 */
import type { Outcome, UnmatchedReason } from '../core/comparison.js';
import { alignRecords } from '../core/keyHistory.js';
import type { Side } from '../core/record.js';
import type { DumpStarts } from './dumpEnds.js';
import { startOfPartition } from './dumpEnds.js';
import type { KeySides, KeyTuples } from './keySides.js';
import { behindTheSource, orderOf } from './placeOrder.js';
import type { Tuples } from './tuple.js';

/** Doubles a row: byte offset, partition, timestamp, offset, bits. */
const rowLength = 5;
const reasons: readonly UnmatchedReason[] = ['lost', 'repeated', 'retention'];

/** One record; -1 for what it has not. */
export interface UnmatchedFinding {
  readonly side: Side;
  readonly reason: UnmatchedReason;
  readonly byteOffset: number;
  readonly partition: number;
  readonly timestamp: number;
  readonly offset: number;
  readonly tombstone: boolean;
  readonly keyless: boolean;
}

/** Rows of one reading. */
export class UnmatchedBuilder {
  readonly #rows: number[] = [];

  /** @param timed whether this is the reading in which timestamps are comparable */
  constructor(
    private readonly timed: boolean,
    private readonly starts: Readonly<Record<Side, DumpStarts>>,
  ) {}

  addKey(sides: KeySides, outcome: Outcome, source: Tuples, mirror: Tuples): void {
    for (const { role, source: inSource, mirror: inMirror } of alignRecords(
      sides.source,
      sides.mirror,
      outcome,
      this.timed,
    )) {
      if (role === 'matched') continue;
      const isRepeated = role === 'repeated';
      if (inSource !== null) this.#add('source', source, sides.source?.rows[inSource] as number, isRepeated, false);
      if (inMirror !== null) this.#add('mirror', mirror, sides.mirror?.rows[inMirror] as number, isRepeated, false);
    }
  }

  /**
   * Surplus copies of one keyless value: the last ones, of which those that are equal to an earlier one in timestamp,
   * too, are called repeated first.
   * @param only how many are on that side only, `repeated` how many were delivered again
   */
  addKeyless(side: Side, { tuples, rows }: KeyTuples, only: number, repeated: number): void {
    const seen = new Set<number>();
    const copies: number[] = [];
    const others: number[] = [];
    for (const row of rows) {
      const timestamp = tuples.timestamp(row);
      (timestamp !== -1 && seen.has(timestamp) ? copies : others).push(row);
      seen.add(timestamp);
    }
    const again = copies.slice(copies.length - repeated);
    const left = [...others, ...copies.slice(0, copies.length - repeated)].sort(
      (a, b) => tuples.byteOffset(a) - tuples.byteOffset(b),
    );
    for (const row of again) this.#add(side, tuples, row, true, true);
    for (const row of left.slice(left.length - only)) this.#add(side, tuples, row, false, true);
  }

  take(): Float64Array<ArrayBuffer> {
    return Float64Array.from(this.#rows);
  }

  #add(side: Side, tuples: Tuples, row: number, isRepeated: boolean, isKeyless: boolean): void {
    const timestamp = tuples.timestamp(row);
    const partition = tuples.partition(row);
    const start = startOfPartition(this.starts[side === 'source' ? 'mirror' : 'source'], partition);
    const isOlder = this.timed && timestamp !== -1 && start !== null && timestamp < start;
    const reason: UnmatchedReason = isRepeated ? 'repeated' : isOlder ? 'retention' : 'lost';
    const bits =
      (side === 'mirror' ? 1 : 0) |
      (reasons.indexOf(reason) << 1) |
      (tuples.isTombstone(row) ? 8 : 0) |
      (isKeyless ? 16 : 0);
    this.#rows.push(tuples.byteOffset(row), partition, timestamp, tuples.offset(row), bits);
  }
}

/** The source's records in their order, then the mirror's. */
export function unmatchedFindings(parts: readonly Float64Array[]): UnmatchedFinding[] {
  const found: UnmatchedFinding[] = [];
  for (const rows of parts) {
    for (let at = 0; at < rows.length; at += rowLength) {
      const bits = rows[at + 4] as number;
      found.push({
        side: bits & 1 ? 'mirror' : 'source',
        reason: reasons[(bits >> 1) & 3] as UnmatchedReason,
        byteOffset: rows[at] as number,
        partition: rows[at + 1] as number,
        timestamp: rows[at + 2] as number,
        offset: rows[at + 3] as number,
        tombstone: (bits & 8) !== 0,
        keyless: (bits & 16) !== 0,
      });
    }
  }
  const places = Float64Array.from(
    found,
    ({ side, byteOffset }) => byteOffset + (side === 'mirror' ? behindTheSource : 0),
  );
  return Array.from(orderOf(places), (i) => found[i] as UnmatchedFinding);
}
