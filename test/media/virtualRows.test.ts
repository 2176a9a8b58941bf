import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contentHeight, maxContentHeight, scrollScale, scrollTopToShow, visibleRows } from '../../media/virtualRows.js';

const short = { rowCount: 1000, rowHeight: 20, viewportHeight: 200 };
const long = { rowCount: 5_000_000, rowHeight: 26, viewportHeight: 700 };

describe('the rows in sight', () => {
  it('follow the scroll position pixel by pixel', () => {
    assert.deepEqual(visibleRows(short, 0), { first: 0, end: 10, top: 0 });
    assert.deepEqual(visibleRows(short, 30), { first: 1, end: 12, top: 20 });
    assert.deepEqual(visibleRows(short, 19_800), { first: 990, end: 1000, top: 19_800 });
    assert.deepEqual(visibleRows(short, 30, 3), { first: 0, end: 15, top: 0 });
  });

  it('never make the content higher than browsers can scroll, and still reach the last row', () => {
    assert.equal(contentHeight(long), maxContentHeight);
    assert.deepEqual(visibleRows(long, 0).first, 0);
    const { first, end, top } = visibleRows(long, maxContentHeight - long.viewportHeight);
    assert.equal(end, long.rowCount);
    assert.ok(Math.abs(top + (end - first) * long.rowHeight - maxContentHeight) < 1e-3);
  });

  it('are none for an empty table', () => {
    assert.deepEqual(visibleRows({ ...short, rowCount: 0 }, 0, 5), { first: 0, end: 0, top: 0 });
  });

  it('hold a row that was scrolled to, wherever the table stood', () => {
    const geometries = fc.record({
      rowCount: fc.integer({ min: 1, max: 10_000_000 }),
      rowHeight: fc.constantFrom(24, 26, 50),
      viewportHeight: fc.integer({ min: 50, max: 1200 }),
    });
    fc.assert(
      fc.property(
        geometries,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (geometry, from, to) => {
          const highest = Math.max(0, contentHeight(geometry) - geometry.viewportHeight);
          const row = Math.floor(to * (geometry.rowCount - 1));
          const scrollTop = scrollTopToShow(geometry, from * highest, row);
          // Browsers round the position to a fraction of a pixel; half a row may then be cut.
          assert.ok(scrollTop >= 0 && scrollTop <= highest + 1 + geometry.rowHeight / scrollScale(geometry));
          const { first, end } = visibleRows(geometry, Math.min(scrollTop, highest));
          assert.ok(row >= first && row < end, `row ${row} is not among ${first} to ${end}`);
        },
      ),
    );
  });
});
