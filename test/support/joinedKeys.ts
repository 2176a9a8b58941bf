/** Keys of every kind as hand-made tuples have them, and random ones, for tests of the join alone. */
import fc from 'fast-check';
import type { Side } from '../../src/core/record.js';
import type { DumpEnds } from '../../src/engine/dumpEnds.js';
import { highestPartition } from '../../src/engine/tuple.js';

/** A record of a key; -1 for what it has not, 0 for a null value. */
export interface TestRecord {
  readonly value: number;
  readonly timestamp: number;
  readonly partition: number;
  readonly offset: number;
}

export interface TestKey {
  readonly source: readonly TestRecord[];
  readonly mirror: readonly TestRecord[];
}

export interface TestTopic {
  /** At position i, the records of the key with hash i + 1. */
  readonly keys: readonly TestKey[];
  readonly hasOffsets: Readonly<Record<Side, boolean>>;
  readonly ends: Readonly<Record<Side, DumpEnds>>;
  readonly everyRecordCounts: boolean;
  readonly comparesJson: boolean;
}

const randomRecords = fc
  .record({
    records: fc.array(
      fc.record({
        value: fc.constantFrom(0, 1, 1, 2, 2),
        timestamp: fc.integer({ min: 1, max: 5 }),
        // Where offsets are printed and not as they should be.
        offset: fc.integer({ min: -1, max: 3 }),
      }),
      { maxLength: 6, size: 'max' },
    ),
    isInOrder: fc.boolean(),
    repeatedTimes: fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 20),
    isTimed: fc.constantFrom(true, true, true, true, true, true, true, false),
  })
  .map(({ records, isInOrder, repeatedTimes, isTimed }) => {
    const times = records.map(({ timestamp }) => timestamp);
    if (isInOrder) times.sort((a, b) => a - b);
    const made = records.map((record, i) => ({ ...record, timestamp: isTimed ? (times[i] as number) : -1 }));
    return Array.from({ length: repeatedTimes }, (_, turn) =>
      made.map((record) => ({
        ...record,
        timestamp: isInOrder && isTimed ? record.timestamp + 5 * turn : record.timestamp,
      })),
    ).flat();
  });

type Records = readonly Omit<TestRecord, 'partition'>[];

/** What a mirror, and someone else who writes to it, makes of a key's records. */
const changes: readonly ((records: Records, others: Records) => Records)[] = [
  (records) => records,
  () => [],
  (records, others) => records.map((record, i) => ({ ...record, timestamp: others[i]?.timestamp ?? 3 })),
  (_, others) => others,
  (records) => records.slice(0, Math.ceil(records.length / 2)),
  (records) => records.filter((_, i) => i % 2 === 0 || i === records.length - 1),
  (records, others) => [...records, ...others],
  (records, others) => [...records.filter((_, i) => i % 2 === 0), ...others.slice(0, 1)],
  (records, others) => [...records.slice(0, -1), ...others.slice(0, 1)],
  (records) => [...records.slice(1), ...records.slice(0, 1)],
  (records) => [...records, ...records.slice(-1)],
];

/** The kernel knows the ends of partitions up to 1023. */
const partitions = [-1, 0, 1, 1023, 1024, highestPartition];

/** Another partition, once in so many times. */
const rarely = (times: number): fc.Arbitrary<number | null> =>
  fc.oneof(
    { weight: times - 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...partitions) },
  );

const randomKey = fc
  .record({
    records: randomRecords,
    others: randomRecords,
    change: fc.constantFrom(...changes),
    isSwapped: fc.boolean(),
    partition: fc.constantFrom(0, 0, 0, 1, 1, 1, ...partitions),
    mirrorPartition: rarely(8),
    lastPartition: rarely(20),
    hasStrangeOffsets: fc.constantFrom(false, false, false, false, false, true),
  })
  .map(({ records, others, change, isSwapped, partition, mirrorPartition, lastPartition, hasStrangeOffsets }) => {
    const finish = (made: Records, partitionOfSide: number): TestRecord[] =>
      made.map((record, i) => ({
        ...record,
        partition: i === made.length - 1 ? (lastPartition ?? partitionOfSide) : partitionOfSide,
        offset: hasStrangeOffsets ? record.offset : 2 * i,
      }));
    const [one, other] = [records, change(records, others)];
    return {
      source: finish(isSwapped ? other : one, partition),
      mirror: finish(isSwapped ? one : other, mirrorPartition ?? partition),
    };
  })
  .filter(({ source, mirror }) => source.length + mirror.length > 0);

const randomEnds = fc
  .record({
    whole: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 10 }),
    byPartition: fc.array(fc.tuple(fc.constantFrom(...partitions), fc.integer({ min: 0, max: 5 }))),
  })
  .map(({ whole, byPartition }): DumpEnds => ({ whole, byPartition: new Map(byPartition) }));

export const randomTopic: fc.Arbitrary<TestTopic> = fc.record({
  keys: fc.array(randomKey, { minLength: 1, maxLength: 30, size: 'max' }),
  hasOffsets: fc.record({ source: fc.boolean(), mirror: fc.boolean() }),
  ends: fc.record({ source: randomEnds, mirror: randomEnds }),
  everyRecordCounts: fc.constantFrom(false, false, false, false, false, true),
  comparesJson: fc.constantFrom(false, false, false, false, false, true),
});
