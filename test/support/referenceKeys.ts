/** The oracle's view of a topic: the records of each key, which of them is the last word, and what became of the key. */
import type { Outcome } from '../../src/core/comparison.js';
import { type PathSteps, sameByReference } from './referenceJson.js';
import { type ByteString, bytesOf, type ReferenceDump, type ReferenceRecord, toText } from './referenceReader.js';

/** What tells keys apart: the key, or the partition and the key. */
export type KeyIdentity = string;

/** One dump and the records of it that take part. */
export interface Side {
  readonly dump: ReferenceDump;
  readonly records: readonly ReferenceRecord[];
  readonly histories: ReadonlyMap<KeyIdentity, History>;
  readonly keyless: readonly ReferenceRecord[];
}

/** All that one dump says about one key. */
export interface History {
  /** By offset or as they stand in the file, at least one. */
  readonly records: readonly ReferenceRecord[];
  readonly final: ReferenceRecord;
  readonly lastInFile: ReferenceRecord;
  /** Ascending. */
  readonly partitions: readonly number[];
}

export interface KeyPair {
  readonly key: ByteString;
  readonly source: History | null;
  readonly mirror: History | null;
  readonly outcome: Outcome;
}

export type SameRecord = (a: ReferenceRecord, b: ReferenceRecord) => boolean;
/** Whether two values match, neither of them null. */
export type SameValue = (a: ByteString, b: ByteString) => boolean;

export function sameValueAsJson(a: ByteString, b: ByteString, without: readonly PathSteps[]): boolean {
  const areText = [a, b].every((value) => Buffer.from(toText(value), 'utf8').equals(bytesOf(value)));
  return areText && sameByReference(toText(a), toText(b), without);
}

/** Null for a keyless record. */
function identityOf({ key, partition }: ReferenceRecord, byPartition: boolean): KeyIdentity | null {
  return key !== null && byPartition ? `${partition}/${key}` : key;
}

/** The keys that a dump ends in the middle of. */
export function cutKeysOf(source: ReferenceDump, mirror: ReferenceDump, byPartition: boolean): Set<KeyIdentity> {
  const cut = [source.cut, mirror.cut].flatMap((record) => (record === null ? [] : identityOf(record, byPartition)));
  return new Set(cut.filter((identity) => identity !== null));
}

export function toSide(dump: ReferenceDump, cutKeys: ReadonlySet<KeyIdentity>, byPartition: boolean): Side {
  const records = dump.records.filter((record) => {
    const identity = identityOf(record, byPartition);
    return identity === null || !cutKeys.has(identity);
  });
  const byKey = new Map<KeyIdentity, ReferenceRecord[]>();
  for (const record of records) {
    const identity = identityOf(record, byPartition);
    if (identity !== null) byKey.set(identity, [...(byKey.get(identity) ?? []), record]);
  }
  return {
    dump,
    records,
    histories: new Map([...byKey].map(([key, ofKey]) => [key, toHistory(ofKey)])),
    keyless: records.filter((record) => record.key === null),
  };
}

/** From the records of a key as they stand in the file. */
function toHistory(inFile: readonly ReferenceRecord[]): History {
  const partitions = [...new Set(inFile.map((record) => record.partition))].sort((a, b) => a - b);
  const finals = partitions.map((partition) =>
    inFile.filter((record) => record.partition === partition).reduce(laterInPartition),
  );
  const final = finals.some((record) => record.timestamp === null)
    ? finals.reduce(laterInFile)
    : finals.reduce((a, b) => {
        const later = (b.timestamp ?? 0) - (a.timestamp ?? 0);
        return later === 0 ? laterInFile(a, b) : later > 0 ? b : a;
      });
  const isOrdered = partitions.length === 1;
  return {
    records: isOrdered ? [...inFile].sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0)) : inFile,
    final,
    lastInFile: inFile.reduce(laterInFile),
    partitions,
  };
}

function laterInFile(a: ReferenceRecord, b: ReferenceRecord): ReferenceRecord {
  return b.byteOffset > a.byteOffset ? b : a;
}

function laterInPartition(a: ReferenceRecord, b: ReferenceRecord): ReferenceRecord {
  if (a.offset === null || b.offset === null) return laterInFile(a, b);
  if (a.offset === b.offset) throw new Error(`offset ${a.offset} stands twice in partition ${a.partition}`);
  return b.offset > a.offset ? b : a;
}

export function pairKeys(source: Side['histories'], mirror: Side['histories'], sameValue: SameValue): KeyPair[] {
  const identities = new Set([...source.keys(), ...mirror.keys()]);
  return [...identities].map((identity) => {
    const ofSource = source.get(identity) ?? null;
    const ofMirror = mirror.get(identity) ?? null;
    const key = (ofSource ?? ofMirror)?.final.key ?? '';
    const outcome = outcomeOf(ofSource?.final, ofMirror?.final, sameValue);
    return { key, source: ofSource, mirror: ofMirror, outcome };
  });
}

function outcomeOf(
  source: ReferenceRecord | undefined,
  mirror: ReferenceRecord | undefined,
  sameValue: SameValue,
): Outcome {
  const isGone = (record: ReferenceRecord | undefined): boolean => record === undefined || record.value === null;
  if (isGone(source) && isGone(mirror)) return 'deleted';
  if (mirror === undefined) return 'missing';
  if (source === undefined) return 'extra';
  if (source.value === null || mirror.value === null) return 'modified';
  return sameValue(source.value, mirror.value) ? 'same' : 'modified';
}
