/** `--key`: one key's records on both sides, of real dumps and small ones. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { realDumpPath } from '../support/realDumps.js';
import { assertValidHistory } from '../support/reportSchema.js';
import { dumpOf } from '../support/shorthand.js';
import { type CliResult, runCli, withFiles } from './cliProcess.js';

function history(source: string, mirror: string, ...options: string[]): Promise<CliResult> {
  return withFiles({}, async (folder) => {
    await writeFile(join(folder, 'a.txt'), dumpOf(source));
    await writeFile(join(folder, 'b.txt'), dumpOf(mirror));
    return runCli(['a.txt', 'b.txt', '--key', 'k', ...options], folder);
  });
}

/** The lines with marks, spaces made one. */
const rowsOf = ({ stdout }: CliResult): string[] =>
  stdout
    .split('\n')
    .filter((line) => /^[=<>] /.test(line))
    .map((line) => line.replace(/ +/g, ' ').trim());

interface JsonRow {
  readonly role: string;
  readonly source: { readonly line: number; readonly value: string | null } | null;
  readonly mirror: JsonRow['source'];
}

const rowOfJson = ({ role, source, mirror }: JsonRow): unknown[] => [
  role,
  ...[source, mirror].flatMap((record) => [record?.line, record?.value]),
];

describe('command line: the history of a key', () => {
  it('shows the records side by side, and ends as different', async () => {
    const result = await history('o=v@500 k=a@1000 k=b@2000 k=c@3000', 'o=v@500 k=a@1000 k=b@2000');
    assert.equal(result.exitCode, 1);
    assert.equal(result.stderr, '');
    assert.match(
      result.stdout,
      /^“k”: stale, 1 s behind \(the mirror has an older version\)\.\n\nsource {2}a\.txt: 3 records in partition 0, times from 1970-01-01 00:00:01 UTC on\n/,
    );
    assert.deepEqual(rowsOf(result), [
      '= line 2 00:00:01 a line 2 00:00:01 a on both sides',
      '= line 3 00:00:02 b line 3 00:00:02 b on both sides',
      '< line 4 00:00:03 c not on the mirror',
    ]);
  });

  it('ends as equivalent for a key that agrees, whatever other keys do', async () => {
    const result = await history('k=a@1000 k=b@2000 l=1@2000', 'k=b@2000');
    assert.equal(result.exitCode, 0);
    assert.match(result.stdout, /^“k” is the same on both sides\.\n/);
    assert.deepEqual(
      rowsOf(result).map((row) => row.replace(/.* [ab] /, '')),
      ['older version', 'on both sides'],
    );
  });

  it('is told partition by partition, where keys are compared so', async () => {
    const result = await history('k=a@1000/0 k=b@2000/1', 'k=a@1000/0', '--by-partition');
    assert.equal(result.exitCode, 1);
    assert.match(result.stdout, /^“k” is the same on both sides\.[^“]*“k”: missing on the mirror/);
  });

  it('leaves values out on request', async () => {
    const { stdout } = await history('k=secret@1000 k=-@2000', 'k=secret@1000', '--redact-values');
    assert.doesNotMatch(stdout, /secret/);
    assert.match(stdout, /value left out/);
    assert.match(stdout, /deleted/);
  });

  it('is JSON, after the shipped schema', async () => {
    const result = await history('o=v@500 k=a@1000 k=-@3000', 'o=v@500 k=a@1000 k=a@1000', '--format', 'json');
    assert.deepEqual([result.exitCode, result.stderr], [1, '']);
    const report = JSON.parse(result.stdout);
    assertValidHistory(report);
    const { rows, ...facts } = report.histories[0];
    assert.deepEqual(facts, {
      ...{ key: 'k', outcome: 'modified', cause: 'stale', causeEvidence: 'record', behind: 1, behindMs: 2000 },
      ...{ late: 'afterMirrorEnd', records: { source: 2, mirror: 2 } },
    });
    assert.deepEqual(rows.map(rowOfJson), [
      ['matched', 2, 'a', 2, 'a'],
      ['notInMirror', 3, null, undefined, undefined],
      ['repeated', undefined, undefined, 3, 'a'],
    ]);
  });

  it('is JSON partition by partition, where keys are compared so, and without values on request', async () => {
    const options = ['--by-partition', '--format', 'json', '--redact-values'];
    const { exitCode, stdout } = await history('k=secret@1000/0 k=b@2000/1', 'k=secret@1000/0', ...options);
    assert.equal(exitCode, 1);
    const report = JSON.parse(stdout);
    assertValidHistory(report);
    assert.deepEqual(
      report.histories.map(({ partition, outcome }: Record<string, unknown>) => [partition, outcome]),
      [
        [0, 'same'],
        [1, 'missing'],
      ],
    );
    assert.doesNotMatch(stdout, /secret/);
    assert.equal(report.histories[0].rows[0].source.valueRedacted, true);
  });

  it('goes to a file, too, and is refused in other formats', () =>
    withFiles({ 'a.txt': dumpOf('k=a@1'), 'b.txt': dumpOf('k=a@1') }, async (folder) => {
      const written = await runCli(
        ['a.txt', 'b.txt', '--key', 'k', '--format', 'json', '--output', 'history.json'],
        folder,
      );
      assert.deepEqual(written, { exitCode: 0, stdout: '', stderr: '' });
      assertValidHistory(JSON.parse(await readFile(join(folder, 'history.json'), 'utf8')));
      const refused = await runCli(['a.txt', 'b.txt', '--key', 'k', '--format', 'csv'], folder);
      assert.deepEqual([refused.exitCode, refused.stdout], [2, '']);
      assert.match(
        refused.stderr,
        /^kafka-dump-compare: The history of a key is printed as text or json, not as csv\.\n$/,
      );
    }));

  it('says that there is no such key', async () => {
    const result = await history('l=a@1000', 'l=a@1000');
    assert.deepEqual([result.exitCode, result.stdout], [2, '']);
    assert.match(result.stderr, /Neither dump has a record of the key “k”/);
  });

  it('of a real dump has as many records as the report counts', async () => {
    const pair = [realDumpPath('stopped', 'source'), realDumpPath('stopped', 'mirror')];
    const { stdout } = await runCli([...pair, '--format', 'json', '--max-differences', 'all']);
    const stale = JSON.parse(stdout).differences.find(
      (difference: { cause: string; mirror: { occurrences: number } }) =>
        difference.cause === 'stale' && difference.mirror.occurrences > 1,
    );
    const result = await runCli([...pair, '--key', stale.key]);
    assert.equal(result.exitCode, 1);
    const inSource = rowsOf(result).filter((row) => !row.startsWith('>')).length;
    const inMirror = rowsOf(result).filter((row) => !row.startsWith('<')).length;
    assert.deepEqual([inSource, inMirror], [stale.source.occurrences, stale.mirror.occurrences]);
  });
});
