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
 * The partitions that do not end at the same moment on both sides, those whose mirror is furthest behind first; where
 * timestamps cannot be compared, those that do not end at the same offset, as far as both dumps print offsets. Empty
 * where partitions are not printed.
 */
export function unequalEnds({ source, mirror, timestampsComparable }: Comparison): PartitionEnds[] {
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
      const isKnown = timestampsComparable && atSource !== null && onMirror !== null;
      return { partition, ...both, behindMs: isKnown ? atSource - onMirror : null };
    })
    .filter((ends) => (timestampsComparable ? ends.behindMs !== 0 : haveUnequalOffsets(ends)))
    .sort(
      (a, b) =>
        (b.behindMs ?? Number.POSITIVE_INFINITY) - (a.behindMs ?? Number.POSITIVE_INFINITY) ||
        a.partition - b.partition,
    );
}

function haveUnequalOffsets({ source, mirror }: PartitionEnds): boolean {
  const [atSource, onMirror] = [source?.lastOffset ?? null, mirror?.lastOffset ?? null];
  return atSource !== null && onMirror !== null && atSource !== onMirror;
}
