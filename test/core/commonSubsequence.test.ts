import assert from 'node:assert/strict';
import fc from 'fast-check';
import { longestCommonSubsequence } from '../../src/core/commonSubsequence.js';
import { commonSubsequencePairs } from '../../src/core/commonSubsequencePairs.js';

/** The textbook table: n·m steps, nothing to get wrong. */
function byTable(a: readonly number[], b: readonly number[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    const next = [0];
    b.forEach((y, j) => {
      next.push(x === y ? (row[j] as number) + 1 : Math.max(row[j + 1] as number, next[j] as number));
    });
    row = next;
  }
  return row[b.length] as number;
}

describe('longest common subsequence', () => {
  const sequences = (values: number, length: number) => fc.array(fc.nat(values - 1), { maxLength: length });

  for (const values of [1, 2, 3, 50]) {
    it(`agrees with the table for ${values} distinct values`, () => {
      fc.assert(
        fc.property(sequences(values, 150), sequences(values, 150), (a, b) => {
          assert.deepEqual(longestCommonSubsequence(a, b), { length: byTable(a, b), exact: true });
        }),
        { numRuns: 300 },
      );
    });
  }

  it('is exact for 10,000 records a side that toggle between two values', () => {
    const a = Array.from({ length: 10_000 }, (_, i) => i % 2);
    const b = Array.from({ length: 10_000 }, (_, i) => (i >> 1) % 2);
    // Each pair of equal values in b takes one step through a toggling a, or two where the pair is split.
    assert.deepEqual(longestCommonSubsequence(a, b), { length: byTable(a, b), exact: true });
  });

  it('settles 300,000 versions against every third of them in one pass', () => {
    const a = Array.from({ length: 300_000 }, (_, i) => i);
    const b = a.filter((i) => i % 3 === 0);
    assert.deepEqual(longestCommonSubsequence(a, b), { length: 100_000, exact: true });
  });

  it('says so where the sequences are too long to be exact, and still finds a common one', () => {
    const a = Array.from({ length: 150_000 }, (_, i) => i);
    const b = [...a.slice(75_000), ...a.slice(0, 75_000)];
    const { length, exact } = longestCommonSubsequence(a, b);
    assert.equal(exact, false);
    assert.ok(length > 0 && length <= 75_000);
  });
});

describe('the pairs of the longest common subsequence', () => {
  function assertPairs(a: readonly number[], b: readonly number[]): void {
    const pairs = commonSubsequencePairs(a, b);
    assert.equal(pairs.length, longestCommonSubsequence(a, b).length);
    for (const [at, [i, j]] of pairs.entries()) {
      assert.equal(a[i], b[j]);
      const [before, other] = pairs[at - 1] ?? [-1, -1];
      assert.ok(before < i && other < j, `${before} < ${i}, ${other} < ${j}`);
    }
  }

  for (const values of [1, 2, 3, 50]) {
    it(`are equal elements in order, as many as it is long, for ${values} distinct values`, () => {
      const sequence = fc.array(fc.nat(values - 1), { maxLength: 80 });
      fc.assert(fc.property(sequence, sequence, assertPairs), { numRuns: 300 });
    });
  }

  it('are found for 5,000 records a side that toggle', () => {
    const a = Array.from({ length: 5000 }, (_, i) => i % 2);
    assertPairs(
      a,
      a.map((_, i) => (i >> 1) % 2),
    );
  });

  it('are as many as are counted where the sequences are too long to be exact', () => {
    const a = Array.from({ length: 150_000 }, (_, i) => i);
    assertPairs(a, [...a.slice(75_000), ...a.slice(0, 75_000)]);
  });
});
