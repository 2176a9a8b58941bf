/** The engine on the dumps of a real migration. */
import assert from 'node:assert/strict';
import { defaultOptions } from '../../src/core/options.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { toReportLedger } from '../support/assertAgrees.js';
import {
  assertExpected,
  type ExpectedComparison,
  type RealPair,
  readExpected,
  realDumpPath,
  realPairs,
  toExpected,
  withoutLines,
} from '../support/realDumps.js';

describe('real dumps', () => {
  const compareReal = async (pair: RealPair, suffix = '') => {
    const request = { source: realDumpPath(pair, 'source', suffix), mirror: realDumpPath(pair, 'mirror', suffix) };
    const comparison = await compareDumps({ ...request, options: defaultOptions });
    return { ...comparison, differences: [...comparison.differences], ledger: toReportLedger(comparison.ledger) };
  };

  for (const pair of realPairs) {
    it(pair, async () => {
      const comparison = await compareReal(pair);
      assertExpected(comparison, pair);
      assert.deepEqual([comparison.source.noiseLines, comparison.mirror.noiseLines], [0, 1]);
    });
  }

  it('slow-source with standard error in the same file', async () => {
    const comparison = await compareReal('slow-source', '.with-stderr');
    const expected: ExpectedComparison = readExpected('slow-source');
    assert.deepEqual(withoutLines(toExpected(comparison)), withoutLines(expected));
    assert.deepEqual([comparison.source.noiseLines, comparison.mirror.noiseLines], [3, 5]);
  });
});
