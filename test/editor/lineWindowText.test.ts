/** A window of a dump's lines as a document. */
import assert from 'node:assert/strict';
import { lineWindowText, markedLines } from '../../src/editor/lineWindowText.js';

describe('lineWindowText', () => {
  it('numbers the lines as in the dump and marks the record', () => {
    const window = { firstLine: 98, lines: ['a', 'b\rc\r', 'd', ''], byteOffset: 500, dumpBytes: 900, cutLines: 0 };
    assert.equal(
      lineWindowText(window, { line: 99, lineCount: 2, byteOffset: 502, byteLength: 6 }),
      ' 98 │ a\n 99 ▸ b␍c\n100 ▸ d\n101 │ \n',
    );
  });

  it('finds the record again in its document', () => {
    assert.deepEqual(markedLines(' 98 │ 1 ▸ a\n 99 ▸ b\n100 ▸ c\n101 │ \n'), [1, 2]);
    assert.deepEqual(markedLines('(dump.txt does not exist.)\n'), [0, 0]);
  });
});
