/** Where the partitions of both dumps end, by how much one side is shorter, and which partitions stopped early. */
import type { Comparison, Late, PartitionSummary } from './comparison.js';
import type { Tally } from './differenceTally.js';
import { dumpSpan } from './dumpSpan.js';
import type { Side } from './record.js';

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

/** A partition of a dump that ended before the dump did, although the other side went on in it. */
export interface StoppedPartition {
  readonly side: Side;
  readonly partition: number;
  /** Its last timestamp, in milliseconds since 1970 UTC. */
  readonly end: number;
  /** The keys that were written on the other side after that. */
  readonly late: Tally;
}

/** The side whose end late keys came after. */
export function endedSide(late: Late): Side {
  return late === 'afterMirrorEnd' ? 'mirror' : 'source';
}

/** Those in which some of the late keys were written while other partitions of the dump went on; the earliest first. */
export function stoppedPartitions(comparison: Comparison, late: Late): StoppedPartition[] {
  const side = endedSide(late);
  const { end: dumpEnd } = dumpSpan(comparison[side]);
  if (dumpEnd === null) return [];
  const tallies = new Map(comparison.differences.overview[late].partitions.map((tally) => [tally.partition, tally]));
  return comparison[side].partitions
    .flatMap(({ partition, lastTimestamp: end }): StoppedPartition[] => {
      const tally = tallies.get(partition);
      if (partition === null || end === null || !tally?.times || tally.times.first > dumpEnd) return [];
      return [{ side, partition, end, late: tally }];
    })
    .sort((a, b) => a.end - b.end);
}
