/** Lines of a dump by number, and as an editor counts them. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { countEditorLineEnds, locateLine } from '../../src/engine/dumpLines.js';

describe('lines of a dump', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'dump-lines-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function dump(text: string): Promise<string> {
    const file = path.join(folder, 'dump.txt');
    await writeFile(file, text);
    return file;
  }

  const places: readonly [text: string, line: number, byteOffset: number | null, byteLength: number][] = [
    ['a\nbc\n', 1, 0, 1],
    ['a\nbc\n', 2, 2, 2],
    ['a\nbc\n', 3, null, 0],
    ['a\nbc', 2, 2, 2],
    ['a\n\nb', 2, 2, 0],
    ['a\rb\r\nc', 2, 5, 1],
    ['', 1, null, 0],
    [`${'x'.repeat(3_000_000)}\n${'y'.repeat(2_000_000)}\nz`, 2, 3_000_001, 2_000_000],
    [`${'x\n'.repeat(1_500_000)}z`, 1_500_001, 3_000_000, 1],
  ];
  for (const [text, line, byteOffset, byteLength] of places) {
    it(`line ${line} of ${JSON.stringify(text.slice(0, 12))}`, async () => {
      const expected = byteOffset === null ? null : { line, lineCount: 1, byteOffset, byteLength };
      assert.deepEqual(await locateLine(await dump(text), line), expected);
    });
  }

  it('stops looking when told to', async () => {
    const signal = AbortSignal.abort();
    await assert.rejects(locateLine(await dump('a\nb\n'), 2, undefined, signal), { name: 'CancelledError' });
  });

  const counts: readonly [text: string, from: number, to: number, lineEnds: number][] = [
    ['a\nb\nc', 0, 4, 2],
    ['a\nb\nc', 2, 4, 1],
    ['a\r\nb\r\n', 0, 6, 2],
    ['a\rb\n', 0, 4, 2],
    ['\n\r\r\n\n', 0, 5, 4],
    ['a\nb', 0, 100, 1],
    // CR LF across the border of two blocks.
    [`${'x'.repeat((1 << 20) - 1)}\r\n`, 0, (1 << 20) + 1, 1],
  ];
  for (const [text, from, to, lineEnds] of counts) {
    it(`${lineEnds} editor line ends in ${JSON.stringify(text.slice(0, 12))}`, async () => {
      assert.equal(await countEditorLineEnds(await dump(text), from, to), lineEnds);
    });
  }
});
