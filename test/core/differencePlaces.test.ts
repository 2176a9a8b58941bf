import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Difference } from '../../src/core/comparison.js';
import { listOfDifferences } from '../../src/core/differenceList.js';
import { differencesWithin, nextDifference } from '../../src/core/differencePlaces.js';
import { difference, finalRecord } from '../support/comparisons.js';

/** Keys whose last records on the mirror start at these bytes; null where the mirror has none. */
function differencesAt(...places: readonly (number | null)[]): Difference[] {
  return places.map((byteOffset, i) =>
    byteOffset === null
      ? difference(`k${i}`, 'missing')
      : difference(`k${i}`, 'stale', {}, { mirror: finalRecord({ byteOffset }) }),
  );
}

describe('the places of differences in a dump', () => {
  const list = listOfDifferences(differencesAt(50, null, 10, 30));

  it('are those within a part of it', () => {
    assert.deepEqual(differencesWithin(list, 'mirror', 10, 50), [
      { index: 2, byteOffset: 10 },
      { index: 3, byteOffset: 30 },
    ]);
    assert.deepEqual(differencesWithin(list, 'mirror', 31, 50), []);
  });

  for (const [position, direction, index, number] of [
    [-1, 'next', 2, 1],
    [10, 'next', 3, 2],
    [49, 'next', 0, 3],
    [50, 'next', 2, 1],
    [50, 'previous', 3, 2],
    [10, 'previous', 0, 3],
    [99, 'previous', 0, 3],
  ] as const) {
    it(`are gone to in order: ${direction} of ${position}`, () => {
      const found = nextDifference(list, 'mirror', position, direction);
      assert.deepEqual([found?.index, found?.number, found?.total], [index, number, 3]);
    });
  }

  it('are none where the dump has no record of a differing key', () => {
    assert.equal(nextDifference(listOfDifferences(differencesAt(null)), 'mirror', 0, 'next'), null);
    assert.equal(nextDifference(listOfDifferences([]), 'source', 0, 'previous'), null);
  });

  it('are all met, one after the other, in either direction', () => {
    const places = fc.uniqueArray(fc.nat(1000), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(places, fc.constantFrom('next' as const, 'previous' as const), (offsets, direction) => {
        const all = listOfDifferences(differencesAt(...offsets));
        const met: number[] = [];
        let position = direction === 'next' ? -1 : 1001;
        for (let i = 0; i < offsets.length; i++) {
          position = nextDifference(all, 'mirror', position, direction)?.byteOffset ?? Number.NaN;
          met.push(position);
        }
        const ordered = [...offsets].sort((a, b) => (direction === 'next' ? a - b : b - a));
        assert.deepEqual(met, ordered);
      }),
    );
  });
});
