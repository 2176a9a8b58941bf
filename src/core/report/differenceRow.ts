/** One difference, or unmatched record, as the JSON report describes it (report.schema.json). */
import type { Difference, FinalRecord, UnmatchedRecord } from '../comparison.js';
import type { RecordLocation, Side } from '../record.js';
import { decodeBytes } from '../utf8.js';
import type { ReportInput } from './report.js';

/** Characters of a value that a report holds; `valueBytes` tells the real length of a longer one. */
const valueCharacters = 10_000;

export interface ValueFields {
  /** Null for a tombstone. */
  readonly value: string | null;
  /** Bytes of a value that was cut. */
  readonly valueBytes?: number;
  /** The bytes of a value that is not UTF-8. */
  readonly valueBase64?: string;
}

export async function differenceRow(difference: Difference, input: ReportInput) {
  const { key, keyBase64, outcome, cause, causeEvidence, behind, behindMs, late } = difference;
  return {
    key,
    ...(keyBase64 === null ? {} : { keyBase64 }),
    ...{ outcome, cause, causeEvidence, behind, behindMs, late },
    source: await finalRecord('source', difference.source, input),
    mirror: await finalRecord('mirror', difference.mirror, input),
  };
}

async function finalRecord(side: Side, record: FinalRecord | null, input: ReportInput) {
  if (record === null) return null;
  const { partition, offset, timestamp, occurrences, tombstone } = record;
  const fields = { partition, offset, timestamp, occurrences, tombstone };
  return { ...locationFields(record), ...fields, ...(await shownValue(side, record, input)) };
}

export async function unmatchedRow(record: UnmatchedRecord, input: ReportInput) {
  const { side, reason, key, partition, offset, timestamp, tombstone } = record;
  return {
    ...{ side, reason, key: key?.key ?? null },
    ...(key === null || key.keyBase64 === null ? {} : { keyBase64: key.keyBase64 }),
    ...locationFields(record),
    ...{ partition, offset, timestamp, tombstone },
    ...(await shownValue(side, record, input)),
  };
}

export function locationFields({ line, lineCount, byteOffset, byteLength }: RecordLocation): RecordLocation {
  return { line, lineCount, byteOffset, byteLength };
}

/** A record whose value a report may show. */
export type ValueRecord = RecordLocation & Pick<FinalRecord, 'tombstone'>;

/** No value, not even null, where values are left out; that is said instead. */
export async function shownValue(side: Side, record: ValueRecord, input: ReportInput) {
  return input.redactValues ? { valueRedacted: true } : valueFields(side, record, input);
}

/** The value of a record as far as reports show it. */
export async function valueFields(
  side: Side,
  record: ValueRecord,
  { readValue }: Pick<ReportInput, 'readValue'>,
): Promise<ValueFields> {
  const value = record.tombstone ? null : await readValue(side, record);
  if (value === null) return { value: null };
  const { text, base64 } = decodeBytes(value);
  if (text.length <= valueCharacters) {
    return { value: text, ...(base64 === null ? {} : { valueBase64: base64 }) };
  }
  return { value: cut(text), valueBytes: value.length };
}

/** Cuts without leaving half a surrogate pair. */
function cut(text: string): string {
  const last = text.charCodeAt(valueCharacters - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? valueCharacters - 1 : valueCharacters);
}
