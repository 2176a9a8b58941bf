/**
 * One JSON object a line, as in the lists of the JSON report: each difference, then with cleanup policy `delete` each
 * unmatched record, which has a `reason`. Written as it goes.
 */
import type { Piece, ReportInput } from './report.js';

export async function* ndjsonReport(input: ReportInput): AsyncGenerator<Piece> {
  yield* input.rows('ndjson', 'differences', input);
  yield* input.rows('ndjson', 'unmatchedRecords', input);
}
