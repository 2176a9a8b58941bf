/** The engine against the oracle on random topics: whole dumps from a seed, and tiny ones that fast-check shrinks. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Comparison } from '../../src/core/comparison.js';
import { type CleanupPolicy, readBothAs } from '../../src/core/options.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { keyHistory } from '../../src/engine/keyHistory.js';
import type { EngineTuning } from '../../src/engine/plan.js';
import { assertAgrees, assertValues } from '../support/assertAgrees.js';
import { assertUnmatched } from '../support/assertUnmatched.js';
import { compareByReference, type ReferenceOptions } from '../support/reference.js';
import { pathText } from '../support/referenceJson.js';
import { dumpOf, shorthandOptions } from '../support/shorthand.js';
import { makeTopicPair } from '../support/topics.js';

/**
 * Blocks and chunks so small that cuts fall within prefixes, separators, keys and characters; several hash partitions,
 * and memory for one page of tuples, so that the rest is spilled. With the kernel, and without it.
 */
const tunings: readonly EngineTuning[] = [
  {},
  { blockBytes: 7, chunkBytes: 401 },
  { blockBytes: 64, chunkBytes: 307, partitions: 4, storeBytes: 1 },
  { blockBytes: 1000, chunkBytes: 999, partitions: 2 },
  { kernel: false },
  { kernel: false, blockBytes: 7, partitions: 4, storeBytes: 1 },
];

const lastSeed = 300;
/** What at least one of the pairs must have been through. */
const shapes = [
  ...['hot keys', 'values toggle', 'keys in several partitions', 'keyless records', 'everything deleted'],
  ...['source has no keys', 'mirror has no keys', 'by partition', 'values as JSON', 'places are ignored'],
  ...['policy compact', 'policy delete', 'policy compact,delete', 'equal timestamps', 'mirror restamped'],
  ...['source: offsets', 'mirror: newest first', 'source: cut tail', 'mirror: cut tail', 'source: no timestamps'],
];

interface Pair {
  readonly source: Buffer;
  readonly mirror: Buffer;
  readonly options: ReferenceOptions;
  readonly description: string;
}

interface Way {
  readonly tuning: EngineTuning;
  readonly isSeparatorGiven: boolean;
}

describe('random topics', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'random-topics-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** Compares one pair in several ways; all must say what the oracle says. */
  async function check({ source, mirror, options, description }: Pair, ways: readonly Way[]): Promise<void> {
    const reference = compareByReference(source, mirror, options);
    const request = { source: join(folder, 'source.txt'), mirror: join(folder, 'mirror.txt') };
    await writeFile(request.source, source);
    await writeFile(request.mirror, mirror);
    const { cleanupPolicy, nullLiteral, byPartition, jsonWithout } = options;
    const valueComparison = jsonWithout === null ? 'exact' : 'json';
    const ignoredPaths = (jsonWithout ?? []).map(pathText);
    for (const way of ways) {
      const { tuning, isSeparatorGiven } = way;
      // The engine is given one separator for both dumps or none.
      const isGiven = isSeparatorGiven && options.separator.source === options.separator.mirror;
      const separator = isGiven ? options.separator.source : null;
      const context = `${description}; ${JSON.stringify(tuning)}, separator ${isGiven ? 'given' : 'found out'}`;
      const comparison = await compareDumps({
        ...request,
        options: {
          ...{ cleanupPolicy, byPartition, valueComparison, ignoredPaths },
          ...readBothAs({ nullLiteral, separator }),
        },
        tuning,
      }).catch((error: unknown) => {
        throw new Error(context, { cause: error });
      });
      assertAgrees(comparison, reference, context);
      await assertValues(comparison, reference, context);
      assertUnmatched(comparison, source, mirror, options, context);
      if (way === ways[0]) await assertHistory(comparison, tuning, context);
    }
  }

  const allWays = tunings.flatMap((tuning) => [true, false].map((isSeparatorGiven) => ({ tuning, isSeparatorGiven })));
  /** Two of all ways, others for each seed. */
  const someWays = (seed: number): Way[] => allWays.filter((_, index) => index % 6 === seed % 6);

  const seedsPerTest = 25;
  for (let first = 1; first <= lastSeed; first += seedsPerTest) {
    const last = first + seedsPerTest - 1;
    it(`seeds ${first} to ${last}`, async () => {
      for (let seed = first; seed <= last; seed++) {
        await check(makeTopicPair(seed), seed % 10 === 0 ? allWays : someWays(seed));
      }
    }).timeout(60_000);
  }

  it('the seeds make every shape', () => {
    const made = new Set<string>();
    for (let seed = 1; seed <= lastSeed; seed++) for (const event of makeTopicPair(seed).events) made.add(event);
    const missing = shapes.filter((shape) => !made.has(shape));
    assert.deepEqual(missing, []);
  });

  it('tiny dumps of two keys', async () => {
    await fc.assert(
      fc.asyncProperty(tinyPair, async ({ source, mirror, ...chosen }) => {
        const options = { ...shorthandOptions, ...chosen };
        const description = `${source} | ${mirror}, ${JSON.stringify(chosen)}`;
        const pair = { source: dumpOf(source), mirror: dumpOf(mirror), options, description };
        await check(pair, [
          { tuning: {}, isSeparatorGiven: true },
          { tuning: { kernel: false }, isSeparatorGiven: true },
        ]);
      }),
      { numRuns: 250 },
    );
  }).timeout(60_000);
});

/** The history of the first differing key says of it what the comparison says, from its records alone. */
async function assertHistory(comparison: Comparison, tuning: EngineTuning, context: string): Promise<void> {
  const difference = comparison.differences.at(0);
  if (difference === undefined) return;
  const { source, mirror, ...expected } = difference;
  const { key, keyBase64 } = difference;
  const bytes = keyBase64 === null ? Buffer.from(key, 'utf8') : Buffer.from(keyBase64, 'base64');
  const partition = comparison.options.byPartition ? ((source ?? mirror)?.partition ?? null) : null;
  const { records, rows, ...facts } = await keyHistory(comparison, { key: bytes, partition }, tuning);
  assert.deepEqual(facts, expected, context);
  const counts = [records.source.length, records.mirror.length];
  assert.deepEqual(counts, [source?.occurrences ?? 0, mirror?.occurrences ?? 0], context);
  for (const side of ['source', 'mirror'] as const) {
    const places = rows.flatMap((row) => row[side] ?? []).sort((a, b) => a - b);
    assert.deepEqual(places, [...records[side].keys()], `${context}: each record of the ${side} once`);
  }
}

interface TinyRecord {
  readonly key: string;
  readonly value: string;
  readonly time: number | null;
  readonly partition: number;
  /** Orders the records by offset, where offsets are printed. */
  readonly rank: number;
}

const tinyRecords: fc.Arbitrary<TinyRecord[]> = fc.array(
  fc.record({
    key: fc.constantFrom('k', 'k', 'k', 'l', '-'),
    // As JSON, `1`, `1.0` and `10e-1` are the same.
    value: fc.constantFrom('a', 'b', '1', '1.0', '10e-1', '-'),
    time: fc.option(fc.integer({ min: 2, max: 6 }), { freq: 30 }),
    partition: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    rank: fc.integer({ min: 0, max: 9 }),
  }),
  { maxLength: 7 },
);

/** Dumps in shorthand. Keys that are the same on both sides settle, mostly, whether timestamps are comparable. */
const tinyPair = fc
  .record({
    sourceRecords: tinyRecords,
    mirrorRecords: tinyRecords,
    sourceOffsets: fc.boolean(),
    mirrorOffsets: fc.boolean(),
    isRestamped: fc.boolean(),
    cleanupPolicy: fc.constantFrom<CleanupPolicy>('compact', 'delete'),
    byPartition: fc.boolean(),
    jsonWithout: fc.constantFrom(null, []),
  })
  .map(({ sourceRecords, mirrorRecords, sourceOffsets, mirrorOffsets, isRestamped, ...options }) => ({
    source: toShorthand([...sameKeys(0), ...sourceRecords], sourceOffsets),
    mirror: toShorthand([...sameKeys(isRestamped ? 1 : 0), ...mirrorRecords], mirrorOffsets),
    ...options,
  }));

function sameKeys(time: number): TinyRecord[] {
  return ['x', 'y', 'z'].map((key) => ({ key, value: 'v', time, partition: 0, rank: 0 }));
}

function toShorthand(records: readonly TinyRecord[], hasOffsets: boolean): string {
  return records
    .map(({ key, value, time, partition, rank }, index) =>
      [
        `${key}=${value}`,
        time === null ? '' : `@${time}`,
        `/${partition}`,
        hasOffsets ? `#${rank * records.length + index}` : '',
      ].join(''),
    )
    .join(' ');
}
