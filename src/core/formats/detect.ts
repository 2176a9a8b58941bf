/**
 * Finds out how a dump is to be read, from its beginning: the format by its first bytes and lines, then the layout
 * of the console consumer (columns, separator, line ends) from the records themselves.
 */
import type { Column, DumpLayout, Warning } from '../comparison.js';
import { UserError } from '../errors.js';
import type { DumpOptions } from '../options.js';
import { excerpt, visible } from '../words/text.js';
import { ConsoleConsumerScanner } from './consoleConsumer.js';
import { detectCsv } from './detectCsv.js';
import { detectJson } from './detectJson.js';
import { detectYaml } from './detectYaml.js';
import { noiseKind } from './noise.js';
import { refuseOtherBytes, refuseOtherText } from './otherFormats.js';
import { type Anchors, readAnchors } from './recordPrefix.js';

/** The beginning of a dump. */
export interface DumpSample {
  /** For messages, as the user gave it. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Whether `bytes` is the whole dump. */
  readonly isWhole: boolean;
}

export interface Detection {
  readonly layout: DumpLayout;
  /** Values that were JSON stand in the dump as JSON written anew: beside another dump they compare only as JSON. */
  readonly reencodesJson?: boolean;
  /** What had to be assumed. */
  readonly warnings: readonly Warning[];
}

/** Bytes of a dump's beginning in which a record must be found. */
export const sampleBytes = 1 << 20;

/** Lines of the sample that are looked at: enough to be sure, few enough to be instant. */
const sampleLines = 2000;
/** Bytes of a line in which its prefix, separator and key are looked for. */
const lineBytes = 4096;
const longestSeparatorBytes = 32;
/** Share of the record lines that must end in CR before CR LF is taken for the line end. */
const crlfShare = 0.95;
/** Share of the records that must have a key behind their prefix, and of those that must agree on a separator. */
const majority = 0.5;
/** Share of the lines that begin like a record on which two columns must stand side by side to be believed. */
const tellingShare = 0.2;

const LF = 0x0a;
const CR = 0x0d;
const howToDump =
  'Take the dump with print.timestamp=true, print.partition=true, print.key=true and a key.separator such as “::”.';

const latin1 = new TextDecoder('latin1');

/** A line of the sample that is no notice. */
interface SampleLine {
  /** 1-based. */
  readonly number: number;
  /** Its first bytes as latin1, one character a byte, without line end and a CR before it. */
  readonly text: string;
  /** Null without a line end: such a line tells nothing about line ends. */
  readonly lineEnd: 'LF' | 'CRLF' | null;
}

/** @throws UserError if the dump is empty, of a format that cannot be read, or no record is found in the sample */
export function detectDump(sample: DumpSample, options: DumpOptions): Detection {
  const { path, bytes } = sample;
  refuseOtherBytes(path, bytes);
  const bomLength = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const other = detectJson(sample, options) ?? detectYaml(sample, options) ?? detectCsv(sample, options);
  if (other !== null) return other;
  const lines = linesOf(sample, bomLength);
  if (lines[0] !== undefined) refuseOtherText(path, lines[0].text, lines[0].number);
  const records = lines.filter(({ text }) => readAnchors(text, null).columns.length > 0);
  const first = records[0];
  if (first === undefined) throw noRecord(sample, lines[0]);

  const given = options.separator;
  const found = given === null ? findSeparator(records) : { separator: toLatin1(given), isAssumed: false };
  if (found === null) {
    throw new UserError(
      `${path}, line ${first.number}: no separator between timestamp, key and value could be found in “${excerpt(first.text)}”. Name it with --separator, or in the setting “separator”.`,
      path,
      first.number,
    );
  }
  const separator = fromLatin1(found.separator);
  const layout: DumpLayout = {
    format: 'kafka-console-consumer',
    separator,
    columns: columnsOf(records, found.separator),
    crlf: endsInCrLf(records),
    nullLiteral: options.nullLiteral,
    bomLength,
  };
  requireKeys(sample, layout, first);
  return { layout, warnings: found.isAssumed ? [separatorAssumed(separator, first.number)] : [] };
}

function linesOf({ bytes, isWhole }: DumpSample, from: number): SampleLine[] {
  const lines: SampleLine[] = [];
  let start = from;
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
    const text = latin1.decode(bytes.subarray(start, Math.min(end, start + lineBytes)));
    if (kind === 'none') lines.push({ number, text, lineEnd: lineEnd < 0 ? null : endsInCr ? 'CRLF' : 'LF' });
    start = stop + 1;
  }
  return lines;
}

function endsInCrLf(records: readonly SampleLine[]): boolean {
  const ended = records.filter(({ lineEnd }) => lineEnd !== null);
  const withCr = ended.filter(({ lineEnd }) => lineEnd === 'CRLF');
  return withCr.length > 0 && withCr.length >= crlfShare * ended.length;
}

/** The entry counted most often. */
function mostFrequent(items: Iterable<string>): { item: string; count: number } | null {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  let best: { item: string; count: number } | null = null;
  for (const [item, count] of counts) if (best === null || count > best.count) best = { item, count };
  return best;
}

/**
 * Of lines that begin like a record those with two columns side by side, if there are enough of them: lines of a
 * value that begin with a timestamp are told from records by that.
 */
function mostTelling(lines: readonly Anchors[]): readonly Anchors[] {
  const telling = lines.filter(({ columns }) => columns.length > 1);
  return telling.length >= tellingShare * lines.length ? telling : lines.filter(({ columns }) => columns.length === 1);
}

/**
 * The separator in latin1. Exact where two columns that announce themselves stand side by side; otherwise the
 * longest text behind the only one that most records share and that comes again, behind the key.
 */
function findSeparator(records: readonly SampleLine[]): { separator: string; isAssumed: boolean } | null {
  const anchored = mostTelling(records.map(({ text }) => readAnchors(text, null)));
  const between = mostFrequent(anchored.flatMap(({ separator }) => (separator === null ? [] : [separator])));
  if (between !== null) return { separator: between.item, isAssumed: false };
  const rests = anchored.map(({ rest }) => rest);
  const candidates = Array.from({ length: longestSeparatorBytes }, (_, i) => (rests[0] as string).slice(0, i + 1));
  let best: { separator: string; records: number } | null = null;
  for (const separator of candidates) {
    const length = separator.length;
    const agreeing = rests.filter((rest) => rest.startsWith(separator) && rest.indexOf(separator, length) >= 0).length;
    if (best === null || agreeing >= best.records) best = { separator, records: agreeing };
  }
  if (best === null || best.separator === '' || best.records < majority * anchored.length) return null;
  return { separator: best.separator, isAssumed: true };
}

/** The columns that most records have; `headers` is one of them if some record says NO_HEADERS there. */
function columnsOf(records: readonly SampleLine[], separator: string): Column[] {
  const anchored = mostTelling(records.map(({ text }) => readAnchors(text, separator)));
  const columns = (mostFrequent(anchored.map((found) => found.columns.join()))?.item ?? '').split(',') as Column[];
  const hasHeaders = anchored.some(({ rest }) => rest.startsWith(`${separator}NO_HEADERS${separator}`));
  return [...columns, ...(hasHeaders ? (['headers'] as const) : []), 'key', 'value'];
}

/** Refuses a dump whose records have nothing to tell a key from a value. */
function requireKeys({ path, bytes }: DumpSample, layout: DumpLayout, first: SampleLine): void {
  let readable = 0;
  const count = (): void => {
    readable++;
  };
  const scanner = new ConsoleConsumerScanner(layout, { record: count, cutRecord: count });
  scanner.push(bytes.subarray(layout.bomLength));
  const totals = scanner.end();
  const unreadable = totals.unreadableRecords + (totals.unknownCutLine === null ? 0 : 1);
  if (readable > 0 && readable >= majority * (readable + unreadable)) return;
  throw new UserError(
    `${path}, line ${first.number}: with the separator “${visible(layout.separator ?? '')}” there is no key in “${excerpt(first.text)}”; without keys there is nothing to compare by. ${howToDump}`,
    path,
    first.number,
  );
}

function noRecord({ path, bytes }: DumpSample, first: SampleLine | undefined): UserError {
  if (first === undefined) {
    return new UserError(`${path} holds notices of the console consumer and no record. ${howToDump}`, path, 1);
  }
  const looksBinary = bytes.subarray(0, 4096).includes(0);
  const what = looksBinary
    ? `${path} is no text dump: it looks like a binary file.`
    : `${path}, line ${first.number}: no Kafka record starts here or in the first MB; found “${excerpt(first.text)}”, expected a line such as “CreateTime:1690000000000::Partition:0::key::value”.`;
  return new UserError(`${what} ${howToDump}`, path, first.number);
}

function separatorAssumed(separator: string, line: number): Warning {
  return {
    code: 'separator-assumed',
    line,
    message: `The separator “${visible(separator)}” was assumed from the records; name it if that is wrong.`,
  };
}

function toLatin1(text: string): string {
  return latin1.decode(new TextEncoder().encode(text));
}

function fromLatin1(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(text, (c) => c.charCodeAt(0)));
}
