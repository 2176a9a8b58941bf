/**
 * The result of a comparison: counts, verdict and the differing keys. Data only; no values of records are held,
 * they are read again from the dumps by location.
 */
import type { DifferenceList } from './differenceList.js';
import type { LineIndex } from './lineIndex.js';
import type { ComparisonOptions } from './options.js';
import type { Side, TimestampType, ValueLocation } from './record.js';

export type Verdict = 'equivalent' | 'different';

/** What became of a key, from its final records on both sides. */
export type Outcome = 'same' | 'deleted' | 'missing' | 'extra' | 'modified';
/** The outcomes that make topics different. */
export type DifferenceOutcome = 'missing' | 'extra' | 'modified';

/** Why a key is `modified`. */
export type Cause = 'stale' | 'ahead' | 'reordered' | 'diverged';
/** What the cause rests on: the very record found on the other side, or only the two finals' timestamps. */
export type CauseEvidence = 'record' | 'timestamp';

/** A difference that is newer than everything the other side holds in that partition. */
export type Late = 'afterMirrorEnd' | 'afterSourceEnd';

/** The last word of one dump about one key. */
export interface FinalRecord extends ValueLocation {
  /** Null when the dump prints no partitions. */
  readonly partition: number | null;
  /** Null when the dump prints no offsets. */
  readonly offset: number | null;
  /** Milliseconds since 1970 UTC; null for none. */
  readonly timestamp: number | null;
  /** Records of this key in this dump. */
  readonly occurrences: number;
  readonly tombstone: boolean;
}

/** A key as bytes, and as the text that is shown for it. */
export interface KeyName {
  /** The key as UTF-8 text, with U+FFFD where its bytes are not UTF-8. */
  readonly key: string;
  /** The key's bytes, where `key` cannot give them back. */
  readonly keyBase64: string | null;
}

/** A key that is missing, extra or modified. */
export interface Difference extends KeyName {
  readonly outcome: DifferenceOutcome;
  /** Null unless `modified`. */
  readonly cause: Cause | null;
  readonly causeEvidence: CauseEvidence | null;
  /** Stale with evidence `record`: source records of the key after the one the mirror ends at. */
  readonly behind: number | null;
  /** Modified, timestamps comparable: the source final's timestamp less the mirror final's, in milliseconds. */
  readonly behindMs: number | null;
  readonly late: Late | null;
  /** Null when the key is absent there. */
  readonly source: FinalRecord | null;
  readonly mirror: FinalRecord | null;
}

/** A key found in several partitions of a dump: Kafka gives no order between them. */
export interface KeyInSeveralPartitions extends KeyName {
  readonly outcome: Outcome;
  /** Ascending. */
  readonly sourcePartitions: readonly number[];
  readonly mirrorPartitions: readonly number[];
  readonly source: FinalRecord | null;
  readonly mirror: FinalRecord | null;
}

export type WarningCode =
  | 'truncated-tail'
  | 'noise-set-aside'
  | 'unrecognized-lines'
  | 'unreadable-records'
  | 'count-mismatch'
  | 'assumed-nulls'
  | 'separator-assumed'
  | 'crlf-stripped'
  | 'headers-assumed'
  | 'partition-assumed'
  | 'separator-in-key'
  | 'values-by-line'
  | 'whole-seconds'
  | 'replacement-characters'
  | 'skipped-messages'
  | 'aborted-transactions'
  | 'sizes-disagree'
  | 'key-partition-changed'
  | 'offset-printed-twice'
  | 'keys-in-several-partitions'
  | 'json-reencoded';

/** Something assumed, dropped or odd. Never changes the verdict. */
export interface Warning {
  readonly code: WarningCode;
  /** 1-based line of the first occurrence; null when it is about the whole dump. */
  readonly line: number | null;
  /** One plain sentence. */
  readonly message: string;
}

export interface PartitionSummary {
  /** Null for the records of a dump that prints no partitions. */
  readonly partition: number | null;
  readonly records: number;
  /** Lowest and highest timestamp in milliseconds; null when no record of the partition has one. */
  readonly firstTimestamp: number | null;
  readonly lastTimestamp: number | null;
  /** Lowest and highest offset; null when none is printed. */
  readonly firstOffset: number | null;
  readonly lastOffset: number | null;
}

export type Column = 'timestamp' | 'partition' | 'offset' | 'delivery' | 'epoch' | 'headers' | 'key' | 'value';

/**
 * What wrote a dump, named after the tool and its output format. `kafka-console-consumer-2.5`: Kafka 2.5 and 2.6, which
 * print the partition as a bare number behind the value.
 */
export type DumpFormat = (typeof dumpFormats)[number];

export const dumpFormats = [
  'kafka-console-consumer',
  'kafka-console-consumer-2.5',
  'kafka-dump-log',
  'key-value',
  'kcat-json',
  'kafkactl-text',
  'kafkactl-json',
  'kafkactl-yaml',
  'kaf',
  'kt',
  'rpk',
  'kafbat-json',
  'kafbat-csv',
  'akhq',
  'redpanda-console',
  'vscode-kafka-json',
  'vscode-kafka-csv',
] as const;

/** How a dump was read, enough to read any record of it again. Plain data: it crosses threads and stands in URIs. */
export interface DumpLayout {
  readonly format: DumpFormat;
  /** `key.separator` as text; null in formats that have none. */
  readonly separator: string | null;
  /** In the order in which they are printed. */
  readonly columns: readonly Column[];
  /** One CR before each LF belongs to the line end. */
  readonly crlf: boolean;
  /** The text that was taken for null; null where the format prints nulls exactly, or nothing is a null. */
  readonly nullLiteral: string | null;
  /** Bytes of a byte order mark at the start. */
  readonly bomLength: number;
}

/** One dump: how it was read and what it holds. */
export interface DumpSummary extends DumpLayout {
  /** As the user gave it. */
  readonly path: string;
  /** Where the text lies that lines and byte offsets count in: `path`, or what it was decoded into. */
  readonly textPath: string;
  /** Of the text. */
  readonly bytes: number;
  readonly timestampTypes: readonly TimestampType[];
  /** Records that take part in the comparison: all that were read less `truncated`. */
  readonly records: number;
  /** Unique non-null keys. */
  readonly keys: number;
  readonly tombstones: number;
  readonly keyless: number;
  /** Records set aside because a dump ends in the middle of a record of their key, on either side. */
  readonly truncated: number;
  readonly noiseLines: number;
  readonly continuationLines: number;
  /** Ascending by partition. */
  readonly partitions: readonly PartitionSummary[];
  readonly warnings: readonly Warning[];
}

/** One side of the sum `records = matched + superseded + repeated + expiredTombstones + unmatched finals + keyless`. */
export interface LedgerSide {
  /** Older versions without a counterpart on the other side. */
  readonly superseded: number;
  /** Delivered again: equal in value and timestamp to an earlier record of the key. */
  readonly repeated: number;
  /** Final tombstones of keys that the other side has forgotten. */
  readonly expiredTombstones: number;
  /** Final records whose value is nowhere on the other side (`notInMirror` of the source, `notInSource` of the mirror). */
  readonly notInOther: number;
}

export interface Ledger {
  /** Pairs of records with equal values, in order; the same number on both sides. */
  readonly matched: number;
  readonly source: LedgerSide;
  readonly mirror: LedgerSide;
  /** Keys whose longest common subsequence was bounded instead of exact. */
  readonly approximateKeys: number;
}

export interface KeyCounts {
  readonly same: number;
  readonly deleted: number;
  readonly missing: number;
  readonly extra: number;
  readonly modified: number;
  readonly inSeveralPartitions: number;
}

/** What the published script would print. */
export interface LiteralCounts {
  readonly notInSource: number;
  readonly notInMirror: number;
  readonly modified: number;
  readonly same: number;
}

/** Surplus copies of values of keyless records. */
export interface KeylessDifferences {
  readonly onlyInSource: number;
  readonly onlyInMirror: number;
  readonly repeatedInSource: number;
  readonly repeatedInMirror: number;
}

/**
 * Why a record of a topic with cleanup policy `delete` has no counterpart on the other side: it is `lost` there (or
 * was never written there), it was delivered again (`repeated`), or it is older than everything that the other side
 * holds of its partition, so that `retention` has removed it there.
 */
export type UnmatchedReason = 'lost' | 'repeated' | 'retention';

/** A record that is on one side only. */
export interface UnmatchedRecord extends ValueLocation {
  readonly side: Side;
  readonly reason: UnmatchedReason;
  /** Null for a record without a key. */
  readonly key: KeyName | null;
  /** Null when the dump prints no partitions. */
  readonly partition: number | null;
  /** Null when the dump prints no offsets. */
  readonly offset: number | null;
  /** Milliseconds since 1970 UTC; null for none. */
  readonly timestamp: number | null;
  readonly tombstone: boolean;
}

/** Each made when asked for, as differences are. */
export interface UnmatchedRecordList extends Iterable<UnmatchedRecord> {
  readonly length: number;
  /** @param index 0-based: the source's records in their order, then the mirror's */
  at(index: number): UnmatchedRecord | undefined;
}

export interface Comparison {
  readonly verdict: Verdict;
  readonly options: ComparisonOptions;
  readonly source: DumpSummary;
  readonly mirror: DumpSummary;
  readonly keys: KeyCounts;
  readonly causes: Readonly<Record<Cause, number>>;
  readonly timestampsComparable: boolean;
  readonly late: Readonly<Record<Late, number>>;
  readonly literal: LiteralCounts;
  readonly ledger: Ledger;
  readonly keylessDifferences: KeylessDifferences;
  /** Ordered by the final record's place in the source; keys absent there follow, by their place in the mirror. */
  readonly differences: DifferenceList;
  /** Empty unless the cleanup policy is `delete`. */
  readonly unmatchedRecords: UnmatchedRecordList;
  readonly keysInSeveralPartitions: readonly KeyInSeveralPartitions[];
  /** Lines of each dump, as its scan has met them: each entry is the start of a record. */
  readonly lineIndexes: Readonly<Record<Side, LineIndex>>;
}
