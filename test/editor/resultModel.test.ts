import assert from 'node:assert/strict';
import type { Comparison } from '../../src/core/comparison.js';
import { defaultOptions } from '../../src/core/options.js';
import { verdictWords } from '../../src/core/words/verdict.js';
import { optionsFromSettings } from '../../src/editor/comparisonSettings.js';
import { resultSummary } from '../../src/editor/resultModel.js';
import type { ResultSummary } from '../../src/editor/resultProtocol.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { comparison, difference, dumpSummary, finalRecord, noon, partition } from '../support/comparisons.js';
import { type RealPair, realDumpPath, realPairs } from '../support/realDumps.js';

function summaryOf(of: Comparison): ResultSummary {
  return resultSummary(of, verdictWords(of, { timeZone: 'UTC' }));
}

async function realSummary(pair: RealPair): Promise<ResultSummary> {
  const paths = { source: realDumpPath(pair, 'source'), mirror: realDumpPath(pair, 'mirror') };
  return summaryOf(await compareDumps({ ...paths, options: defaultOptions }));
}

describe('what the result page shows', () => {
  describe('of the dumps of a real migration', () => {
    let stopped: ResultSummary;
    before(async () => {
      stopped = await realSummary('stopped');
    });

    it('says the verdict in the words that everything else uses', () => {
      assert.equal(stopped.headline, 'Different: 140 of 187 keys.');
      assert.match(stopped.details.join(' '), /The mirror ends at 12:45:11/);
      assert.equal(stopped.isEquivalent, false);
    });

    it('counts outcomes and causes, and says which rows they lead to', () => {
      assert.deepEqual(
        stopped.keys.outcomes.map(({ id, count }) => [id, count]),
        [
          ['same', 44],
          ['deleted', 3],
          ['missing', 23],
          ['modified', 115],
          ['extra', 2],
        ],
      );
      assert.deepEqual(
        stopped.keys.causes.map(({ id, count, kinds }) => [id, count, kinds]),
        [['stale', 115, ['stale']]],
      );
      assert.deepEqual(stopped.keys.keyless, []);
      assert.deepEqual(
        stopped.literal.map(({ count }) => count),
        [5, 23, 115, 44],
      );
    });

    it('groups the differences as the tree does', () => {
      assert.deepEqual(
        stopped.differences.sections.map(({ kind, count, end }) => [kind, count, end]),
        [
          ['inTime', 2, null],
          ['afterMirrorEnd', 138, 1_795_351_511_537],
        ],
      );
      assert.deepEqual(
        stopped.differences.kinds.map(({ id, count }) => [id, count]),
        [
          ['missing', 23],
          ['stale', 115],
          ['extra', 2],
        ],
      );
      assert.deepEqual(
        stopped.differences.partitions.map(({ partition: number }) => number),
        [0, 1, 2],
      );
    });

    it('says how they were read', () => {
      const lines = new Map(stopped.reading.map(({ label, values }) => [label, values]));
      assert.deepEqual(lines.get('Separator'), { source: '“::”', mirror: '“::”' });
      assert.equal(lines.get('Columns')?.source, 'timestamp, partition, key, value');
      assert.deepEqual(lines.get('Nulls'), {
        source: '“null” taken as a null (2 tombstones)',
        mirror: '“null” taken as a null (20 tombstones)',
      });
      assert.deepEqual(lines.get('Set aside'), { source: '', mirror: '1 line of tools’ messages' });
      assert.equal(lines.has('Line ends'), false);
      assert.equal(stopped.partitions?.length, 3);
    });

    it('says who says so, where the dump itself does not', async () => {
      const originsOf = ({ reading }: ResultSummary) =>
        Object.fromEntries(
          reading
            .filter(({ origins }) => Object.values(origins).some(Boolean))
            .map(({ label, origins }) => [label, origins]),
        );
      assert.deepEqual(originsOf(stopped), { Nulls: { source: 'assumed', mirror: 'assumed' } });
      const paths = { source: realDumpPath('stopped', 'source'), mirror: realDumpPath('stopped', 'mirror') };
      const choices = { source: { separator: '::', nullLiteral: null }, mirror: {}, ignoredPaths: [] };
      const options = optionsFromSettings(
        (name) => (name === 'dumpFormat' ? 'kafka-console-consumer' : undefined),
        choices,
      );
      const compared = await compareDumps({ ...paths, options });
      const summary = resultSummary(compared, verdictWords(compared), 0, choices);
      assert.deepEqual(originsOf(summary), {
        Format: { source: 'from the settings', mirror: 'from the settings' },
        Separator: { source: 'chosen', mirror: '' },
        Nulls: { source: 'chosen', mirror: 'assumed' },
      });
      assert.deepEqual(summary.isReadingChosen, { source: true, mirror: false });
    });

    for (const pair of realPairs) {
      it(`shows sums that add up: ${pair}`, async () => {
        const { ledger } = await realSummary(pair);
        for (const { side, records, segments } of ledger.bars) {
          assert.equal(
            ledger.terms.reduce((sum, term) => sum + term.records[side], 0),
            records,
          );
          assert.equal(
            segments.reduce((sum, segment) => sum + segment.records, 0),
            records,
          );
        }
      });
    }

    it('is as complete for an equivalent pair', async () => {
      const healthy = await realSummary('healthy');
      assert.equal(healthy.isEquivalent, true);
      assert.equal(healthy.timeline, null);
      assert.equal(healthy.differences.total, 0);
      assert.deepEqual(
        healthy.ledger.terms.map(({ labels }) => labels.mirror),
        ['on both sides', 'older versions, compacted on the other side'],
      );
    });
  });

  it('asks why counts differ only if they do', () => {
    assert.equal(summaryOf(comparison()).ledger.title, 'How the counts add up');
    assert.equal(
      summaryOf(comparison([], { source: dumpSummary({ records: 11 }) })).ledger.title,
      'Why the counts differ',
    );
  });

  it('speaks of no end where timestamps are not comparable', () => {
    const { differences, timeline } = summaryOf(
      comparison([difference('k', 'diverged')], { timestampsComparable: false }),
    );
    assert.equal(timeline, null);
    assert.equal(differences.sections[0]?.title, 'Differences');
  });

  it('leaves it open which end is meant where partitions stopped early', () => {
    const mirror = dumpSummary({
      partitions: [partition(0, { lastTimestamp: noon - 9 }), partition(1, { lastTimestamp: noon + 9 })],
    });
    const { differences } = summaryOf(
      comparison([difference('k', 'missing', { at: noon, late: 'afterMirrorEnd' })], { mirror }),
    );
    assert.equal(differences.sections[0]?.end, null);
  });

  it('lists the first keys in several partitions, and counts all', () => {
    const found = {
      key: 'k',
      keyBase64: null,
      outcome: 'same',
      sourcePartitions: [0, 2],
      mirrorPartitions: [0],
    } as const;
    const keysInSeveralPartitions = Array.from({ length: 300 }, () => ({
      ...found,
      source: finalRecord({ line: 7 }),
      mirror: null,
    }));
    const { total, keys } = summaryOf(comparison([], { keysInSeveralPartitions })).severalPartitions;
    assert.equal(total, 300);
    assert.equal(keys.length, 200);
    assert.deepEqual(keys[0], {
      key: { text: 'k', length: 1, base64: null },
      outcome: 'Same',
      partitions: { source: [0, 2], mirror: [0] },
      lines: { source: 7, mirror: null },
    });
  });

  it('says how separators look that cannot be seen', () => {
    const { reading } = summaryOf(
      comparison([], { source: dumpSummary({ separator: '\t', nullLiteral: null, crlf: true }) }),
    );
    const lines = new Map(reading.map(({ label, values }) => [label, values.source]));
    assert.equal(lines.get('Separator'), '“␉”');
    assert.equal(lines.get('Nulls'), 'nothing taken as a null');
    assert.equal(lines.get('Line ends'), 'CR LF, the CR taken off');
  });

  it('knows no partitions where none are printed', () => {
    const dump = dumpSummary({ partitions: [partition(null)] });
    assert.equal(summaryOf(comparison([], { source: dump, mirror: dump })).partitions, null);
  });
});
