/** Recognises the CSV exports of user interfaces by their header row. */
import type { DumpLayout } from '../comparison.js';
import { UserError } from '../errors.js';
import type { DumpOptions } from '../options.js';
import { toByteText } from './bytes.js';
import { type CsvFormat, CsvScanner, csvColumns, csvHeaders } from './csvScanner.js';
import type { Detection, DumpSample } from './detect.js';
import { bomLengthOf } from './noise.js';

const longestHeader = 200;

/** save-messages-dialog.tsx of Redpanda Console, `convertToCSV`: commas in keys and values become semicolons. */
const redpandaHeader = /^timestamp,partitionID,offset,key,value,keySize,valueSize\b/;

/**
 * @returns null if the dump does not begin with a known header row
 * @throws UserError if its columns cannot be told apart
 */
export function detectCsv(sample: DumpSample, options: DumpOptions): Detection | null {
  const { path, bytes } = sample;
  const bomLength = bomLengthOf(bytes);
  const line = toByteText(bytes.subarray(bomLength, bomLength + longestHeader)).split(/\r?\n/, 1)[0] ?? '';
  if (redpandaHeader.test(line)) {
    throw new UserError(
      `${path} is a CSV export of Redpanda Console, which turns commas in keys and values into semicolons. Export the messages as JSON, with raw data.`,
      path,
      1,
    );
  }
  const formats = Object.keys(csvHeaders) as CsvFormat[];
  const format = formats.find((name) => csvHeaders[name] === line);
  if (format === undefined) return null;
  const layout: DumpLayout = {
    format,
    separator: null,
    columns: csvColumns(format),
    crlf: false,
    // An empty field is all that is printed for null.
    nullLiteral: options.nullLiteral === null ? null : '',
    bomLength,
  };
  let records = 0;
  const count = (): void => {
    records++;
  };
  const scanner = new CsvScanner(layout, format, { record: count, cutRecord: count });
  scanner.push(bytes.subarray(bomLength));
  const totals = scanner.end();
  if (totals.unreadableRecords > records) {
    throw new UserError(
      `${path}, line ${totals.firstUnreadableLine}: this row does not have the columns of its header, ${csvHeaders[format]}. Check that the export is whole, or export the messages as JSON.`,
      path,
      totals.firstUnreadableLine,
    );
  }
  return { layout, warnings: [], certainty: 'exact' };
}
