/** What every report format has in common: it turns a comparison into pieces of text, reading values as it needs them. */
import type { Comparison, Difference } from '../comparison.js';
import type { RecordLocation, Side } from '../record.js';
import type { TimeZoneChoice } from '../words/time.js';

/** Reads a final record's value from its dump; null for a tombstone. */
export type ReadValue = (side: Side, location: RecordLocation) => Promise<Uint8Array | null>;

/** What a piece of text is, for colour. */
export type TextStyle = 'good' | 'bad' | 'heading' | 'quiet' | 'plain';

export interface ReportInput {
  readonly comparison: Comparison;
  readonly readValue: ReadValue;
  /** Differences that are listed; counts are always exact. */
  readonly maxDifferences: number;
  /** Values are left out, for a report that leaves the house; the report says so. */
  readonly redactValues: boolean;
  /** For moments that people read; programs get UTC. */
  readonly zone: TimeZoneChoice;
  /** Colours a piece of the text report, or gives it back as it is. */
  readonly paint: (style: TextStyle, text: string) => string;
}

/** How many differences a report lists, the first ones in report order. */
export function listedCount({
  comparison,
  maxDifferences,
}: Pick<ReportInput, 'comparison' | 'maxDifferences'>): number {
  return Math.min(maxDifferences, comparison.differences.length);
}

/** The differences that a report lists. */
export function* listedDifferences(input: Pick<ReportInput, 'comparison' | 'maxDifferences'>): Generator<Difference> {
  const listed = listedCount(input);
  for (let index = 0; index < listed; index++) yield input.comparison.differences.at(index) as Difference;
}
