/**
 * Judges the keys of a join one by one, by the rules in core: outcome, cause, late mark, ledger. Whether timestamps are
 * comparable is known only after the last key, so both readings are kept. The kernel settles plain keys by the same rules
 * (src/kernel/settle.ts); a test holds the two against each other.
 */
import type { DifferenceOutcome, Late, Outcome } from '../core/comparison.js';
import { finalTimestamp } from '../core/keyRecords.js';
import { type KeyLedger, keyLedger, keylessSurplus } from '../core/ledger.js';
import type { ComparisonOptions } from '../core/options.js';
import { causeOf, isDifference, outcomeOf } from '../core/outcome.js';
import type { Side } from '../core/record.js';
import type { DumpEnds, DumpStarts } from './dumpEnds.js';
import { endOfPartition } from './dumpEnds.js';
import { type FinalFinding, type FindingsBudget, FindingsBuilder } from './findings.js';
import { type JoinTotals, type LedgerCounts, noJoinTotals, see } from './joinTotals.js';
import { finalsMatchAsJson, type MatchesAsJson } from './jsonMatcher.js';
import { type KeySide, type KeySides, type KeyTuples, keySides } from './keySides.js';
import type { Tuples } from './tuple.js';
import { UnmatchedBuilder } from './unmatched.js';

/** A key in several partitions of a dump. */
export interface SeveralPartitionsFinding {
  readonly outcome: Outcome;
  readonly source: (FinalFinding & { readonly partitions: readonly number[] }) | null;
  readonly mirror: (FinalFinding & { readonly partitions: readonly number[] }) | null;
}

/** Keys in several partitions that each lane keeps to be listed; the count is always exact. */
const severalPartitionsKept = 10_000;

export class KeyJudge {
  readonly totals: JoinTotals = noJoinTotals();
  readonly findings: FindingsBuilder;
  readonly severalPartitions: SeveralPartitionsFinding[] = [];
  /** In both readings; null unless every record counts. */
  readonly unmatched: { readonly untimed: UnmatchedBuilder; readonly timed: UnmatchedBuilder } | null;

  constructor(
    private readonly options: Pick<ComparisonOptions, 'cleanupPolicy'>,
    private readonly ends: Readonly<Record<Side, DumpEnds>>,
    starts: Readonly<Record<Side, DumpStarts>>,
    private readonly matchesAsJson: MatchesAsJson | null,
    budget: FindingsBudget,
  ) {
    this.findings = new FindingsBuilder(budget);
    this.unmatched =
      options.cleanupPolicy === 'delete'
        ? { untimed: new UnmatchedBuilder(false, starts), timed: new UnmatchedBuilder(true, starts) }
        : null;
  }

  judge(source: KeyTuples, mirror: KeyTuples): void {
    const sides = keySides(source, mirror);
    const { totals } = this;
    const outcome = finalsMatchAsJson(sides, source.tuples, mirror.tuples, this.matchesAsJson)
      ? 'same'
      : outcomeOf(sides.source, sides.mirror);
    totals.keys[outcome]++;
    this.#countLiterally(sides);
    const areBoth = sides.source !== null && sides.mirror !== null;
    const haveEqualTimes = areBoth && finalTimestamp(sides.source) === finalTimestamp(sides.mirror);
    if (outcome === 'same' && haveEqualTimes) totals.withEqualTimestamps.count++;
    this.#addLedger(sides, outcome);
    this.unmatched?.untimed.addKey(sides, outcome, source.tuples, mirror.tuples);
    this.unmatched?.timed.addKey(sides, outcome, source.tuples, mirror.tuples);

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
    this.#addKeyless('untimed', source, mirror);
    if (this.options.cleanupPolicy !== 'delete') {
      this.#addKeyless('timed', source, mirror);
      return;
    }
    // The same record, then: each moment is a bag of its own.
    const then = ({ tuples, rows }: KeyTuples, timestamp: number): KeyTuples => {
      return { tuples, rows: rows.filter((row) => tuples.timestamp(row) === timestamp) };
    };
    for (const timestamp of new Set([...timestampsOf(source), ...timestampsOf(mirror)])) {
      this.#addKeyless('timed', then(source, timestamp), then(mirror, timestamp));
    }
  }

  #addKeyless(reading: 'untimed' | 'timed', source: KeyTuples, mirror: KeyTuples): void {
    const surplus = keylessSurplus(timestampsOf(source), timestampsOf(mirror));
    const { keyless } = this.totals[reading];
    keyless.onlyInSource += surplus.onlyInSource;
    keyless.onlyInMirror += surplus.onlyInMirror;
    keyless.repeatedInSource += surplus.repeatedInSource;
    keyless.repeatedInMirror += surplus.repeatedInMirror;
    this.unmatched?.[reading].addKeyless('source', source, surplus.onlyInSource, surplus.repeatedInSource);
    this.unmatched?.[reading].addKeyless('mirror', mirror, surplus.onlyInMirror, surplus.repeatedInMirror);
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

  #addDifference(outcome: DifferenceOutcome, { source, mirror }: KeySides, ofSource: Tuples, ofMirror: Tuples): void {
    const { untimed, timed, late } = this.totals;
    const isModified = outcome === 'modified' && source !== null && mirror !== null;
    const untimedCause = isModified ? causeOf(source, mirror, false) : null;
    const timedCause = isModified ? causeOf(source, mirror, true) : null;
    if (untimedCause !== null) untimed.causes[untimedCause.cause]++;
    if (timedCause !== null) timed.causes[timedCause.cause]++;
    const mark = lateMark(outcome, { source, mirror }, ofSource, ofMirror, this.ends);
    if (mark !== null) late[mark]++;
    this.findings.add(
      outcome,
      untimedCause,
      timedCause,
      mark,
      source === null ? null : { side: source, tuples: ofSource },
      mirror === null ? null : { side: mirror, tuples: ofMirror },
    );
  }
}

/** If both hold, it is after the mirror's end. */
export function lateMark(
  outcome: DifferenceOutcome,
  { source, mirror }: KeySides,
  ofSource: Tuples,
  ofMirror: Tuples,
  ends: Readonly<Record<Side, DumpEnds>>,
): Late | null {
  const isNewer = (side: KeySide | null, tuples: Tuples, other: DumpEnds): boolean => {
    if (side === null) return false;
    const end = endOfPartition(other, tuples.partition(side.finalRow));
    return end === null || finalTimestamp(side) > end;
  };
  if (outcome !== 'extra' && isNewer(source, ofSource, ends.mirror)) return 'afterMirrorEnd';
  return outcome !== 'missing' && isNewer(mirror, ofMirror, ends.source) ? 'afterSourceEnd' : null;
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
