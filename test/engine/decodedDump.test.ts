/** Dumps that must be decoded: what comes out is the text, or a sentence that says what is wrong; nothing stays behind. */
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { CancelledError, UserError } from '../../src/core/errors.js';
import { defaultOptions } from '../../src/core/options.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { type DecodeControl, openDump } from '../../src/engine/decodedDump.js';
import { decode } from '../../src/engine/decoders.js';
import { PrivateFolder, removeStaleFolders } from '../../src/engine/privateFolder.js';
import { realDumpPath } from '../support/realDumps.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/compressed/${name}`, import.meta.url));

describe('dumps that must be decoded', () => {
  let folder: TemporaryFolder;
  let plain: Buffer;
  before(async () => {
    folder = await makeTemporaryFolder('decoded-dump');
    plain = await readFile(fixture('dump.txt'));
  });
  after(() => folder.remove());

  /** The text of a dump, and what was left in the private folder before its owner removed it. */
  async function textOf(
    path: string,
    control: Partial<DecodeControl> = {},
  ): Promise<{ text: Buffer; isDecoded: boolean }> {
    const privateFolder = new PrivateFolder(PrivateFolder.newPath(folder.path));
    try {
      const dump = await openDump(path, { folder: privateFolder, ...control });
      try {
        return { text: Buffer.from(await dump.readExactly(0, dump.bytes)), isDecoded: dump.isDecoded };
      } finally {
        await dump.close();
      }
    } catch (error) {
      assert.deepEqual(await readdir(privateFolder.path).catch(() => []), []);
      throw error;
    } finally {
      await privateFolder.dispose();
    }
  }

  async function withFile<T>(bytes: Uint8Array, use: (path: string) => Promise<T>): Promise<T> {
    const path = join(folder.path, 'dump');
    await writeFile(path, bytes);
    return use(path);
  }

  const says = (message: RegExp) => (error: unknown) => {
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.message, message);
    return true;
  };

  for (const name of [
    ...['plain.gz', 'two-members.gz', 'padded.gz'],
    ...['plain.zst', 'two-frames.zst', 'long-27.zst', 'skippable-first.zst'],
  ]) {
    it(name, async () => {
      const { text, isDecoded } = await textOf(fixture(name));
      assert.equal(text.toString(), plain.toString());
      assert.equal(isDecoded, true);
    });
  }

  for (const [encoding, bom] of [
    ['utf16le', [0xff, 0xfe]],
    ['utf16be', [0xfe, 0xff]],
  ] as const) {
    it(`${encoding}, also compressed`, async () => {
      const encoded = Buffer.from(plain.toString(), 'utf16le');
      const bytes = Buffer.concat([Buffer.from(bom), encoding === 'utf16le' ? encoded : encoded.swap16()]);
      for (const file of [bytes, gzipSync(bytes)]) {
        const { text } = await withFile(file, (path) => textOf(path));
        assert.equal(text.toString(), plain.toString());
      }
    });
  }

  it('a plain dump is read where it is', async () => {
    const { isDecoded } = await textOf(fixture('dump.txt'));
    assert.equal(isDecoded, false);
  });

  /** What the decoder makes of these bytes, without a file. */
  async function decoded(bytes: Uint8Array, encoding: 'gzip' | 'zstd'): Promise<Buffer | UserError> {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 500) yield bytes.subarray(at, at + 500);
    }
    const text: Uint8Array[] = [];
    try {
      for await (const piece of decode(pieces(), encoding, 'dump')) text.push(Buffer.from(piece));
    } catch (error) {
      if (error instanceof UserError) return error;
      throw error;
    }
    return Buffer.concat(text);
  }

  for (const [name, encoding] of [
    ['two-members.gz', 'gzip'],
    ['two-frames.zst', 'zstd'],
  ] as const) {
    it(`${name} with any one byte changed is refused, or means the same`, async () => {
      const bytes = await readFile(fixture(name));
      for (let i = 0; i < bytes.length; i++) {
        const changed = Buffer.from(bytes);
        changed[i] = (changed[i] as number) ^ (1 << (i % 8));
        const result = await decoded(changed, encoding);
        if (result instanceof UserError) assert.match(result.message, /is damaged|is cut/);
        else assert.equal(result.toString(), plain.toString(), `byte ${i}`);
      }
    });

    it(`${name} cut anywhere is refused, but for between its parts`, async () => {
      const bytes = await readFile(fixture(name));
      const accepted: Buffer[] = [];
      for (let length = 1; length < bytes.length; length++) {
        const result = await decoded(bytes.subarray(0, length), encoding);
        if (result instanceof UserError) assert.match(result.message, /dump is cut: its \w+ data ends in the middle/);
        else accepted.push(result);
      }
      assert.equal(accepted.length, 1);
      assert.equal(accepted[0]?.toString(), plain.toString().split('\n').slice(0, 12).join('\n').concat('\n'));
    });
  }

  it('says what cannot be decoded', async () => {
    const gz = await readFile(fixture('plain.gz'));
    const cases: readonly [string, Uint8Array, RegExp][] = [
      ['text behind the data', Buffer.concat([gz, Buffer.from('more')]), /is damaged/],
      ['text behind zeros behind the data', Buffer.concat([gz, Buffer.alloc(9), Buffer.from('more')]), /is damaged/],
      ['a member behind zeros', Buffer.concat([gz, Buffer.alloc(9), gz]), /is damaged/],
      ['compressed twice', gzipSync(gz), /is compressed twice\. Unpack it once/],
      ['a window of 2 GiB', await readFile(fixture('long-31.zst')), /window of more than 128 MiB .*zstd -d --long=31/],
      [
        'text behind a frame',
        Buffer.concat([await readFile(fixture('plain.zst')), Buffer.from('more')]),
        /is damaged|is cut/,
      ],
    ];
    for (const [what, bytes, message] of cases) {
      await assert.rejects(
        withFile(bytes, (path) => textOf(path)),
        says(message),
        what,
      );
    }
  });

  it('keeps to a limit', () =>
    assert.rejects(textOf(fixture('plain.zst'), { limit: 1000 }), says(/holds more than 1\.0 kB of text/)));

  it('stops when it is told to, and leaves nothing behind', async () => {
    const controller = new AbortController();
    const progress: [number, number | null][] = [];
    const onProgress = (done: number, total: number | null): void => {
      progress.push([done, total]);
      controller.abort();
    };
    const control = { signal: controller.signal, onProgress };
    await assert.rejects(
      withFile(gzipSync(Buffer.alloc(1 << 24, plain), { level: 0 }), (path) => textOf(path, control)),
      CancelledError,
    );
    assert.equal(progress[0]?.[0], 1 << 20);
  });

  it('is private, and removed after a crash by whoever comes next', async () => {
    const parent = join(folder.path, 'parent');
    await mkdir(parent);
    const own = new PrivateFolder(PrivateFolder.newPath(parent));
    const { path, handle } = await own.createFile();
    await handle.close();
    if (process.platform !== 'win32') {
      assert.equal((await stat(own.path)).mode & 0o777, 0o700);
      assert.equal((await stat(path)).mode & 0o777, 0o600);
    }
    // Beyond the highest process number of any system.
    const dead = own.path.replace(`-${process.pid}-`, '-99999999-');
    await mkdir(dead);
    await writeFile(join(dead, 'file'), 'text');
    const foreign = own.path.replace(/kafka-dump-compare-[0-9a-f]{8}-\d+-/, 'kafka-dump-compare-00000000-99999999-');
    await mkdir(foreign);
    await removeStaleFolders(parent);
    assert.deepEqual(
      (await readdir(parent)).sort(),
      [foreign, own.path].map((name) => name.slice(parent.length + 1)).sort(),
    );
    await own.dispose();
  });

  it('a comparison keeps the text in the folder of whoever asked, or not at all', async () => {
    const parent = join(folder.path, 'comparison');
    await mkdir(parent);
    const request = {
      source: join(folder.path, 'source.gz'),
      mirror: realDumpPath('stopped', 'mirror'),
      options: defaultOptions,
      tuning: { temporaryFolder: parent },
    };
    await writeFile(request.source, gzipSync(await readFile(realDumpPath('stopped', 'source'))));
    await compareDumps(request);
    assert.deepEqual(await readdir(parent), []);
    const own = new PrivateFolder(PrivateFolder.newPath(parent));
    const { source, mirror } = await compareDumps({ ...request, decodedFolder: own.path });
    assert.deepEqual([source.path, mirror.path, mirror.textPath], [request.source, request.mirror, request.mirror]);
    assert.deepEqual(await readFile(source.textPath), await readFile(realDumpPath('stopped', 'source')));
    await own.dispose();
    assert.deepEqual(await readdir(parent), []);
  });
});
