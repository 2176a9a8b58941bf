import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePageMessage, parseSavedPair } from '../../src/editor/pageMessages.js';

const filter = { search: '', kinds: ['stale'], section: null, partition: 2, interval: { from: 1, to: 2 } };
const rows = { type: 'rows', version: 1, query: 2, filter, first: 0, count: 100 };

describe('messages of the page', () => {
  for (const message of [
    { type: 'ready', timeZone: 'Europe/Paris' },
    rows,
    { type: 'timeline', version: 1, within: null },
    { type: 'timeline', version: 1, within: { from: 1, to: 2 } },
    { type: 'difference', version: 1, action: 'diffValues', index: 0 },
    { type: 'openLine', version: 1, side: 'mirror', line: 3 },
    { type: 'reading', version: 1, action: 'changeReading', side: 'source' },
    { type: 'command', command: 'swapSides' },
  ]) {
    it(`are understood: ${JSON.stringify(message)}`, () => assert.deepEqual(parsePageMessage(message), message));
  }

  for (const message of [
    null,
    'ready',
    { type: 'ready' },
    { type: 'toString' },
    { ...rows, first: -1 },
    { ...rows, count: 1.5 },
    { ...rows, version: '1' },
    { ...rows, filter: { ...filter, kinds: ['worse'] } },
    { ...rows, filter: { ...filter, kinds: 'stale' } },
    { ...rows, filter: { ...filter, section: 'before' } },
    { ...rows, filter: { ...filter, partition: '2' } },
    { ...rows, filter: { ...filter, interval: { from: 1 } } },
    { ...rows, filter: { ...filter, search: 'x'.repeat(100_000) } },
    { ...rows, filter: undefined },
    { type: 'timeline', version: 1 },
    { type: 'difference', version: 1, action: 'workbench.action.quit', index: 0 },
    { type: 'openLine', version: 1, side: 'mirror', line: 0 },
    { type: 'reading', version: 1, action: 'openSettings', side: 'source' },
    { type: 'reading', version: 1, action: 'changeReading' },
    { type: 'command', command: 'workbench.action.quit' },
  ]) {
    it(`are refused: ${JSON.stringify(message)?.slice(0, 100)}`, () => assert.equal(parsePageMessage(message), null));
  }

  it('cannot ask for more rows than one answer holds', () => {
    const parsed = parsePageMessage({ ...rows, count: 1_000_000 });
    assert.ok(parsed?.type === 'rows' && parsed.count === 500);
  });

  it('may be anything at all', () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        parsePageMessage(message);
        parseSavedPair(message);
      }),
    );
  });
});

describe('what a page left behind', () => {
  it('gives back the pair', () => {
    const saved = { source: 'file:///a', mirror: 'file:///b', filter };
    assert.deepEqual(parseSavedPair(saved), { source: 'file:///a', mirror: 'file:///b' });
  });

  for (const saved of [undefined, null, {}, { source: 'file:///a' }, { source: 1, mirror: 2 }]) {
    it(`is nothing in ${JSON.stringify(saved)}`, () => assert.equal(parseSavedPair(saved), null));
  }
});
