import assert from 'node:assert/strict';
import { RowCache } from '../../media/rowCache.js';
import type { DifferenceRow, RowFilter } from '../../src/editor/resultProtocol.js';

const filter: RowFilter = { search: '', kinds: [], section: null, partition: null, interval: null };

function pageOf(first: number): Parameters<RowCache['receive']>[0] {
  const rows = Array.from({ length: 100 }, (_, i) => ({ index: first + i }) as DifferenceRow);
  return { first, rows, total: 1_000_000, sections: [] };
}

describe('the cache of rows', () => {
  it('asks once for each block that comes into sight', () => {
    const asked: number[] = [];
    const cache = new RowCache(filter, (_filter, first, count) => asked.push(first, count));
    cache.want(90, 210);
    cache.want(0, 250);
    assert.deepEqual(asked, [0, 100, 100, 100, 200, 100]);
    assert.equal(cache.row(105), undefined);
    cache.receive(pageOf(100));
    assert.equal(cache.row(105)?.index, 105);
    assert.equal(cache.row(5), undefined);
  });

  it('forgets what was seen long ago', () => {
    let asked = 0;
    const cache = new RowCache(filter, () => asked++);
    for (let first = 0; first < 10_000; first += 100) {
      cache.want(first, first + 1);
      cache.receive(pageOf(first));
    }
    assert.equal(cache.row(9_950)?.index, 9_950);
    assert.equal(cache.row(0), undefined);
    cache.want(0, 1);
    assert.equal(asked, 101);
  });
});
