/** Memory is that of the whole tree, wherever in it the most is held. Times are not tested. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';
import { measure, type Run } from './measure.js';
import { medianOf } from './results.js';

const megabyte = 1 << 20;
const hold = (megabytes: number): string =>
  `const held = Buffer.alloc(${megabytes * megabyte}, 1); setTimeout(() => held.length, 200);`;

/** Both hold 100 MB at the same time, however long each takes to start. */
const holdInTwoChildren = `
  const { spawn } = require('node:child_process');
  const script = 'const held = Buffer.alloc(${100 * megabyte}, 1); console.log("ready"); process.stdin.resume();';
  const children = [1, 2].map(() => spawn(process.execPath, ['-e', script]));
  const ready = children.map((child) => new Promise((resolve) => child.stdout.once('data', resolve)));
  Promise.all(ready).then(() => setTimeout(() => children.forEach((child) => child.stdin.end()), 200));`;

describe('benchmark: measuring', () => {
  let folder: TemporaryFolder;
  before(async () => {
    folder = await makeTemporaryFolder('measure');
  });
  after(() => folder.remove());

  const node = (script: string): Promise<Run> => measure([process.execPath, '-e', script], folder.path);
  /** Of Node.js that holds nothing. */
  const bare = async (): Promise<number> => (await node(hold(0))).peakMemory;
  const assertHolds = (run: Run, least: number): void =>
    assert.ok(run.peakMemory > least && run.peakMemory < least + 150 * megabyte, `${run.peakMemory} bytes`);

  it('takes output and exit code', async () => {
    const run = await node('console.log("out"); console.error("err"); process.exitCode = 3');
    assert.deepEqual([readFileSync(run.stdout, 'utf8'), run.stderr, run.exitCode], ['out\n', 'err', 3]);
  });

  it('sees the memory of a process', async function () {
    if (process.platform !== 'linux') this.skip();
    assertHolds(await node(hold(200)), (await bare()) + 199 * megabyte);
  });

  it('adds up the memory of a process and its children', async function () {
    if (process.platform !== 'linux') this.skip();
    assertHolds(await node(holdInTwoChildren), (await bare()) + 199 * megabyte);
  });

  it('says if there is no such program', async () => {
    await assert.rejects(measure(['no-such-program'], folder.path), /ENOENT/);
  });

  it('takes the median', () => {
    assert.deepEqual([medianOf([3, 1, 2]), medianOf([4, 1, 2, 3]), medianOf([5])], [2, 2.5, 5]);
  });
});
