/** Long lists are made on threads; every row must be as one thread makes it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Comparison } from '../../src/core/comparison.js';
import { UserError } from '../../src/core/errors.js';
import { defaultOptions } from '../../src/core/options.js';
import { type RowFormat, rowsHere } from '../../src/core/report/rows.js';
import { type CompareRequest, compareDumps } from '../../src/engine/compareDumps.js';
import { withDumpRows } from '../../src/engine/reportRows.js';
import { type ReportChoices, reportOf } from '../support/reports.js';

const keys = 12_000;

describe('rows of long lists', () => {
  let folder = '';
  let request: CompareRequest;
  let comparison: Comparison;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'report-rows-'));
    request = {
      source: await dump('source.txt', sourceValue),
      // In another order, some of them absent, some over several lines, one longer than what is read at a time.
      mirror: await dump(
        'mirror.txt',
        (i) => (i % 5 === 0 ? null : i === 4 ? 'x'.repeat(3 << 20) : `a\n\u007fb "${i}" \\`),
        37,
      ),
      options: { ...defaultOptions, cleanupPolicy: 'delete' },
    };
    comparison = await compareDumps(request);
    assert.ok(comparison.differences.length > 11_000 && comparison.unmatchedRecords.length > 20_000);
  });
  after(() => rm(folder, { recursive: true }));

  /** Ordinary text, text to be escaped, and what is no text; in Latin-1, one character a byte. */
  function sourceValue(i: number): string {
    if (i % 7 === 0) return 'null';
    if (i % 11 === 0) return `\u00ff ${i}`;
    return Buffer.from(`{"text":"ä漢\u0085 \u200e \u{1f600} ${i}"}`).toString('latin1');
  }

  /** Keys in steps of `step`, so that two dumps have them in different orders. */
  async function dump(name: string, valueAt: (i: number) => string | null, step = 1): Promise<string> {
    let text = '';
    for (let k = 0; k < keys; k++) {
      const i = (k * step) % keys;
      const value = valueAt(i);
      if (value !== null) text += `CreateTime:${1_690_000_000_000 + k}\tPartition:${i % 3}\tkey-${i}\t${value}\n`;
    }
    const path = join(folder, name);
    await writeFile(path, text, 'latin1');
    return path;
  }

  const reportWith = (format: RowFormat, choices: ReportChoices): Promise<string> =>
    withDumpRows(comparison, (read) => reportOf(format, comparison, { ...read, ...choices }));

  for (const format of ['json', 'ndjson', 'csv'] as const) {
    it(`are the same from threads as ${format}`, async () => {
      const onThreads = await reportWith(format, {});
      // Not as a message: the texts are long.
      assert.ok(onThreads === (await reportWith(format, { rows: rowsHere })));
      assert.ok(onThreads.includes('key-4'));
      const longValue = 'x'.repeat(9000);
      assert.ok(onThreads.includes(longValue));
      assert.ok(!(await reportWith(format, { redactValues: true })).includes(longValue));
    });
  }

  it('hold every value', async () => {
    const lines = (await reportWith('ndjson', {})).split('\n').slice(0, comparison.differences.length);
    for (const [at, line] of lines.entries()) {
      const { key, source } = JSON.parse(line);
      assert.ok(key === comparison.differences.at(at)?.key);
      const expected = Buffer.from(sourceValue(Number(key.slice('key-'.length))), 'latin1');
      if (source.tombstone) assert.equal(expected.toString(), 'null');
      else if ('valueBase64' in source) assert.deepEqual(Buffer.from(source.valueBase64, 'base64'), expected);
      else assert.equal(source.value, expected.toString());
    }
  });

  it('tell the same of differences that went to the disk before they had names', async () => {
    for (const kernel of [true, false]) {
      const spilled = await compareDumps({ ...request, tuning: { storeBytes: 1, partitions: 4, lanes: 1, kernel } });
      assert.deepEqual([...spilled.differences], [...comparison.differences]);
    }
  });

  it('fail with the reason if a dump has changed', async () => {
    await truncate(join(folder, 'mirror.txt'), 1000);
    await assert.rejects(reportWith('ndjson', {}), (error: Error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /mirror\.txt changed: at byte \d+ the record is no longer there/);
      return true;
    });
  });
});
