/** From when to when a dump's records were written, as a whole and partition by partition. */
import type { DumpSummary, PartitionSummary } from './comparison.js';

/** Milliseconds since 1970 UTC. */
export interface DumpSpan {
  /** Null where no record has a timestamp. */
  readonly start: number | null;
  readonly end: number | null;
  /**
   * The start of a partition; of the whole dump if it prints no partitions or has none of this one, as for late
   * differences.
   */
  startOf(partition: number | null): number | null;
  /** The end of a partition, likewise. */
  endOf(partition: number | null): number | null;
}

export function dumpSpan({ partitions }: Pick<DumpSummary, 'partitions'>): DumpSpan {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  const partitionsByNumber = new Map<number | null, PartitionSummary>();
  for (const summary of partitions) {
    const { partition, firstTimestamp, lastTimestamp } = summary;
    if (firstTimestamp === null || lastTimestamp === null) continue;
    partitionsByNumber.set(partition, summary);
    start = Math.min(start, firstTimestamp);
    end = Math.max(end, lastTimestamp);
  }
  if (partitionsByNumber.size === 0) return { start: null, end: null, startOf: () => null, endOf: () => null };
  return {
    start,
    end,
    startOf: (partition) => partitionsByNumber.get(partition)?.firstTimestamp ?? start,
    endOf: (partition) => partitionsByNumber.get(partition)?.lastTimestamp ?? end,
  };
}
