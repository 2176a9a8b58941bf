/** What the oracle reads from a dump: places, continuation lines, noise, line ends, and a tail that is cut. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeDump } from '../support/dumpText.js';
import { Random } from '../support/random.js';
import { compareByReference, type Reference } from '../support/reference.js';
import { type ReferenceDump, readReferenceDump } from '../support/referenceReader.js';
import { shorthandOptions } from '../support/shorthand.js';
import { makeKeys, makeValue, separators } from '../support/topicContents.js';

const prefix = 'CreateTime:5::Partition:0::';
const read = (text: string, nullLiteral: string | null = 'null'): ReferenceDump =>
  readReferenceDump(Buffer.from(text), '::', nullLiteral);
const valuesOf = (text: string): (string | null)[] => read(text).records.map((record) => record.value);

describe('reference reader: records', () => {
  it('gives each record its place, the line end excluded', () => {
    const { records, continuationLines } = read(`${prefix}a::1\n${prefix}b::2\n\nx\n${prefix}c::3\n`);
    assert.deepEqual(
      records.map(({ key, value, line, lineCount, byteOffset, byteLength }) => ({
        ...{ key, value, line, lineCount, byteOffset, byteLength },
      })),
      [
        { key: 'a', value: '1', line: 1, lineCount: 1, byteOffset: 0, byteLength: 31 },
        { key: 'b', value: '2\n\nx', line: 2, lineCount: 3, byteOffset: 32, byteLength: 34 },
        { key: 'c', value: '3', line: 5, lineCount: 1, byteOffset: 67, byteLength: 31 },
      ],
    );
    assert.equal(continuationLines, 2);
  });

  const values: [title: string, text: string, value: string | null][] = [
    ['separator in the value', 'k::a::b\n', 'a::b'],
    ['empty value', 'k::\n', ''],
    ['null', 'k::null\n', null],
    ['null only on the first line', 'k::null\n\n', 'null\n'],
    ['line break at the end of the value', 'k::a\n\n', 'a\n'],
    [
      'a line that only begins like a record',
      `k::a\nCreateTime:5::Partition:x::k::b\n`,
      'a\nCreateTime:5::Partition:x::k::b',
    ],
    ['a stack frame without an exception', 'k::a\n\tat b\n', 'a\n\tat b'],
  ];
  for (const [title, text, value] of values) {
    it(title, () => assert.deepEqual(valuesOf(prefix + text), [value]));
  }

  it('timestamp, partition and offset', () => {
    const { records, hasOffsets } = read(
      'LogAppendTime:7::Partition:12::Offset:3::k::v\nNO_TIMESTAMP::Partition:0::Offset:4::k::v\n' +
        'CreateTime:-1::Partition:0::Offset:5::k::v\n',
    );
    assert.ok(hasOffsets);
    assert.deepEqual(
      records.map(({ timestamp, partition, offset }) => [timestamp, partition, offset]),
      [
        [7, 12, 3],
        [null, 0, 4],
        [null, 0, 5],
      ],
    );
  });

  it('null literal: another one, and none', () => {
    assert.equal(read(`${prefix}k::NIL\n`, 'NIL').records[0]?.value, null);
    assert.equal(read(`${prefix}::\n`, '').records[0]?.key, null);
    assert.equal(read(`${prefix}null::null\n`, null).records[0]?.key, 'null');
  });

  it('CR LF is a line end where all record lines have it', () => {
    assert.deepEqual(valuesOf(`${prefix}a::1\r\nx\r\r\n${prefix}b::2\r\n`), ['1\nx\r', '2']);
    assert.deepEqual(valuesOf(`${prefix}a::1\r\n${prefix}b::2\n`), ['1\r', '2']);
    assert.equal(read(`${prefix}a::1\r\nx\r\n`).records[0]?.byteLength, 34);
  });

  it('a byte order mark moves the first record', () => {
    assert.equal(read(`\ufeff${prefix}a::1\n`).records[0]?.byteOffset, 3);
  });
});

describe('reference reader: noise', () => {
  const timeout = 'org.apache.kafka.common.errors.TimeoutException';
  const noise = [
    'Option --property is deprecated and will be removed in a future version. Use --formatter-property instead.',
    'Option --consumer.config is deprecated and will be removed in a future version. Use --command-config instead.',
    'Processed a total of 3 messages',
    'Unable to write to standard out, closing consumer.',
    '[2024-01-31 12:00:00,123] WARN text (org.apache.kafka.Logger)',
    'SLF4J: Defaulting to no-operation (NOP) logger implementation',
    'The consumer rebalance protocol (KIP-848) is production-ready! Set group.protocol=consumer.',
    timeout,
    `${timeout}\n\tat org.apache.kafka.A.b(A.java:1)\n\tat org.apache.kafka.A.c(A.java:2)`,
  ];
  for (const text of noise) {
    it(text, () => {
      const lines = text.split('\n').length;
      const before = read(`${text}\n${prefix}a::1\n`);
      const within = read(`${prefix}a::1\n${text}\n2\n`);
      assert.deepEqual([before.noiseLines, within.noiseLines], [lines, lines]);
      assert.equal(within.records[0]?.value, '1\n2');
      assert.equal(within.records[0]?.lineCount, lines + 2, 'the place spans the noise');
    });
  }

  const values = ['Processed a total of many messages', ' Processed a total of 3 messages', 'a TimeoutException'];
  for (const text of values) {
    it(`not: ${text}`, () => assert.deepEqual(valuesOf(`${prefix}a::1\n${text}\n`), [`1\n${text}`]));
  }
});

describe('reference: a dump that ends within a record', () => {
  const compareTo = (source: string, mirror: string): Reference =>
    compareByReference(Buffer.from(source), Buffer.from(mirror), shorthandOptions);
  const whole = `${prefix}a::1\n${prefix}b::1\n${prefix}null::1\n${prefix}a::2\n`;

  const tails: [title: string, tail: string, ofSource: number, ofMirror: number, keys: number][] = [
    ['nothing is cut', '', 0, 0, 2],
    ['the value', `${prefix}a::2`, 3, 2, 1],
    ['between the lines of the value', `${prefix}a::2\n3\nx`, 3, 2, 1],
    ['a key that is nowhere else', `${prefix}z::`, 1, 0, 2],
    ['a keyless record', `${prefix}null::1`, 1, 0, 2],
    ['within the key', `${prefix}b`, 1, 0, 2],
    ['within the separator', `${prefix}b:`, 1, 0, 2],
    ['after the prefix', prefix, 1, 0, 2],
    ['within the prefix', 'CreateTime:16900', 1, 0, 2],
    ['within the prefix, later', 'CreateTime:16900::Part', 1, 0, 2],
    ['at the first letter', 'N', 1, 0, 2],
    // Not how a record begins: it belongs to the record before, whose key is a.
    ['a line of the record before', 'x', 2, 2, 1],
  ];
  for (const [title, tail, ofSource, ofMirror, keys] of tails) {
    it(title, () => {
      const { source, mirror, ...compared } = compareTo(whole + tail, whole);
      assert.deepEqual([source.truncated, mirror.truncated], [ofSource, ofMirror]);
      assert.deepEqual([source.keys, mirror.keys, compared.keys.same], [keys, keys, keys]);
      const read = whole.split('\n').length - 1;
      assert.equal(mirror.records, read - ofMirror);
      assert.equal(compared.verdict, 'equivalent');
    });
  }

  it('both dumps', () => {
    const { source, mirror, keys } = compareTo(`${whole}${prefix}a::9`, `${whole}${prefix}b::9`);
    assert.deepEqual([source.truncated, mirror.truncated], [4, 4]);
    assert.deepEqual([source.records, source.keyless, keys.same], [1, 1, 0]);
  });
});

describe('reference reader: generated dumps', () => {
  it('reads back what was printed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), fc.constantFrom(...separators), (seed, separator) => {
        const random = new Random(seed);
        const keys = makeKeys(random, 10, [separator]);
        const printed = Array.from({ length: random.between(1, 40) }, (_, offset) => {
          const key = random.chance(0.1) ? null : random.pick(keys);
          const value = random.chance(0.1) ? null : makeValue(random, key, offset, separator);
          return {
            key,
            value,
            timestamp: random.chance(0.1) ? null : offset,
            partition: random.between(0, 11),
            offset,
          };
        });
        const dump = writeDump(random, printed, {
          ...{ separator, timestampType: 'CreateTime', printOffsets: true, nullText: '\\N', cutTail: false },
          crlf: random.chance(0.5),
          byteOrderMark: random.chance(0.5),
          noise: random.chance(0.5),
        });
        const { records } = readReferenceDump(dump, separator, '\\N');
        assert.deepEqual(
          records.map(({ key, value, timestamp, partition, offset }) => ({ key, value, timestamp, partition, offset })),
          printed,
        );
      }),
    );
  });
});
