/** Real dumps in formats that lose something: the numbers differ from the expected ones by that, and by nothing else. */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { type DumpOptions, defaultDumpOptions, defaultOptions } from '../../src/core/options.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { toReportLedger } from '../support/assertAgrees.js';
import { type ExpectedComparison, readExpected, toExpected } from '../support/realDumps.js';

const folder = new URL('../fixtures/real-dumps/', import.meta.url);

/** The pair `stopped` from two files; `*` is the side. */
async function compareStopped(source: string, mirror: string, nullLiteral?: string): Promise<ExpectedComparison> {
  const path = (file: string, side: string): string => fileURLToPath(new URL(file.replace('*', side), folder));
  const dumps: DumpOptions = { ...defaultDumpOptions, ...(nullLiteral === undefined ? {} : { nullLiteral }) };
  const found = await compareDumps({
    source: path(source, 'source'),
    mirror: path(mirror, 'mirror'),
    options: { ...defaultOptions, source: dumps, mirror: dumps },
  });
  return toExpected({ ...found, differences: [...found.differences], ledger: toReportLedger(found.ledger) });
}

const kcatK = 'other-tools/stopped.*.kcat-K.txt';
const kafkactlText = 'other-tools/stopped.*.kafkactl.txt';
const consoleConsumer = 'stopped.*.txt';

describe('real dumps in formats that lose something', () => {
  const expected = readExpected('stopped');
  const outcomes = ({ differences }: ExpectedComparison) =>
    differences.map(({ key, outcome }) => `${key} ${outcome}`).sort();

  it('kcat -K -Z: no time, no partition, and an empty value prints as a null does', async () => {
    const found = await compareStopped(kcatK, kcatK);
    assert.deepEqual([found.verdict, found.keys, found.literal], [expected.verdict, expected.keys, expected.literal]);
    assert.deepEqual(outcomes(found), outcomes(expected));
    // 9 empty values at the source and 3 on the mirror are read as nulls.
    assert.deepEqual(
      [found.source, found.mirror],
      [
        { ...expected.source, tombstones: expected.source.tombstones + 9 },
        { ...expected.mirror, tombstones: expected.mirror.tombstones + 3 },
      ],
    );
    // Without times nothing is late, and what only they could tell is diverged.
    assert.deepEqual([found.timestampsComparable, found.late], [false, { afterMirrorEnd: 0, afterSourceEnd: 0 }]);
    const { stale, ahead, reordered, diverged } = found.causes;
    assert.equal(stale + ahead + reordered + diverged, expected.keys.modified);
    assert.ok(diverged > 100);
  });

  it('kafkactl: times in whole seconds', async () => {
    const found = await compareStopped(kafkactlText, kafkactlText);
    const withoutTimes = (comparison: ExpectedComparison) => ({
      ...comparison,
      differences: [...comparison.differences]
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ key, outcome, cause, causeEvidence, behind, late }) => ({
          key,
          outcome,
          cause,
          causeEvidence,
          behind,
          late,
        })),
    });
    assert.deepEqual(withoutTimes(found), withoutTimes(expected));
    const behind = new Map(expected.differences.map(({ key, behindMs }) => [key, behindMs]));
    for (const { key, behindMs } of found.differences) {
      const exact = behind.get(key) ?? null;
      if (exact === null || behindMs === null) assert.equal(behindMs, exact, key);
      else assert.ok(Math.abs(behindMs - exact) < 1000 && behindMs % 1000 === 0, `${key}: ${behindMs}, not ${exact}`);
    }
  });

  for (const [source, mirror] of [
    [kafkactlText, consoleConsumer],
    [consoleConsumer, kafkactlText],
  ] as const) {
    it(`${source} beside ${mirror}: the times cannot be compared, all else can`, async () => {
      const found = await compareStopped(source, mirror);
      assert.deepEqual(
        [
          found.verdict,
          found.keys,
          found.literal,
          found.ledger,
          found.source,
          found.mirror,
          found.timestampsComparable,
        ],
        [
          ...[expected.verdict, expected.keys, expected.literal, expected.ledger, expected.source, expected.mirror],
          false,
        ],
      );
      assert.deepEqual(outcomes(found), outcomes(expected));
    });
  }
});
