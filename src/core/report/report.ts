/** What every report format has in common: it turns a comparison into pieces of text, reading values as it needs them. */
import type { Comparison } from '../comparison.js';
import type { RecordLocation, Side } from '../record.js';

/** Reads a final record's value from its dump; null for a tombstone. */
export type ReadValue = (side: Side, location: RecordLocation) => Promise<Uint8Array | null>;

export interface ReportInput {
  readonly comparison: Comparison;
  readonly readValue: ReadValue;
  /** Differences that are listed; counts are always exact. */
  readonly maxDifferences: number;
}
