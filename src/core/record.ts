/**
 * The words of the whole project: what a record of a dump is and where it stands.
 * Terms are those of Kafka's documentation (record, key, value, tombstone, partition, offset, timestamp).
 */

/** The two dumps of a comparison: the old topic and what should be its copy. */
export type Side = 'source' | 'mirror';

/** Where a record stands in its dump. The line end behind the record belongs to none of it. */
export interface RecordLocation {
  /** 1-based number of the record's first line; lines end at LF. */
  readonly line: number;
  /** Lines from the record's first to its last, at least 1. */
  readonly lineCount: number;
  /** 0-based position of the record's first byte in the dump. */
  readonly byteOffset: number;
  /** Bytes from the record's first to its last, line ends inside it included. */
  readonly byteLength: number;
}

/** Where a record's value stands. */
export interface ValueLocation extends RecordLocation {
  /**
   * Bytes of the record before its value, where the value stands in the dump as it is and reaches to the record's end:
   * so it can be read without the rest. 0 where the record has to be read to know its value, and for a tombstone.
   */
  readonly headBytes: number;
}

/** Which clock stamped a record; `none` prints as `NO_TIMESTAMP` or as -1. */
export type TimestampType = 'CreateTime' | 'LogAppendTime' | 'none';

/**
 * One record as a dump format hands it on: a window into the reader's buffer, valid only during the call
 * that delivers it, and reused for the next one (a dump has millions).
 */
export interface RecordView extends ValueLocation {
  /** The buffer that `keyStart` … `valueEnd` point into. */
  readonly bytes: Uint8Array;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** A record without a key (null key) is compared as part of a bag of values. */
  readonly isKeyless: boolean;
  /** A null value: the record deletes its key. */
  readonly isTombstone: boolean;
  readonly timestampType: TimestampType;
  /** Milliseconds since 1970 UTC; -1 when `timestampType` is `none`. */
  readonly timestamp: number;
  /** -1 when the dump prints no partitions. */
  readonly partition: number;
  /** Kafka's offset in the partition; -1 when the dump prints no offsets. */
  readonly offset: number;
}
