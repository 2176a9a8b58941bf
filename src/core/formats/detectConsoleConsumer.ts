/** How a dump of the console consumer was printed: which columns, which separator, which line ends. */
import type { Column, DumpLayout, Warning } from '../comparison.js';
import { UserError } from '../errors.js';
import type { DumpOptions } from '../options.js';
import { excerpt, visible } from '../words/text.js';
import { fromByteText, isJsonText, toBytes, toByteText } from './bytes.js';
import { type Detection, howToDump, refuseByteArrays } from './detection.js';
import { type Anchors, readAnchors } from './recordPrefix.js';
import { endsInCrLf, type SampleLine, type SampleRecord, type SampleText, sampleRecords } from './sample.js';
import { rankSeparators } from './separator.js';

/** Share of the records that must have a key behind their prefix. */
const majority = 0.5;
/** Share of the records that must show what is then assumed of all. */
const nearlyAll = 0.95;
/** Share of the lines that begin like a record on which two columns must stand side by side to be believed. */
const tellingShare = 0.2;

/**
 * Null if no line begins like a record.
 * @throws UserError if no separator, or no key is found
 */
export function detectConsoleConsumer(sample: SampleText, options: DumpOptions): Detection | null {
  const starts = sample.lines.filter(({ text }) => readAnchors(text, null).columns.length > 0);
  const first = starts[0];
  if (first === undefined) return null;
  const { separator, isAssumed } = separatorOf(sample, starts, options.separator);
  const text = fromByteText(separator);
  const layout: DumpLayout = {
    format: 'kafka-console-consumer',
    separator: text,
    columns: columnsOf(starts, separator),
    crlf: endsInCrLf(starts),
    nullLiteral: options.nullLiteral,
    bomLength: sample.bomLength,
  };
  const records = requireKeys(sample, layout, first);
  refuseByteArrays(sample.path, records);
  const warnings: Warning[] = [];
  const warn = (code: Warning['code'], line: number, message: string): void => {
    warnings.push({ code, line, message });
  };
  if (isAssumed) {
    const message = `The separator “${visible(text)}” was assumed from the records; name it if that is wrong.`;
    warn('separator-assumed', first.number, message);
  }
  const withHeaders = withAssumedHeaders(layout, records, separator);
  if (withHeaders !== null) {
    const message = 'What stands before the key was taken for headers, since it looks like them in every record.';
    warn('headers-assumed', first.number, message);
  }
  const trailing = withTrailingPartition(withHeaders ?? layout, records, separator, options);
  if (trailing !== null && options.format === null) {
    warn(
      'partition-assumed',
      first.number,
      'The number behind each value was taken for the partition, as Kafka 2.5 and 2.6 print it; if it belongs to the values, name the format kafka-console-consumer.',
    );
  }
  const keyWarning = separatorInKey(sample, trailing ?? withHeaders ?? layout, records);
  if (keyWarning !== null) warnings.push(keyWarning);
  return { layout: trailing ?? withHeaders ?? layout, warnings, certainty: certaintyOf(warnings) };
}

function certaintyOf(warnings: readonly Warning[]): Detection['certainty'] {
  return warnings.some(({ code }) => code.endsWith('-assumed')) ? 'assumed' : 'exact';
}

/** The separator, one character a byte. Exact where two columns that announce themselves stand side by side. */
function separatorOf(
  { path }: SampleText,
  starts: readonly SampleLine[],
  given: string | null,
): { separator: string; isAssumed: boolean } {
  if (given !== null) return { separator: toByteText(toBytes(given)), isAssumed: false };
  const anchored = mostTelling(starts.map(({ text }) => readAnchors(text, null)));
  const between = mostFrequent(anchored.flatMap(({ separator }) => (separator === null ? [] : [separator])));
  if (between !== null) return { separator: between.item, isAssumed: false };
  const rests = anchored.map(({ rest }) => rest);
  const aroundNoHeaders = mostFrequent(rests.flatMap((rest) => /^(.{1,32}?)NO_HEADERS\1/s.exec(rest)?.[1] ?? []));
  if (aroundNoHeaders !== null) return { separator: aroundNoHeaders.item, isAssumed: false };
  const separator = rankSeparators(rests);
  if (separator !== null) return { separator, isAssumed: true };
  const first = starts[0] as SampleLine;
  throw new UserError(
    `${path}, line ${first.number}: no separator between timestamp, key and value could be found in “${excerpt(first.text)}”. Name it with --separator, or in the setting “separator”.`,
    path,
    first.number,
  );
}

/**
 * Of lines that begin like a record those with two columns side by side, if there are enough of them: lines of a
 * value that begin with a timestamp are told from records by that.
 */
function mostTelling(lines: readonly Anchors[]): readonly Anchors[] {
  const telling = lines.filter(({ columns }) => columns.length > 1);
  return telling.length >= tellingShare * lines.length ? telling : lines.filter(({ columns }) => columns.length === 1);
}

/** The entry counted most often. */
function mostFrequent(items: Iterable<string>): { item: string; count: number } | null {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  let best: { item: string; count: number } | null = null;
  for (const [item, count] of counts) if (best === null || count > best.count) best = { item, count };
  return best;
}

/** The columns that most records have; `headers` is one of them if some record says NO_HEADERS there. */
function columnsOf(starts: readonly SampleLine[], separator: string): Column[] {
  const anchored = mostTelling(starts.map(({ text }) => readAnchors(text, separator)));
  const columns = (mostFrequent(anchored.map((found) => found.columns.join()))?.item ?? '').split(',') as Column[];
  const hasHeaders = anchored.some(({ rest }) => rest.startsWith(`${separator}NO_HEADERS${separator}`));
  return [...columns, ...(hasHeaders ? (['headers'] as const) : []), 'key', 'value'];
}

/** The records of the sample. @throws UserError if they have nothing to tell a key from a value */
function requireKeys(sample: SampleText, layout: DumpLayout, first: SampleLine): readonly SampleRecord[] {
  const { records, unreadable, hasCutRecord } = sampleRecords(sample, layout);
  const readable = records.length + (hasCutRecord ? 1 : 0);
  if (readable > 0 && readable >= majority * (readable + unreadable)) return records;
  throw new UserError(
    `${sample.path}, line ${first.number}: with the separator “${visible(layout.separator ?? '')}” there is no key in “${excerpt(first.text)}”; without keys there is nothing to compare by. ${howToDump}`,
    sample.path,
    first.number,
  );
}

/** `name:value,name:value`, as headers are printed. */
const headers = /^[^:,\s]+:/;

/**
 * Headers where no record of the sample says NO_HEADERS: each "key" looks like headers, all begin with one of a few
 * names, and behind each the separator comes once more. Keys such as `user:1` do not have that.
 */
function withAssumedHeaders(
  layout: DumpLayout,
  records: readonly SampleRecord[],
  separator: string,
): DumpLayout | null {
  if (layout.columns.includes('headers') || records.length < 2) return null;
  const alike = records.filter(({ key, value }) => headers.test(key) && value.split('\n', 1)[0]?.includes(separator));
  const names = new Set(alike.map(({ key }) => key.slice(0, key.indexOf(':'))));
  if (alike.length < records.length || names.size > Math.max(1, records.length / 10)) return null;
  const { columns } = layout;
  return { ...layout, columns: [...columns.slice(0, columns.indexOf('key')), 'headers', 'key', 'value'] };
}

/** Kafka 2.5 and 2.6: a timestamp, no `Partition:`, and behind each value the separator and a whole number. */
function withTrailingPartition(
  layout: DumpLayout,
  records: readonly SampleRecord[],
  separator: string,
  { format }: DumpOptions,
): DumpLayout | null {
  if (format === 'kafka-console-consumer' || layout.columns.join() !== 'timestamp,key,value') return null;
  const endsInPartition = ({ value }: SampleRecord): boolean => {
    const at = value.lastIndexOf(separator);
    return at >= 0 && /^\d{1,5}$/.test(value.slice(at + separator.length));
  };
  if (format === null && !(records.length > 0 && records.every(endsInPartition))) return null;
  return { ...layout, format: 'kafka-console-consumer-2.5', columns: [...layout.columns, 'partition'] };
}

/**
 * Told when the separator is part of keys: with the first one as the end of the key, values are no JSON, while with a
 * later one nearly all of them are.
 */
function separatorInKey(
  { path }: SampleText,
  { separator: text }: DumpLayout,
  records: readonly SampleRecord[],
): Warning | null {
  const separator = toByteText(toBytes(text ?? ''));
  const isJson = records.map(({ value }) => isJsonText(value));
  const later = records.filter(({ value }, i) => !isJson[i] && laterSplitIsJson(value, separator));
  const first = later[0];
  const good = later.length + isJson.filter(Boolean).length;
  const counted = records.filter(({ isTombstone }) => !isTombstone).length;
  if (first === undefined || good < nearlyAll * counted) return null;
  return {
    code: 'separator-in-key',
    line: first.line,
    message: `Keys seem to hold the separator “${visible(text ?? '')}”: behind a later one the values would be JSON. The key was taken to end at the first; dump ${path} again with a separator that is in no key.`,
  };
}

function laterSplitIsJson(value: string, separator: string): boolean {
  for (let at = value.indexOf(separator); at >= 0; at = value.indexOf(separator, at + 1)) {
    if (isJsonText(value.slice(at + separator.length))) return true;
  }
  return false;
}
