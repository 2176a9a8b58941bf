/**
 * Rows of the formats that list everything, a stretch of a list at a time: a million rows are made on several threads,
 * each row by the same code as a single one.
 */
import type { UnmatchedRecord } from '../comparison.js';
import { columnsOf, differenceAt } from '../differenceColumnList.js';
import type { DifferenceColumns } from '../differenceColumns.js';
import { ByteWriter } from './byteWriter.js';
import { csvDifference, csvUnmatched } from './csvRows.js';
import { writeDifference, writeUnmatched } from './jsonRows.js';
import { type ListName, listedCount, type ReportInput } from './report.js';
import type { RowInput } from './valueFields.js';

/** Formats that are made of rows, besides what stands before and after them. */
export type RowFormat = keyof typeof formats;

/** Each writes a row with its line end. Members are methods so that a format can be chosen by name on another thread. */
interface Rows {
  difference(writer: ByteWriter, columns: DifferenceColumns, index: number, input: RowInput): void;
  unmatched(writer: ByteWriter, record: UnmatchedRecord, input: RowInput): void;
}

const utf8 = new TextEncoder();
/** Before each element of an array in the JSON report. */
const elementStart = utf8.encode(',\n    ');
const lineEnd = utf8.encode('\n');

const formats = {
  json: {
    difference(writer, columns, index, input) {
      writer.part(elementStart);
      writeDifference(writer, columns, index, input);
    },
    unmatched(writer, record, input) {
      writer.part(elementStart);
      writeUnmatched(writer, record, input);
    },
  },
  ndjson: {
    difference(writer, columns, index, input) {
      writeDifference(writer, columns, index, input);
      writer.part(lineEnd);
    },
    unmatched(writer, record, input) {
      writeUnmatched(writer, record, input);
      writer.part(lineEnd);
    },
  },
  csv: {
    difference: (writer, columns, index, input) => writer.text(csvDifference(differenceAt(columns, index), input)),
    unmatched: (writer, record, input) => writer.text(csvUnmatched(record, input)),
  },
} as const satisfies Record<string, Rows>;

/** A stretch of one of a comparison's lists; plain data. */
export type Stretch =
  | { readonly columns: DifferenceColumns }
  | { readonly unmatchedRecords: readonly UnmatchedRecord[] };

export function writeRows(writer: ByteWriter, format: RowFormat, stretch: Stretch, input: RowInput): void {
  const rows: Rows = formats[format];
  if ('columns' in stretch) {
    const { columns } = stretch;
    for (let index = 0; index < columns.length; index++) rows.difference(writer, columns, index, input);
  } else {
    for (const record of stretch.unmatchedRecords) rows.unmatched(writer, record, input);
  }
}

/** Bytes of rows that are handed on together. */
const pieceBytes = 1 << 16;

/** Rows that one thread makes as they are wanted. */
export function* rowsHere(format: RowFormat, list: ListName, input: ReportInput): Generator<Uint8Array> {
  const { differences, unmatchedRecords } = input.comparison;
  const rows: Rows = formats[format];
  const writer = new ByteWriter();
  const columns = list === 'differences' ? columnsOf(differences) : null;
  const end = listedCount(input.comparison[list], input);
  for (let index = 0; index < end; index++) {
    if (columns !== null) rows.difference(writer, columns, index, input);
    else rows.unmatched(writer, unmatchedRecords.at(index) as UnmatchedRecord, input);
    if (writer.length < pieceBytes) continue;
    yield writer.written;
    writer.clear();
  }
  if (writer.length > 0) yield writer.written;
}
