/**
 * Random pairs of topics, from a simulated life of both: writes, a copy that lags, repeats, loses or is written to,
 * compaction on either side at its own pace, and dumps of what is left. A seed makes the same pair again.
 */
import type { CleanupPolicy } from '../../src/core/options.js';
import { type DumpStyle, type PrintedRecord, writeDump } from './dumpText.js';
import { documentPlaces, makeDocument, rewriteDocument } from './jsonContents.js';
import { Random } from './random.js';
import type { ReferenceOptions } from './reference.js';
import type { ByteString } from './referenceReader.js';
import { makeKeys, makeValue, separators } from './topicContents.js';

export interface TopicPair {
  readonly source: Buffer;
  readonly mirror: Buffer;
  readonly options: ReferenceOptions;
  /** What happened to the pair. */
  readonly events: readonly string[];
  /** The same, for the message of a failing test. */
  readonly description: string;
}

type LogRecord = Omit<PrintedRecord, 'offset'>;

export function makeTopicPair(seed: number): TopicPair {
  const random = new Random(seed);
  const events: string[] = [`seed ${seed}`];
  const happens = (probability: number, event: string): boolean => {
    const doesHappen = random.chance(probability);
    if (doesHappen) events.push(event);
    return doesHappen;
  };

  const sourceSeparator = random.pick(separators);
  const mirrorSeparator = happens(0.1, 'separators differ') ? random.pick(separators) : sourceSeparator;
  const isSmall = happens(0.3, 'small');
  const isJson = happens(0.3, 'values as JSON');
  const writes = makeWrites(random, happens, {
    count: isSmall ? random.between(2, 12) : random.between(20, 150),
    separators: [sourceSeparator, mirrorSeparator],
    holdsDocuments: isJson || random.chance(0.05),
  });

  let sourceLog = happens(0.15, 'source was dumped earlier') ? startOf(random, writes) : writes;
  if (happens(0.1, 'producer repeated itself')) sourceLog = deliverAgain(random, sourceLog);
  let mirrorLog = happens(0.4, 'mirror stopped early') ? startOf(random, writes) : writes;
  if (happens(0.3, 'mirror began after compaction')) mirrorLog = compact(random, mirrorLog);
  if (happens(0.2, 'records were lost')) mirrorLog = mirrorLog.filter(() => !random.chance(0.1));
  if (happens(0.15, 'values were altered')) mirrorLog = mirrorLog.map((record) => alter(random, record));
  if (isJson && happens(0.8, 'values were written anew')) {
    mirrorLog = mirrorLog.map((record) => writeAnew(random, record));
  }
  if (happens(0.4, 'mirror restarted')) mirrorLog = deliverAgain(random, mirrorLog);
  if (happens(0.25, 'second writer')) mirrorLog = writeToo(random, mirrorLog, writes);
  if (happens(0.3, 'mirror restamped')) mirrorLog = restamp(random, mirrorLog);
  if (happens(0.15, 'mirror has other partitions')) mirrorLog = repartition(random, mirrorLog);
  if (happens(0.04, 'source has no keys')) sourceLog = withoutKeys(sourceLog);
  if (happens(0.04, 'mirror has no keys')) mirrorLog = withoutKeys(mirrorLog);

  const cleanupPolicy = random.pick<CleanupPolicy>(['compact', 'compact', 'delete', 'compact,delete']);
  events.push(`policy ${cleanupPolicy}`);
  const byPartition = happens(0.3, 'by partition');
  const places = isJson && happens(0.5, 'places are ignored') ? random.some(documentPlaces, 0.5) : [];
  const nullLiteral = happens(0.2, 'odd null literal') ? random.pick(['NULL', '', '\\N', 'ø', null]) : 'null';
  const dump = (name: string, log: readonly LogRecord[], separator: string): Buffer => {
    const isHere = (probability: number, event: string): boolean => happens(probability, `${name}: ${event}`);
    // A dump without any record is an error, not a comparison.
    let records = log.length > 0 ? log : writes.slice(0, 1);
    if (isHere(0.05, 'no timestamps')) records = records.map((record) => ({ ...record, timestamp: null }));
    if (isHere(0.05, 'some timestamps missing')) {
      records = records.map((record) => (random.chance(0.2) ? { ...record, timestamp: null } : record));
    }
    const stored = assignOffsets(random, records);
    const kept = isHere(0.6, 'compacted') ? compact(random, stored) : stored;
    const remaining = kept.length > 0 ? kept : stored.slice(-1);
    const printOffsets = isHere(0.3, 'offsets');
    const printed = interleavePartitions(random, remaining);
    if (printOffsets && isHere(0.2, 'newest first')) printed.reverse();
    const style: DumpStyle = {
      separator,
      printOffsets,
      timestampType: isHere(0.1, 'LogAppendTime') ? 'LogAppendTime' : 'CreateTime',
      nullText: nullLiteral ?? 'null',
      crlf: isHere(0.1, 'CRLF'),
      byteOrderMark: isHere(0.05, 'byte order mark'),
      noise: isHere(0.3, 'noise'),
      cutTail: printed.length > 1 && isHere(0.15, 'cut tail'),
    };
    return writeDump(random, printed, style);
  };
  const source = dump('source', sourceLog, sourceSeparator);
  const mirror = dump('mirror', mirrorLog, mirrorSeparator);
  return {
    source,
    mirror,
    options: {
      ...{ cleanupPolicy, nullLiteral, byPartition },
      jsonWithout: isJson ? places : null,
      separator: { source: sourceSeparator, mirror: mirrorSeparator },
    },
    events,
    description: `${events.join(', ')}; null is ${JSON.stringify(nullLiteral)}`,
  };
}

/** What producers wrote, oldest first. */
function makeWrites(
  random: Random,
  happens: (probability: number, event: string) => boolean,
  topic: {
    readonly count: number;
    readonly separators: readonly [string, string];
    /** Most values are JSON. */
    readonly holdsDocuments: boolean;
  },
): LogRecord[] {
  const keyCount = happens(0.15, 'hot keys') ? random.between(1, 2) : random.between(1, Math.ceil(topic.count / 2));
  const keys = makeKeys(random, keyCount, topic.separators);
  const keylessShare = happens(0.25, 'keyless records') ? 0.2 : 0;
  const tombstoneShare = random.pick([0, 0.1, 0.1, 0.4]);
  const toggledValues: readonly [ByteString, ByteString] | null = happens(0.2, 'values toggle') ? ['on', 'off'] : null;
  const longestStep = happens(0.2, 'equal timestamps') ? 1 : 1000;
  const jitter = happens(0.15, 'timestamps out of order') ? 5 * longestStep : 0;
  const movedShare = happens(0.15, 'keys in several partitions') ? 0.2 : 0;
  const partitions = random.pick([1, 1, 2, 3, 12]);
  // From this write on, each key in turn gets a last tombstone.
  const deletedFrom = happens(0.06, 'everything deleted') ? topic.count - keys.length : Number.POSITIVE_INFINITY;

  let time = happens(0.05, 'clock from 1970') ? 0 : 1_690_000_000_000;
  return Array.from({ length: topic.count }, (_, revision) => {
    time += random.between(0, longestStep);
    const doomed = keys[revision - deletedFrom];
    const key = doomed ?? (random.chance(keylessShare) ? null : random.pick(keys));
    const write = toggledValues
      ? random.pick(toggledValues)
      : topic.holdsDocuments && random.chance(0.8)
        ? makeDocument(random, revision)
        : makeValue(random, key, revision, random.pick(topic.separators));
    return {
      key,
      value: doomed !== undefined || random.chance(tombstoneShare) ? null : write,
      timestamp: Math.max(time - random.between(0, jitter), 0),
      partition: key === null || random.chance(movedShare) ? random.between(0, partitions - 1) : hash(key) % partitions,
    };
  });
}

function hash(key: ByteString): number {
  return [...key].reduce((sum, byte) => (sum * 31 + byte.charCodeAt(0)) >>> 0, 7);
}

/** At least one record, often nearly all. */
function startOf(random: Random, log: readonly LogRecord[]): LogRecord[] {
  const length = Math.ceil(log.length * (1 - random.next() ** 2));
  return log.slice(0, Math.max(length, 1));
}

function alter(random: Random, record: LogRecord): LogRecord {
  return random.chance(0.05) && record.value !== null ? { ...record, value: `${record.value} altered` } : record;
}

/** A copier that reads JSON and writes it again. */
function writeAnew(random: Random, record: LogRecord): LogRecord {
  return record.value !== null && random.chance(0.6)
    ? { ...record, value: rewriteDocument(random, record.value) }
    : record;
}

/** Its consumer ran without printing keys, say. */
function withoutKeys(log: readonly LogRecord[]): LogRecord[] {
  return log.map((record) => ({ ...record, key: null }));
}

/** A restart from an old position: a stretch comes again, and the copy may end within it. */
function deliverAgain(random: Random, log: readonly LogRecord[]): LogRecord[] {
  const from = random.between(0, log.length);
  const crash = random.between(from, log.length);
  const delivered = [...log.slice(0, crash), ...log.slice(from)];
  return random.chance(0.5) ? startOf(random, delivered) : delivered;
}

/** Someone else writes to the mirror: known keys and new ones, at its end or before. */
function writeToo(random: Random, log: readonly LogRecord[], writes: readonly LogRecord[]): LogRecord[] {
  const result = [...log];
  const newest = Math.max(...writes.map((record) => record.timestamp ?? 0));
  for (let count = random.between(1, 6); count > 0; count--) {
    const { key, partition, timestamp } = writes[random.between(0, writes.length - 1)] ?? { key: 'k', partition: 0 };
    const record = {
      key: random.chance(0.3) ? `svc-${count}` : key,
      value: random.chance(0.3) ? null : `by someone else ${count}`,
      timestamp: random.chance(0.6) ? newest + count : (timestamp ?? 0),
      partition,
    };
    result.splice(random.chance(0.6) ? result.length : random.between(0, result.length), 0, record);
  }
  return result;
}

/** LogAppendTime on the mirror, or a copier that stamps anew, all records or some. */
function restamp(random: Random, log: readonly LogRecord[]): LogRecord[] {
  const share = random.pick([1, 1, 0.5, 0.3]);
  return log.map((record, index) =>
    random.chance(share) ? { ...record, timestamp: 1_700_000_000_000 + 7 * index } : record,
  );
}

function repartition(random: Random, log: readonly LogRecord[]): LogRecord[] {
  const partitions = random.between(1, 4);
  return log.map((record) => ({ ...record, partition: (record.partition + hash(record.key ?? '')) % partitions }));
}

/** Each partition's log so far, with the gaps that transaction markers leave. */
function assignOffsets(random: Random, log: readonly LogRecord[]): PrintedRecord[] {
  const nextOffsets = new Map<number, number>();
  return log.map((record) => {
    const offset = (nextOffsets.get(record.partition) ?? 0) + (random.chance(0.1) ? 1 : 0);
    nextOffsets.set(record.partition, offset + 1);
    return { ...record, offset };
  });
}

/**
 * The log cleaner, stopped at a random point: up to there it keeps a partition's last record of each key and forgets
 * old tombstones; records it has not come to yet stay, so some superseded ones survive.
 */
function compact<R extends LogRecord>(random: Random, log: readonly R[]): R[] {
  const cleanShare = random.pick([1, 0.9, 0.5]);
  const supersededShare = random.pick([0, 0, 0.1, 0.5]);
  const tombstoneShare = random.pick([0, 0.5, 1]);
  return log.filter((record, index) => {
    const isClean = index < log.length * cleanShare && record.key !== null;
    const isSuperseded = log
      .slice(index + 1)
      .some((later) => later.key === record.key && later.partition === record.partition);
    if (!isClean) return true;
    if (isSuperseded) return random.chance(supersededShare);
    return record.value !== null || random.chance(tombstoneShare);
  });
}

/** As a consumer prints them: each partition in its order, the partitions one after another or mixed. */
function interleavePartitions(random: Random, log: readonly PrintedRecord[]): PrintedRecord[] {
  const queues = [...new Set(log.map((record) => record.partition))].map((partition) =>
    log.filter((record) => record.partition === partition),
  );
  const longestRun = random.pick([1, 10, log.length]);
  const result: PrintedRecord[] = [];
  for (let open = queues; open.length > 0; open = open.filter((queue) => queue.length > 0)) {
    const queue = open[random.between(0, open.length - 1)];
    if (queue !== undefined) result.push(...queue.splice(0, random.between(1, longestRun)));
  }
  return result;
}
