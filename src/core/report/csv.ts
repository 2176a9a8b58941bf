/**
 * All differences as CSV (UTF-8 without a byte order mark), one row each, for a spreadsheet or a database; with cleanup
 * policy `delete` also each unmatched record, with its reason in the column `unmatched`. What csvRows.ts changes in texts
 * is not lost: the JSON formats hold every text as it is.
 */
import { csvHeading } from './csvRows.js';
import type { Piece, ReportInput } from './report.js';

export async function* csvReport(input: ReportInput): AsyncGenerator<Piece> {
  yield csvHeading(input.redactValues);
  yield* input.rows('csv', 'differences', input);
  yield* input.rows('csv', 'unmatchedRecords', input);
}
