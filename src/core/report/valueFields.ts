/** A record's value as the reports for programs tell it: as text up to a length, and its bytes where it is no text. */
import type { FinalRecord } from '../comparison.js';
import type { RecordLocation, Side, ValueLocation } from '../record.js';
import { decodeBytes } from '../utf8.js';
import type { ReportInput } from './report.js';

/** Characters (UTF-16 code units) of a value that a report holds; `valueBytes` tells the real length of a longer one. */
export const valueCharacters = 10_000;

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
  return value === null ? { value: null } : fieldsOfValue(value);
}

export function fieldsOfValue(value: Uint8Array): ValueFields & { readonly value: string } {
  const { text, base64 } = decodeBytes(value);
  if (text.length > valueCharacters) return { value: cut(text), valueBytes: value.length };
  return base64 === null ? { value: text } : { value: text, valueBase64: base64 };
}

/** Cuts without leaving half a surrogate pair. */
function cut(text: string): string {
  const last = text.charCodeAt(valueCharacters - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? valueCharacters - 1 : valueCharacters);
}
