/** The page of a dump view is not trusted: what it sends must make sense. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDumpViewMessage } from '../../src/editor/dumpViewMessages.js';
import type { DumpViewMessage } from '../../src/editor/dumpViewProtocol.js';

const search = { text: 'a', matchCase: true };

describe('messages of a dump view', () => {
  const good: readonly DumpViewMessage[] = [
    { type: 'ready', at: null },
    { type: 'ready', at: 5 },
    { type: 'pages', query: 1, place: 'near', at: 0, search: { text: '', matchCase: false } },
    { type: 'line', at: 7 },
    { type: 'search', search, direction: 'previous', from: -1 },
    { type: 'cancelSearch' },
    { type: 'goToLine', line: 1 },
    { type: 'difference', direction: 'next', from: 12 },
    { type: 'details', byteOffset: 1, byteLength: 2 },
    { type: 'openValue', byteOffset: 1, byteLength: 2 },
    { type: 'diffValues', index: 0 },
  ];
  for (const message of good) {
    it(`are understood: ${JSON.stringify(message)}`, () => {
      assert.deepEqual(parseDumpViewMessage({ ...message, more: 'than is known' }), message);
    });
  }

  const bad: readonly unknown[] = [
    null,
    'ready',
    { type: 'nonsense' },
    { type: 'ready', at: -1 },
    { type: 'pages', query: 1, place: 'behind', at: 0, search },
    { type: 'pages', query: 1, place: 'from', at: 0.5, search },
    { type: 'pages', query: 1, place: 'from', at: 0, search: { text: 'a'.repeat(10_001), matchCase: true } },
    { type: 'search', search: { text: '', matchCase: true }, direction: 'next', from: 0 },
    { type: 'search', search: { text: 'a', matchCase: 'yes' }, direction: 'next', from: 0 },
    { type: 'search', search, direction: 'up', from: 0 },
    { type: 'search', search, direction: 'next', from: -2 },
    { type: 'goToLine', line: 0 },
    { type: 'details', byteOffset: Number.NaN, byteLength: 2 },
    { type: 'diffValues', index: '0' },
  ];
  for (const message of bad) {
    it(`are ignored: ${JSON.stringify(message)?.slice(0, 90)}`, () =>
      assert.equal(parseDumpViewMessage(message), null));
  }

  it('never throw', () => {
    fc.assert(fc.property(fc.anything(), (message) => void parseDumpViewMessage(message)));
  });
});
