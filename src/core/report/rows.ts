/**
 * Rows of the formats that list everything, a stretch of a list at a time: a million rows are made on several threads,
 * each row by the same code as a single one.
 */
import type { Difference, UnmatchedRecord } from '../comparison.js';
import { csvDifference, csvUnmatched } from './csvRows.js';
import { differenceRow, type RowInput, unmatchedRow } from './differenceRow.js';
import { escaped } from './jsonOutput.js';
import { type ListName, listed, type ReportInput } from './report.js';

/** Formats that are made of rows, besides what stands before and after them. */
export type RowFormat = keyof typeof formats;

/** Members are methods so that a format can be chosen by name on another thread. */
interface Rows {
  /** Text with its line end. */
  difference(difference: Difference, input: RowInput): string;
  unmatched(record: UnmatchedRecord, input: RowInput): string;
  /** What is done to the text of many rows in the end. */
  finish(text: string): string;
}

/** An element of an array in the JSON report, with the comma before it. */
const jsonElement = (row: object): string => `,\n    ${JSON.stringify(row)}`;
const jsonLine = (row: object): string => `${JSON.stringify(row)}\n`;

const formats = {
  json: {
    difference: (difference, input) => jsonElement(differenceRow(difference, input)),
    unmatched: (record, input) => jsonElement(unmatchedRow(record, input)),
    finish: escaped,
  },
  ndjson: {
    difference: (difference, input) => jsonLine(differenceRow(difference, input)),
    unmatched: (record, input) => jsonLine(unmatchedRow(record, input)),
    finish: escaped,
  },
  csv: { difference: csvDifference, unmatched: csvUnmatched, finish: (text) => text },
} as const satisfies Record<string, Rows>;

/** A stretch of one of a comparison's lists. */
export type Stretch =
  | { readonly differences: Iterable<Difference> }
  | { readonly unmatchedRecords: Iterable<UnmatchedRecord> };

export function textOfRows(format: RowFormat, stretch: Stretch, input: RowInput): string {
  const rows: Rows = formats[format];
  let text = '';
  if ('differences' in stretch)
    for (const difference of stretch.differences) text += rows.difference(difference, input);
  else for (const record of stretch.unmatchedRecords) text += rows.unmatched(record, input);
  return rows.finish(text);
}

/** Rows that one thread makes as they are wanted. */
export function* rowsHere(format: RowFormat, list: ListName, input: ReportInput): Generator<string> {
  const { differences, unmatchedRecords } = input.comparison;
  if (list === 'differences') {
    for (const difference of listed(differences, input)) yield textOfRows(format, { differences: [difference] }, input);
  } else {
    for (const record of listed(unmatchedRecords, input)) {
      yield textOfRows(format, { unmatchedRecords: [record] }, input);
    }
  }
}
