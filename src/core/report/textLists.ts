/** The lists of the text report: differing keys and unmatched records, each with file:line, made line by line. */
import type { Comparison, Difference, UnmatchedRecord } from '../comparison.js';
import { deletedWords, distance } from '../words/labels.js';
import { count, counted } from '../words/numbers.js';
import { unmatchedLabel } from '../words/recordWords.js';
import { excerpt, visible } from '../words/text.js';
import { dateAndTime, type TimeZoneChoice } from '../words/time.js';
import { type ListedSection, listedSections } from './listedGroups.js';
import { listed, type ReportInput } from './report.js';

export interface TextSection {
  readonly title: string;
  readonly lines: Iterable<string>;
}

const keyWidth = 40;

export function* differenceSections({ comparison, maxDifferences, zone }: ReportInput): Generator<TextSection> {
  for (const section of listedSections(comparison, maxDifferences)) {
    const { title, meaning, count: size } = section;
    yield {
      title: `${title}: ${counted(size, 'key')} (${meaning})`,
      lines: differenceLines(comparison, section, zone),
    };
  }
}

function* differenceLines(comparison: Comparison, { groups }: ListedSection, zone: TimeZoneChoice): Generator<string> {
  for (const { title, meaning, count: size, differences } of groups) {
    yield `${title}: ${count(size)} (${meaning})`;
    for (const difference of differences) yield `  ${differenceLine(comparison, difference, zone)}`;
  }
}

function differenceLine({ source, mirror }: Comparison, difference: Difference, zone: TimeZoneChoice): string {
  return joined([
    excerpt(difference.key, keyWidth),
    distance(difference) || written(difference, zone),
    deletedWords(difference),
    difference.source === null ? '' : place(source.path, difference.source.line),
    difference.mirror === null ? '' : place(mirror.path, difference.mirror.line),
  ]);
}

/** When the key was last written, where there is nothing to hold it against. */
function written({ source, mirror, outcome }: Difference, zone: TimeZoneChoice): string {
  const timestamp = (source ?? mirror)?.timestamp ?? null;
  return outcome === 'modified' || timestamp === null ? '' : `written ${dateAndTime(timestamp, zone)}`;
}

export function unmatchedSection(input: ReportInput): TextSection {
  const { unmatchedRecords } = input.comparison;
  return {
    title: `On one side only: ${counted(unmatchedRecords.length, 'record')} (every record counts)`,
    lines: unmatchedLines(input),
  };
}

function* unmatchedLines(input: ReportInput): Generator<string> {
  const { comparison, zone } = input;
  for (const record of listed(comparison.unmatchedRecords, input)) yield unmatchedLine(comparison, record, zone);
}

function unmatchedLine(comparison: Comparison, record: UnmatchedRecord, zone: TimeZoneChoice): string {
  const { side, key, timestamp, line } = record;
  return joined([
    `${side}: ${unmatchedLabel(record)}`,
    key === null ? 'no key' : excerpt(key.key, keyWidth),
    timestamp === null ? '' : `written ${dateAndTime(timestamp, zone)}`,
    place(comparison[side].path, line),
  ]);
}

/** `path:line`, as a terminal makes it clickable. */
export function place(path: string, line: number | null): string {
  return line === null ? visible(path) : `${visible(path)}:${line}`;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('  ');
}
