/** Pages of a dump, in either direction and from anywhere, are the records that one scan of it finds. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import type { DumpLayout } from '../../src/core/comparison.js';
import { createScanner } from '../../src/core/formats/scanner.js';
import type { RecordView } from '../../src/core/record.js';
import { type DumpPage, DumpPager } from '../../src/engine/dumpPager.js';
import { DumpFile } from '../../src/engine/dumpReader.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';

const layout: DumpLayout = {
  ...{ format: 'kafka-console-consumer', separator: '::', columns: ['timestamp', 'partition', 'key', 'value'] },
  ...{ crlf: false, nullLiteral: 'null', bomLength: 0 },
};

/** `line 12 +2: k=v` for a record of two lines on line 12 of its page, `line 3: text` for a line outside of records. */
const maker = {
  record: (view: RecordView, { line, lineCount }: { line: number; lineCount: number }): string =>
    `${line} +${lineCount}: ${textOf(view.bytes.subarray(view.keyStart, view.keyEnd))}`,
  line: (bytes: Uint8Array, { line }: { line: number }): string => `${line}: ${textOf(bytes)}`,
};

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function record(key: string, value: string): string {
  return `CreateTime:1690000000000::Partition:0::${key}::${value}`;
}

describe('pages of a dump', () => {
  let folder: TemporaryFolder;
  let number = 0;
  before(async () => {
    folder = await makeTemporaryFolder('pages-');
  });
  after(() => folder.remove());

  async function withPager<T>(
    text: string,
    use: (pager: DumpPager<string>, file: DumpFile) => Promise<T>,
    of: DumpLayout | null = layout,
  ): Promise<T> {
    const name = path.join(folder.path, `dump-${number++}.txt`);
    await writeFile(name, text);
    const file = await DumpFile.open(name);
    try {
      return await use(new DumpPager(file, of, maker), file);
    } finally {
      await file.close();
    }
  }

  /** All pages from the start on, or from the end back. */
  async function pages(pager: DumpPager<string>, file: DumpFile, backwards = false): Promise<DumpPage<string>[]> {
    const all: DumpPage<string>[] = [];
    if (backwards) {
      for (let end = file.bytes; end > pager.start; end = all[0]?.byteOffset ?? 0) all.unshift(await pager.before(end));
    } else {
      for (let start = pager.start; start < file.bytes; start = all.at(-1)?.end ?? file.bytes) {
        all.push(await pager.from(start));
      }
    }
    return all;
  }

  /** The rows with the lines of the dump instead of those of their page. */
  function numbered(all: readonly DumpPage<string>[]): string[] {
    let before = 1;
    return all.flatMap(({ rows, lineEnds }) => {
      const first = before;
      before += lineEnds;
      return rows.map((row) => row.replace(/^\d+/, (line) => String(first + Number(line))));
    });
  }

  /** What one scan of the whole finds. */
  function scanned(text: string): string[] {
    const rows: string[] = [];
    const take = (view: RecordView): void => {
      rows.push(maker.record(view, view));
    };
    const scanner = createScanner(layout, { record: take, cutRecord: take });
    scanner.push(new TextEncoder().encode(text));
    scanner.end();
    return rows;
  }

  it('hold records, and the lines of none, each with its place', async () => {
    const dump = [
      'Option --foo is deprecated and will be removed in a future version. Use --bar instead.',
      record('a', '1'),
      record('b', 'two\nlines'),
      'Processed a total of 2 messages',
      '',
    ].join('\n');
    await withPager(dump, async (pager, file) => {
      const [page, ...others] = await pages(pager, file);
      assert.deepEqual(page?.rows, [
        '0: Option --foo is deprecated and will be removed in a future version. Use --bar instead.',
        '1 +1: a',
        '2 +2: b',
        '4: Processed a total of 2 messages',
      ]);
      assert.deepEqual([page?.byteOffset, page?.end, page?.lineEnds], [0, dump.length, 5]);
      assert.deepEqual(others, []);
      assert.deepEqual(await pager.before(0), { byteOffset: 0, end: 0, lineEnds: 0, rows: [] });
      assert.deepEqual((await pager.from(dump.length)).rows, []);
      assert.deepEqual((await pager.before(dump.length)).rows, page?.rows);
    });
  });

  it('follow each other without a gap, forwards and backwards, in a dump of many pages', async () => {
    const values = ['short', 'x'.repeat(3000), 'a\nb\nc', '', 'y'.repeat(200_000), `${'z\n'.repeat(1000)}`];
    const dump = Array.from({ length: 3000 }, (_, i) => record(`k${i}`, values[(i * 7) % 11] ?? 'v')).join('\n');
    const wanted = scanned(dump);
    await withPager(dump, async (pager, file) => {
      for (const backwards of [false, true]) {
        const all = await pages(pager, file, backwards);
        assert.ok(all.length > 3);
        for (const [i, page] of all.entries()) assert.equal(page.byteOffset, i === 0 ? 0 : all[i - 1]?.end);
        assert.equal(all.at(-1)?.end, dump.length);
        assert.deepEqual(numbered(all), wanted);
      }
    });
  });

  it('hold no more rows than can be drawn', async () => {
    const dump = `${record('k', 'v')}\n`.repeat(1400);
    await withPager(dump, async (pager) => {
      const first = await pager.from(0);
      assert.equal(first.rows.length, 1000);
      assert.equal((await pager.from(first.end)).rows.length, 400);
      const last = await pager.before(dump.length);
      assert.equal(last.rows.length, 1000);
      assert.equal(last.rows[0], '0 +1: k');
      assert.equal((await pager.before(last.byteOffset)).rows.length, 400);
    });
  });

  it('start where the record of any byte starts', async () => {
    const pieces = fc.constantFrom('v', 'two\nlines', 'a::b', 'x'.repeat(70_000), 'CreateTime:1', '');
    await fc.assert(
      fc.asyncProperty(
        fc.array(pieces, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (values, share) => {
          const dump = values.map((value, i) => `${record(`k${i}`, value)}\n`);
          const text = dump.join('');
          const position = Math.min(text.length - 1, Math.floor(share * text.length));
          let start = 0;
          for (const each of dump) {
            if (start + each.length > position) break;
            start += each.length;
          }
          await withPager(text, async (pager) => assert.equal(await pager.startOf(position), start));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('show the beginning of a record too long to be read whole, and what is around it', async () => {
    const dump = [record('a', '1'), record('giant', 'line\n'.repeat(1_200_000)), record('b', '2'), ''].join('\n');
    await withPager(dump, async (pager, file) => {
      const wanted = ['1 +1: a', '2 +1200001: giant', '1200003 +1: b'];
      assert.deepEqual(numbered(await pages(pager, file)), wanted);
      assert.deepEqual(numbered(await pages(pager, file, true)), wanted);
      const start = record('a', '1').length + 1;
      for (const inside of [start, start + 100, 3_000_000, 5_999_999]) {
        assert.equal(await pager.startOf(inside), start, String(inside));
      }
    });
  });

  it('are lines where the format is not known', async () => {
    const dump = 'one\ntwo\n\nfour';
    await withPager(
      dump,
      async (pager, file) => {
        assert.deepEqual((await pager.from(0)).rows, ['0: one', '1: two', '2: ', '3: four']);
        assert.deepEqual(numbered(await pages(pager, file, true)), ['1: one', '2: two', '3: ', '4: four']);
        assert.equal(await pager.startOf(5), 4);
      },
      null,
    );
  });
});
