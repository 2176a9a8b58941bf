/** Dumps of the same two topics by different tools: whatever stands on which side, the numbers are the same. */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { defaultOptions } from '../../src/core/options.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { toReportLedger } from '../support/assertAgrees.js';
import {
  type ExpectedComparison,
  type RealPair,
  readExpected,
  toExpected,
  withoutLines,
} from '../support/realDumps.js';

const folder = new URL('../fixtures/real-dumps/', import.meta.url);

/** Formats that hold all that the comparison needs, by the file that has the dump in it; `*` is the side. */
const losslessFormats: Readonly<Partial<Record<RealPair, readonly string[]>>> = {
  healthy: ['healthy.*.txt', 'healthy.*.all-columns.txt', 'healthy.*.dump-log.txt', 'healthy.*.kcat.jsonl'],
  stopped: [
    'stopped.*.txt',
    'stopped.*.all-columns.txt',
    'stopped.*.dump-log.txt',
    'stopped.*.kcat.jsonl',
    'other-tools/stopped.*.kt.jsonl',
    'other-tools/stopped.*.kt-pretty.json',
    'other-tools/stopped.*.kafkactl.json',
    'other-tools/stopped.*.kafkactl-raw.jsonl',
    'other-tools/stopped.*.kafkactl.yaml',
  ],
};

/** The order of the differences is that of the records in the file, which is another for each tool. */
function inOrderOfKeys(comparison: ExpectedComparison): unknown {
  const differences = [...comparison.differences].sort((a, b) => (a.key < b.key ? -1 : 1));
  return withoutLines({ ...comparison, differences });
}

const pathOf = (file: string, side: 'source' | 'mirror'): string =>
  fileURLToPath(new URL(file.replace('*', side), folder));

describe('real dumps of one topic in different formats', () => {
  for (const [pair, files] of Object.entries(losslessFormats) as [RealPair, readonly string[]][]) {
    for (const source of files) {
      for (const mirror of files) {
        it(`${source} and ${mirror}`, async () => {
          const request = { source: pathOf(source, 'source'), mirror: pathOf(mirror, 'mirror') };
          const found = await compareDumps({ ...request, options: defaultOptions, tuning: { blockBytes: 1000 } });
          const comparison = { ...found, differences: [...found.differences], ledger: toReportLedger(found.ledger) };
          assert.deepEqual(inOrderOfKeys(toExpected(comparison)), inOrderOfKeys(readExpected(pair)));
        });
      }
    }
  }

  // kaf writes values that are JSON anew, so that they match others as JSON only, and the literal counts and the ledger,
  // which go by bytes, are others; null and empty both print as nothing, so that there are more tombstones.
  const kaf = 'other-tools/stopped.*.kaf.jsonl';
  const beside = [kaf, 'stopped.*.txt', 'stopped.*.kcat.jsonl', 'other-tools/stopped.*.kafkactl.yaml'];
  for (const [source, mirror] of beside.flatMap((other) => [[kaf, other] as const, [other, kaf] as const])) {
    it(`${source} and ${mirror}: as JSON`, async () => {
      const request = { source: pathOf(source, 'source'), mirror: pathOf(mirror, 'mirror') };
      const found = await compareDumps({ ...request, options: defaultOptions });
      const { keys, causes, late, timestampsComparable, keylessDifferences } = readExpected('stopped');
      assert.deepEqual(
        [found.keys, found.causes, found.late, found.timestampsComparable, found.keylessDifferences],
        [keys, causes, late, timestampsComparable, keylessDifferences],
      );
      assert.equal(found.options.valueComparison, 'json');
      for (const summary of [found.source, found.mirror]) {
        const codes = summary.warnings.map(({ code }) => code);
        assert.equal(codes.includes('json-reencoded'), summary.format === 'kaf');
        if (summary.format === 'kaf') assert.ok(codes.includes('assumed-nulls'));
      }
    });
  }
});
