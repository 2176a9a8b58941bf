/**
 * The report as GitHub-flavoured Markdown, for a ticket. Keys and values are in code spans, where nothing in them is
 * markup, mentions somebody or becomes a link; they are in lists, not tables, whose cells even a code span can break.
 */
import type { Comparison, Difference, DumpSummary, FinalRecord, UnmatchedRecord } from '../comparison.js';
import type { Side, ValueLocation } from '../record.js';
import { whatToCheck } from '../words/checks.js';
import { howCompared, shorterDumpWords, spanWords } from '../words/dumpWords.js';
import { distance } from '../words/labels.js';
import { ledgerRows } from '../words/ledgerRows.js';
import { byteSize, count, counted } from '../words/numbers.js';
import { unmatchedLabel } from '../words/recordWords.js';
import { excerpt, visible } from '../words/text.js';
import { dateAndTime } from '../words/time.js';
import { valuePreview } from '../words/valuePreview.js';
import { verdictWords } from '../words/verdict.js';
import { listedSections } from './listedGroups.js';
import { listed, listedCount, type ReportInput } from './report.js';

const keyCharacters = 200;
const valueCharacters = 120;
const sides: readonly Side[] = ['source', 'mirror'];

export function* markdownReport(input: ReportInput): Generator<string> {
  const { comparison, zone } = input;
  const { headline, details } = verdictWords(comparison, zone);
  yield `# ${plain(headline)}\n\n`;
  for (const detail of details) yield `${plain(detail)}\n`;
  yield '\n';
  for (const side of sides) yield `- ${dumpLine(side, comparison[side], input)}\n`;
  const shorter = shorterDumpWords(comparison);
  if (shorter !== null) yield `- ${plain(shorter)}\n`;
  yield `\n${plain(howCompared(comparison))}\n`;
  yield keyTable(comparison);
  yield ledgerTable(comparison);
  yield checkList(comparison);
  yield warningList(comparison);
  for (const { title, meaning, count: size, groups } of listedSections(comparison, input.maxDifferences)) {
    yield heading(`${title}: ${counted(size, 'key')} (${meaning})`);
    for (const group of groups) {
      yield `\n${plain(`${group.title}: ${count(group.count)} (${group.meaning})`)}\n\n`;
      for (const difference of group.differences) yield differenceItem(difference, input);
    }
  }
  yield* unmatchedList(input);
  yield notes(input);
}

function heading(text: string): string {
  return `\n## ${plain(text)}\n`;
}

function dumpLine(side: Side, dump: DumpSummary, { zone }: ReportInput): string {
  const span = spanWords(dump, zone);
  const parts = [
    counted(dump.records, 'record'),
    counted(dump.keys, 'unique key'),
    ...(dump.tombstones > 0 ? [counted(dump.tombstones, 'tombstone')] : []),
    ...(dump.keyless > 0 ? [`${count(dump.keyless)} without key`] : []),
    ...(dump.truncated > 0 ? [`${count(dump.truncated)} set aside`] : []),
    ...(span === null ? [] : [span]),
  ];
  const separator = dump.separator === null ? '' : `, separator ${code(dump.separator)}`;
  return `${side} ${code(dump.path)}: ${parts.join(', ')}; read as ${dump.format}${separator}, ${byteSize(dump.bytes)}`;
}

function keyTable({ keys, causes }: Comparison): string {
  const rows: readonly (readonly [string, number])[] = [
    ...(['same', 'deleted', 'missing', 'extra', 'modified'] as const).map(
      (outcome) => [outcome, keys[outcome]] as const,
    ),
    ...Object.entries(causes).flatMap(([cause, keys]) => (keys === 0 ? [] : [[`modified: ${cause}`, keys] as const])),
  ];
  const lines = rows.map(([name, number]) => `| ${name} | ${count(number)} |\n`);
  return `\n| outcome | keys |\n| --- | ---: |\n${lines.join('')}`;
}

function ledgerTable(comparison: Comparison): string {
  const row = (label: string, source: number, mirror: number): string =>
    `| ${label} | ${count(source)} | ${count(mirror)} |\n`;
  const rows = ledgerRows(comparison).map(({ label, source, mirror }) => row(label, source, mirror));
  const total = row('**records**', comparison.source.records, comparison.mirror.records);
  return `${heading('Why the record counts differ')}\n| | source | mirror |\n| --- | ---: | ---: |\n${rows.join('')}${total}`;
}

function checkList(comparison: Comparison): string {
  const checks = whatToCheck(comparison).map(
    ({ about, usually, check }) =>
      `- **${plain(about)}**\n  - usually: ${plain(usually)}\n  - check: ${plain(check)}\n`,
  );
  return checks.length === 0 ? '' : `${heading('What to check')}\n${checks.join('')}`;
}

function warningList(comparison: Comparison): string {
  const items = sides.flatMap((side) =>
    comparison[side].warnings.map(
      ({ line, message }) => `- ${side}${line === null ? '' : ` line ${line}`}: ${plain(message)}\n`,
    ),
  );
  return items.length === 0 ? '' : `${heading('Assumed and set aside')}\n${items.join('')}`;
}

function differenceItem(difference: Difference, input: ReportInput): string {
  const far = distance(difference);
  const places = sides.flatMap((side) => {
    const record: FinalRecord | null = difference[side];
    return record === null ? [] : [`${side} line ${record.line}${written(record, input)}`];
  });
  const facts = [...(far === '' ? [] : [far]), ...places].join(', ');
  let item = `- ${keyText(difference.key)}: ${facts}\n`;
  for (const side of sides) {
    const record = difference[side];
    if (record !== null) item += valueItem(side, record, input);
  }
  return item;
}

function* unmatchedList(input: ReportInput): Generator<string> {
  const { unmatchedRecords } = input.comparison;
  if (listedCount(unmatchedRecords, input) === 0) return;
  yield `${heading(`On one side only: ${counted(unmatchedRecords.length, 'record')} (every record counts)`)}\n`;
  for (const record of listed(unmatchedRecords, input)) yield unmatchedItem(record, input);
}

function unmatchedItem(record: UnmatchedRecord, input: ReportInput): string {
  const { side, key, line } = record;
  const what = key === null ? 'a record without key' : keyText(key.key);
  return `- ${what}: ${side} line ${line}${written(record, input)}, ${unmatchedLabel(record)}\n`;
}

function notes(input: ReportInput): string {
  const { differences, unmatchedRecords } = input.comparison;
  const moreKeys = differences.length - listedCount(differences, input);
  const moreRecords = unmatchedRecords.length - listedCount(unmatchedRecords, input);
  return [
    ...(moreKeys === 0 ? [] : [`\n${counted(moreKeys, 'more differing key')} not listed.\n`]),
    ...(moreRecords === 0 ? [] : [`\n${counted(moreRecords, 'more record')} not listed.\n`]),
    ...(input.redactValues ? ['\nThe records’ values are left out of this report.\n'] : []),
  ].join('');
}

function valueItem(
  side: Side,
  record: ValueLocation & { readonly tombstone: boolean },
  { readValue, redactValues }: ReportInput,
): string {
  if (record.tombstone) return `  - ${side}: deleted\n`;
  if (redactValues) return '';
  const value = readValue(side, record);
  const text = valuePreview(value, valueCharacters);
  return `  - ${side}: ${value === null || value.length === 0 ? text : code(text)}\n`;
}

function written({ timestamp }: { readonly timestamp: number | null }, { zone }: ReportInput): string {
  return timestamp === null ? '' : ` (${plain(dateAndTime(timestamp, zone))})`;
}

function keyText(key: string): string {
  return key === '' ? 'the empty key' : code(excerpt(key, keyCharacters));
}

/** A code span: between more backticks than the text has in a row, with a space where it begins or ends with one. */
function code(text: string): string {
  const shown = visible(text);
  const longest = (shown.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 0);
  const fence = '`'.repeat(longest + 1);
  // One space at each end is taken off again, unless there is nothing else.
  const padding = /^[` ]|[` ]$/.test(shown) && /[^ ]/.test(shown) ? ' ' : '';
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/** A sentence whose punctuation is no markup; nobody is mentioned in it, and no address becomes a link. */
function plain(text: string): string {
  return visible(text)
    .replace(/[\\`*_<>[\]~|&#]|:(?=\/\/)|(?<=www)\./gi, '\\$&')
    .replaceAll('@', '@&#8203;');
}
