/**
 * Rows of the CSV export of Kafbat UI and Provectus UI (Topics/Topic/Messages/MessagesTable.tsx, `convertToCSV`): the
 * six columns joined by commas, and nothing quoted, so that a value has commas, quotes and line breaks of its own.
 * What stands behind the value has a form, though, and so a row is read from its end:
 *
 *     value , offset , key , partition , headers as a JSON object , ISO timestamp
 *
 * A row ends at the first line that ends in such a timestamp. The nearest number before the key is the offset, so a
 * key that holds a number between commas is cut short. Rows that a newer version or another hand has quoted are read,
 * too.
 */
import { CR, LF } from './bytes.js';
import { type CsvRow, emptyRow, readRow } from './csvRows.js';
import { incomplete, JsonText } from './jsonText.js';
import { parseIsoTime } from './timestampText.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;

/** Longest timestamp, with its comma. */
const timestampBytes = 48;
const text = new JsonText();
const quoted = emptyRow();

export const kafbatColumns = ['value', 'offset', 'key', 'partition', 'headers', 'timestamp'] as const;

/** As `readRow`, for this export. */
export function readKafbatRow(bytes: Uint8Array, at: number, isEnd: boolean, row: CsvRow): number {
  row.count = 0;
  for (let i = at; i < bytes.length; ) {
    const lineFeed = bytes.indexOf(LF, i);
    if (lineFeed < 0 && !isEnd) return incomplete;
    const lineEnd = lineFeed < 0 ? bytes.length : lineFeed;
    const end = lineEnd > at && bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    if (splitRow(bytes, at, i, end, row)) {
      row.end = end;
      return lineFeed < 0 ? bytes.length : lineFeed + 1;
    }
    i = lineEnd + 1;
  }
  // At the end of the dump the row is cut, and its key, which stands near its end, is not there.
  return incomplete;
}

/** Splits `bytes[at, end)` into the six columns; false if its last line, from `lineStart` on, does not end a row. */
function splitRow(bytes: Uint8Array, at: number, lineStart: number, end: number, row: CsvRow): boolean {
  const timeComma = lastComma(bytes, Math.max(at, end - timestampBytes), end);
  if (timeComma < 0 || parseIsoTime(bytes, timeComma + 1, end) === null) return false;
  return splitPlain(bytes, at, lineStart, timeComma, end, row) || splitQuoted(bytes, at, end, row);
}

function splitPlain(
  bytes: Uint8Array,
  at: number,
  lineStart: number,
  timeComma: number,
  end: number,
  row: CsvRow,
): boolean {
  text.reset(bytes.subarray(0, timeComma));
  // Partition and headers have no line breaks.
  for (let headers = timeComma - 1; headers > lineStart; headers--) {
    if (bytes[headers] !== OPEN_BRACE || bytes[headers - 1] !== COMMA) continue;
    const partition = numberBefore(bytes, at, headers - 1);
    if (partition < 0 || text.valueEnd(headers) !== timeComma) continue;
    for (let comma = partition - 1; comma > at; comma = lastComma(bytes, at, comma)) {
      const offset = numberBefore(bytes, at, comma);
      if (offset < 0) continue;
      const starts = [at, offset, comma + 1, partition, headers, timeComma + 1];
      starts.forEach((start, i) => {
        row.starts[i] = start;
        row.ends[i] = i < 5 ? (starts[i + 1] as number) - 1 : end;
        row.areQuotesDoubled[i] = false;
      });
      row.count = 6;
      unquote(bytes, row, 0);
      unquote(bytes, row, 2);
      return true;
    }
  }
  return false;
}

/** A row whose headers are quoted is quoted throughout. */
function splitQuoted(bytes: Uint8Array, at: number, end: number, row: CsvRow): boolean {
  const found = readRow(bytes.subarray(0, end), at, true, quoted);
  if (found !== end || quoted.count !== 6) return false;
  row.count = 6;
  for (let i = 0; i < 6; i++) {
    row.starts[i] = quoted.starts[i] as number;
    row.ends[i] = quoted.ends[i] as number;
    row.areQuotesDoubled[i] = quoted.areQuotesDoubled[i] as boolean;
  }
  return true;
}

/** Position of the first digit of the number that ends at `comma`, with a comma before it; -1 if there is none. */
function numberBefore(bytes: Uint8Array, at: number, comma: number): number {
  let first = comma;
  while (first > at && (bytes[first - 1] as number) >= 0x30 && (bytes[first - 1] as number) <= 0x39) first--;
  return first < comma && first > at && bytes[first - 1] === COMMA ? first : -1;
}

function lastComma(bytes: Uint8Array, at: number, end: number): number {
  for (let i = end - 1; i >= at; i--) if (bytes[i] === COMMA) return i;
  return -1;
}

/** Takes the quotes off a field that has to be quoted for what is in it, with every quote in it doubled. */
function unquote(bytes: Uint8Array, row: CsvRow, field: number): void {
  const start = row.starts[field] as number;
  const end = row.ends[field] as number;
  if (end - start < 2 || bytes[start] !== QUOTE || bytes[end - 1] !== QUOTE) return;
  let hasReason = false;
  let areDoubled = false;
  for (let i = start + 1; i < end - 1; i++) {
    const c = bytes[i];
    if (c === QUOTE) {
      if (bytes[i + 1] !== QUOTE || i + 1 === end - 1) return;
      areDoubled = true;
      i++;
    } else if (c === COMMA || c === LF) hasReason = true;
  }
  if (!hasReason && !areDoubled) return;
  row.starts[field] = start + 1;
  row.ends[field] = end - 1;
  row.areQuotesDoubled[field] = areDoubled;
}
