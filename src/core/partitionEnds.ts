/** Where the partitions of both dumps end, and by how much one side is shorter. */
import type { Comparison, PartitionSummary } from './comparison.js';

export interface PartitionEnds {
  readonly partition: number;
  /** Null where that dump has nothing of the partition. */
  readonly source: PartitionSummary | null;
  readonly mirror: PartitionSummary | null;
  /** The source's last timestamp less the mirror's, in milliseconds; null if one is not known. */
  readonly behindMs: number | null;
}

/**
 * The partitions that do not end at the same moment on both sides, those whose mirror is furthest behind first. Empty
 * where partitions are not printed, or timestamps cannot be compared.
 */
export function unequalEnds({ source, mirror, timestampsComparable }: Comparison): PartitionEnds[] {
  if (!timestampsComparable) return [];
  const ends = new Map<number, { source: PartitionSummary | null; mirror: PartitionSummary | null }>();
  for (const [side, { partitions }] of [
    ['source', source],
    ['mirror', mirror],
  ] as const) {
    for (const summary of partitions) {
      if (summary.partition === null) continue;
      const both = ends.get(summary.partition) ?? { source: null, mirror: null };
      both[side] = summary;
      ends.set(summary.partition, both);
    }
  }
  const last = (summary: PartitionSummary | null): number | null => summary?.lastTimestamp ?? null;
  return [...ends]
    .map(([partition, both]) => {
      const [atSource, onMirror] = [last(both.source), last(both.mirror)];
      return { partition, ...both, behindMs: atSource === null || onMirror === null ? null : atSource - onMirror };
    })
    .filter(({ behindMs }) => behindMs !== 0)
    .sort(
      (a, b) =>
        (b.behindMs ?? Number.POSITIVE_INFINITY) - (a.behindMs ?? Number.POSITIVE_INFINITY) ||
        a.partition - b.partition,
    );
}
