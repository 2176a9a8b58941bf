/** Dumps that the command line must unpack first, and those that come from standard input. */
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { realDumpPath } from '../support/realDumps.js';
import { runCli, withFiles } from './cliProcess.js';

describe('command line: dumps to be unpacked', () => {
  it('compressed, from standard input, or both: the same report, and nothing left behind', async () => {
    const source = await readFile(realDumpPath('stopped', 'source'));
    await withFiles({ 'source.txt': source, 'source.gz': gzipSync(source) }, async (folder) => {
      await mkdir(join(folder, 'temp'));
      const report = async (path: string, input?: Uint8Array) => {
        const args = [path, realDumpPath('stopped', 'mirror'), '--format', 'json', '--temp-dir', 'temp'];
        const { stdout, stderr, exitCode } = await runCli(args, folder, input === undefined ? {} : { input });
        assert.deepEqual([stderr, exitCode, await readdir(join(folder, 'temp'))], ['', 1, []]);
        const { source: side, ...rest } = JSON.parse(stdout);
        assert.equal(side.path, path);
        return { ...rest, source: { ...side, path: null } };
      };
      const plain = await report('source.txt');
      assert.equal(plain.source.bytes, source.length);
      assert.deepEqual(await report('source.gz'), plain);
      assert.deepEqual(await report('-', source), plain);
      assert.deepEqual(await report('-', gzipSync(source)), plain);
    });
  });

  it('standard input can be only one of the dumps', async () => {
    const { stderr, exitCode } = await runCli(['-', '-'], undefined, { input: Buffer.from('k\tv\n') });
    assert.match(stderr, /- is the same file as -\. Name a dump of each of the two topics\./);
    assert.equal(exitCode, 2);
  });
});
