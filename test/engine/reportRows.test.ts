/** Long lists are made on threads; every row must be as one thread makes it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Comparison } from '../../src/core/comparison.js';
import { UserError } from '../../src/core/errors.js';
import { defaultOptions } from '../../src/core/options.js';
import { type RowFormat, rowsHere } from '../../src/core/report/rows.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { withDumpRows } from '../../src/engine/reportRows.js';
import { type ReportChoices, reportOf } from '../support/reports.js';

const keys = 12_000;

describe('rows of long lists', () => {
  let folder = '';
  let comparison: Comparison;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'report-rows-'));
    comparison = await compareDumps({
      source: await dump('source.txt', (i) => (i % 7 === 0 ? 'null' : `{"text":"ä\u0085 \u200e ${i}"}`)),
      // In another order, some of them absent, some over several lines, one longer than what is read at a time.
      mirror: await dump(
        'mirror.txt',
        (i) => (i % 5 === 0 ? null : i === 4 ? 'x'.repeat(3 << 20) : `a\n\u007fb ${i}`),
        37,
      ),
      options: { ...defaultOptions, cleanupPolicy: 'delete' },
    });
    assert.ok(comparison.differences.length > 11_000 && comparison.unmatchedRecords.length > 20_000);
  });
  after(() => rm(folder, { recursive: true }));

  /** Keys in steps of `step`, so that two dumps have them in different orders. */
  async function dump(name: string, valueAt: (i: number) => string | null, step = 1): Promise<string> {
    let text = '';
    for (let k = 0; k < keys; k++) {
      const i = (k * step) % keys;
      const value = valueAt(i);
      if (value !== null) text += `CreateTime:${1_690_000_000_000 + k}\tPartition:${i % 3}\tkey-${i}\t${value}\n`;
    }
    const path = join(folder, name);
    await writeFile(path, text);
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

  it('fail with the reason if a dump has changed', async () => {
    await truncate(join(folder, 'mirror.txt'), 1000);
    await assert.rejects(reportWith('ndjson', {}), (error: Error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /mirror\.txt changed: at byte \d+ the record is no longer there/);
      return true;
    });
  });
});
