/** Counts over the records of one dump, those set aside with a cut record left out. */
import type { PartitionSummary } from '../core/comparison.js';
import { noTimestamp } from '../core/keyRecords.js';
import type { RecordTable } from './recordTable.js';

export interface DumpStatistics {
  readonly records: number;
  readonly tombstones: number;
  readonly keyless: number;
  readonly truncated: number;
  /** Line of the first key or value that was taken for null, or null. */
  readonly firstNullLine: number | null;
  readonly everyRecordHasTimestamp: boolean;
  /** Ascending by partition. */
  readonly partitions: readonly PartitionSummary[];
  /** Latest timestamp of the dump in milliseconds, or null. */
  readonly end: number | null;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export function dumpStatistics(table: RecordTable, isSetAside: (row: number) => boolean): DumpStatistics {
  const counts = { records: 0, tombstones: 0, keyless: 0, truncated: 0 };
  let firstNullLine: number | null = null;
  let everyRecordHasTimestamp = true;
  const partitions = new Map<number, Writable<PartitionSummary>>();
  for (let row = 0; row < table.length; row++) {
    if (isSetAside(row)) {
      counts.truncated++;
      continue;
    }
    counts.records++;
    if (table.isTombstone(row)) counts.tombstones++;
    if (table.isKeyless(row)) counts.keyless++;
    if (table.isTombstone(row) || table.isKeyless(row)) firstNullLine ??= table.lines[row] as number;
    const timestamp = table.timestamps[row] as number;
    if (timestamp === noTimestamp) everyRecordHasTimestamp = false;
    const number = table.partitions[row] as number;
    let partition = partitions.get(number);
    if (partition === undefined) {
      partition = {
        partition: number < 0 ? null : number,
        records: 0,
        firstTimestamp: null,
        lastTimestamp: null,
        firstOffset: null,
        lastOffset: null,
      };
      partitions.set(number, partition);
    }
    partition.records++;
    if (timestamp !== noTimestamp) {
      partition.firstTimestamp = Math.min(partition.firstTimestamp ?? timestamp, timestamp);
      partition.lastTimestamp = Math.max(partition.lastTimestamp ?? timestamp, timestamp);
    }
    const offset = table.offsets[row] as number;
    if (offset >= 0) {
      partition.firstOffset = Math.min(partition.firstOffset ?? offset, offset);
      partition.lastOffset = Math.max(partition.lastOffset ?? offset, offset);
    }
  }
  const ends = [...partitions.values()].flatMap(({ lastTimestamp }) => (lastTimestamp === null ? [] : [lastTimestamp]));
  return {
    ...counts,
    firstNullLine,
    everyRecordHasTimestamp,
    partitions: [...partitions.values()].sort((a, b) => (a.partition ?? -1) - (b.partition ?? -1)),
    end: ends.length === 0 ? null : ends.reduce((a, b) => Math.max(a, b)),
  };
}

/** Latest timestamp in a partition, or of the whole dump if it prints no partitions or holds none of this one. */
export function endOfPartition(statistics: DumpStatistics, partition: number): number | null {
  const own = statistics.partitions.find((summary) => summary.partition === partition);
  return own?.lastTimestamp ?? statistics.end;
}
