import assert from 'node:assert/strict';
import { DifferenceRows } from '../../src/editor/differenceRows.js';
import type { RowFilter, RowPage } from '../../src/editor/resultProtocol.js';
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

async function pageOf(of: DifferenceRows, change: Partial<RowFilter>, first = 0, count = 100): Promise<RowPage> {
  const page = await of.page({ ...noFilter, ...change }, first, count);
  assert.ok(page !== null);
  return page;
}

async function keys(change: Partial<RowFilter>, first?: number, count?: number): Promise<string[]> {
  return (await pageOf(rows, change, first, count)).rows.map(({ key }) => key.text);
}

describe('the rows of the table', () => {
  it('come with the real loss first, and in sections', async () => {
    assert.deepEqual(await keys({}), ['lost', 'Extra', 'late-missing', 'late-stale']);
    const { total, sections } = await pageOf(rows, {}, 0, 2);
    assert.equal(total, 4);
    assert.deepEqual(sections, [
      { kind: 'inTime', count: 2 },
      { kind: 'afterMirrorEnd', count: 2 },
    ]);
  });

  it('come in pages across the sections', async () => {
    assert.deepEqual(await keys({}, 1, 2), ['Extra', 'late-missing']);
    assert.deepEqual(await keys({}, 3, 2), ['late-stale']);
    assert.deepEqual(await keys({}, 9, 2), []);
    assert.deepEqual(await keys({}, 0, 0), []);
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
    it(`are filtered by ${what}`, async () => assert.deepEqual(await keys(filter), expected));
  }

  it('say where a key leads to by its position among all differences', async () => {
    assert.deepEqual(
      (await pageOf(rows, { search: 'late' })).rows.map(({ index }) => index),
      [1, 0],
    );
  });

  it('are found in both partitions of a key that moved', async () => {
    const moved = new DifferenceRows(
      comparison([
        difference('k', 'stale', {}, { source: finalRecord({ partition: 3 }), mirror: finalRecord({ partition: 7 }) }),
      ]),
    );
    for (const partition of [3, 7]) assert.equal((await pageOf(moved, { partition })).total, 1);
    assert.equal((await pageOf(moved, { partition: 4 })).total, 0);
  });

  it('show no invisible character of a key, and no more of it than can be looked at', async () => {
    const hostile = new DifferenceRows(
      comparison([
        difference('a\u001b[31m\nb\u202ec', 'stale'),
        difference('x'.repeat(10_000), 'stale', {}, { keyBase64: 'y'.repeat(10_000) }),
      ]),
    );
    const [escapes, long] = (await pageOf(hostile, {})).rows.map(({ key }) => key);
    assert.equal(escapes?.text, 'a␛[31m␊b\\u202ec');
    assert.ok(long !== undefined && long.text.length <= 1001 && (long.base64 ?? '').length <= 1001);
    assert.equal(long.length, 10_000);
  });

  it('are searched for one filter at a time: the last one that was asked for', async () => {
    const many = new DifferenceRows(
      comparison(Array.from({ length: 300_000 }, (_, i) => difference(`user-${i}é`, 'stale'))),
    );
    const first = many.page({ ...noFilter, search: 'user-1' }, 0, 10);
    const second = many.page({ ...noFilter, search: 'USER-2999' }, 0, 10);
    const same = many.page({ ...noFilter, search: 'USER-2999' }, 10, 10);
    assert.equal(await first, null);
    assert.equal((await second)?.total, 111);
    assert.equal((await same)?.rows.length, 10);
  });

  it('do not hold up the thread while a million are searched', async () => {
    const template = difference('', 'stale');
    const differences = Array.from({ length: 1_000_000 }, (_, i) => ({ ...template, key: `user-${i}` }));
    const many = new DifferenceRows(comparison(differences));
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    assert.equal((await pageOf(many, { search: 'USER-99999' })).total, 11);
    clearInterval(others);
    assert.ok(turns > 0);
  }).timeout(20_000);
});
