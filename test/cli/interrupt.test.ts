/** Ctrl+C in the middle of a comparison: one sentence, the code for trouble, and nothing left behind. */
import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makePair } from '../bench/data/makePair.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';
import type { CliResult } from './cliProcess.js';
import { interruptWhen } from './interrupt.js';

/** So large that a comparison cannot end before the signal reaches it; the first size that is will do. */
const sizes = [40e6, 200e6, 1000e6] as const;

describe('command line: Ctrl+C', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await makeTemporaryFolder('interrupt');
  });
  afterEach(() => folder.remove());

  it('ends with a sentence, leaves the report of an earlier run as it was and nothing beside it', async function () {
    // Where the moment to interrupt is seen.
    if (process.platform !== 'linux') this.skip();
    const [source, mirror, report] = ['source.txt', 'mirror.txt', 'report.json'].map((name) =>
      path.join(folder.path, name),
    ) as [string, string, string];

    const args = [source, mirror, '--format', 'json', '--output', report];
    let result: CliResult | null = null;
    for (const bytes of sizes) {
      writeLongDumps(source, mirror, bytes);
      writeFileSync(report, 'of an earlier run');
      result = await interruptWhen((open) => open.includes(source), args);
      if (result.stderr !== '') break;
    }
    assert.deepEqual(result, {
      exitCode: 2,
      stdout: '',
      stderr: 'kafka-dump-compare: The comparison was cancelled.\n',
    });
    assert.equal(readFileSync(report, 'utf8'), 'of an earlier run');
    assert.deepEqual(readdirSync(folder.path).sort(), ['mirror.txt', 'report.json', 'source.txt']);
  }).timeout(120_000);
});

/** The same records again and again, until the source has `bytes`. */
function writeLongDumps(source: string, mirror: string, bytes: number): void {
  const spec = { seed: 1, keys: 20_000, cleanShare: 0.5, extraKeys: 0, mirrorStopsAfter: null };
  makePair({ ...spec, fates: 'few' }, source, mirror);
  const records = readFileSync(source);
  for (let size = records.length; size < bytes; size += records.length) appendFileSync(source, records);
}
