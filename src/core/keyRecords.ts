/** The records of one key in one dump, as outcome, cause and ledger see them. */

/** `values` of a tombstone. */
export const tombstoneValue = 0;

/** `timestamps` of a record without one. */
export const noTimestamp = -1;

/**
 * One key's records in comparison order (semantics: by offset where offsets are printed and the key is in one
 * partition, otherwise as they stand in the file). At least one record.
 */
export interface KeyRecords {
  /** Equal numbers are equal bytes, on both sides of the key; `tombstoneValue` is a null value. */
  readonly values: ArrayLike<number>;
  /** Milliseconds since 1970 UTC, or `noTimestamp`. */
  readonly timestamps: ArrayLike<number>;
  /** Position of the final record. */
  readonly finalIndex: number;
}

export function finalValue(records: KeyRecords): number {
  return records.values[records.finalIndex] as number;
}

export function finalTimestamp(records: KeyRecords): number {
  return records.timestamps[records.finalIndex] as number;
}
