/**
 * A comparison that is told how many differing keys are listed describes no others: every report with that limit must be
 * what it is of a comparison that has described them all.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Comparison } from '../../src/core/comparison.js';
import type { DifferenceOverview } from '../../src/core/differenceOverview.js';
import { defaultOptions } from '../../src/core/options.js';
import { reportFormats } from '../../src/core/report/reports.js';
import { buildTimeline } from '../../src/core/timeline.js';
import { type CompareRequest, compareDumps } from '../../src/engine/compareDumps.js';
import { rowLength } from '../../src/engine/findings.js';
import { FirstRows } from '../../src/engine/firstRows.js';
import type { EngineTuning } from '../../src/engine/plan.js';
import { withDumpRows } from '../../src/engine/reportRows.js';
import { noon } from '../support/comparisons.js';
import { Random } from '../support/random.js';
import { reportOf } from '../support/reports.js';

const tunings: readonly EngineTuning[] = [
  { lanes: 1 },
  { lanes: 2, chunkBytes: 4000, blockBytes: 1000, partitions: 4 },
  { lanes: 1, kernel: false, partitions: 4 },
  { lanes: 2, kernel: false, partitions: 4, storeBytes: 1 },
];

describe('a comparison of which fewer are listed than differ', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'listed-differences-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function requestOf(pair: Pair, options: Partial<CompareRequest['options']> = {}): Promise<CompareRequest> {
    const request = { source: join(folder, 'source.txt'), mirror: join(folder, 'mirror.txt') };
    await writeFile(request.source, pair.source);
    await writeFile(request.mirror, pair.mirror);
    return { ...request, options: { ...defaultOptions, ...options } };
  }

  for (let seed = 1; seed <= 12; seed++) {
    it(`makes the same reports, seed ${seed}`, async () => {
      const random = new Random(seed);
      // Restamped, nothing is late, and there is one section.
      const pair = makePair(random, 150, seed % 4 === 0);
      const request = await requestOf(pair, { byPartition: seed % 3 === 0 });
      const whole = await compareDumps(request);
      const { length } = whole.differences;
      assert.ok(length > 80, 'many differ');
      for (const limit of [0, 1, 7, random.between(8, length - 1), length - 1, length]) {
        const tuning = tunings[random.between(0, tunings.length - 1)] as EngineTuning;
        const context = `${limit} of ${length} listed; ${JSON.stringify(tuning)}`;
        const some = await compareDumps({ ...request, listed: limit, tuning });
        await assertSameReports(some, whole, limit, context);
        assertSameAnswers(some, whole, context);
        assert.ok(some.differences.described <= Math.min(2 * limit, length), context);
      }
    });
  }

  it('makes the same reports of more than fit into memory, or into one piece of it', async () => {
    const request = await requestOf(makePair(new Random(1), 14_000, false));
    const whole = await compareDumps(request);
    for (const tuning of [...tunings, { lanes: 1, storeBytes: 1, partitions: 4 }]) {
      const some = await compareDumps({ ...request, listed: 5000, tuning });
      await assertSameReports(some, whole, 5000, JSON.stringify(tuning));
      assertSameAnswers(some, whole, JSON.stringify(tuning));
    }
  }).timeout(60_000);

  it('knows no more of the others than what is counted', async () => {
    const request = await requestOf(makePair(new Random(1), 50, false));
    const { differences } = await compareDumps({ ...request, listed: 3 });
    const { described, length } = differences;
    assert.ok(described >= 3 && described < length);
    assert.equal(typeof differences.at(described - 1)?.key, 'string');
    assert.equal(differences.at(length), undefined);
    for (const ask of [
      () => differences.at(described),
      () => differences.byteOffsetAt(described, 'source'),
      () => differences.keyMatcher('k')(described),
      () => [...differences],
    ]) {
      assert.throws(ask, new Error(`Difference ${described} is counted, and not described.`));
    }
  });
});

describe('the first rows of a group', () => {
  it('are those that a sort puts first', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { maxLength: 300 }), fc.nat(320), (places, limit) => {
        const first = new FirstRows(limit);
        places.forEach((place, number) => {
          const chunk = new Float64Array(2 * rowLength).fill(place);
          if (place < first.end) first.add(place, number, chunk, rowLength);
        });
        const finished = first.finish();
        const kept = [...finished.places];
        const expected = [...places].sort((a, b) => a - b).slice(0, limit);
        assert.deepEqual(
          [...kept].sort((a, b) => a - b),
          expected,
        );
        const numbers = kept.map((place) => places.indexOf(place));
        assert.deepEqual([...finished.numbers], numbers);
        assert.deepEqual(
          [...finished.rows],
          kept.flatMap((place) => Array<number>(rowLength).fill(place)),
        );
      }),
    );
  });
});

async function assertSameReports(some: Comparison, whole: Comparison, limit: number, context: string): Promise<void> {
  for (const format of reportFormats) {
    const [actual, expected] = await Promise.all(
      [some, whole].map((comparison) =>
        withDumpRows(comparison, (read) => reportOf(format, comparison, { ...read, maxDifferences: limit })),
      ),
    );
    // Not as a message: the texts may be long.
    assert.ok(
      actual === expected,
      `${context}: ${format}\n${actual?.slice(0, 5000)}\n---\n${expected?.slice(0, 5000)}`,
    );
  }
}

/** What is asked of all; of the groups, how many they are. */
function assertSameAnswers(some: Comparison, whole: Comparison, context: string): void {
  // Line indexes follow the chunks in which the dumps were read.
  const { differences, lineIndexes: _ofSome, ...rest } = some;
  const { differences: all, lineIndexes: _ofWhole, ...expected } = whole;
  assert.deepEqual(rest, expected, context);
  assert.deepEqual(countsOf(differences.overview), countsOf(all.overview), context);
  assert.deepEqual(buildTimeline(some), buildTimeline(whole), context);
  const answers = (list: Comparison['differences']): string[] =>
    Array.from({ length: list.length }, (_, i) =>
      JSON.stringify([
        ...[list.kindAt(i), list.sectionAt(i), list.lastWrittenAt(i)],
        ...(['source', 'mirror'] as const).map((side) => [
          ...[list.timestampAt(i, side), list.partitionAt(i, side), list.tombstoneAt(i, side)],
        ]),
      ]),
    );
  const own = answers(differences);
  // In no order behind those that are described.
  assert.deepEqual([...own].sort(), answers(all).sort(), context);
  for (const { kind: section, groups } of differences.overview.sections) {
    for (const { kind, indexes } of groups) {
      const ofGroup = own.flatMap((answer, i) => (answer.startsWith(`["${kind}","${section}"`) ? [i] : []));
      assert.deepEqual([...indexes], ofGroup, context);
    }
  }
}

function countsOf(overview: DifferenceOverview): unknown {
  const sections = overview.sections.map(({ groups, ...section }) => ({
    ...section,
    groups: groups.map(({ kind, indexes }) => ({ kind, count: indexes.length })),
  }));
  return { ...overview, sections };
}

interface Pair {
  readonly source: string;
  readonly mirror: string;
}

/** Most keys differ, in every way; a third of them are the same, so that timestamps are comparable unless restamped. */
function makePair(random: Random, keys: number, isRestamped: boolean): Pair {
  const lines = { source: [] as string[], mirror: [] as string[] };
  const write = (side: keyof Pair, key: number, at: number, value: string): void => {
    const partition = key % 7 === 0 ? 1500 + (key % 3) : key % 4;
    const time = side === 'mirror' && isRestamped ? at + 1 : at;
    lines[side].push(`CreateTime:${noon + 1000 * time}\tPartition:${partition}\tkey-${key}\t${value}\n`);
  };
  const order = Array.from({ length: keys }, (_, key) => ({ key, by: random.between(0, 1e9) }));
  order.sort((a, b) => a.by - b.by);
  // The mirror's end is at 500, the source's at 1000, so that some are late on either side.
  for (const { key } of order) {
    const at = random.between(0, 400);
    const value = random.between(0, 5) === 0 ? 'null' : `v${random.between(0, 1e6)}`;
    const other = random.between(0, 5) === 0 && value !== 'null' ? 'null' : `w${random.between(0, 1e6)}`;
    switch (random.between(0, 11)) {
      case 0:
      case 1:
        write('source', key, at + (random.between(0, 1) === 0 ? 0 : 500), `v${key}`);
        break;
      case 2:
        write('mirror', key, at, `v${key}`);
        break;
      case 3:
        write('source', key, at + 1, value);
        write('mirror', key, at, other);
        break;
      case 4:
        write('source', key, at, value);
        write('mirror', key, at + 1, other);
        break;
      case 5:
        write('source', key, at, value);
        write('mirror', key, at, other);
        break;
      case 6:
        for (const version of [1, 2, 3]) write('source', key, at + version, `v${version}`);
        write('mirror', key, at + 1, 'v1');
        break;
      case 7:
        for (const version of [1, 2]) write('source', key, at + version, `v${version}`);
        for (const version of [2, 1]) write('mirror', key, at + version, `v${version}`);
        break;
      default:
        write('source', key, at, `v${key}`);
        write('mirror', key, at, `v${key}`);
    }
  }
  return { source: lines.source.join(''), mirror: lines.mirror.join('') };
}
