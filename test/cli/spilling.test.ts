/**
 * Temporary files of a comparison that does not fit its memory: they change nothing about the answer, and none is left,
 * however the comparison ends. A full disk is told in a sentence.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makePair } from '../bench/data/makePair.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';
import { type CliResult, cliPath } from './cliProcess.js';
import { interruptWhen } from './interrupt.js';

/** The least that `--memory` takes. */
const leastMemory = '1M';
/** Records of the source; far more than the least memory holds. */
const sourceRecords = 200_000;
/** Far less than the temporary files of so many records take. */
const smallDisk = { kilobytes: 256 };

describe('command line: temporary files', () => {
  let folder: TemporaryFolder;
  let temporary = '';
  let dumps: readonly [string, string];
  before(async () => {
    folder = await makeTemporaryFolder('spilling');
    temporary = path.join(folder.path, 'temporary');
    dumps = [path.join(folder.path, 'source.txt'), path.join(folder.path, 'mirror.txt')];
    const spec = { seed: 3, keys: sourceRecords / 5, cleanShare: 0.5, extraKeys: 5, mirrorStopsAfter: null };
    makePair({ ...spec, fates: 'few' }, ...dumps);
  });
  after(() => folder.remove());
  beforeEach(() => {
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary);
  });

  const spilling = (): string[] => [...dumps, '--format', 'json', '--memory', leastMemory, '--temp-dir', temporary];

  it('change nothing about the answer, and are gone at the end', () => {
    const roomy = run(process.execPath, [cliPath, ...dumps, '--format', 'json', '--memory', '4G']);
    const spilled = run(process.execPath, [cliPath, ...spilling()]);
    assert.equal(spilled.stderr, '');
    assert.deepEqual(JSON.parse(spilled.stdout), JSON.parse(roomy.stdout));
    assert.equal(spilled.exitCode, 1);
    assert.deepEqual(readdirSync(temporary), []);
  });

  it('may grow no further (a limit for files): a sentence, and none is left', function () {
    if (process.platform === 'win32') this.skip();
    // In blocks of 512 or 1024 bytes, as the shell counts.
    const limited = `ulimit -f ${smallDisk.kilobytes} && exec "$0" "$@"`;
    const result = run('sh', ['-c', limited, process.execPath, cliPath, ...spilling()]);
    assertDiskFull(result, `${temporary}, the folder for temporary files, cannot be written (EFBIG).`);
    assert.deepEqual(readdirSync(temporary), []);
  });

  it('fill their disk: a sentence, and none is left', function () {
    // A small file system of its own, seen by this process alone. Root may make one, others where the kernel lets them.
    const unshare = ['unshare', ...(process.getuid?.() === 0 ? ['--mount'] : ['--mount', '--map-root-user'])];
    const mount = `mount -t tmpfs -o size=${smallDisk.kilobytes}k tmpfs '${temporary}'`;
    if (spawnSync(unshare[0] as string, [...unshare.slice(1), 'sh', '-c', mount]).status !== 0) this.skip();
    const left = path.join(folder.path, 'left.txt');
    const script = `${mount} && "$0" "$@"; code=$?; ls -A '${temporary}' > '${left}'; exit $code`;
    const [program, ...args] = [...unshare, 'sh', '-c', script, process.execPath, cliPath, ...spilling()];
    const result = run(program as string, args);
    assertDiskFull(result, `${temporary}, the folder for temporary files, is full.`);
    assert.equal(readFileSync(left, 'utf8'), '');
  });

  it('cannot be made, without the folder: a sentence', () => {
    rmSync(temporary, { recursive: true });
    const { exitCode, stdout, stderr } = run(process.execPath, [cliPath, ...spilling()]);
    assert.deepEqual({ exitCode, stdout }, { exitCode: 2, stdout: '' });
    assertSentence(stderr);
    assert.ok(stderr.includes(temporary), stderr);
  });

  it('are gone after Ctrl+C', async function () {
    if (process.platform !== 'linux') this.skip();
    const { exitCode, stderr } = await interruptWhen((open) => open.some(isTemporary), spilling());
    assert.deepEqual(
      { exitCode, stderr },
      { exitCode: 2, stderr: 'kafka-dump-compare: The comparison was cancelled.\n' },
    );
    assert.deepEqual(readdirSync(temporary), []);
  });

  /** Also of a file that was unlinked as soon as it was open, which Linux shows as `… (deleted)`. */
  function isTemporary(file: string): boolean {
    return file.startsWith(`${temporary}${path.sep}`);
  }
});

function assertDiskFull({ exitCode, stdout, stderr }: CliResult, what: string): void {
  assert.deepEqual({ exitCode, stdout }, { exitCode: 2, stdout: '' });
  assertSentence(stderr);
  assert.ok(stderr.includes(`${what} Free space, name another folder, or allow`), stderr);
}

/** One line of the program, and no accident. */
function assertSentence(stderr: string): void {
  assert.match(stderr, /^kafka-dump-compare: [^\n]+\.\n$/);
  assert.doesNotMatch(stderr, /stopped unexpectedly/);
}

function run(program: string, args: readonly string[]): CliResult {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { exitCode: status, stdout, stderr };
}
