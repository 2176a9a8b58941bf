/**
 * One JSON object a line, as in the lists of the JSON report: each difference, then with cleanup policy `delete` each
 * unmatched record, which has a `reason`. Written as it goes.
 */
import { differenceRow, unmatchedRow } from './differenceRow.js';
import { jsonOutput } from './jsonOutput.js';
import { listed, type ReportInput } from './report.js';

export async function* ndjsonReport(input: ReportInput): AsyncGenerator<string> {
  const { differences, unmatchedRecords } = input.comparison;
  for (const difference of listed(differences, input)) yield `${jsonOutput(await differenceRow(difference, input))}\n`;
  for (const record of listed(unmatchedRecords, input)) yield `${jsonOutput(await unmatchedRow(record, input))}\n`;
}
