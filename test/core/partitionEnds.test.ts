/** Which partitions end apart on the two sides. */
import assert from 'node:assert/strict';
import type { PartitionSummary } from '../../src/core/comparison.js';
import { unequalEnds } from '../../src/core/partitionEnds.js';
import { comparison, dumpSummary, minute, noon, partition } from '../support/comparisons.js';

function ends(
  source: readonly PartitionSummary[],
  mirror: readonly PartitionSummary[],
  timestampsComparable = true,
): [number, number | null][] {
  const sides = { source: dumpSummary({ partitions: source }), mirror: dumpSummary({ partitions: mirror }) };
  return unequalEnds(comparison([], { ...sides, timestampsComparable })).map(({ partition, behindMs }) => [
    partition,
    behindMs,
  ]);
}

const at = (number: number | null, minutes: number, lastOffset: number | null = null): PartitionSummary =>
  partition(number, { lastTimestamp: noon + minutes * minute, lastOffset });

describe('the ends of partitions', () => {
  it('that are equal are not told', () => {
    assert.deepEqual(ends([at(0, 1), at(1, 2)], [at(0, 1), at(1, 2)]), []);
    assert.deepEqual(ends([at(null, 1)], [at(null, 2)]), []);
  });

  it('are told, the mirror that is furthest behind first', () => {
    assert.deepEqual(ends([at(0, 1), at(1, 5), at(2, 5)], [at(0, 2), at(1, 4), at(2, 1)]), [
      [2, 4 * minute],
      [1, minute],
      [0, -minute],
    ]);
  });

  it('are told of a partition that one side has nothing of', () => {
    assert.deepEqual(ends([at(0, 1), at(1, 1)], [at(0, 1)]), [[1, null]]);
  });

  it('are told by offset where times say nothing', () => {
    assert.deepEqual(ends([at(0, 1, 9), at(1, 1, 9), at(2, 1)], [at(0, 2, 9), at(1, 1, 8), at(2, 7)], false), [
      [1, null],
    ]);
  });
});
