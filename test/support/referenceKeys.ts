/** The oracle's view of a topic: the records of each key, which of them is the last word, and what became of the key. */
import type { Outcome } from '../../src/core/comparison.js';
import type { ByteString, ReferenceDump, ReferenceRecord } from './referenceReader.js';

/** One dump and the records of it that take part. */
export interface Side {
  readonly dump: ReferenceDump;
  readonly records: readonly ReferenceRecord[];
  readonly histories: ReadonlyMap<ByteString, History>;
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

export function toSide(dump: ReferenceDump, cutKeys: ReadonlySet<ByteString | null>): Side {
  const records = dump.records.filter((record) => record.key === null || !cutKeys.has(record.key));
  const byKey = new Map<ByteString, ReferenceRecord[]>();
  for (const record of records) {
    if (record.key !== null) byKey.set(record.key, [...(byKey.get(record.key) ?? []), record]);
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

export function pairKeys(source: Side['histories'], mirror: Side['histories']): KeyPair[] {
  const keys = new Set([...source.keys(), ...mirror.keys()]);
  return [...keys].map((key) => {
    const ofSource = source.get(key) ?? null;
    const ofMirror = mirror.get(key) ?? null;
    return { key, source: ofSource, mirror: ofMirror, outcome: outcomeOf(ofSource?.final, ofMirror?.final) };
  });
}

function outcomeOf(source: ReferenceRecord | undefined, mirror: ReferenceRecord | undefined): Outcome {
  const isGone = (record: ReferenceRecord | undefined): boolean => record === undefined || record.value === null;
  if (isGone(source) && isGone(mirror)) return 'deleted';
  if (mirror === undefined) return 'missing';
  if (source === undefined) return 'extra';
  return source.value === mirror.value ? 'same' : 'modified';
}
