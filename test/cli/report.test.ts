/** The command line over real dumps and the samples: what it prints, and with which exit code. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertValidReport } from '../support/reportSchema.js';
import { runCli } from './cliProcess.js';

const root = join(import.meta.dirname, '../..');
const real = (name: string): string => join(root, 'test/fixtures/real-dumps', name);
const pair = (name: string): string[] => [real(`${name}.source.txt`), real(`${name}.mirror.txt`)];
const samples = ['samples/old-topic.txt', 'samples/mirrored-topic.txt'];

interface Expected {
  readonly verdict: 'equivalent' | 'different';
  readonly differences: readonly { readonly source: object | null; readonly mirror: object | null }[];
}
const expected = JSON.parse(await readFile(real('expected.json'), 'utf8')) as Record<string, Expected>;

/** The part of `actual` that `wanted` names, member by member. */
function sameShape(actual: unknown, wanted: unknown): unknown {
  if (Array.isArray(wanted)) return wanted.map((item, i) => sameShape((actual as unknown[])[i], item));
  if (wanted === null || typeof wanted !== 'object' || actual === null) return actual;
  return Object.fromEntries(
    Object.entries(wanted).map(([name, member]) => [
      name,
      sameShape((actual as Record<string, unknown>)[name], member),
    ]),
  );
}

describe('command line: JSON report', () => {
  for (const [name, wanted] of Object.entries(expected)) {
    it(`of the real pair ${name} is valid and has the expected numbers, causes and lines`, async () => {
      const { stdout, stderr, exitCode } = await runCli([
        ...pair(name),
        '--format',
        'json',
        '--max-differences',
        'all',
      ]);
      assert.equal(stderr, '');
      const report = JSON.parse(stdout);
      assertValidReport(report);
      assert.deepEqual(sameShape(report, wanted), wanted);
      assert.equal(report.differences.length, wanted.differences.length);
      assert.equal(report.differencesOmitted, 0);
      assert.equal(exitCode, wanted.verdict === 'equivalent' ? 0 : 1);
    });
  }

  it('of the samples is valid, and its places hold the keys and values', async () => {
    const { stdout } = await runCli([...samples, '--format', 'json'], root);
    const report = JSON.parse(stdout);
    assertValidReport(report);
    for (const difference of report.differences) {
      for (const [side, file] of [
        ['source', samples[0]],
        ['mirror', samples[1]],
      ] as const) {
        const record = difference[side];
        if (record === null) continue;
        const dump = await readFile(join(root, file as string));
        const text = dump.subarray(record.byteOffset, record.byteOffset + record.byteLength).toString();
        assert.ok(text.endsWith(`::${difference.key}::${record.value ?? 'null'}`), text);
        assert.equal(dump.subarray(0, record.byteOffset).toString().split('\n').length, record.line);
      }
    }
  });

  it('lists as many differences as asked for and counts the rest', async () => {
    for (const [limit, listed] of [
      ['3', 3],
      ['0', 0],
      ['all', 140],
    ] as const) {
      const { stdout } = await runCli([...pair('stopped'), '--format', 'json', '--max-differences', limit]);
      const report = JSON.parse(stdout);
      assertValidReport(report);
      assert.equal(report.differences.length, listed);
      assert.equal(report.differencesOmitted, 140 - listed);
    }
  });
});

describe('command line: text report', () => {
  const beginnings: Readonly<Record<string, readonly string[]>> = {
    healthy: [
      'Equivalent: the mirror holds the latest value of all 164 keys.',
      'It has 18 records more because the source has compacted 18 older versions.',
    ],
    stopped: [
      'Different: 140 of 187 keys.',
      'The mirror ends at 12:45:11, 27 min before the source; all 115 stale and 23 missing keys were written at the source after that.',
      'The mirror stopped there, or was dumped too early.',
      '2 keys are only on the mirror.',
    ],
    'second-writer': [
      'Different: 9 of 169 keys.',
      'The source ends at 12:50:19; all 7 ahead and 2 extra keys were written to the mirror after that, the first 22 min later.',
    ],
    copied: [
      'Different: 7 of 164 keys.',
      '7 stale keys.',
      'All are in partition 1, last written at the source between 13:00:08 and 13:00:36, where that partition ends.',
      '1 of them is deleted on the mirror, with a value at the source.',
      'Timestamps are not comparable (the copy does not keep them); late records cannot be told from lost ones.',
    ],
    audit: [
      'Equivalent: the mirror holds the latest value of all 161 keys.',
      'It has 1,400 records more because 1,400 records were delivered again to the mirror.',
    ],
  };
  for (const [name, lines] of Object.entries(beginnings)) {
    it(`of ${name} says the answer first`, async () => {
      const { stdout } = await runCli(pair(name));
      assert.deepEqual(stdout.split('\n').slice(0, lines.length), lines);
    });
  }

  it('names file and line of each difference, as a terminal makes them clickable', async () => {
    const { stdout } = await runCli(samples, root);
    assert.match(stdout, /order-1042 {2}2 min behind {2}samples\/old-topic\.txt:10 {2}samples\/mirrored-topic\.txt:11/);
  });

  it('says which side of a key is deleted', async () => {
    const { stdout } = await runCli(pair('second-writer'));
    assert.equal(stdout.match(/ahead {2}deleted on the mirror {2}/g)?.length, 2, 'the tombstones of the second writer');
    const junit = await runCli([...pair('copied'), '--format', 'junit']);
    assert.equal(junit.stdout.match(/ behind {2}deleted on the mirror {2}/g)?.length, 1);
  });

  it('shows the ledger as two sums that add up', async () => {
    const { stdout } = await runCli(pair('slow-mirror'));
    const rows = [
      ...stdout.matchAll(/^ {2}(?:on both|older|delivered|tombstones|latest|records).*?([\d,]+) +([\d,]+)$/gm),
    ];
    const sums = [1, 2].map((column) => rows.map((row) => Number((row[column] as string).replaceAll(',', ''))));
    for (const [i, records] of [205, 874].entries()) {
      const numbers = sums[i] as number[];
      assert.equal(numbers.at(-1), records);
      assert.equal(
        numbers.slice(0, -1).reduce((a, b) => a + b),
        records,
      );
    }
  });

  it('finds every outcome and cause in the samples', async () => {
    const { stdout, exitCode } = await runCli(samples, root);
    assert.equal(exitCode, 1);
    for (const word of ['Missing on the mirror', 'Diverged', 'Stale', 'Reordered', 'Ahead', 'Only on the mirror']) {
      assert.ok(stdout.includes(word), word);
    }
    assert.match(
      stdout,
      /same +16\n +deleted +3\n +missing +3\n +extra +2\n +modified +8: 4 stale, 2 ahead, 1 reordered, 1 diverged/,
    );
  });
});
