import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { DumpFile } from '../../src/engine/dumpReader.js';
import { type DumpMatch, findInDump } from '../../src/engine/dumpSearch.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';

describe('searching a dump', () => {
  let folder: TemporaryFolder;
  let number = 0;
  before(async () => {
    folder = await makeTemporaryFolder('search-');
  });
  after(() => folder.remove());

  async function find(
    dump: Uint8Array | string,
    text: string,
    {
      direction = 'next',
      from = -1,
      matchCase = false,
    }: { direction?: 'next' | 'previous'; from?: number; matchCase?: boolean },
    onProgress?: (bytesDone: number) => void,
  ): Promise<DumpMatch | null> {
    const name = path.join(folder.path, `dump-${number++}`);
    await writeFile(name, dump);
    const file = await DumpFile.open(name);
    try {
      return await findInDump(file, { text: Buffer.from(text), direction, from, matchCase }, onProgress);
    } finally {
      await file.close();
    }
  }

  for (const [what, dump, text, options, expected] of [
    ['behind a position', 'ab ab ab', 'ab', { from: 0 }, { byteOffset: 3, isWrapped: false }],
    ['from the start on', 'ab ab', 'ab', { from: -1 }, { byteOffset: 0, isWrapped: false }],
    ['before a position', 'ab ab ab', 'ab', { from: 6, direction: 'previous' }, { byteOffset: 3, isWrapped: false }],
    ['past the end', 'ab x', 'ab', { from: 0 }, { byteOffset: 0, isWrapped: true }],
    ['past the start', 'x ab', 'ab', { from: 1, direction: 'previous' }, { byteOffset: 2, isWrapped: true }],
    ['whatever the case', 'x AbC', 'aBc', {}, { byteOffset: 2, isWrapped: false }],
    ['in one case only', 'ABC abc', 'abc', { matchCase: true }, { byteOffset: 4, isWrapped: false }],
    ['beyond ASCII', 'x été', 'été', {}, { byteOffset: 2, isWrapped: false }],
    ['nowhere', 'abc', 'abd', {}, null],
    ['longer than the dump', 'abc', 'abcd', {}, null],
    ['overlapping', 'aaa', 'aa', { from: 0 }, { byteOffset: 1, isWrapped: false }],
    ['from beyond the end', 'ab', 'ab', { from: 99 }, { byteOffset: 0, isWrapped: true }],
  ] as const) {
    it(`finds a text ${what}`, async () => assert.deepEqual(await find(dump, text, options), expected));
  }

  it('finds a text across the blocks it is read in, in either direction', async () => {
    const dump = Buffer.alloc(3 * (1 << 20), 'x');
    const place = fc
      .integer({ min: -12, max: 4 })
      .chain((by) => fc.integer({ min: 1, max: 2 }).map((block) => block * (1 << 20) + by));
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 0, max: dump.length - 1 }), async (at, from) => {
        const copy = Buffer.from(dump);
        copy.write('a needle', at);
        for (const direction of ['next', 'previous'] as const) {
          const isWrapped = direction === 'next' ? at <= from : at >= from;
          assert.deepEqual(await find(copy, 'NEEDLE', { direction, from: from + 2 }), {
            byteOffset: at + 2,
            isWrapped,
          });
        }
      }),
      { numRuns: 20 },
    );
  });

  it('says how far it is, up to the whole dump', async () => {
    const news: number[] = [];
    assert.equal(await find(Buffer.alloc(2_500_000, 'x'), 'y', { from: 1_000_000 }, (done) => news.push(done)), null);
    assert.deepEqual(news, [1048576, 1499999, 2500000]);
  });
});
