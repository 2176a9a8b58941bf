import assert from 'node:assert/strict';
import { RowLayout } from '../../media/rowLayout.js';

const two = new RowLayout([
  { kind: 'inTime', count: 2 },
  { kind: 'afterMirrorEnd', count: 3 },
]);

describe('the layout of the table', () => {
  it('puts a heading before each section', () => {
    assert.equal(two.rowCount, 5);
    assert.equal(two.placeCount, 7);
    assert.deepEqual(
      Array.from({ length: 7 }, (_, place) => two.at(place)),
      [
        { section: 'inTime', count: 2 },
        { row: 0 },
        { row: 1 },
        { section: 'afterMirrorEnd', count: 3 },
        { row: 2 },
        { row: 3 },
        { row: 4 },
      ],
    );
  });

  it('needs no heading if all is in time', () => {
    const one = new RowLayout([{ kind: 'inTime', count: 3 }]);
    assert.equal(one.placeCount, 3);
    assert.equal(one.firstRow, 0);
    assert.deepEqual(one.at(2), { row: 2 });
    assert.equal(new RowLayout([{ kind: 'afterMirrorEnd', count: 3 }]).placeCount, 4);
  });

  for (const [key, from, to] of [
    ['ArrowDown', 2, 4],
    ['ArrowUp', 4, 2],
    ['ArrowUp', 1, null],
    ['ArrowDown', 6, null],
    ['Home', 5, 1],
    ['End', 1, 6],
    ['PageDown', 1, 4],
    ['PageUp', 5, 4],
    ['PageUp', 1, 1],
    ['PageDown', 6, 6],
    ['x', 1, null],
  ] as const) {
    it(`leads from place ${from} to ${to} by ${key}, past the headings`, () => {
      assert.equal(two.placeAfterKey(key, from, 3), to);
    });
  }
});
