/**
 * A record that a dump ends in the middle of may be the latest of its key: the key stays out of the comparison on both
 * sides, and its records out of the counts.
 */
import type { PartitionSummary } from '../core/comparison.js';
import type { Side } from '../core/record.js';
import type { RecordCounts } from './laneProtocol.js';
import { type LaneDirectory, partitionBytes, readPartition } from './partitionStore.js';
import { partitionOf, Tuples } from './tuple.js';
import { PartitionStatistics } from './tupleSink.js';

/** Counts of one dump without the records that are set aside. */
export interface RemainingCounts {
  readonly records: number;
  readonly tombstones: number;
  readonly keyless: number;
  readonly truncated: number;
  readonly partitions: readonly PartitionSummary[];
  readonly untimed: number;
}

export interface StoredRecords {
  readonly directories: readonly LaneDirectory[];
  readonly partitions: number;
  readonly keylessPartitions: number;
  readonly tupleBytes: Readonly<Record<Side, number>>;
}

/** @param cut whether this dump has the cut record itself, which is stored nowhere */
export function withoutSetAside(
  stored: StoredRecords,
  side: Side,
  counts: RecordCounts,
  keys: readonly Uint32Array[],
  cut: boolean,
): RemainingCounts {
  let removed = 0;
  let tombstones = 0;
  let untimed = 0;
  for (const key of distinct(keys)) {
    for (const tuples of tuplesOf(stored, side, partitionOf(key, stored.partitions))) {
      for (let row = 0; row < tuples.length; row++) {
        if (!tuples.hasKeyHash(row, key)) continue;
        removed++;
        if (tuples.isTombstone(row)) tombstones++;
        if (tuples.timestamp(row) === -1) untimed++;
      }
    }
  }
  return {
    records: counts.records - removed,
    tombstones: counts.tombstones - tombstones,
    keyless: counts.keyless,
    truncated: removed + (cut ? 1 : 0),
    // Its records may be the first or the last of their partitions: those are found anew.
    partitions: removed === 0 ? counts.partitions : partitionsWithout(stored, side, keys),
    untimed: counts.untimed - untimed,
  };
}

function partitionsWithout(stored: StoredRecords, side: Side, keys: readonly Uint32Array[]): PartitionSummary[] {
  const statistics = new PartitionStatistics();
  for (let partition = 0; partition < stored.partitions + stored.keylessPartitions; partition++) {
    const here = keys.filter(
      (key) => partition < stored.partitions && partitionOf(key, stored.partitions) === partition,
    );
    for (const tuples of tuplesOf(stored, side, partition)) {
      for (let row = 0; row < tuples.length; row++) {
        if (here.some((key) => tuples.hasKeyHash(row, key))) continue;
        statistics.add(tuples.partition(row), tuples.timestamp(row), tuples.offset(row));
      }
    }
  }
  return statistics.rows();
}

function* tuplesOf({ directories, tupleBytes }: StoredRecords, side: Side, partition: number): Generator<Tuples> {
  for (const lane of directories) {
    const bytes = new Uint8Array(partitionBytes(lane, side, partition));
    readPartition(lane, side, partition, bytes);
    yield new Tuples(bytes.buffer, 0, bytes.length / tupleBytes[side], tupleBytes[side]);
  }
}

function distinct(keys: readonly Uint32Array[]): Uint32Array[] {
  return keys.filter((key, i) => keys.findIndex((other) => other.join() === key.join()) === i);
}
