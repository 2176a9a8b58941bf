/** Where a dump ends in time: what is newer on the other side is late. */
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
