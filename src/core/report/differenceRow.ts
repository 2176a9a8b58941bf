/** One difference, or unmatched record, as the JSON report describes it (report.schema.json). */
import type { Difference, FinalRecord, UnmatchedRecord } from '../comparison.js';
import type { RecordLocation, Side, ValueLocation } from '../record.js';
import { decodeBytes } from '../utf8.js';
import type { ReportInput } from './report.js';

/** Characters of a value that a report holds; `valueBytes` tells the real length of a longer one. */
const valueCharacters = 10_000;

/** What a row needs of a report's input. */
export type RowInput = Pick<ReportInput, 'readValue' | 'redactValues'>;

export interface ValueFields {
  /** Null for a tombstone. */
  readonly value: string | null;
  /** Bytes of a value that was cut. */
  readonly valueBytes?: number;
  /** The bytes of a value that is not UTF-8. */
  readonly valueBase64?: string;
}

// Members that are undefined are not printed. There may be millions of rows: objects are made in one piece.

export function differenceRow(difference: Difference, input: RowInput) {
  return {
    key: difference.key,
    keyBase64: difference.keyBase64 ?? undefined,
    outcome: difference.outcome,
    cause: difference.cause,
    causeEvidence: difference.causeEvidence,
    behind: difference.behind,
    behindMs: difference.behindMs,
    late: difference.late,
    source: finalRecord('source', difference.source, input),
    mirror: finalRecord('mirror', difference.mirror, input),
  };
}

function finalRecord(side: Side, record: FinalRecord | null, input: RowInput) {
  if (record === null) return null;
  const shown = shownValue(side, record, input);
  return {
    line: record.line,
    lineCount: record.lineCount,
    byteOffset: record.byteOffset,
    byteLength: record.byteLength,
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestamp,
    occurrences: record.occurrences,
    tombstone: record.tombstone,
    value: shown.value,
    valueBytes: shown.valueBytes,
    valueBase64: shown.valueBase64,
    valueRedacted: shown.valueRedacted,
  };
}

export function unmatchedRow(record: UnmatchedRecord, input: RowInput) {
  const shown = shownValue(record.side, record, input);
  return {
    side: record.side,
    reason: record.reason,
    key: record.key?.key ?? null,
    keyBase64: record.key?.keyBase64 ?? undefined,
    line: record.line,
    lineCount: record.lineCount,
    byteOffset: record.byteOffset,
    byteLength: record.byteLength,
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestamp,
    tombstone: record.tombstone,
    value: shown.value,
    valueBytes: shown.valueBytes,
    valueBase64: shown.valueBase64,
    valueRedacted: shown.valueRedacted,
  };
}

export function locationFields({ line, lineCount, byteOffset, byteLength }: RecordLocation): RecordLocation {
  return { line, lineCount, byteOffset, byteLength };
}

/** A record whose value a report may show. */
export type ValueRecord = ValueLocation & Pick<FinalRecord, 'tombstone'>;

/** No value, not even null, where values are left out; that is said instead. */
export function shownValue(
  side: Side,
  record: ValueRecord,
  input: RowInput,
): Partial<ValueFields> & { readonly valueRedacted?: true } {
  return input.redactValues ? { valueRedacted: true } : valueFields(side, record, input);
}

/** The value of a record as far as reports show it. */
export function valueFields(side: Side, record: ValueRecord, { readValue }: Pick<RowInput, 'readValue'>): ValueFields {
  const value = record.tombstone ? null : readValue(side, record);
  if (value === null) return { value: null };
  const { text, base64 } = decodeBytes(value);
  if (text.length > valueCharacters) return { value: cut(text), valueBytes: value.length };
  return base64 === null ? { value: text } : { value: text, valueBase64: base64 };
}

/** Cuts without leaving half a surrogate pair. */
function cut(text: string): string {
  const last = text.charCodeAt(valueCharacters - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? valueCharacters - 1 : valueCharacters);
}
