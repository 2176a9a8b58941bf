/** JSON dumps of every shape, broken and hostile ones among them: nothing is dropped in silence, nothing hangs. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DumpFormat, DumpLayout } from '../../../src/core/comparison.js';
import { scanBytes, withoutPlace } from '../../support/scanDump.js';

const layoutOf = (format: DumpFormat): DumpLayout => ({
  format,
  separator: null,
  columns: ['partition', 'offset', 'key', 'value', 'timestamp'],
  crlf: false,
  nullLiteral: null,
  bomLength: 0,
});
const kt = layoutOf('kt');
const record = (offset: number, value = 'v'): string =>
  `{"partition":0,"offset":${offset},"key":"k","value":${JSON.stringify(value)}}`;

function scanText(text: string | Buffer, blockBytes?: number) {
  const bytes = Buffer.from(text as string);
  const scan = scanBytes(kt, bytes, blockBytes);
  const { recordBytes, setAsideBytes, lineEndBytes, lines } = scan.totals;
  assert.equal(recordBytes + setAsideBytes + lineEndBytes, bytes.length);
  const lineFeeds = bytes.filter((byte) => byte === 10).length;
  assert.equal(lines, lineFeeds + (bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0));
  return scan;
}

const place = (text: string): string => text.replace(/ .*$/s, '');

describe('JSON scanner', () => {
  const shapes: readonly [string, string, readonly number[]][] = [
    ['one on a line', `${record(1)}\n${record(2)}\n`, [1, 2]],
    ['CR LF', `${record(1)}\r\n${record(2)}\r\n`, [1, 2]],
    ['one behind the other', `${record(1)}${record(2)}`, [1, 1]],
    ['an array on one line', `[${record(1)},${record(2)}]`, [1, 1]],
    ['an array over lines', `[\n  ${record(1)},\n  ${record(2)}\n]\n`, [2, 3]],
    ['several arrays', `[${record(1)}]\n[${record(2)}]\n`, [1, 2]],
    ['empty lines between', `\n\n${record(1)}\n\n\n${record(2)}`, [3, 6]],
  ];
  for (const [what, text, lines] of shapes) {
    it(what, () => {
      const places = [1, 2].map(
        (offset, i) => `${lines[i]}+1@${text.indexOf(record(offset))}+${record(offset).length}`,
      );
      for (const blockBytes of [1, 3, 50, 1000]) {
        const { records, totals } = scanText(text, blockBytes);
        assert.deepEqual(records.map(place), places);
        assert.deepEqual([totals.setAsideBytes, totals.unknownCutLine], [0, null]);
      }
    });
  }

  it('white space everywhere', () => {
    const text = '\n{ "partition" : 0 ,\n\t"offset":1\r\n,"key":"k","value" : "v"\n}\n';
    const { records, totals } = scanText(text, 4);
    assert.deepEqual(records, [`2+4@1+${text.length - 2} 0/1 k=v`]);
    assert.equal(totals.continuationLines, 3);
  });

  const strings: readonly [string, string][] = [
    ['\\"\\\\\\/\\b\\f\\n\\r\\t', '"\\/\b\f\n\r\t'],
    ['\\u0041\\u00e9\\u20ac', 'A\xc3\xa9\xe2\x82\xac'],
    ['\\uD83D\\uDE00', '\xf0\x9f\x98\x80'],
    ['\\ud83d', '\xef\xbf\xbd'],
    ['\\ude00\\ud83d', '\xef\xbf\xbd\xef\xbf\xbd'],
    ['\\ud83d\\u0041', '\xef\xbf\xbdA'],
    ['\\ud83dx', '\xef\xbf\xbdx'],
    ['\xff\xfe\\n\xc3', '\xff\xfe\n\xc3'],
    ['\t\x01\x7f', '\t\x01\x7f'],
    ['a long string without any escape in it, so that the native search is asked', ''],
    ['a long string without escapes for quite a while, and then one \\n and \\" more', ''],
  ];
  for (const [escaped, expected] of strings) {
    it(`string ${JSON.stringify(escaped)}`, () => {
      const text = `{"partition":0,"offset":1,"key":"${escaped}","value":"${escaped}"}`;
      const { records } = scanText(Buffer.from(text, 'latin1'), 5);
      const meant = expected === '' ? JSON.parse(`"${escaped}"`) : expected;
      assert.deepEqual(records.map(withoutPlace), [`0/1 ${meant}=${meant}`]);
    });
  }

  it('takes the last of members of one name, and passes over unknown ones', () => {
    const text = `{"x":[{"key":"no"}],"key":"first","value":"v","partition":0,"key":"last","offset":1,"y":{"value":"no"}}`;
    assert.deepEqual(scanText(text).records.map(withoutPlace), ['0/1 last=v']);
  });

  it('takes values that are no texts as they stand', () => {
    const values = ['{"a": [1, {}], "b":"\\u0041"}', '[ ]', '-1.50e+3', 'true', 'false'];
    const text = values.map((value, i) => `{"partition":0,"offset":${i},"key":"k","value":${value}}\n`).join('');
    assert.deepEqual(
      scanText(text).records.map(withoutPlace),
      values.map((value, i) => `0/${i} k=${value}`),
    );
  });

  const broken: readonly [string, string, readonly string[], Partial<Record<string, unknown>>][] = [
    ['a line cut in a string', `${record(1).slice(0, 40)}\n${record(2)}\n`, ['2+1'], { firstUnreadableLine: 1 }],
    ['a line cut between members', `${record(1).slice(0, 26)}\n${record(2)}\n`, ['2+1'], { unreadableRecords: 1 }],
    [
      'a line cut within an array',
      `{"h":["a",\n${record(2)}\n${record(3)}\n${record(4)}\n`,
      ['3+1', '4+1'],
      { unreadableRecords: 1 },
    ],
    ['an object that is no record', `{"a":1}\n${record(2)}\n{}\n`, ['2+1'], { unreadableRecords: 2 }],
    [
      'an unknown escape',
      `{"partition":0,"offset":1,"key":"\\x","value":""}\n${record(2)}`,
      ['2+1'],
      {
        unreadableRecords: 1,
      },
    ],
    [
      'text between',
      `${record(1)}\nhello {"a"\n${record(2)} and more\n`,
      ['1+1', '3+1'],
      {
        unrecognizedLines: 2,
        firstUnrecognizedLine: 2,
      },
    ],
    [
      'notices between',
      `% Waiting for group rebalance\n${record(1)}\n[2024-01-31 12:00:00,123] WARN x (y)\n% Reached end\r\n${record(2)}\n`,
      ['2+1', '5+1'],
      { noiseLines: 3, firstNoiseLine: 1, unrecognizedLines: 0 },
    ],
    [
      'a record broken in an array of one line',
      `[${record(1)},{"key" 1},${record(3)}]`,
      ['1+1', '1+1'],
      {
        unreadableRecords: 1,
        unknownCutLine: null,
      },
    ],
    ['an array that is not closed', `[${record(1)},\n`, ['1+1'], { unknownCutLine: 1 }],
    [
      'a record that is cut behind its key',
      `${record(1)}\n${record(2).slice(0, 45)}`,
      ['1+1', 'cut'],
      {
        unknownCutLine: null,
      },
    ],
    ['a record that is cut before its key', `${record(1)}\n${record(2).slice(0, 30)}`, ['1+1'], { unknownCutLine: 2 }],
    [
      'numbers that are none',
      `{"partition":01,"offset":1,"key":"k","value":""}\n${record(2)}`,
      ['2+1'],
      {
        unreadableRecords: 1,
      },
    ],
  ];
  for (const [what, text, places, expected] of broken) {
    it(what, () => {
      for (const blockBytes of [1, 20, 1000]) {
        const { records, totals } = scanText(text, blockBytes);
        assert.deepEqual(
          records.map((found) => place(found).replace(/@.*/, '')),
          places,
        );
        for (const [name, value] of Object.entries(expected)) {
          assert.equal((totals as unknown as Record<string, unknown>)[name], value, name);
        }
      }
    });
  }

  it('finds notices of kcat in the middle of a record, wherever its output was cut into blocks', () => {
    const clean = `${record(1, 'a"b\\\u00e9')}\n${record(2)}\n`;
    const notices = '% Reached end of topic t [0] at offset 7\n% Reached end of topic t [1] at offset 9: exiting\n';
    const bytes = Buffer.from(clean);
    const expected = scanText(clean).records.map(withoutPlace);
    for (let at = 1; at < bytes.length; at++) {
      const dump = Buffer.concat([bytes.subarray(0, at), Buffer.from(notices), bytes.subarray(at)]);
      for (const blockBytes of [1, 10, 1000]) {
        const { records, totals } = scanText(dump, blockBytes);
        assert.deepEqual(records.map(withoutPlace), expected, dump.toString());
        assert.deepEqual([totals.noiseLines, totals.unreadableRecords, totals.unrecognizedLines], [2, 0, 0]);
        for (const found of records) {
          const [, start, length] = (/@(\d+)\+(\d+)/.exec(found) ?? []).map(Number) as [0, number, number];
          const alone = scanBytes(kt, dump.subarray(start, start + length)).records;
          assert.deepEqual(alone.map(withoutPlace), [withoutPlace(found)]);
        }
      }
    }
  });

  it('gives up on a record with notices in more than a hundred places', () => {
    const piece = 'x% Reached end of topic t [0] at offset 7\n';
    const broken = `{"partition":0,"offset":1,"key":"k","value":"${piece.repeat(5000)}"}\n`;
    const { records, totals } = scanText(`${broken}${record(2)}`, 100);
    assert.deepEqual([records.length, totals.unreadableRecords], [1, 1]);
  });

  it('counts records with U+FFFD, escaped or not', () => {
    const dump = `${record(1, '\ufffd\ufffd')}\n${record(2)}\n{"x":"\ufffd"}\n{"partition":0,"offset":3,"key":"\\ufffd","value":""}\n`;
    for (const blockBytes of [1, 50, 1000]) {
      const { oddities } = scanText(dump, blockBytes).totals;
      assert.deepEqual(oddities, { 'replacement-characters': { count: 2, firstLine: 1 } });
    }
  });

  it('stands ten thousand levels, and a hundred thousand broken objects', () => {
    const deep = `${'[{"a":'.repeat(10_000)}1${'}]'.repeat(10_000)}`;
    const text = `{"partition":0,"offset":1,"key":"k","value":${deep},"x":${deep}}\n${'{'.repeat(100_000)}\n${record(2)}`;
    const { records, totals } = scanText(text, 1000);
    assert.deepEqual([records.length, totals.unreadableRecords], [2, 1]);
  });

  it('holds no more than a record, however long the array', () => {
    const scanner = scanText(`[${Array.from({ length: 20_000 }, (_, i) => record(i)).join(',')}]`, 4096);
    assert.equal(scanner.records.length, 20_000);
  });

  it('survives truncation at every byte', () => {
    const text = `[\n${record(1, 'a"b\n\u{1f600}')},\n  {"key":null,"x":[1,{"a":null}],"partition":0,"offset":2,"value":{"a":[]}}\n]\n% x\n`;
    for (let length = 0; length <= Buffer.byteLength(text); length++) {
      scanText(Buffer.from(text).subarray(0, length), 7);
    }
  });

  const pieces = fc.constantFrom(
    ...[record(1), record(2, 'two\nlines'), '{"partition":0,"offset":3,"key":"k","value":', '{', '}', '[', ']', ','],
    ...['"', '\\', ':', '\n', '\r\n', ' ', 'null', '1', '-', '\\u12', '{"key":"a",', '"value":"', '% notice', 'text'],
    ...['[2024-01-31 12:00:00,123] WARN x (y)', '\u0000', 'é'],
  );
  const dumps = fc
    .array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 30 })
    .map((parts) => Buffer.from(parts.join('')));

  it('accounts for every byte and line, and gives the same records however the bytes come in', () => {
    fc.assert(
      fc.property(dumps, fc.integer({ min: 1, max: 40 }), (dump, blockBytes) => {
        assert.deepEqual(scanText(dump, blockBytes), scanText(dump));
      }),
      { numRuns: 3000 },
    );
  });

  it('reads what JSON.parse reads', () => {
    const key = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(fc.json(), key, fc.boolean(), (json, name, isPretty) => {
        const value = JSON.parse(json);
        const object = { partition: 0, offset: 1, x: value, key: name, value };
        const text = isPretty ? JSON.stringify(object, null, 2) : JSON.stringify(object);
        const { records } = scanText(text);
        assert.equal(records.length, 1);
        const [, found = ''] = /^0\/1 ([\s\S]*)$/.exec(withoutPlace(records[0] as string)) ?? [];
        // Half a surrogate pair becomes U+FFFD, as it does here.
        const keyText = Buffer.from(name).toString('latin1');
        assert.ok(found.startsWith(`${keyText}=`));
        const rest = Buffer.from(found.slice(keyText.length + 1), 'latin1').toString();
        if (value === null) assert.ok(found.endsWith('=∅'));
        else if (typeof value === 'string') assert.equal(rest, Buffer.from(value).toString());
        else assert.deepEqual(JSON.parse(rest), value);
      }),
      { numRuns: 1000 },
    );
  });
});
