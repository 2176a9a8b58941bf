import assert from 'node:assert/strict';
import { DifferenceRows } from '../../src/editor/differenceRows.js';
import type { RowFilter } from '../../src/editor/resultProtocol.js';
import { comparison, difference, finalRecord, minute, noon } from '../support/comparisons.js';

const noFilter: RowFilter = { search: '', kinds: [], section: null, partition: null, interval: null };

const rows = new DifferenceRows(
  comparison([
    difference('late-stale', 'stale', { late: 'afterMirrorEnd', at: noon + minute, partition: 1 }),
    difference('late-missing', 'missing', { late: 'afterMirrorEnd', at: noon + 2 * minute }),
    difference('Extra', 'extra', { at: noon - minute }),
    difference('lost', 'missing', { at: noon - 2 * minute, partition: 1 }),
  ]),
);

function keys(change: Partial<RowFilter>, first = 0, count = 100): string[] {
  return rows.page({ ...noFilter, ...change }, first, count).rows.map(({ key }) => key.text);
}

describe('the rows of the table', () => {
  it('come with the real loss first, and in sections', () => {
    assert.deepEqual(keys({}), ['lost', 'Extra', 'late-missing', 'late-stale']);
    const { total, sections } = rows.page(noFilter, 0, 2);
    assert.equal(total, 4);
    assert.deepEqual(sections, [
      { kind: 'inTime', count: 2 },
      { kind: 'afterMirrorEnd', count: 2 },
    ]);
  });

  it('come in pages across the sections', () => {
    assert.deepEqual(keys({}, 1, 2), ['Extra', 'late-missing']);
    assert.deepEqual(keys({}, 3, 2), ['late-stale']);
    assert.deepEqual(keys({}, 9, 2), []);
    assert.deepEqual(keys({}, 0, 0), []);
  });

  for (const [what, filter, expected] of [
    ['a part of the key, upper and lower case alike', { search: 'EXTR' }, ['Extra']],
    ['kinds', { kinds: ['missing', 'stale'] }, ['lost', 'late-missing', 'late-stale']],
    ['a section', { section: 'afterMirrorEnd' }, ['late-missing', 'late-stale']],
    ['a partition', { partition: 1 }, ['lost', 'late-stale']],
    ['when a key was last written', { interval: { from: noon - minute, to: noon + minute } }, ['Extra']],
    ['all of these', { search: 'late', kinds: ['stale'], section: 'afterMirrorEnd', partition: 1 }, ['late-stale']],
    ['nothing that there is', { search: 'nowhere' }, []],
  ] as const satisfies readonly (readonly [string, Partial<RowFilter>, readonly string[]])[]) {
    it(`are filtered by ${what}`, () => assert.deepEqual(keys(filter), expected));
  }

  it('say where a key leads to by its position among all differences', () => {
    assert.deepEqual(
      rows.page({ ...noFilter, search: 'late' }, 0, 9).rows.map(({ index }) => index),
      [1, 0],
    );
  });

  it('are found in both partitions of a key that moved', () => {
    const moved = new DifferenceRows(
      comparison([
        difference('k', 'stale', {}, { source: finalRecord({ partition: 3 }), mirror: finalRecord({ partition: 7 }) }),
      ]),
    );
    for (const partition of [3, 7]) assert.equal(moved.page({ ...noFilter, partition }, 0, 9).total, 1);
    assert.equal(moved.page({ ...noFilter, partition: 4 }, 0, 9).total, 0);
  });

  it('show no invisible character of a key, and no more of it than can be looked at', () => {
    const hostile = new DifferenceRows(
      comparison([
        difference('a\u001b[31m\nb\u202ec', 'stale'),
        difference('x'.repeat(10_000), 'stale', {}, { keyBase64: 'y'.repeat(10_000) }),
      ]),
    );
    const [escapes, long] = hostile.page(noFilter, 0, 9).rows.map(({ key }) => key);
    assert.equal(escapes?.text, 'a␛[31m␊b\\u202ec');
    assert.ok(long !== undefined && long.text.length <= 1001 && (long.base64 ?? '').length <= 1001);
    assert.equal(long.length, 10_000);
  });

  it('are quickly at hand among a million', () => {
    const kinds = ['missing', 'stale', 'extra'] as const;
    const template = kinds.map((kind) => difference('', kind));
    const differences = Array.from({ length: 1_000_000 }, (_, i) => ({ ...template[i % 3]!, key: `user-${i}` }));
    const many = new DifferenceRows(comparison(differences));
    const started = performance.now();
    assert.equal(many.page({ ...noFilter, search: 'USER-99999' }, 0, 100).total, 11);
    assert.equal(many.page({ ...noFilter, kinds: ['stale'] }, 300_000, 100).rows.length, 100);
    assert.ok(performance.now() - started < 3000);
  }).timeout(20_000);
});
