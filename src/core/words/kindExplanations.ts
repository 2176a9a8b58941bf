/**
 * What usually leads to a kind of difference, and what to check next: said wherever a group of keys is explained. For
 * keys written after the other side's end, that end explains them, whatever their kind.
 */
import type { Late } from '../comparison.js';
import type { DifferenceKind, SectionKind } from '../differenceGroups.js';
import type { DifferenceOverview } from '../differenceOverview.js';

export interface Explanation {
  /** What usually leads to it, the most frequent first. Goes on after "usually". */
  readonly usually: string;
  /** Where to look next. Goes on after "check". */
  readonly check: string;
}

/**
 * MirrorMaker 2 reads `read_uncommitted` unless its consumers are configured otherwise: what a transaction wrote
 * before it was aborted is then an ordinary record of the mirror, while a dump of the source that reads
 * `read_committed` does not have it.
 */
const abortedTransactions =
  'records of an aborted transaction, which MirrorMaker 2 copies as if they were committed unless its consumers read with isolation.level=read_committed';

export const kindExplanations: Readonly<Record<DifferenceKind, Explanation>> = {
  missing: {
    usually:
      'a record lost on the way (too large for the mirror’s topic, skipped after an error, or written before the replicator’s first read), or removed on the mirror by retention',
    check:
      'the replicator’s log at that time; max.message.bytes, cleanup.policy and retention.ms of the mirror’s topic; where the replicator started (auto.offset.reset)',
  },
  diverged: {
    usually: `two writers, ${abortedTransactions}, or values changed on the way by a converter or transform`,
    check:
      'who may write to the mirror; whether producers use transactions, and the replicator’s isolation.level; its converters; both values side by side',
  },
  stale: {
    usually: 'an update lost on the way, or one that had not arrived when the mirror was dumped',
    check:
      'whether the replicator’s lag was at zero before the dump; its log for skipped or failed records at that time',
  },
  reordered: {
    usually:
      'a dump taken in the middle of a repeated delivery, or a key that moved to another partition (partition count or partitioner changed)',
    check: 'dump the mirror again once the replicator’s lag is at zero; compare the partition counts of both topics',
  },
  ahead: {
    usually: `someone else who writes to the mirror, a source that was dumped earlier, or ${abortedTransactions}`,
    check:
      'who may write to the mirror (producers that were switched over already); whether both consumers were stopped together; the replicator’s isolation.level',
  },
  extra: {
    usually: `a delete that did not reach the mirror and whose tombstone has expired at the source (delete.retention.ms), someone else who writes to the mirror, or ${abortedTransactions}`,
    check:
      'whether the key was deleted at the source, and when the replicator last ran before that; who may write to the mirror; the replicator’s isolation.level',
  },
};

export const lateExplanations: Readonly<Record<Late, Explanation>> = {
  afterMirrorEnd: {
    usually: 'the replicator had stopped or lagged when the mirror was dumped, or the mirror was dumped first',
    check:
      'that the replicator runs and its lag is at zero (kafka-consumer-groups --describe; MirrorMaker 2: record-age-ms), then dump both sides again, side by side',
  },
  afterSourceEnd: {
    usually:
      'a second writer (a producer that was switched to the new cluster already, a service that writes to both), or consumers that were not stopped together, the source’s first',
    check:
      'whether the source has gone on since its dump (its end offsets now). If it has not, someone else writes to the mirror: find who may (kafka-acls --list)',
  },
};

/** Keys that only a mirror has which stopped early. */
const onlyOnEndedMirror: Explanation = {
  usually:
    'deleted at the source after the mirror had stopped, so that it never saw the delete, and the tombstone has expired since (delete.retention.ms)',
  check: 'whether these keys were deleted at the source; if nobody did, who may write to the mirror',
};

/** For the keys of one kind in one section. */
export function explanationOf(
  kind: DifferenceKind,
  section: SectionKind,
  { afterMirrorEnd }: Pick<DifferenceOverview, 'afterMirrorEnd'>,
): Explanation {
  if (section !== 'inTime') return lateExplanations[section];
  return kind === 'extra' && afterMirrorEnd.count > 0 ? onlyOnEndedMirror : kindExplanations[kind];
}
