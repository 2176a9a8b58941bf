/**
 * The oracle: what a comparison of two dumps must say, computed as slowly and plainly as the rules are worded.
 * It shares nothing with the engine but the names of the result's types, so that a mistake has to be made twice
 * to go unnoticed.
 */
import type {
  Cause,
  CauseEvidence,
  DifferenceOutcome,
  FinalRecord,
  KeyCounts,
  KeylessDifferences,
  Late,
  LiteralCounts,
  Outcome,
  PartitionSummary,
  Verdict,
} from '../../src/core/comparison.js';
import type { CleanupPolicy } from '../../src/core/options.js';
import type { PathSteps } from './referenceJson.js';
import {
  cutKeysOf,
  type History,
  type KeyPair,
  pairKeys,
  type SameRecord,
  type SameValue,
  type Side,
  sameValueAsJson,
  toSide,
} from './referenceKeys.js';
import { compareKeyless, type ReferenceLedger, sumLedger } from './referenceLedger.js';
import { type ByteString, bytesOf, type ReferenceRecord, readReferenceDump, toText } from './referenceReader.js';

export interface ReferenceOptions {
  readonly cleanupPolicy: CleanupPolicy;
  readonly nullLiteral: string | null;
  /** A key is compared within its partition. */
  readonly byPartition: boolean;
  /** Values match also as JSON, without what stands at these places; null where only their bytes count. */
  readonly jsonWithout: readonly PathSteps[] | null;
  /** Given, never found out. */
  readonly separator: { readonly source: string; readonly mirror: string };
}

export interface ReferenceFinal extends Omit<FinalRecord, 'headBytes'> {
  /** As shown, uncut; null for a tombstone. */
  readonly value: string | null;
}

interface ReferenceKeyName {
  readonly key: string;
  readonly keyBase64: string | null;
}

export interface ReferenceDifference extends ReferenceKeyName {
  readonly outcome: DifferenceOutcome;
  readonly cause: Cause | null;
  readonly causeEvidence: CauseEvidence | null;
  readonly behind: number | null;
  readonly behindMs: number | null;
  readonly late: Late | null;
  readonly source: ReferenceFinal | null;
  readonly mirror: ReferenceFinal | null;
}

export interface ReferenceKeyInSeveralPartitions extends ReferenceKeyName {
  readonly outcome: Outcome;
  readonly sourcePartitions: readonly number[];
  readonly mirrorPartitions: readonly number[];
}

export interface ReferenceSide {
  readonly columns: readonly string[];
  readonly records: number;
  readonly keys: number;
  readonly tombstones: number;
  readonly keyless: number;
  readonly truncated: number;
  readonly noiseLines: number;
  readonly continuationLines: number;
  readonly partitions: readonly PartitionSummary[];
}

export interface Reference {
  readonly verdict: Verdict;
  readonly source: ReferenceSide;
  readonly mirror: ReferenceSide;
  readonly keys: KeyCounts;
  readonly causes: Readonly<Record<Cause, number>>;
  readonly timestampsComparable: boolean;
  readonly late: Readonly<Record<Late, number>>;
  readonly literal: LiteralCounts;
  readonly ledger: ReferenceLedger;
  readonly keylessDifferences: KeylessDifferences;
  readonly differences: readonly ReferenceDifference[];
  /** In no particular order. */
  readonly keysInSeveralPartitions: readonly ReferenceKeyInSeveralPartitions[];
}

export function compareByReference(sourceDump: Buffer, mirrorDump: Buffer, options: ReferenceOptions): Reference {
  const sourceRead = readReferenceDump(sourceDump, options.separator.source, options.nullLiteral);
  const mirrorRead = readReferenceDump(mirrorDump, options.separator.mirror, options.nullLiteral);
  const cutKeys = cutKeysOf(sourceRead, mirrorRead, options.byPartition);
  const source = toSide(sourceRead, cutKeys, options.byPartition);
  const mirror = toSide(mirrorRead, cutKeys, options.byPartition);

  const { jsonWithout } = options;
  const sameValue: SameValue = (a, b) => a === b || (jsonWithout !== null && sameValueAsJson(a, b, jsonWithout));
  const pairs = pairKeys(source.histories, mirror.histories, sameValue);
  const comparable = areTimestampsComparable(source, mirror, pairs);
  const sameRecord: SameRecord = (a, b) => a.value === b.value && (!comparable || a.timestamp === b.timestamp);
  const isWhole = options.cleanupPolicy === 'delete';
  const counterpart: SameRecord = isWhole ? sameRecord : (a, b) => a.value === b.value;

  const ledger = sumLedger(pairs, counterpart);
  const keylessDifferences = compareKeyless(source.keyless, mirror.keyless, isWhole && comparable);
  const differences = pairs
    .flatMap((pair) => toDifference(pair, source, mirror, comparable, sameRecord) ?? [])
    .sort(byPlace);
  const inSeveralPartitions = pairs.filter(
    (pair) => Math.max(pair.source?.partitions.length ?? 0, pair.mirror?.partitions.length ?? 0) > 1,
  );

  const isComplete =
    source.records.length - source.keyless.length === ledger.matched &&
    mirror.records.length - mirror.keyless.length === ledger.matched &&
    keylessDifferences.repeatedInSource === 0 &&
    keylessDifferences.repeatedInMirror === 0;
  const isEquivalent =
    differences.length === 0 &&
    keylessDifferences.onlyInSource === 0 &&
    keylessDifferences.onlyInMirror === 0 &&
    (isComplete || !isWhole);

  const countOutcome = (outcome: Outcome): number => pairs.filter((pair) => pair.outcome === outcome).length;
  const countCause = (cause: Cause): number => differences.filter((difference) => difference.cause === cause).length;
  const countLate = (late: Late): number => differences.filter((difference) => difference.late === late).length;
  return {
    verdict: isEquivalent ? 'equivalent' : 'different',
    source: summarize(source),
    mirror: summarize(mirror),
    keys: {
      same: countOutcome('same'),
      deleted: countOutcome('deleted'),
      missing: countOutcome('missing'),
      extra: countOutcome('extra'),
      modified: countOutcome('modified'),
      inSeveralPartitions: inSeveralPartitions.length,
    },
    causes: {
      stale: countCause('stale'),
      ahead: countCause('ahead'),
      reordered: countCause('reordered'),
      diverged: countCause('diverged'),
    },
    timestampsComparable: comparable,
    late: { afterMirrorEnd: countLate('afterMirrorEnd'), afterSourceEnd: countLate('afterSourceEnd') },
    literal: countLiterally(pairs),
    ledger,
    keylessDifferences,
    differences,
    keysInSeveralPartitions: inSeveralPartitions.map((pair) => ({
      ...nameOf(pair.key),
      outcome: pair.outcome,
      sourcePartitions: pair.source?.partitions ?? [],
      mirrorPartitions: pair.mirror?.partitions ?? [],
    })),
  };
}

function areTimestampsComparable(source: Side, mirror: Side, pairs: readonly KeyPair[]): boolean {
  if ([...source.records, ...mirror.records].some((record) => record.timestamp === null)) return false;
  const same = pairs.filter((pair) => pair.outcome === 'same');
  const equallyTimed = same.filter((pair) => pair.source?.final.timestamp === pair.mirror?.final.timestamp);
  return equallyTimed.length > same.length / 2;
}

/** Null if the key is no difference. */
function toDifference(
  pair: KeyPair,
  source: Side,
  mirror: Side,
  comparable: boolean,
  sameRecord: SameRecord,
): ReferenceDifference | null {
  if (pair.outcome === 'same' || pair.outcome === 'deleted') return null;
  const sourceFinal = pair.source?.final ?? null;
  const mirrorFinal = pair.mirror?.final ?? null;
  let late: Late | null = null;
  if (comparable && isAfterEnd(sourceFinal, mirror)) late = 'afterMirrorEnd';
  else if (comparable && isAfterEnd(mirrorFinal, source)) late = 'afterSourceEnd';
  const isTimed = comparable && pair.outcome === 'modified';
  return {
    ...nameOf(pair.key),
    outcome: pair.outcome,
    ...(pair.source !== null && pair.mirror !== null
      ? causeOf(pair.source, pair.mirror, comparable, sameRecord)
      : { cause: null, causeEvidence: null, behind: null }),
    behindMs: isTimed ? timeOf(sourceFinal) - timeOf(mirrorFinal) : null,
    late,
    source: toFinal(pair.source),
    mirror: toFinal(pair.mirror),
  };
}

/** For records of comparable dumps, which all have a timestamp. */
function timeOf(record: ReferenceRecord | null): number {
  if (record === null || record.timestamp === null) throw new Error('a comparable record has a timestamp');
  return record.timestamp;
}

/** Whether a final is newer than all the other side holds in its partition, or at all if it lacks the partition. */
function isAfterEnd(final: ReferenceRecord | null, other: Side): boolean {
  if (final === null) return false;
  const inPartition = other.records.filter((record) => record.partition === final.partition);
  return (inPartition.length > 0 ? inPartition : other.records).every((record) => timeOf(final) > timeOf(record));
}

/** The cause of a modified key. */
function causeOf(
  source: History,
  mirror: History,
  comparable: boolean,
  sameRecord: SameRecord,
): Pick<ReferenceDifference, 'cause' | 'causeEvidence' | 'behind'> {
  const sourceFinalOccurs = mirror.records.some((record) => sameRecord(record, source.final));
  const lastLikeMirrorFinal = source.records.findLastIndex((record) => sameRecord(record, mirror.final));
  const mirrorFinalOccurs = lastLikeMirrorFinal !== -1;
  const byRecord = (cause: Cause) => ({ cause, causeEvidence: 'record', behind: null }) as const;
  const staleBy = (behind: number) => ({ cause: 'stale', causeEvidence: 'record', behind }) as const;
  const byTime = (cause: Cause) => ({ cause, causeEvidence: 'timestamp', behind: null }) as const;
  const behindMs = comparable ? timeOf(source.final) - timeOf(mirror.final) : 0;

  if (sourceFinalOccurs && mirrorFinalOccurs) {
    if (isProperPrefix(mirror.records, source.records, sameRecord)) {
      return staleBy(source.records.length - mirror.records.length);
    }
    return byRecord(isProperPrefix(source.records, mirror.records, sameRecord) ? 'ahead' : 'reordered');
  }
  if (mirrorFinalOccurs) return staleBy(source.records.length - 1 - lastLikeMirrorFinal);
  if (sourceFinalOccurs) return byRecord(behindMs > 0 ? 'reordered' : 'ahead');
  if (behindMs > 0) return byTime('stale');
  return behindMs < 0 ? byTime('ahead') : byRecord('diverged');
}

function isProperPrefix(
  shorter: readonly ReferenceRecord[],
  longer: readonly ReferenceRecord[],
  sameRecord: SameRecord,
): boolean {
  return (
    shorter.length < longer.length &&
    shorter.every((record, index) => {
      const other = longer[index];
      return other !== undefined && sameRecord(record, other);
    })
  );
}

function toFinal(history: History | null): ReferenceFinal | null {
  if (history === null) return null;
  const { key: _key, value, ...place } = history.final;
  return {
    ...place,
    occurrences: history.records.length,
    tombstone: value === null,
    value: value === null ? null : toText(value),
  };
}

function nameOf(key: ByteString): ReferenceKeyName {
  const text = toText(key);
  const isText = Buffer.from(text, 'utf8').equals(bytesOf(key));
  return { key: text, keyBase64: isText ? null : bytesOf(key).toString('base64') };
}

/** By the place of the source's final; keys absent there follow, by that of the mirror's. */
function byPlace(a: ReferenceDifference, b: ReferenceDifference): number {
  if (a.source !== null && b.source !== null) return a.source.byteOffset - b.source.byteOffset;
  if (a.source !== null) return -1;
  if (b.source !== null) return 1;
  return (a.mirror?.byteOffset ?? 0) - (b.mirror?.byteOffset ?? 0);
}

function countLiterally(pairs: readonly KeyPair[]): LiteralCounts {
  const shared = pairs.filter((pair) => pair.source !== null && pair.mirror !== null);
  const same = shared.filter((pair) => pair.source?.lastInFile.value === pair.mirror?.lastInFile.value);
  return {
    notInSource: pairs.filter((pair) => pair.source === null).length,
    notInMirror: pairs.filter((pair) => pair.mirror === null).length,
    modified: shared.length - same.length,
    same: same.length,
  };
}

function summarize({ dump, records, histories, keyless }: Side): ReferenceSide {
  const read = dump.records.length + (dump.cut === null ? 0 : 1) + (dump.endsInPiece ? 1 : 0);
  const partitions = [...new Set(records.map((record) => record.partition))].sort((a, b) => a - b);
  return {
    columns: ['timestamp', 'partition', ...(dump.hasOffsets ? ['offset'] : []), 'key', 'value'],
    records: records.length,
    keys: histories.size,
    tombstones: records.filter((record) => record.value === null).length,
    keyless: keyless.length,
    truncated: read - records.length,
    noiseLines: dump.noiseLines,
    continuationLines: dump.continuationLines,
    partitions: partitions.map((partition) => {
      const inPartition = records.filter((record) => record.partition === partition);
      const timestamps = inPartition.flatMap((record) => record.timestamp ?? []);
      const offsets = inPartition.flatMap((record) => record.offset ?? []);
      return {
        partition,
        records: inPartition.length,
        firstTimestamp: timestamps.length > 0 ? Math.min(...timestamps) : null,
        lastTimestamp: timestamps.length > 0 ? Math.max(...timestamps) : null,
        firstOffset: offsets.length > 0 ? Math.min(...offsets) : null,
        lastOffset: offsets.length > 0 ? Math.max(...offsets) : null,
      };
    }),
  };
}
