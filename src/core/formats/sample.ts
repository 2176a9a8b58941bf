/** The beginning of a dump, as detection looks at it: lines without notices, and records once a layout is supposed. */
import type { DumpLayout } from '../comparison.js';
import type { RecordView } from '../record.js';
import { CR, LF, toByteText } from './bytes.js';
import { bomLengthOf, noiseKind, processedCount } from './noise.js';
import { createScanner } from './scanner.js';

/** The beginning of a dump. */
export interface DumpSample {
  /** For messages, as the user gave it. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Whether `bytes` is the whole dump. */
  readonly isWhole: boolean;
}

/** A line of the sample that is no notice. */
export interface SampleLine {
  /** 1-based. */
  readonly number: number;
  /** Its first bytes, one character a byte, without line end and a CR before it. */
  readonly text: string;
  /** Null without a line end: such a line tells nothing about line ends. */
  readonly lineEnd: 'LF' | 'CRLF' | null;
}

export interface SampleText extends DumpSample {
  /** Bytes of a UTF-8 byte order mark. */
  readonly bomLength: number;
  readonly lines: readonly SampleLine[];
  readonly noiseLines: number;
  /** N of `Processed a total of N messages`. */
  readonly processed: number | null;
}

/** A whole record of the sample. */
export interface SampleRecord {
  readonly line: number;
  readonly lineCount: number;
  /** One character a byte. */
  readonly key: string;
  readonly value: string;
  readonly isKeyless: boolean;
  readonly isTombstone: boolean;
  /** The dump ends before the record does. */
  readonly isCut: boolean;
}

/** Lines of the sample that are looked at: enough to be sure, few enough to be instant. */
const sampleLines = 2000;
/** Bytes of a line in which its prefix, separator and key are looked for. */
const lineBytes = 4096;
/** Bytes of a value that are looked at. */
const valueBytes = 1 << 16;
/** Share of the record lines that must end in CR before CR LF is taken for the line end. */
const crlfShare = 0.95;

export function readSample(sample: DumpSample): SampleText {
  const { bytes, isWhole } = sample;
  const bomLength = bomLengthOf(bytes);
  const lines: SampleLine[] = [];
  let noiseLines = 0;
  let processed: number | null = null;
  let start = bomLength;
  let afterException = false;
  for (let number = 1; number <= sampleLines && start < bytes.length; number++) {
    const lineEnd = bytes.indexOf(LF, start);
    // A line that the sample cuts is left alone, unless it is all there is.
    if (lineEnd < 0 && !isWhole && lines.length > 0) break;
    const stop = lineEnd < 0 ? bytes.length : lineEnd;
    const endsInCr = stop > start && bytes[stop - 1] === CR;
    const end = endsInCr ? stop - 1 : stop;
    const kind = noiseKind(bytes, start, end, afterException);
    afterException = kind === 'exception' || kind === 'stackFrame';
    if (kind === 'none') {
      const text = toByteText(bytes.subarray(start, Math.min(end, start + lineBytes)));
      lines.push({ number, text, lineEnd: lineEnd < 0 ? null : endsInCr ? 'CRLF' : 'LF' });
    } else {
      noiseLines++;
      processed = processedCount(bytes, start, end) ?? processed;
    }
    start = stop + 1;
  }
  return { ...sample, bomLength, lines, noiseLines, processed };
}

/** Whether one CR before each LF belongs to the line end, judged by lines that begin a record. */
export function endsInCrLf(records: readonly SampleLine[]): boolean {
  const ended = records.filter(({ lineEnd }) => lineEnd !== null);
  const withCr = ended.filter(({ lineEnd }) => lineEnd === 'CRLF');
  return withCr.length > 0 && withCr.length >= crlfShare * ended.length;
}

/** The records that `layout` finds in the sample, without one that the sample cuts, and how many have no key. */
export function sampleRecords(
  { bytes, isWhole }: DumpSample,
  layout: DumpLayout,
): { readonly records: readonly SampleRecord[]; readonly unreadable: number; readonly hasCutRecord: boolean } {
  const records: SampleRecord[] = [];
  let hasCutRecord = false;
  const scanner = createScanner(layout, {
    record: (view) => {
      if (records.length < sampleLines) records.push(sampleRecord(view, false));
    },
    cutRecord: (view) => {
      hasCutRecord = true;
      // What the dump itself cuts has a key all the same.
      if (isWhole) records.push(sampleRecord(view, true));
    },
  });
  scanner.push(bytes.subarray(layout.bomLength));
  const { unreadableRecords, unknownCutLine } = scanner.end();
  return { records, unreadable: unreadableRecords + (unknownCutLine === null ? 0 : 1), hasCutRecord };
}

function sampleRecord(view: RecordView, isCut: boolean): SampleRecord {
  const { bytes, keyStart, keyEnd, valueStart, valueEnd, line, lineCount, isKeyless, isTombstone } = view;
  const key = toByteText(bytes.subarray(keyStart, Math.min(keyEnd, keyStart + lineBytes)));
  const value = toByteText(bytes.subarray(valueStart, Math.min(valueEnd, valueStart + valueBytes)));
  return { line, lineCount, key, value, isKeyless, isTombstone, isCut };
}
