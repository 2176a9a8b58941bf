/**
 * Judges the keys of a join one by one, by the rules in core: outcome, cause, late mark, ledger. Whether timestamps are
 * comparable is known only after the last key, so both readings are kept.
 */
import type { Late, Outcome } from '../core/comparison.js';
import { finalTimestamp, finalValue, tombstoneValue } from '../core/keyRecords.js';
import { type KeyLedger, keyLedger, keylessSurplus } from '../core/ledger.js';
import type { ComparisonOptions } from '../core/options.js';
import { causeOf, isDifference, outcomeOf } from '../core/outcome.js';
import type { Side } from '../core/record.js';
import type { DumpEnds } from './dumpEnds.js';
import { endOfPartition } from './dumpEnds.js';
import { type FinalFinding, FindingsBuilder } from './findings.js';
import { type JoinTotals, type LedgerCounts, noJoinTotals, type Reading, see } from './joinTotals.js';
import { type KeySide, type KeySides, type KeyTuples, keySides } from './keySides.js';
import type { Tuples } from './tuple.js';

/** A key in several partitions of a dump. */
export interface SeveralPartitionsFinding {
  readonly outcome: Outcome;
  readonly source: (FinalFinding & { readonly partitions: readonly number[] }) | null;
  readonly mirror: (FinalFinding & { readonly partitions: readonly number[] }) | null;
}

/** Whether the values of two records, by byte offset in their dumps, match although their bytes differ. */
export type MatchesAsJson = (sourceByteOffset: number, mirrorByteOffset: number) => boolean;

/** Keys in several partitions that each lane keeps to be listed; the count is always exact. */
const severalPartitionsKept = 10_000;

export class KeyJudge {
  readonly totals: JoinTotals = noJoinTotals();
  readonly findings = new FindingsBuilder();
  readonly severalPartitions: SeveralPartitionsFinding[] = [];

  constructor(
    private readonly options: Pick<ComparisonOptions, 'cleanupPolicy'>,
    private readonly ends: Readonly<Record<Side, DumpEnds>>,
    private readonly matchesAsJson: MatchesAsJson | null,
  ) {}

  judge(source: KeyTuples, mirror: KeyTuples): void {
    const sides = keySides(source, mirror);
    const { totals } = this;
    const matchAsJson = this.#finalsMatchAsJson(sides, source, mirror);
    const outcome = matchAsJson ? 'same' : outcomeOf(sides.source, sides.mirror);
    totals.keys[outcome]++;
    this.#countLiterally(sides);
    const areBoth = sides.source !== null && sides.mirror !== null;
    const haveEqualTimes = areBoth && finalTimestamp(sides.source) === finalTimestamp(sides.mirror);
    if (outcome === 'same' && haveEqualTimes) totals.withEqualTimestamps.count++;
    this.#addLedger(sides, outcome);

    const several = this.#notePartitions(sides, source.tuples, mirror.tuples);
    if (several) {
      totals.keys.inSeveralPartitions++;
      if (this.severalPartitions.length < severalPartitionsKept) {
        this.severalPartitions.push({
          outcome,
          source: withPartitions(sides.source, source.tuples),
          mirror: withPartitions(sides.mirror, mirror.tuples),
        });
      }
    }
    if (isDifference(outcome)) this.#addDifference(outcome, sides, source.tuples, mirror.tuples);
  }

  /** Keyless records of one value: compared as a bag. */
  judgeKeyless(source: KeyTuples, mirror: KeyTuples): void {
    const [ofSource, ofMirror] = [timestampsOf(source), timestampsOf(mirror)];
    addKeyless(this.totals.untimed, ofSource, ofMirror);
    if (this.options.cleanupPolicy !== 'delete') {
      addKeyless(this.totals.timed, ofSource, ofMirror);
      return;
    }
    // The same record, then: each moment is a bag of its own.
    for (const timestamp of new Set([...ofSource, ...ofMirror])) {
      const isThen = (other: number): boolean => other === timestamp;
      addKeyless(this.totals.timed, ofSource.filter(isThen), ofMirror.filter(isThen));
    }
  }

  #finalsMatchAsJson({ source, mirror }: KeySides, ofSource: KeyTuples, ofMirror: KeyTuples): boolean {
    if (this.matchesAsJson === null || source === null || mirror === null) return false;
    const [a, b] = [finalValue(source), finalValue(mirror)];
    if (a === b || a === tombstoneValue || b === tombstoneValue) return false;
    return this.matchesAsJson(ofSource.tuples.byteOffset(source.finalRow), ofMirror.tuples.byteOffset(mirror.finalRow));
  }

  #countLiterally({ source, mirror }: KeySides): void {
    const { literal, sourceKeys, mirrorKeys } = this.totals;
    if (source !== null) sourceKeys.count++;
    if (mirror !== null) mirrorKeys.count++;
    if (source === null) literal.notInSource++;
    else if (mirror === null) literal.notInMirror++;
    else literal[source.lastInFile === mirror.lastInFile ? 'same' : 'modified']++;
  }

  #addLedger({ source, mirror }: KeySides, outcome: Outcome): void {
    const byValue = keyLedger(source, mirror, outcome, false);
    addLedger(this.totals.untimed.ledger, byValue);
    const byRecord = this.options.cleanupPolicy === 'delete' ? keyLedger(source, mirror, outcome, true) : byValue;
    addLedger(this.totals.timed.ledger, byRecord);
  }

  /** @returns whether the key is in several partitions of a dump */
  #notePartitions({ source, mirror }: KeySides, ofSource: Tuples, ofMirror: Tuples): boolean {
    const { severalPartitions, printedTwice, movedKeys } = this.totals;
    let isInSeveral = false;
    for (const [name, side, tuples] of [
      ['source', source, ofSource],
      ['mirror', mirror, ofMirror],
    ] as const) {
      if (side === null) continue;
      if (side.printedTwice >= 0) see(printedTwice[name], tuples.byteOffset(side.printedTwice));
      if (side.partitions.length <= 1) continue;
      isInSeveral = true;
      see(severalPartitions[name], tuples.byteOffset(side.finalRow));
    }
    const [from, to] = [source?.partitions[0], mirror?.partitions[0]];
    if (!isInSeveral && mirror !== null && from !== undefined && to !== undefined && from !== to) {
      see(movedKeys, ofMirror.byteOffset(mirror.finalRow));
    }
    return isInSeveral;
  }

  #addDifference(
    outcome: 'missing' | 'extra' | 'modified',
    { source, mirror }: KeySides,
    ofSource: Tuples,
    ofMirror: Tuples,
  ): void {
    const { untimed, timed, late } = this.totals;
    const isModified = outcome === 'modified' && source !== null && mirror !== null;
    const untimedCause = isModified ? causeOf(source, mirror, false) : null;
    const timedCause = isModified ? causeOf(source, mirror, true) : null;
    if (untimedCause !== null) untimed.causes[untimedCause.cause]++;
    if (timedCause !== null) timed.causes[timedCause.cause]++;
    const lateMark = this.#lateMark(outcome, source, mirror, ofSource, ofMirror);
    if (lateMark !== null) late[lateMark]++;
    this.findings.add(
      outcome,
      untimedCause,
      timedCause,
      lateMark,
      source === null ? null : { side: source, tuples: ofSource },
      mirror === null ? null : { side: mirror, tuples: ofMirror },
    );
  }

  /** If both hold, it is after the mirror's end. */
  #lateMark(
    outcome: 'missing' | 'extra' | 'modified',
    source: KeySide | null,
    mirror: KeySide | null,
    ofSource: Tuples,
    ofMirror: Tuples,
  ): Late | null {
    const isNewer = (side: KeySide | null, tuples: Tuples, other: DumpEnds): boolean => {
      if (side === null) return false;
      const end = endOfPartition(other, tuples.partition(side.finalRow));
      return end === null || finalTimestamp(side) > end;
    };
    if (outcome !== 'extra' && isNewer(source, ofSource, this.ends.mirror)) return 'afterMirrorEnd';
    return outcome !== 'missing' && isNewer(mirror, ofMirror, this.ends.source) ? 'afterSourceEnd' : null;
  }
}

function addLedger(sum: LedgerCounts, key: KeyLedger): void {
  sum.matched += key.matched;
  if (!key.exact) sum.approximateKeys++;
  for (const side of ['source', 'mirror'] as const) {
    const [own, more] = [sum[side], key[side]];
    own.superseded += more.superseded;
    own.repeated += more.repeated;
    own.expiredTombstones += more.expiredTombstones;
    own.notInOther += more.notInOther;
  }
}

function addKeyless({ keyless }: Reading, source: readonly number[], mirror: readonly number[]): void {
  const surplus = keylessSurplus(source, mirror);
  keyless.onlyInSource += surplus.onlyInSource;
  keyless.onlyInMirror += surplus.onlyInMirror;
  keyless.repeatedInSource += surplus.repeatedInSource;
  keyless.repeatedInMirror += surplus.repeatedInMirror;
}

function timestampsOf({ tuples, rows }: KeyTuples): number[] {
  return Array.from(rows, (row) => tuples.timestamp(row));
}

function withPartitions(side: KeySide | null, tuples: Tuples): SeveralPartitionsFinding['source'] {
  if (side === null) return null;
  const row = side.finalRow;
  return {
    byteOffset: tuples.byteOffset(row),
    partition: tuples.partition(row),
    timestamp: tuples.timestamp(row),
    offset: tuples.offset(row),
    occurrences: side.rows.length,
    tombstone: tuples.isTombstone(row),
    partitions: side.partitions,
  };
}
