/**
 * Holds the engine's list of unmatched records against the dumps. Which of several like records is without a counterpart
 * is the engine's choice, so nothing is compared one to one: what the list leaves over must be the same on both sides.
 */
import assert from 'node:assert/strict';
import type { Comparison, UnmatchedRecord } from '../../src/core/comparison.js';
import type { ReferenceOptions } from './reference.js';
import { cutKeysOf, type History, pairKeys, type Side, sameValueAsJson, toSide } from './referenceKeys.js';
import { type ByteString, bytesOf, type ReferenceRecord, readReferenceDump, toText } from './referenceReader.js';

type SideName = 'source' | 'mirror';

export function assertUnmatched(
  comparison: Comparison,
  sourceDump: Buffer,
  mirrorDump: Buffer,
  options: ReferenceOptions,
  context: string,
): void {
  const listed = [...comparison.unmatchedRecords];
  if (options.cleanupPolicy !== 'delete') {
    assert.deepEqual(listed, [], context);
    return;
  }
  const dumps = {
    source: readReferenceDump(sourceDump, options.separator.source, options.nullLiteral),
    mirror: readReferenceDump(mirrorDump, options.separator.mirror, options.nullLiteral),
  };
  const cutKeys = cutKeysOf(dumps.source, dumps.mirror, options.byPartition);
  const sides = {
    source: toSide(dumps.source, cutKeys, options.byPartition),
    mirror: toSide(dumps.mirror, cutKeys, options.byPartition),
  };
  const { timestampsComparable } = comparison;
  const found = {
    source: inDump(listed, 'source', sides.source, sourceDump, context),
    mirror: inDump(listed, 'mirror', sides.mirror, mirrorDump, context),
  };
  assert.deepEqual(
    listed.map(({ side, byteOffset }) => [side, byteOffset]),
    [...[...found.source.keys()].map(placeOf('source')), ...[...found.mirror.keys()].map(placeOf('mirror'))],
    `${context}: order`,
  );

  // What is left is the same on both sides: in order for each key, as a bag for the keyless.
  const nameOf = ({ value, timestamp }: ReferenceRecord): string =>
    JSON.stringify([value, timestampsComparable ? timestamp : null]);
  const left = (side: SideName, records: readonly ReferenceRecord[]): string[] =>
    records.filter((record) => !found[side].has(record)).map(nameOf);
  assert.deepEqual(
    left('source', sides.source.keyless).sort(),
    left('mirror', sides.mirror.keyless).sort(),
    `${context}: keyless`,
  );
  const { jsonWithout } = options;
  const sameAsJson = (a: ByteString, b: ByteString): boolean =>
    a === b || (jsonWithout !== null && sameValueAsJson(a, b, jsonWithout));
  for (const { source, mirror, outcome } of pairKeys(sides.source.histories, sides.mirror.histories, sameAsJson)) {
    const isPairAsJson = outcome === 'same' && source?.final.value !== mirror?.final.value;
    const rest = (history: History | null): readonly ReferenceRecord[] =>
      (history?.records ?? []).filter((record) => !isPairAsJson || record !== history?.final);
    assert.deepEqual(left('source', rest(source)), left('mirror', rest(mirror)), `${context}: a key's records`);
  }

  for (const side of ['source', 'mirror'] as const) {
    const { records, keyless } = sides[side];
    const other = sides[side === 'source' ? 'mirror' : 'source'];
    const { matched } = comparison.ledger;
    const [only, repeated] =
      side === 'source'
        ? [comparison.keylessDifferences.onlyInSource, comparison.keylessDifferences.repeatedInSource]
        : [comparison.keylessDifferences.onlyInMirror, comparison.keylessDifferences.repeatedInMirror];
    assert.equal(found[side].size, records.length - keyless.length - matched + only + repeated, `${context}: ${side}`);
    const repeatedKeyless = [...found[side]].filter(([{ key }, { reason }]) => key === null && reason === 'repeated');
    assert.equal(repeatedKeyless.length, repeated, `${context}: repeated keyless of the ${side}`);
    for (const [record, { reason }] of found[side]) {
      const isOlder = timestampsComparable && isOlderThanAll(record, other);
      if (reason === 'repeated') assert.ok(hasCopy(record, records), `${context}: line ${record.line} has no copy`);
      else assert.equal(reason, isOlder ? 'retention' : 'lost', `${context}: line ${record.line} of the ${side}`);
    }
  }
}

const placeOf =
  (side: SideName) =>
  ({ byteOffset }: ReferenceRecord): [SideName, number] => [side, byteOffset];

/** The dump's records that are listed, in the order of the dump, each as it is listed; every listed one must be there. */
function inDump(
  listed: readonly UnmatchedRecord[],
  name: SideName,
  side: Side,
  dump: Buffer,
  context: string,
): Map<ReferenceRecord, UnmatchedRecord> {
  const listedAt = new Map(listed.filter((each) => each.side === name).map((each) => [each.byteOffset, each]));
  const found = new Map<ReferenceRecord, UnmatchedRecord>();
  for (const record of side.records) {
    const unmatched = listedAt.get(record.byteOffset);
    if (unmatched === undefined) continue;
    const { key, value, ...place } = record;
    const name = key === null ? null : { key: toText(key), keyBase64: base64Of(key) };
    const { reason: _reason, side: _side, headBytes, ...facts } = unmatched;
    assert.deepEqual(facts, { ...place, key: name, tombstone: value === null }, context);
    if (headBytes > 0) {
      const cutOut = dump.subarray(record.byteOffset + headBytes, record.byteOffset + record.byteLength);
      assert.deepEqual(cutOut, value === null ? null : bytesOf(value), `${context}: value`);
    }
    found.set(record, unmatched);
  }
  return found;
}

/** The key's bytes, where its text does not give them back. */
function base64Of(key: ByteString): string | null {
  return Buffer.from(toText(key), 'utf8').equals(bytesOf(key)) ? null : bytesOf(key).toString('base64');
}

function isOlderThanAll({ timestamp, partition }: ReferenceRecord, { records }: Side): boolean {
  const inPartition = records.filter((other) => other.partition === partition);
  return inPartition.length > 0 && inPartition.every((other) => (timestamp ?? 0) < (other.timestamp ?? 0));
}

function hasCopy(record: ReferenceRecord, records: readonly ReferenceRecord[]): boolean {
  return (
    record.timestamp !== null &&
    records.some(
      ({ key, value, timestamp, byteOffset }) =>
        key === record.key &&
        value === record.value &&
        timestamp === record.timestamp &&
        byteOffset !== record.byteOffset,
    )
  );
}
