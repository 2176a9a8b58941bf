/** What every report format has in common: it turns a comparison into pieces of text, reading values as it needs them. */
import type { Comparison } from '../comparison.js';
import type { Side, ValueLocation } from '../record.js';
import type { TimeZoneChoice } from '../words/time.js';
import type { RowFormat } from './rows.js';

/** Reads a record's value from its dump; null for a tombstone. The bytes are valid until the next call. */
export type ReadValue = (side: Side, location: ValueLocation) => Uint8Array | null;

/** What a piece of text is, for colour. */
export type TextStyle = 'good' | 'bad' | 'heading' | 'quiet' | 'plain';

/**
 * A piece of a report, never empty. Bytes are UTF-8, and valid until the next piece is asked for: then their buffer is
 * written to again.
 */
export type Piece = string | Uint8Array;

/** What a comparison lists. */
export type ListName = 'differences' | 'unmatchedRecords';

/** Pieces of a report, in their order. */
export type Pieces<T = Piece> = AsyncIterable<T> | Iterable<T>;

export interface ReportInput {
  readonly comparison: Comparison;
  readonly readValue: ReadValue;
  /** Makes the rows of a list, of those that are shown, in pieces of whole rows. */
  readonly rows: (format: RowFormat, list: ListName, input: ReportInput) => Pieces<Uint8Array>;
  /** Differences that are listed, and as many unmatched records; counts are always exact. */
  readonly maxDifferences: number;
  /** Values are left out, for a report that leaves the house; the report says so. */
  readonly redactValues: boolean;
  /** For moments that people read; programs get UTC. */
  readonly zone: TimeZoneChoice;
  /** Colours a piece of the text report, or gives it back as it is. */
  readonly paint: (style: TextStyle, text: string) => string;
}

/** What a report lists: differences, or unmatched records. */
interface List<Item> {
  readonly length: number;
  at(index: number): Item | undefined;
}

/** How many of a list a report shows, the first ones. */
export function listedCount(list: List<unknown>, { maxDifferences }: Pick<ReportInput, 'maxDifferences'>): number {
  return Math.min(maxDifferences, list.length);
}

/** Those that a report shows, made one by one. */
export function* listed<Item>(list: List<Item>, input: Pick<ReportInput, 'maxDifferences'>): Generator<Item> {
  const end = listedCount(list, input);
  for (let index = 0; index < end; index++) yield list.at(index) as Item;
}
