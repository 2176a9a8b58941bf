/**
 * What to check next: for each thing that a comparison shows, what usually leads to it and where to look, the most
 * pressing first. Every entry follows from a number of the comparison; nothing is guessed that it does not show.
 */
import type { Comparison, Late, WarningCode } from '../comparison.js';
import { differenceKinds } from '../differenceGroups.js';
import { dumpSpan } from '../dumpSpan.js';
import { olderKeys } from '../olderKeys.js';
import { stoppedPartitions } from '../partitionEnds.js';
import { type Explanation, explanationOf, kindExplanations, lateExplanations } from './kindExplanations.js';
import { kindLabels } from './labels.js';
import { fewestForPattern } from './lossWords.js';
import { counted, listed } from './numbers.js';
import { unmatchedCounts } from './recordWords.js';

export interface Check extends Explanation {
  /** What the comparison shows, in a few words: `Stale: 12 keys`. */
  readonly about: string;
}

type Rule = (comparison: Comparison) => readonly Check[];

/** Empty if there is nothing to look into. */
export function whatToCheck(comparison: Comparison): Check[] {
  return rules.flatMap((rule) => rule(comparison));
}

/** A share of records from which on something is the rule, not an accident. */
const mostOf = 0.8;

const rules: readonly Rule[] = [
  whetherSameTopic,
  whetherWhole,
  (comparison) => stoppedEarly(comparison, 'afterMirrorEnd'),
  // Says more than what leads to each kind by itself.
  lostAtTheEnd,
  lostInTime,
  deletesInTime,
  lostRecords,
  removedByRetention,
  afterMirrorEnd,
  onlyOnMirror,
  afterSourceEnd,
  (comparison) => stoppedEarly(comparison, 'afterSourceEnd'),
  whetherTimesAreKept,
  movedKeys,
  deliveredAgain,
  withoutKey,
  lessCompacted,
];

function whetherSameTopic({ keys, source, mirror }: Comparison): Check[] {
  if ((source.keys === 0) !== (mirror.keys === 0)) {
    return [
      {
        about: `The ${source.keys === 0 ? 'source' : 'mirror'} has no key at all`,
        usually: 'its consumer ran without print.key=true, its keys print as the text for null, or it is another topic',
        check: 'the command that made the dump; the setting for the text that stands for null',
      },
    ];
  }
  if (keys.same + keys.deleted + keys.modified > 0 || keys.missing === 0 || keys.extra === 0) return [];
  return [
    {
      about: 'No key is on both sides',
      usually:
        'dumps of two different topics, or keys that are printed differently (another deserializer or separator)',
      check: 'the topic of each dump, and how the keys look in the list of differences',
    },
  ];
}

function whetherWhole({ source, mirror }: Comparison): Check[] {
  const signs: readonly WarningCode[] = ['truncated-tail', 'count-mismatch', 'unreadable-records'];
  const sides = [
    ...(source.warnings.some(({ code }) => signs.includes(code)) ? ['source'] : []),
    ...(mirror.warnings.some(({ code }) => signs.includes(code)) ? ['mirror'] : []),
  ];
  if (sides.length === 0) return [];
  return [
    {
      about: `The dump of the ${listed(sides)} may not be whole`,
      usually: 'a consumer that was killed, a full disk, or a file that was cut or edited',
      check: 'the warnings below; dump it again',
    },
  ];
}

function stoppedEarly(comparison: Comparison, late: Late): Check[] {
  const stopped = stoppedPartitions(comparison, late);
  if (stopped.length === 0) return [];
  const numbers = stopped.map(({ partition }) => String(partition));
  const named =
    numbers.length <= 5
      ? `${numbers.length === 1 ? 'Partition' : 'Partitions'} ${listed(numbers)}`
      : counted(numbers.length, 'partition');
  if (late === 'afterSourceEnd') {
    return [
      {
        about: `${named} of the source ended early`,
        usually:
          'a consumer that lost the partition before it had read it to its end, or someone else who writes to the mirror',
        check: 'dump the source again; who may write to the mirror',
      },
    ];
  }
  return [
    {
      about: `${named} of the mirror stopped early`,
      usually: 'the replicator’s task for it failed or hangs, or the partition has no leader on the new cluster',
      check:
        'the status of the replicator’s tasks, its lag by partition, and kafka-topics --describe on the new cluster',
    },
  ];
}

function lostInTime({ differences }: Comparison): Check[] {
  const { kinds } = differences.overview.lost;
  return differenceKinds
    .filter((kind) => kinds[kind] > 0)
    .map((kind) => ({
      about: `${kindLabels[kind].title}: ${counted(kinds[kind], 'key')}`,
      ...explanationOf(kind, 'inTime', differences.overview),
    }));
}

/** No loss, so it comes after what the mirror lacks. */
function onlyOnMirror({ differences }: Comparison): Check[] {
  const { count: keys } = differences.overview.onlyOnMirror;
  if (keys === 0) return [];
  return [
    {
      about: `${kindLabels.extra.title}: ${counted(keys, 'key')}`,
      ...explanationOf('extra', 'inTime', differences.overview),
    },
  ];
}

function deletesInTime({ differences }: Comparison): Check[] {
  const { deletedAtSource } = differences.overview.lost;
  if (deletedAtSource === 0) return [];
  return [
    {
      about: `Deleted at the source, with a value on the mirror: ${counted(deletedAtSource, 'key')}`,
      usually: 'a delete that was not replicated: a transform or converter dropped the null value',
      check: 'whether any tombstone of the source is on the mirror; the replicator’s transforms',
    },
  ];
}

/** Where every record counts, also those of keys that end alike. */
function lostRecords(comparison: Comparison): Check[] {
  if (comparison.options.cleanupPolicy !== 'delete') return [];
  const { source, mirror } = unmatchedCounts(comparison);
  const [lost, onlyThere] = [source.lost, mirror.lost];
  return [
    ...(lost === 0 ? [] : [{ about: `Lost: ${counted(lost, 'record')}`, ...kindExplanations.missing }]),
    ...(onlyThere === 0
      ? []
      : [{ about: `Only on the mirror: ${counted(onlyThere, 'record')}`, ...kindExplanations.ahead }]),
  ];
}

function removedByRetention(comparison: Comparison): Check[] {
  const older = olderKeys(comparison, 'source');
  if (older === 0 || comparison.options.cleanupPolicy === 'compact,delete') return [];
  return [
    {
      about: `Older than everything on the mirror: ${counted(older, 'missing key')}`,
      usually:
        'the mirror’s topic removes old records (cleanup.policy=delete is the default), or the replicator began at the newest records',
      check: 'cleanup.policy and retention.ms of the mirror’s topic; auto.offset.reset=earliest in the replicator',
    },
  ];
}

function afterMirrorEnd(comparison: Comparison): Check[] {
  const after = afterWholeEnd(comparison, 'afterMirrorEnd');
  if (after === 0) return [];
  return [{ about: `After the mirror’s end: ${counted(after, 'key')}`, ...lateExplanations.afterMirrorEnd }];
}

function afterSourceEnd(comparison: Comparison): Check[] {
  const after = afterWholeEnd(comparison, 'afterSourceEnd');
  if (after === 0) return [];
  return [{ about: `After the source’s end: ${counted(after, 'key')}`, ...lateExplanations.afterSourceEnd }];
}

/** Late keys outside the partitions that stopped early. */
function afterWholeEnd(comparison: Comparison, late: Late): number {
  const stopped = stoppedPartitions(comparison, late).reduce((sum, partition) => sum + partition.late.count, 0);
  return comparison.differences.overview[late].count - stopped;
}

/** Where times cannot be compared, nothing is called late; but the source's own times may show that it is. */
function lostAtTheEnd({ timestampsComparable, source, differences }: Comparison): Check[] {
  const { lost } = differences.overview;
  const [only] = lost.partitions;
  const { end, endOf } = dumpSpan(source);
  if (timestampsComparable || lost.count < fewestForPattern) return [];
  if (lost.times?.last !== (lost.partitions.length === 1 ? endOf(only?.partition ?? null) : end)) return [];
  return [
    {
      about: 'The last writes at the source are among what differs',
      usually: 'a copy that had ended, or had not caught up, before everything was read',
      check: 'up to which offset of the source the copy read; run it to the end, and dump the mirror again',
    },
  ];
}

function whetherTimesAreKept({ timestampsComparable, source, mirror, keys }: Comparison): Check[] {
  if (timestampsComparable) return [];
  const types = [...source.timestampTypes, ...mirror.timestampTypes];
  if (types.includes('none')) {
    return [
      {
        about: 'Not every record has a timestamp',
        usually: 'consumers that ran without print.timestamp=true, or producers of before Kafka 0.10',
        check: 'dump both sides with timestamps: then lost records can be told from late ones',
      },
    ];
  }
  // Without a key that is the same on both sides, nothing shows what the copy does to timestamps.
  if (keys.same === 0) return [];
  const isAppendTime =
    mirror.timestampTypes.includes('LogAppendTime') && !source.timestampTypes.includes('LogAppendTime');
  return [
    isAppendTime
      ? {
          about: 'The mirror has other timestamps: LogAppendTime',
          usually: 'message.timestamp.type=LogAppendTime on the mirror’s topic or as its cluster’s default',
          check:
            'whether that is meant: time-based retention and lookups by time start at the copy. CreateTime keeps the source’s times',
        }
      : {
          about: 'The mirror has other timestamps than the source',
          usually: 'a copier that stamps each record anew (MirrorMaker 2 keeps the source’s times)',
          check:
            'how the copy was made, and whether it read to the source’s end: time-based retention starts at the copy, too',
        },
  ];
}

function movedKeys({ keysInSeveralPartitions, mirror, options }: Comparison): Check[] {
  const isMoved = mirror.warnings.some(({ code }) => code === 'key-partition-changed');
  if (options.byPartition || (!isMoved && keysInSeveralPartitions.length === 0)) return [];
  return [
    {
      about: isMoved
        ? 'Keys in other partitions than at the source'
        : `In several partitions: ${counted(keysInSeveralPartitions.length, 'key')}`,
      usually: 'another partitioner or another partition count (MirrorMaker 2 keeps a record’s partition)',
      check:
        'the partition counts of both topics; whether consumers rely on a key’s partition. --by-partition compares each partition by itself',
    },
  ];
}

function deliveredAgain({ source, ledger, keylessDifferences, options }: Comparison): Check[] {
  const again = ledger.mirror.repeated + keylessDifferences.repeatedInMirror;
  if (again === 0) return [];
  const nearlyAll = again >= mostOf * source.records;
  const harm =
    options.cleanupPolicy === 'delete'
      ? 'Consumers of the mirror read them twice.'
      : 'Harmless where only the latest value of a key counts.';
  return [
    {
      about: `Delivered again to the mirror: ${counted(again, 'record')}${nearlyAll ? ', nearly everything' : ''}`,
      usually: nearlyAll
        ? 'a replicator that started over from the beginning: its committed offsets were lost, or it was stopped hard before it committed any'
        : 'a replicator that was restarted and went on from its last committed offsets (at-least-once delivery)',
      check: `its restarts, and its offsets topic (MirrorMaker 2: mm2-offsets.…). ${harm}`,
    },
  ];
}

function withoutKey({ source, mirror, options }: Comparison): Check[] {
  if (options.cleanupPolicy !== 'compact' || source.keyless + mirror.keyless === 0) return [];
  return [
    {
      about: 'Records without a key',
      usually:
        'a topic that is not compacted, since those take no record without a key; or a key that is the text for null',
      check: 'cleanup.policy of both topics. If it is delete, every record counts: compare with cleanup policy delete',
    },
  ];
}

function lessCompacted({ verdict, ledger, source, mirror }: Comparison): Check[] {
  if (verdict === 'different') return [];
  const sides = [
    { side: 'mirror', other: 'source', older: ledger.mirror.superseded, records: mirror.records },
    { side: 'source', other: 'mirror', older: ledger.source.superseded, records: source.records },
  ];
  return sides
    .filter(({ older, records }) => 2 * older > records)
    .map(({ side, other, older }) => ({
      about: `The ${side} is hardly compacted: it still holds ${counted(older, 'older version')} that the ${other} has compacted`,
      usually: 'default settings of the topic, under which the log cleaner comes late; no data is missing for that',
      check:
        'min.cleanable.dirty.ratio, segment.ms and segment.bytes of both topics; it costs disk and the time of consumers that start afresh',
    }));
}
