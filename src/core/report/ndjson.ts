/** One JSON object a line for each difference, as in `differences` of the JSON report. Written as it goes. */
import { differenceRow } from './differenceRow.js';
import { jsonOutput } from './jsonOutput.js';
import { listedDifferences, type ReportInput } from './report.js';

export async function* ndjsonReport(input: ReportInput): AsyncGenerator<string> {
  for (const difference of listedDifferences(input)) {
    yield `${jsonOutput(await differenceRow(difference, input))}\n`;
  }
}
