/** What a row of the dump view shows of a text. */
import assert from 'node:assert/strict';
import { cutText } from '../../src/editor/dumpViewRows.js';

const none = { text: '', matchCase: false };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a text in a row of the dump view', () => {
  for (const [what, text, search, shown, isCut] of [
    ['is shown whole if it fits', 'short', none, 'short', false],
    ['is cut with its size', 'x'.repeat(30), none, `${'x'.repeat(20)}…`, true],
    ['has its line breaks spelled out', 'a\r\nb\nc', none, 'a↵b↵c', false],
    ['shows what cannot be seen', 'a\u001b[31m\u202eb', none, 'a␛[31m\\u202eb', false],
    ['is not cut within a character', `${'x'.repeat(19)}😀y`, none, `${'x'.repeat(19)}…`, true],
    [
      'begins at its beginning if that shows the match',
      `a needle${'y'.repeat(100)}`,
      { text: 'needle', matchCase: true },
      'a needleyyyyyyyyyyyy…',
      true,
    ],
  ] as const) {
    it(what, () => {
      const cut = cutText(bytes(text), 20, search);
      assert.deepEqual(cut, { text: shown, bytes: bytes(text).length, isCut });
    });
  }

  it('shows the match itself where a cell has room for what is before it', () => {
    const text = `${'x'.repeat(100)}Needle${'y'.repeat(100)}`;
    assert.match(cutText(bytes(text), 60, { text: 'needle', matchCase: false }).text, /^…x{40}Needley{14}…$/);
    assert.match(cutText(bytes(text), 60, { text: 'needle', matchCase: true }).text, /^x{60}…$/);
  });

  it('is cut although it is longer than what is looked at', () => {
    const cut = cutText(new Uint8Array(1_000_000).fill(0x78), 20, none);
    assert.deepEqual(cut, { text: `${'x'.repeat(20)}…`, bytes: 1_000_000, isCut: true });
  });
});
