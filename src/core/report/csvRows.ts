/**
 * Rows of the CSV report (RFC 4180). A spreadsheet runs text that begins like a formula, so such text gets an apostrophe
 * before it; and controls become visible symbols, so that a row stays on its line.
 */
import type { Difference, FinalRecord, UnmatchedRecord } from '../comparison.js';
import type { Side } from '../record.js';
import { visible } from '../words/text.js';
import { type RowInput, valueFields } from './valueFields.js';

type Cell = string | number | boolean | null;

const sideColumns = ['line', 'partition', 'offset', 'timestamp', 'occurrences', 'tombstone'] as const;
const valueColumns = ['value', 'valueBytes', 'valueBase64'] as const;
/** Instead of the value's columns, where values are left out. */
const redactedColumns = ['valueRedacted'] as const;

export function csvHeading(redactValues: boolean): string {
  const perSide = [...sideColumns, ...(redactValues ? redactedColumns : valueColumns)];
  return rowOf([
    ...['key', 'keyBase64', 'outcome', 'cause', 'causeEvidence', 'behind', 'behindMs', 'late', 'unmatched'],
    ...perSide.map((name) => columnName('source', name)),
    ...perSide.map((name) => columnName('mirror', name)),
  ]);
}

export function csvDifference(difference: Difference, input: RowInput): string {
  const { key, keyBase64, outcome, cause, causeEvidence, behind, behindMs, late } = difference;
  return rowOf([
    ...[key, keyBase64, outcome, cause, causeEvidence, behind, behindMs, late, null],
    ...cellsOf('source', difference.source, input),
    ...cellsOf('mirror', difference.mirror, input),
  ]);
}

export function csvUnmatched(record: UnmatchedRecord, input: RowInput): string {
  const { side, reason, key } = record;
  return rowOf([
    ...[key?.key ?? null, key?.keyBase64 ?? null, null, null, null, null, null, null, reason],
    ...cellsOf('source', side === 'source' ? record : null, input),
    ...cellsOf('mirror', side === 'mirror' ? record : null, input),
  ]);
}

/** `sourceLine`, `mirrorValueBase64`. */
function columnName(side: Side, name: string): string {
  return `${side}${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** In the order of the columns; all empty where there is no record. */
function cellsOf(side: Side, record: FinalRecord | UnmatchedRecord | null, input: RowInput): Cell[] {
  const columns = input.redactValues ? redactedColumns : valueColumns;
  if (record === null) return new Array<Cell>(sideColumns.length + columns.length).fill(null);
  const { line, partition, offset, timestamp, tombstone } = record;
  const occurrences = 'occurrences' in record ? record.occurrences : null;
  const place: Cell[] = [line, partition, offset, isoTimestamp(timestamp), occurrences, tombstone];
  if (input.redactValues) return [...place, true];
  const { value, valueBytes, valueBase64 } = valueFields(side, record, input);
  return [...place, value, valueBytes ?? null, valueBase64 ?? null];
}

/** ISO 8601 in UTC, as spreadsheets and databases read it; a number that no calendar has a date for stays one. */
function isoTimestamp(ms: number | null): Cell {
  return ms === null || Math.abs(ms) > 8.64e15 ? ms : new Date(ms).toISOString();
}

function rowOf(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

/** Only text can be taken for a formula; a negative number is one. */
function cellText(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  // TAB and CR, which spreadsheets skip before a formula, are symbols by now.
  const text = visible(cell);
  const harmless = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
