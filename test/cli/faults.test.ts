/**
 * Machines that are less than expected, and accidents: the command line with a preloaded script that plays them.
 * An accident is told in a sentence and leaves nothing behind; a lesser machine gives the same answer.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { makePair } from '../bench/data/makePair.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';
import { type CliResult, cliPath } from './cliProcess.js';

type Fault = 'killWorker' | 'miscount' | 'refuseMemory' | 'noSimd' | 'oneCore';

describe('command line: faults', () => {
  let folder: TemporaryFolder;
  let temporary = '';
  let dumps: readonly [string, string];
  before(async () => {
    folder = await makeTemporaryFolder('faults');
    temporary = path.join(folder.path, 'temporary');
    mkdirSync(temporary);
    dumps = [path.join(folder.path, 'source.txt'), path.join(folder.path, 'mirror.txt')];
    const spec = { seed: 3, keys: 20_000, cleanShare: 0.5, extraKeys: 5, mirrorStopsAfter: null };
    makePair({ ...spec, fates: 'few' }, ...dumps);
  });
  after(() => folder.remove());
  afterEach(() => assert.deepEqual(readdirSync(temporary), []));

  function run(fault: Fault | null, ...options: string[]): CliResult {
    const preload = fault === null ? [] : ['--require', path.join(import.meta.dirname, 'faults', `${fault}.cjs`)];
    const args = [...preload, cliPath, ...dumps, '--format', 'json', '--temp-dir', temporary, ...options];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    return { exitCode: status, stdout, stderr };
  }

  /** What a comparison says where nothing is amiss. */
  function sound(options: readonly string[]): CliResult {
    const result = run(null, ...options);
    assert.deepEqual([result.stderr, result.exitCode], ['', 1]);
    return result;
  }

  // With temporary files in use and without.
  for (const options of [[], ['--memory', '1M']]) {
    const suffix = options.length === 0 ? '' : ' while temporary files are in use';

    it(`a thread is killed in the middle${suffix}`, () => {
      const { exitCode, stdout, stderr } = run('killWorker', ...options);
      assert.deepEqual({ exitCode, stdout }, { exitCode: 2, stdout: '' });
      assert.match(stderr, /^kafka-dump-compare: The comparison stopped unexpectedly: [^\n]+\. Compare again\.\n$/);
    });

    it(`the same answer without SIMD${suffix}`, () => {
      assert.deepEqual(run('noSimd', ...options), sound(options));
    });

    it(`the same answer on one core, with one thread at most${suffix}`, () => {
      const result = run('oneCore', ...options);
      assert.deepEqual({ ...result, stderr: '' }, sound(options));
      assert.match(result.stderr, /^threads: [01]\n$/);
    });
  }

  it('a ledger that does not add up is an error, and no report', () => {
    const output = path.join(folder.path, 'report.json');
    for (const options of [[], ['--output', output]]) {
      const { exitCode, stdout, stderr } = run('miscount', ...options);
      assert.deepEqual({ exitCode, stdout }, { exitCode: 2, stdout: '' });
      assert.match(
        stderr,
        /^kafka-dump-compare: [^\n]*The ledger of the source adds up to \d+, not to its \d+ records\.\n$/,
      );
    }
    assert.equal(existsSync(output), false);
  });

  it('standard output is full', function () {
    // Only Linux has a file that is always full.
    if (!existsSync('/dev/full')) this.skip();
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [cliPath, ...dumps, '--temp-dir', temporary], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    assert.equal(
      stderr,
      'kafka-dump-compare: Standard output cannot be written (ENOSPC). Free space there, or name a file with --output.\n',
    );
    assert.equal(status, 2);
  });

  it('the system refuses memory', () => {
    const { exitCode, stdout, stderr } = run('refuseMemory');
    assert.deepEqual({ exitCode, stdout }, { exitCode: 2, stdout: '' });
    assert.match(stderr, /^kafka-dump-compare: [^\n]*memory[^\n]*\.\n$/);
  });
});
