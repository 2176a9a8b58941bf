/** Options of the command line, and what it says of bad input: one sentence on standard error, exit code 2. */
import assert from 'node:assert/strict';
import { chmod, copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportFormats } from '../../src/core/report/reports.js';
import { cliPath, runCli, withFiles } from './cliProcess.js';

const record = (key: string, value: string, separator = '::'): string =>
  `${['CreateTime:1690000000000', 'Partition:0', key, value].join(separator)}\n`;

async function trouble(args: readonly string[], cwd: string, message: RegExp): Promise<void> {
  const { exitCode, stdout, stderr } = await runCli(args, cwd);
  assert.match(stderr, message);
  assert.equal(stderr.trimEnd().split('\n').length, 1, `more than one line: ${stderr}`);
  assert.equal(stdout, '');
  assert.equal(exitCode, 2);
}

describe('command line: bad input', () => {
  const good = record('a', '1');
  const cases: readonly [string, string | Uint8Array, RegExp][] = [
    ['empty', '', /bad\.txt is empty: it holds no record\./],
    ['binary', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256), /bad\.txt is no text dump/],
    ['gzip that is cut', Uint8Array.of(0x1f, 0x8b, 8, 0), /bad\.txt is cut: its gzip data ends/],
    ['xz', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), /bad\.txt is compressed with xz\. Unpack it/],
    ['JSON', '{"key":"a"}\n', /bad\.txt, line 1: this dump is JSON with the members “key”, which no known tool prints/],
    ['no record', 'hello\nworld\n', /bad\.txt, line 1: no Kafka record .* found “hello”, expected a line such as/],
    [
      'notices that promise records',
      'Processed a total of 3 messages\n',
      /bad\.txt holds notices .* no record, but says/,
    ],
    ['no keys', 'CreateTime:1::Partition:0::v\nCreateTime:2::Partition:0::w\n', /line 1: .*there is no key in/],
    ['terminal escapes', '\u001b]0;owned\u0007\u001b[31mred\n', /found “␛]0;owned␇␛\[31mred”/],
  ];
  for (const [what, content, message] of cases) {
    it(`${what}: says so, on either side`, () =>
      withFiles({ 'good.txt': good, 'bad.txt': content }, async (folder) => {
        await trouble(['good.txt', 'bad.txt'], folder, message);
        await trouble(['bad.txt', 'good.txt'], folder, message);
      }));
  }

  it('a file that does not exist, a directory, the same file twice', () =>
    withFiles({ 'good.txt': good }, async (folder) => {
      await mkdir(join(folder, 'sub'));
      await trouble(['good.txt', 'gone.txt'], folder, /gone\.txt does not exist\. Check the path\./);
      await trouble(['sub', 'good.txt'], folder, /sub is a directory\. Name the dump file in it\./);
      await trouble(['good.txt', './good.txt'], folder, /\.\/good\.txt is the same file as good\.txt\./);
    }));

  it('a file without permission', () =>
    withFiles({ 'good.txt': good, 'secret.txt': good }, async (folder) => {
      await chmod(folder, 0o755);
      await chmod(join(folder, 'secret.txt'), 0);
      // Nothing is forbidden to root, so root asks as somebody else.
      const script = join(folder, 'cli.cjs');
      await copyFile(cliPath, script);
      const somebody = process.getuid?.() === 0 ? { script, uid: 65534 } : {};
      const { exitCode, stderr } = await runCli(['good.txt', 'secret.txt'], folder, somebody);
      assert.equal(stderr, 'kafka-dump-compare: secret.txt may not be read. Check its permissions.\n');
      assert.equal(exitCode, 2);
    }));

  it('words that make no sense', () =>
    withFiles({ 'a.txt': good }, async (folder) => {
      await trouble(['a.txt'], folder, /Missing required argument 'mirror'\. See kafka-dump-compare --help\./);
      await trouble(['a.txt', 'b.txt', '--nonsense'], folder, /Unknown option '--nonsense'/);
      await trouble(['a.txt', 'b.txt', '--format', 'xls'], folder, /Allowed choices are text, json/);
      await trouble(['a.txt', 'b.txt', '--max-differences', '-1'], folder, /Expected a whole number or “all”/);
    }));

  it('a report that cannot be written leaves nothing behind', () =>
    withFiles({ 'a.txt': good, 'b.txt': good }, async (folder) => {
      await trouble(
        ['a.txt', 'b.txt', '--output', 'no/such/report.json'],
        folder,
        /report\.json cannot be written \(ENOENT\)/,
      );
      await mkdir(join(folder, 'taken'));
      await trouble(['a.txt', 'b.txt', '--output', 'taken'], folder, /taken cannot be written/);
      assert.deepEqual((await readdir(folder)).sort(), ['a.txt', 'b.txt', 'taken']);
    }));
});

describe('command line: options', () => {
  it('--output writes the whole report to the file and nothing else', () =>
    withFiles({ 'a.txt': record('a', '1'), 'b.txt': record('a', '2') }, async (folder) => {
      const printed = await runCli(['a.txt', 'b.txt', '--format', 'json'], folder);
      const written = await runCli(['a.txt', 'b.txt', '--format', 'json', '--output', 'report.json'], folder);
      assert.deepEqual({ ...written }, { exitCode: 1, stdout: '', stderr: '' });
      assert.equal(await readFile(join(folder, 'report.json'), 'utf8'), printed.stdout);
      assert.deepEqual((await readdir(folder)).sort(), ['a.txt', 'b.txt', 'report.json']);
    }));

  it('--quiet prints nothing and keeps the exit code', () =>
    withFiles({ 'a.txt': record('a', '1'), 'b.txt': record('a', '2') }, async (folder) => {
      assert.deepEqual(await runCli(['a.txt', 'b.txt', '--quiet'], folder), { exitCode: 1, stdout: '', stderr: '' });
    }));

  it('--null-literal and --no-null-literal decide what is a tombstone', () =>
    withFiles({ 'a.txt': record('a', 'null') + record('b', '1'), 'b.txt': record('b', '1') }, async (folder) => {
      const outcome = async (...options: string[]): Promise<unknown> => {
        const { stdout } = await runCli(['a.txt', 'b.txt', '--format', 'json', ...options], folder);
        const report = JSON.parse(stdout);
        return [report.keys.deleted, report.keys.missing, report.options.nullLiteral];
      };
      assert.deepEqual(await outcome(), [1, 0, 'null']);
      assert.deepEqual(await outcome('--null-literal', 'NULL'), [0, 1, 'NULL']);
      assert.deepEqual(await outcome('--no-null-literal'), [0, 1, null]);
    }));

  it('--cleanup-policy delete wants every record', () =>
    withFiles({ 'a.txt': record('a', '1') + record('a', '2'), 'b.txt': record('a', '2') }, async (folder) => {
      assert.equal((await runCli(['a.txt', 'b.txt'], folder)).exitCode, 0);
      const { exitCode, stdout } = await runCli(['a.txt', 'b.txt', '--cleanup-policy', 'delete'], folder);
      assert.equal(exitCode, 1);
      assert.match(
        stdout,
        /^Different: the only key agrees, but not every record is on both sides\.\n1 record is lost: the mirror has no counterpart/,
      );
    }));

  it('--fail-on-warning is trouble where nothing else is', () =>
    withFiles(
      { 'a.txt': record('a', 'null'), 'b.txt': record('a', 'null'), 'c.txt': record('a', '1') },
      async (folder) => {
        assert.equal((await runCli(['a.txt', 'b.txt'], folder)).exitCode, 0);
        const { exitCode, stdout, stderr } = await runCli(['a.txt', 'b.txt', '--fail-on-warning'], folder);
        assert.equal(exitCode, 2);
        assert.match(stdout, /^Equivalent/);
        assert.equal(stderr, 'kafka-dump-compare: 2 warnings, and --fail-on-warning was given.\n');
        assert.equal((await runCli(['a.txt', 'c.txt', '--fail-on-warning'], folder)).exitCode, 1);
      },
    ));

  it('--redact-values leaves values out of the report', () =>
    withFiles({ 'a.txt': record('a', 'secret'), 'b.txt': record('a', 'hidden') }, async (folder) => {
      for (const format of reportFormats) {
        const { exitCode, stdout } = await runCli(['a.txt', 'b.txt', '--format', format, '--redact-values'], folder);
        assert.equal(exitCode, 1);
        assert.doesNotMatch(stdout, /secret|hidden/);
      }
    }));

  it('--dump-format, --separator and --null-literal, for both dumps or one', () =>
    withFiles(
      {
        'a.txt': `${record('a', 'null')}${record('b', '1')}${record('c', '2')}`,
        'b.txt': 'a|x|NULL\nb|x|1\nc|x|2\n',
        'c.txt': 'CreateTime:1::a::NULL::1\nCreateTime:1::b::1::1\n',
      },
      async (folder) => {
        const read = async (...args: string[]): Promise<unknown> => {
          const { stdout, stderr } = await runCli([...args, '--format', 'json'], folder);
          assert.equal(stderr, '');
          const { source, mirror, options } = JSON.parse(stdout);
          const side = ({ format, separator, tombstones }: Record<string, unknown>) => [format, separator, tombstones];
          return [side(source), side(mirror), options.nullLiteral];
        };
        const console = ['kafka-console-consumer', '::', 1];
        assert.deepEqual(
          await read('a.txt', 'b.txt', '--mirror-dump-format', 'key-value', '--mirror-separator', '|x|'),
          [console, ['key-value', '|x|', 1], 'null'],
        );
        assert.deepEqual(await read('a.txt', 'b.txt', '--mirror-separator', '|x|', '--mirror-null-literal', '1'), [
          console,
          ['key-value', '|x|', 1],
          { source: 'null', mirror: '1' },
        ]);
        assert.deepEqual(
          await read('b.txt', 'a.txt', '--separator', '|x|', '--mirror-separator', '::', '--source-no-null-literal'),
          [['key-value', '|x|', 0], console, { source: null, mirror: 'null' }],
        );
        assert.deepEqual(
          await read('c.txt', 'a.txt', '--null-literal', 'NULL', '--source-dump-format', 'kafka-console-consumer'),
          [['kafka-console-consumer', '::', 0], ['kafka-console-consumer', '::', 0], 'NULL'],
        );
        assert.deepEqual(await read('c.txt', 'a.txt', '--no-null-literal', '--source-null-literal', 'NULL'), [
          ['kafka-console-consumer-2.5', '::', 1],
          ['kafka-console-consumer', '::', 0],
          { source: 'NULL', mirror: null },
        ]);
        await trouble(['a.txt', 'b.txt', '--dump-format', 'kcat'], folder, /Allowed choices are auto, kafka-console/);
        await trouble(
          ['a.txt', 'b.txt', '--source-dump-format', 'kafka-dump-log'],
          folder,
          /a\.txt, line 1: “CreateTime.*” does not begin a dump of the format kafka-dump-log/,
        );
      },
    ));

  it('the dump of an empty topic is one if something says so', () =>
    withFiles(
      {
        'a.txt': record('a', '1'),
        'empty.txt': '',
        'none.txt': 'Processed a total of 0 messages\n',
        'notice.txt':
          'Option --property is deprecated and will be removed in a future version. Use --formatter-property instead.\n',
        'log.txt': 'Dumping /data/orders-0/00000000000000000000.log\nLog starting offset: 0\n',
      },
      async (folder) => {
        await trouble(['a.txt', 'empty.txt'], folder, /empty\.txt is empty: it holds no record\..*say --allow-empty/);
        for (const [file, ...options] of [['empty.txt', '--allow-empty'], ['none.txt'], ['notice.txt'], ['log.txt']]) {
          const { exitCode, stdout } = await runCli(['a.txt', file as string, '--format', 'json', ...options], folder);
          const { keys, mirror } = JSON.parse(stdout);
          assert.deepEqual([exitCode, keys.missing, mirror.records], [1, 1, 0], file);
          const reverse = await runCli([file as string, 'a.txt', ...options], folder);
          assert.equal(reverse.exitCode, 1, reverse.stderr);
        }
        const { exitCode } = await runCli(['none.txt', 'notice.txt'], folder);
        assert.equal(exitCode, 0);
      },
    ));

  it('--separator takes escapes, and finds nothing where it does not stand', () =>
    withFiles({ 'a.txt': record('k|x', '1', '\t'), 'b.txt': record('k|x', '1', '\t') }, async (folder) => {
      const { exitCode, stdout } = await runCli(['a.txt', 'b.txt', '--separator', '\\t', '--format', 'json'], folder);
      assert.equal(exitCode, 0);
      assert.equal(JSON.parse(stdout).source.separator, '\t');
      await trouble(
        ['a.txt', 'b.txt', '--separator', '::'],
        folder,
        /a\.txt, line 1: with the separator “::” there is no key/,
      );
    }));

  it('--help and --version', async () => {
    const help = await runCli(['--help']);
    assert.equal(help.exitCode, 0);
    for (const option of [
      '--format',
      '--output',
      '--cleanup-policy',
      '--null-literal',
      '--separator',
      '--dump-format',
      '--source-dump-format',
      '--mirror-no-null-literal',
      '--allow-empty',
      '--max-differences',
      '--values',
      '--ignore',
      '--by-partition',
      '--redact-values',
      '--fail-on-warning',
      '--memory',
      '--temp-dir',
    ]) {
      assert.ok(help.stdout.includes(option), option);
    }
    assert.match((await runCli(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('keys and paths cannot drive the terminal', () =>
    withFiles({ 'a.txt': record('\u001b[2Jkey', '1'), 'b.txt': record('\u202ekey', '1') }, async (folder) => {
      const { stdout } = await runCli(['a.txt', 'b.txt'], folder);
      assert.ok(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(stdout), JSON.stringify(stdout));
      assert.match(stdout, /␛\[2Jkey/);
    }));
});
