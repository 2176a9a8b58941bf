/** kafkactl's YAML, against what Go's own library wrote. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { UserError } from '../../../src/core/errors.js';
import { parseScalar } from '../../../src/core/formats/yamlScalar.js';
import { scanBytes, scanDump, withoutPlace } from '../../support/scanDump.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/kafkactl/${name}`, import.meta.url));

describe('kafkactl’s YAML', () => {
  it('holds the same records as its JSON', () => {
    const yaml = scanDump(fixture('records.yaml'));
    const json = scanDump(fixture('records.jsonl'));
    assert.deepEqual([yaml.layout.format, json.layout.format], ['kafkactl-yaml', 'kafkactl-json']);
    assert.equal(yaml.records.length, 337);
    assert.deepEqual(yaml.records.map(withoutPlace), json.records.map(withoutPlace));
    const { recordBytes, setAsideBytes, lineEndBytes, unrecognizedLines } = yaml.totals;
    assert.deepEqual([recordBytes + lineEndBytes, setAsideBytes], [fixture('records.yaml').length, 0]);
    assert.equal(unrecognizedLines, 0);
  });

  it('reads every record again by itself', () => {
    const dump = fixture('records.yaml');
    const { layout, records } = scanDump(dump);
    for (const record of records) {
      const [, , at, length] = (/^(\d+)\+\d+@(\d+)\+(\d+)/.exec(record) ?? []).map(Number) as [0, 0, number, number];
      const alone = scanBytes(layout, dump.subarray(at, at + length)).records;
      assert.deepEqual(
        alone.map((again) => withoutPlace(again.replace(/^cut /, ''))),
        [withoutPlace(record)],
      );
    }
  });

  it('gives the same records however the bytes come in', () => {
    const dump = fixture('records.yaml').subarray(0, 20_000);
    const { layout } = scanDump(dump);
    const whole = scanBytes(layout, dump);
    for (const blockBytes of [1, 7, 64, 1000]) assert.deepEqual(scanBytes(layout, dump, blockBytes), whole);
  });

  it('knows lines, notices, and where the dump was cut', () => {
    const text = `[kafkactl] 2024/01/01 10:00:00 Starting
partition: 0
offset: 1
key: k
value: |-
  a
  b

partition: 0
offset: 2
value: null
timestamp: 2023-07-22T04:26:40.5Z

---
hello
partition: 1
offset: 3
key: cut
value: "no end`;
    const { records, totals, layout } = scanDump(Buffer.from(text));
    assert.deepEqual(records, [
      '2+6@40+47 0/1 k=a\nb',
      '9+4@89+68 0/2 CreateTime:1690000000500 ∅=∅',
      'cut 16+4@169+46 1/3 cut=',
    ]);
    assert.deepEqual(layout.columns, ['partition', 'offset', 'key', 'value', 'timestamp']);
    assert.deepEqual([totals.noiseLines, totals.unrecognizedLines, totals.firstUnrecognizedLine], [1, 1, 15]);
    assert.equal(totals.recordBytes + totals.setAsideBytes + totals.lineEndBytes, text.length);
  });

  it('survives truncation at every byte', () => {
    const dump = fixture('records.yaml').subarray(0, 4000);
    const { layout } = scanDump(dump);
    for (let length = 0; length <= dump.length; length++) {
      const { totals } = scanBytes(layout, dump.subarray(0, length), 100);
      assert.equal(totals.recordBytes + totals.setAsideBytes + totals.lineEndBytes, length);
    }
  });

  it('refuses a dump without keys', () => {
    assert.throws(
      () => scanDump(Buffer.from('partition: 0\noffset: 1\nvalue: v\n\n')),
      (error: unknown) => error instanceof UserError && /line 1: .*--print-keys/.test(error.message),
    );
  });

  const scalars: readonly [string, string | null | undefined][] = [
    [' null\n', null],
    [' ~\n', null],
    [' "null"\n', 'null'],
    [" 'it''s'\n", "it's"],
    [" 'a\n  b\n\n  c'\n", 'a b\nc'],
    [' "a \\\n  \\ b\\x41\\u00e9\\U0001F600\\N"\n', 'a  bAé\u{1f600}\u0085'],
    [' plain\n  text\n', 'plain text'],
    [' |-\n  a\n   b\n', 'a\n b'],
    [' |+\n  a\n\n', 'a\n\n'],
    [' |2\n    a\n', '  a\n'],
    [" 'x\u2028  y'\n", 'x\u2028y'],
    [' !!binary /w==\n', '/w=='],
    [' "open\n', undefined],
    [' "bad \\q"\n', undefined],
    [" 'a' b\n", undefined],
    [' {a: b}\n', undefined],
    [' "\\U00110000"\n', undefined],
  ];
  for (const [source, expected] of scalars) {
    it(`scalar ${JSON.stringify(source)}`, () => {
      const found = parseScalar(source);
      assert.equal(found === null ? undefined : found.kind === 'null' ? null : found.text, expected);
    });
  }
});
