/**
 * All differences as CSV (RFC 4180, UTF-8 without a byte order mark), one row each, for a spreadsheet or a database.
 * A spreadsheet runs text that begins like a formula, so such text gets an apostrophe before it; and controls become
 * visible symbols, so that a row stays on its line. The JSON formats hold every text as it is.
 */
import type { Difference, FinalRecord } from '../comparison.js';
import type { Side } from '../record.js';
import { visible } from '../words/text.js';
import { valueFields } from './differenceRow.js';
import { listedDifferences, type ReportInput } from './report.js';

type Cell = string | number | boolean | null;

const sideColumns = ['line', 'partition', 'offset', 'timestamp', 'occurrences', 'tombstone'] as const;
const valueColumns = ['value', 'valueBytes', 'valueBase64'] as const;

export async function* csvReport(input: ReportInput): AsyncGenerator<string> {
  const perSide = input.redactValues ? sideColumns : [...sideColumns, ...valueColumns];
  yield rowOf([
    ...['key', 'keyBase64', 'outcome', 'cause', 'causeEvidence', 'behind', 'behindMs', 'late'],
    ...perSide.map((name) => columnName('source', name)),
    ...perSide.map((name) => columnName('mirror', name)),
  ]);
  for (const difference of listedDifferences(input)) {
    const { key, keyBase64, outcome, cause, causeEvidence, behind, behindMs, late } = difference;
    yield rowOf([
      ...[key, keyBase64, outcome, cause, causeEvidence, behind, behindMs, late],
      ...(await cellsOf('source', difference, input)),
      ...(await cellsOf('mirror', difference, input)),
    ]);
  }
}

/** `sourceLine`, `mirrorValueBase64`. */
function columnName(side: Side, name: string): string {
  return `${side}${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** In the order of the columns; all empty where the key is absent. */
async function cellsOf(side: Side, difference: Difference, input: ReportInput): Promise<Cell[]> {
  const record: FinalRecord | null = difference[side];
  const place: Cell[] = sideColumns.map((name) =>
    name === 'timestamp' ? isoTimestamp(record?.timestamp ?? null) : (record?.[name] ?? null),
  );
  if (input.redactValues) return place;
  if (record === null) return [...place, null, null, null];
  const { value, valueBytes, valueBase64 } = await valueFields(side, record, input);
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
