import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  emptyLineIndex,
  entryBefore,
  entryBeforeLine,
  type LineIndex,
  LineIndexBuilder,
} from '../../src/core/lineIndex.js';
import { DumpFile } from '../../src/engine/dumpReader.js';
import { countLines, lineAt, offsetOfLine } from '../../src/engine/lineIndex.js';
import { Random } from '../support/random.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';

describe('an index of lines', () => {
  it('keeps one entry every 256 KB, of whatever is handed in', () => {
    const builder = new LineIndexBuilder();
    for (let line = 1; line <= 100_000; line++) builder.add((line - 1) * 100, line);
    const index = builder.index(10_000_000);
    assert.equal(index.length, Math.ceil(10_000_000 / (2622 * 100)));
    assert.deepEqual(entryBefore(index, 262_199), { byteOffset: 0, line: 1 });
    assert.deepEqual(entryBefore(index, 262_200), { byteOffset: 262_200, line: 2623 });
    assert.deepEqual(entryBeforeLine(index, 2622), { byteOffset: 0, line: 1 });
    assert.deepEqual(entryBeforeLine(index, 2623), { byteOffset: 262_200, line: 2623 });
    assert.equal(entryBefore(emptyLineIndex, 5), null);
  });

  describe('of a dump', () => {
    let folder: TemporaryFolder;
    let file: DumpFile;
    let text: string;
    let index: LineIndex;
    /** Where each line starts. */
    const starts = [0];
    before(async () => {
      const random = new Random(7);
      const lengths = Array.from({ length: 4000 }, () => random.pick([0, 1, 80, 1000, 3000]));
      lengths[2000] = 900_000;
      text = lengths.map((length) => 'x'.repeat(length)).join('\n');
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
      folder = await makeTemporaryFolder('lines-');
      const name = path.join(folder.path, 'dump');
      await writeFile(name, text);
      file = await DumpFile.open(name);
      index = await countLines(file, () => {});
    });
    after(async () => {
      await file.close();
      await folder.remove();
    });

    it('tells the line of a byte and the first byte of a line', async () => {
      assert.equal(index.bytesCounted, text.length);
      const random = new Random(8);
      for (let i = 0; i < 200; i++) {
        const line = random.between(1, starts.length);
        const start = starts[line - 1] as number;
        const end = starts[line] ?? text.length;
        assert.equal(await lineAt(file, index, random.between(start, Math.max(start, end - 1))), line);
        const wanted = start < text.length ? start : null;
        assert.equal(await offsetOfLine(file, index, line), wanted);
        assert.equal(await offsetOfLine(file, emptyLineIndex, line), wanted);
      }
      assert.equal(await offsetOfLine(file, index, starts.length + 1), null);
    });

    it('does not guess behind what was counted', async () => {
      assert.equal(await lineAt(file, emptyLineIndex, 1), null);
      assert.equal(await lineAt(file, { ...index, bytesCounted: 10 }, 11), null);
    });

    it('grows while the dump is counted', async () => {
      const seen: number[] = [];
      await countLines(file, ({ bytesCounted }) => seen.push(bytesCounted));
      assert.ok(seen.length > 2 && seen.at(-1) === text.length);
    });
  });
});
