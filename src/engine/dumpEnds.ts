/**
 * Where a dump ends in time, and where it begins: what is newer on the other side is late, what is older may have been
 * removed by retention.
 */
import type { PartitionSummary } from '../core/comparison.js';

/** Latest timestamps in milliseconds. Plain data. */
export interface DumpEnds {
  /** Null if no record has a timestamp. */
  readonly whole: number | null;
  readonly byPartition: ReadonlyMap<number, number>;
}

export function dumpEnds(partitions: readonly PartitionSummary[]): DumpEnds {
  let whole: number | null = null;
  const byPartition = new Map<number, number>();
  for (const { partition, lastTimestamp } of partitions) {
    if (lastTimestamp === null) continue;
    whole = Math.max(whole ?? lastTimestamp, lastTimestamp);
    if (partition !== null) byPartition.set(partition, lastTimestamp);
  }
  return { whole, byPartition };
}

/** Of a partition, or of the whole dump if it prints no partitions or holds none of this one; null without timestamps. */
export function endOfPartition({ whole, byPartition }: DumpEnds, partition: number): number | null {
  return byPartition.get(partition) ?? whole;
}

/** Earliest timestamps in milliseconds. Plain data. */
export interface DumpStarts {
  readonly byPartition: ReadonlyMap<number, number>;
}

export function dumpStarts(partitions: readonly PartitionSummary[]): DumpStarts {
  const byPartition = new Map<number, number>();
  for (const { partition, firstTimestamp } of partitions) {
    if (firstTimestamp !== null) byPartition.set(partition ?? -1, firstTimestamp);
  }
  return { byPartition };
}

/** Of a partition, -1 for a dump that prints none; null if the dump holds nothing of it with a timestamp. */
export function startOfPartition({ byPartition }: DumpStarts, partition: number): number | null {
  return byPartition.get(partition) ?? null;
}
