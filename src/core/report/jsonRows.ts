/**
 * Rows of the JSON formats: a difference, or an unmatched record, as report.schema.json describes it, as one object. It
 * is written as bytes, out of the columns and from the values' own bytes.
 */
import type { UnmatchedRecord } from '../comparison.js';
import { keyBytes } from '../differenceColumnList.js';
import { type DifferenceColumns, evidences, type FinalColumns, keyAt } from '../differenceColumns.js';
import { causeOf, differenceKinds, outcomeOf, sectionKinds } from '../differenceGroups.js';
import type { Side } from '../record.js';
import { decodeBytes } from '../utf8.js';
import type { ByteWriter } from './byteWriter.js';
import { writeJsonText } from './jsonText.js';
import { fieldsOfValue, type RowInput, type ValueRecord, valueCharacters } from './valueFields.js';

const utf8 = new TextEncoder();
const part = (text: string): Uint8Array => utf8.encode(text);

/** What stands before a number, and before null together with it: many members are null. */
interface NumberPart {
  readonly some: Uint8Array;
  readonly none: Uint8Array;
}
const numberPart = (before: string): NumberPart => ({ some: part(before), none: part(`${before}null`) });

/** What stands between the members that differ from row to row. */
const parts = {
  null: part('null'),
  key: part('{"key":'),
  keyBase64: part(',"keyBase64":'),
  outcomes: differenceKinds.map((kind) =>
    evidences.map((causeEvidence) => {
      const members = JSON.stringify({ outcome: outcomeOf(kind), cause: causeOf(kind), causeEvidence });
      return numberPart(`,${members.slice(1, -1)},"behind":`);
    }),
  ),
  behindMs: numberPart(',"behindMs":'),
  lates: sectionKinds.map((kind) => part(`,"late":${kind === 'inTime' ? null : `"${kind}"`},"source":`)),
  mirror: part(',"mirror":'),
  end: part('}'),

  finalLine: part('{"line":'),
  line: part(',"line":'),
  lineCount: part(',"lineCount":'),
  byteOffset: part(',"byteOffset":'),
  byteLength: part(',"byteLength":'),
  partition: numberPart(',"partition":'),
  offset: numberPart(',"offset":'),
  timestamp: numberPart(',"timestamp":'),
  occurrences: part(',"occurrences":'),
  tombstone: part(',"tombstone":true,"value":null'),
  value: part(',"tombstone":false,"value":'),
  valueBytes: part(',"valueBytes":'),
  valueBase64: part(',"valueBase64":'),
  redactedTombstone: part(',"tombstone":true,"valueRedacted":true'),
  redacted: part(',"tombstone":false,"valueRedacted":true'),
};

/** @param index 0-based position in the columns */
export function writeDifference(writer: ByteWriter, columns: DifferenceColumns, index: number, input: RowInput): void {
  writer.part(parts.key);
  writeKey(writer, keyAt(columns, index));
  const outcomes = parts.outcomes[columns.kinds[index] as number] as readonly NumberPart[];
  writeNumber(writer, outcomes[columns.evidence[index] as number] as NumberPart, columns.behind[index] as number);
  writeNumber(writer, parts.behindMs, columns.behindMs[index] as number);
  writer.part(parts.lates[columns.sections[index] as number] as Uint8Array);
  writeFinal(writer, 'source', columns.source, index, input);
  writer.part(parts.mirror);
  writeFinal(writer, 'mirror', columns.mirror, index, input);
  writer.part(parts.end);
}

export function writeUnmatched(writer: ByteWriter, record: UnmatchedRecord, input: RowInput): void {
  writer.text(`{"side":"${record.side}","reason":"${record.reason}","key":`);
  if (record.key === null) writer.part(parts.null);
  else writeKey(writer, keyBytes(record.key));
  writer.part(parts.line);
  writePlace(writer, record);
  writeNumber(writer, parts.partition, record.partition ?? Number.NaN);
  writeNumber(writer, parts.offset, record.offset ?? Number.NaN);
  writeNumber(writer, parts.timestamp, record.timestamp ?? Number.NaN);
  writeValue(writer, record.side, record, input);
  writer.part(parts.end);
}

/** With the bytes themselves where they are no text. */
function writeKey(writer: ByteWriter, key: Uint8Array): void {
  if (writeJsonText(writer, key)) return;
  const { text, base64 } = decodeBytes(key);
  writeJsonText(writer, utf8.encode(text));
  writer.part(parts.keyBase64);
  writer.text(`"${base64}"`);
}

function writeFinal(writer: ByteWriter, side: Side, columns: FinalColumns, index: number, input: RowInput): void {
  const occurrences = columns.occurrences[index] as number;
  if (occurrences === 0) {
    writer.part(parts.null);
    return;
  }
  const record: ValueRecord = {
    line: columns.lines[index] as number,
    lineCount: columns.lineCounts[index] as number,
    byteOffset: columns.byteOffsets[index] as number,
    byteLength: columns.byteLengths[index] as number,
    headBytes: columns.headBytes[index] as number,
    tombstone: columns.tombstones[index] === 1,
  };
  const partition = columns.partitions[index] as number;
  writer.part(parts.finalLine);
  writePlace(writer, record);
  writeNumber(writer, parts.partition, partition < 0 ? Number.NaN : partition);
  writeNumber(writer, parts.offset, columns.offsets[index] as number);
  writeNumber(writer, parts.timestamp, columns.timestamps[index] as number);
  writer.part(parts.occurrences);
  writer.number(occurrences);
  writeValue(writer, side, record, input);
  writer.part(parts.end);
}

function writePlace(writer: ByteWriter, { line, lineCount, byteOffset, byteLength }: ValueRecord): void {
  writer.number(line);
  writer.part(parts.lineCount);
  writer.number(lineCount);
  writer.part(parts.byteOffset);
  writer.number(byteOffset);
  writer.part(parts.byteLength);
  writer.number(byteLength);
}

/** @param number NaN for null */
function writeNumber(writer: ByteWriter, { some, none }: NumberPart, number: number): void {
  if (Number.isNaN(number)) {
    writer.part(none);
    return;
  }
  writer.part(some);
  writer.number(number);
}

/** Whether there is a value, and as much of it as reports show. */
function writeValue(writer: ByteWriter, side: Side, record: ValueRecord, input: RowInput): void {
  if (input.redactValues) {
    writer.part(record.tombstone ? parts.redactedTombstone : parts.redacted);
    return;
  }
  if (record.tombstone) {
    writer.part(parts.tombstone);
    return;
  }
  writer.part(parts.value);
  const value = input.readValue(side, record);
  if (value === null) {
    writer.part(parts.null);
    return;
  }
  // A text has at most as many characters as bytes.
  if (value.length <= valueCharacters && writeJsonText(writer, value)) return;
  const { value: text, valueBytes, valueBase64 } = fieldsOfValue(value);
  writeJsonText(writer, utf8.encode(text));
  if (valueBytes !== undefined) {
    writer.part(parts.valueBytes);
    writer.number(valueBytes);
  }
  if (valueBase64 !== undefined) {
    writer.part(parts.valueBase64);
    writer.text(`"${valueBase64}"`);
  }
}
