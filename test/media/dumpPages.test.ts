/** The loaded part of a dump: scrolling it, loading on, and the lines that follow from each other. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LoadedPages } from '../../media/dumpPages.js';
import type { DumpViewPage } from '../../src/editor/dumpViewProtocol.js';

const text = { text: 'x', bytes: 1, isCut: false };

/** A dump of records of 10 bytes and one line each; a page of it from record `first` to before `end`. */
function page(first: number, end: number, firstLine: number | null = first + 1): DumpViewPage {
  const rows = Array.from({ length: end - first }, (_, i) => ({
    ...{ kind: 'line' as const, byteOffset: 10 * (first + i), byteLength: 9, line: i, lineCount: 1, text },
  }));
  return { byteOffset: 10 * first, end: 10 * end, lineEnds: end - first, firstLine, rows, marks: [] };
}

/** Ten rows fit. */
function loaded(records: number, ...pages: DumpViewPage[]): LoadedPages {
  const all = new LoadedPages({ start: 0, bytes: 10 * records });
  all.rowHeight = 20;
  all.viewportHeight = 200;
  all.replace(pages, pages[0]?.byteOffset ?? 0, 0);
  return all;
}

const topLine = (all: LoadedPages): number | null | undefined => all.rows[all.inSight().first]?.line;

describe('the loaded pages of a dump', () => {
  it('show the rows in sight, and scroll no further than there are rows', () => {
    const all = loaded(100, page(0, 100));
    assert.deepEqual(all.inSight(), { first: 0, end: 10, top: 0 });
    assert.equal(all.scrollBy(-10), false);
    assert.equal(all.scrollBy(30), true);
    assert.deepEqual(all.inSight(), { first: 1, end: 12, top: -10 });
    all.scrollBy(1e9);
    assert.deepEqual(all.inSight(), { first: 90, end: 100, top: 0 });
    assert.equal(all.share, 1);
  });

  it('ask for what comes next on both sides, until the dump ends', () => {
    const all = loaded(1000, page(400, 600));
    assert.deepEqual(all.missing(), [{ place: 'before', at: 4000 }]);
    all.scrollBy(20 * 100);
    assert.deepEqual(all.missing(), [
      { place: 'before', at: 4000 },
      { place: 'from', at: 6000 },
    ]);
    assert.deepEqual(loaded(200, page(0, 200)).missing(), []);
  });

  it('keep what is in sight in its place when pages come', () => {
    const all = loaded(1000, page(400, 600));
    all.scrollBy(50);
    const before = all.inSight().top;
    all.add(page(300, 400));
    assert.equal(topLine(all), 403);
    assert.equal(all.inSight().top, before);
    all.add(page(600, 700));
    assert.equal(topLine(all), 403);
    assert.equal(all.rows.length, 400);
  });

  it('leave a page that does not join on, and an empty one', () => {
    const all = loaded(1000, page(400, 600));
    all.add(page(700, 800));
    all.add(page(600, 600));
    all.add(page(500, 600));
    assert.equal(all.rows.length, 200);
  });

  it('stand a row that is jumped to below the top, with what is before it', () => {
    const all = loaded(1000);
    all.replace([page(400, 500), page(500, 600)], 5005, 0.3);
    assert.equal(topLine(all), 501 - 3);
    assert.equal(all.rows[all.indexOf(5005)]?.line, 501);
    all.replace([page(0, 0), page(0, 100)], 0, 0.3);
    assert.equal(topLine(all), 1);
  });

  it('know lines from the pages beside them', () => {
    const all = loaded(1000, page(400, 500, null), page(500, 600, null));
    assert.equal(all.unnumbered, 4000);
    all.add(page(600, 700, 601));
    assert.equal(all.unnumbered, null);
    assert.equal(topLine(all), 401);
    const others = loaded(1000, page(400, 500, null));
    others.add(page(500, 600, null));
    others.setLine(4000, 401);
    assert.deepEqual([others.rows[0]?.line, others.rows.at(-1)?.line], [401, 600]);
  });

  it('mark the rows of differing keys', () => {
    const marks = [{ byteOffset: 20, index: 7, kind: 'missing' as const }];
    const all = loaded(100, { ...page(0, 100), marks });
    assert.deepEqual(
      all.rows.flatMap(({ line, mark }) => (mark === null ? [] : [[line, mark.index]])),
      [[3, 7]],
    );
  });

  it('bring a row into sight with the least movement', () => {
    const all = loaded(100, page(0, 100));
    all.reveal(5);
    assert.equal(topLine(all), 1);
    all.reveal(20);
    assert.equal(topLine(all), 12);
    all.reveal(3);
    assert.equal(topLine(all), 4);
  });

  it('follow each other whatever is scrolled, and are never too many', () => {
    const steps = fc.array(fc.integer({ min: -50_000, max: 50_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(steps, (scrolls) => {
        const records = 30_000;
        const all = loaded(records, page(15_000, 15_500));
        for (const pixels of scrolls) {
          all.scrollBy(pixels);
          for (const { place, at } of all.missing()) {
            const first = place === 'from' ? at / 10 : Math.max(0, at / 10 - 500);
            all.add(page(first, place === 'from' ? Math.min(records, first + 500) : at / 10, null));
          }
          const shown = all.rows.map(({ line }) => line);
          assert.ok(shown.length <= 7000);
          for (const [i, line] of shown.entries()) assert.equal(line, (shown[0] as number) + i);
          const { first, end } = all.inSight();
          assert.ok(end - first >= 10 && end <= shown.length);
          assert.ok(all.share >= 0 && all.share <= 1);
        }
      }),
      { numRuns: 50 },
    );
  });
});
