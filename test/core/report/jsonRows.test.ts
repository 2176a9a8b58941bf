/**
 * Rows are written as bytes, past JSON.stringify; they must be what it would give for the same row as an object, with
 * escapes for what drives a terminal or cannot be seen.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Difference, FinalRecord, KeyName, UnmatchedRecord } from '../../../src/core/comparison.js';
import { listOfColumns } from '../../../src/core/differenceColumnList.js';
import { DifferenceColumnsBuilder } from '../../../src/core/differenceColumns.js';
import type { Side } from '../../../src/core/record.js';
import { comparison } from '../../support/comparisons.js';
import { hostileTexts, reportOf } from '../../support/reports.js';

/** What is left of a difference or record besides its texts. */
type Facts = Omit<Difference, keyof KeyName>;
interface KeyAndFacts {
  readonly key: Buffer;
  readonly facts: Facts;
}

const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** The oracle: a row as an object, and nothing of the code that is tested. */
function lineOf(row: object): string {
  const safe = JSON.stringify(row).replace(unseen, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
  return `${safe}\n`;
}

function keyFields(bytes: Buffer): object {
  const key = bytes.toString();
  return Buffer.from(key).equals(bytes) ? { key } : { key, keyBase64: bytes.toString('base64') };
}

function valueFields(bytes: Buffer | null): object {
  if (bytes === null) return { value: null };
  const text = bytes.toString();
  if (text.length > 10_000) {
    const end = /[\ud800-\udbff]/.test(text.charAt(9999)) ? 9999 : 10_000;
    return { value: text.slice(0, end), valueBytes: bytes.length };
  }
  return Buffer.from(text).equals(bytes) ? { value: text } : { value: text, valueBase64: bytes.toString('base64') };
}

const hostileCharacters = fc.oneof(
  fc.constantFrom(...'"\\/\u0000\b\f\u001f\u007f\u0085\u009f\u00a0\u00ad\u061c\u200b\u200d\u200e\u2028\u2029\u202e'),
  fc.constantFrom(...'\u2066\u3164\ud7ff\ue000\ufe0f\ufeff\ufffa\ufffd\uffff', '\u{1d173}', '\u{e0001}', '\u{10ffff}'),
  fc.constantFrom(...'aZ0 {}é漢\u{1f600}'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const notText = fc.constantFrom(
  ...['ff', 'c0af', 'e080af', 'c3', 'e6bc', 'f09f98', 'eda080', 'f4908080', 'f8888080', '80', 'f0808080'],
);
/** Text, now and then with bytes that are none, with lone surrogates and overlong forms among them. */
const texts: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 6, arbitrary: fc.array(hostileCharacters, { maxLength: 30 }).map((all) => Buffer.from(all.join(''))) },
  {
    weight: 2,
    arbitrary: fc
      .array(
        fc.oneof(
          hostileCharacters.map((c) => Buffer.from(c)),
          notText.map((hex) => Buffer.from(hex, 'hex')),
        ),
      )
      .map((parts) => Buffer.concat(parts)),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.constantFrom(...hostileTexts).map((text) => Buffer.from(text)) },
);
/** Around the length at which they are cut, in bytes or in characters. */
const longTexts = fc
  .tuple(fc.constantFrom('x', '\u200e', 'é', '漢', '\u{1f600}'), fc.integer({ min: -3, max: 3 }), texts)
  .map(([character, more, end]) => {
    const count = Math.floor((10_000 + more - end.toString().length) / character.length);
    return Buffer.concat([Buffer.from(character.repeat(Math.max(0, count))), end]);
  });
const values = fc.oneof({ weight: 8, arbitrary: texts }, { weight: 1, arbitrary: longTexts });

const counts = fc.oneof(fc.nat(12), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
const places = fc.oneof(counts, fc.maxSafeNat(), fc.constantFrom(99_999_999, 100_000_000, 10 ** 15, 2 ** 53 - 1));
const numbers = fc.oneof(
  places,
  places.map((place) => -place),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(1e21, -1e300, 0.5, 2 ** 53, -(2 ** 63)),
);
const orNone = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(some, { freq: 3 });

const location = {
  line: places,
  lineCount: counts,
  byteOffset: places,
  byteLength: counts,
  headBytes: counts,
  partition: orNone(fc.nat(2 ** 31 - 1)),
  offset: orNone(numbers),
  timestamp: orNone(numbers),
  tombstone: fc.boolean(),
};
const finals: fc.Arbitrary<FinalRecord> = fc.record({ ...location, occurrences: fc.integer({ min: 1, max: 2 ** 31 }) });
const facts: fc.Arbitrary<Facts> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom({ outcome: 'missing', cause: null } as const, { outcome: 'extra', cause: null } as const),
      fc.record({
        outcome: fc.constant('modified' as const),
        cause: fc.constantFrom('stale' as const, 'ahead' as const, 'reordered' as const, 'diverged' as const),
      }),
    ),
    fc.record({
      causeEvidence: fc.constantFrom(null, 'record' as const, 'timestamp' as const),
      behind: orNone(numbers),
      behindMs: orNone(numbers),
      late: fc.constantFrom(null, 'afterMirrorEnd' as const, 'afterSourceEnd' as const),
      source: orNone(finals),
      mirror: orNone(finals),
    }),
  )
  .map(([what, rest]) => ({ ...what, ...rest }));
const differences: fc.Arbitrary<KeyAndFacts> = fc.record({ key: texts, facts });
const unmatchedRecords = fc.record({
  ...location,
  side: fc.constantFrom('source' as const, 'mirror' as const),
  reason: fc.constantFrom('lost' as const, 'retention' as const, 'repeated' as const),
  keyBytes: orNone(texts),
});

function shownRecord(record: FinalRecord, value: Buffer | null, redact: boolean): object {
  const { line, lineCount, byteOffset, byteLength, partition, offset, timestamp, occurrences, tombstone } = record;
  const facts = { line, lineCount, byteOffset, byteLength, partition, offset, timestamp };
  const seen = redact ? { valueRedacted: true } : valueFields(tombstone ? null : value);
  return { ...facts, ...(occurrences === undefined ? {} : { occurrences }), tombstone, ...seen };
}

describe('rows of the JSON formats', () => {
  it('are those of JSON.stringify, with escapes for what is not seen', async () => {
    const lists = fc.array(differences, { maxLength: 5 });
    const records = fc.array(unmatchedRecords, { maxLength: 3 });
    const sides = fc.record({ source: values, mirror: values });
    await fc.assert(
      fc.asyncProperty(lists, records, sides, fc.boolean(), async (rows, unmatched, valueAt, redactValues) => {
        const builder = new DifferenceColumnsBuilder();
        for (const row of rows) builder.add(row.facts, row.key);
        const shown = comparison([], {
          differences: listOfColumns(builder.finish()),
          unmatchedRecords: unmatched.map(({ keyBytes, ...record }): UnmatchedRecord => {
            if (keyBytes === null) return { ...record, key: null };
            const name = { keyBase64: null, ...keyFields(keyBytes) } as KeyName;
            return { ...record, key: name };
          }),
        });
        const choices = { readValue: (side: Side) => valueAt[side], redactValues };
        const expected = [
          ...rows.map(({ key, facts: { source, mirror, ...rest } }) => ({
            ...keyFields(key),
            ...rest,
            source: source && shownRecord(source, valueAt.source, redactValues),
            mirror: mirror && shownRecord(mirror, valueAt.mirror, redactValues),
          })),
          ...unmatched.map(({ side, reason, keyBytes, ...record }) => ({
            ...{ side, reason },
            ...(keyBytes === null ? { key: null } : keyFields(keyBytes)),
            ...shownRecord(record as unknown as FinalRecord, valueAt[side], redactValues),
          })),
        ];
        assert.equal(await reportOf('ndjson', shown, choices), expected.map(lineOf).join(''));
        const report = JSON.parse(await reportOf('json', shown, choices));
        assert.deepEqual([...report.differences, ...report.unmatchedRecords], JSON.parse(JSON.stringify(expected)));
      }),
      { numRuns: 500, seed: 20_261_124 },
    );
  });

  it('print every character as JSON.stringify does, or escaped', async () => {
    for (let from = 0; from < 0x110000; from += 2048) {
      const block = Array.from({ length: 2048 }, (_, i) => from + i).filter((c) => c < 0xd800 || c > 0xdfff);
      const text = String.fromCodePoint(...block);
      const record: UnmatchedRecord = { ...anyRecord, key: { key: text, keyBase64: null } };
      const line = await reportOf('ndjson', comparison([], { unmatchedRecords: [record] }));
      const expected = lineOf({ key: text }).slice('{'.length, -'}\n'.length);
      assert.ok(line.includes(`"reason":"lost",${expected},"line":1,`), `from U+${from.toString(16)}`);
    }
  });
});

const anyRecord: UnmatchedRecord = {
  ...{ side: 'source', reason: 'lost', key: null, line: 1, lineCount: 1, byteOffset: 0, byteLength: 1, headBytes: 0 },
  ...{ partition: 0, offset: null, timestamp: 0, tombstone: true },
};
