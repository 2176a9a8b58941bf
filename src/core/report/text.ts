/** The text report, for someone at 3 a.m.: the answer first, then the numbers, then the keys with file:line. */
import type { Comparison, DumpSummary } from '../comparison.js';
import { unequalEnds } from '../partitionEnds.js';
import type { Side } from '../record.js';
import { type Check, whatToCheck } from '../words/checks.js';
import { howCompared, shorterDumpWords, spanWords } from '../words/dumpWords.js';
import { ledgerRows } from '../words/ledgerRows.js';
import { byteSize, count, counted } from '../words/numbers.js';
import { visible } from '../words/text.js';
import { dateAndTime, duration, type TimeZoneChoice } from '../words/time.js';
import { verdictWords } from '../words/verdict.js';
import { listedCount, type ReportInput } from './report.js';
import { differenceSections, place, type TextSection, unmatchedSection } from './textLists.js';

/** Listed differences from which on the verdict is said once more below them. */
const longList = 15;
/** Partitions that end apart and are listed. */
const mostPartitions = 10;

export function* textReport(input: ReportInput): Generator<string> {
  const { comparison, paint, zone } = input;
  const { headline, details } = verdictWords(comparison, zone);
  const verdict = `${paint(comparison.verdict === 'equivalent' ? 'good' : 'bad', headline)}\n`;
  yield verdict;
  for (const detail of details) yield `${detail}\n`;
  yield `\n${parsed('source', comparison.source, zone)}${parsed('mirror', comparison.mirror, zone)}`;
  const shorter = shorterDumpWords(comparison);
  if (shorter !== null) yield `        ${shorter}\n`;
  yield `${howCompared(comparison)}\n`;
  for (const { title, lines } of sectionsOf(input)) {
    let isFirst = true;
    for (const line of lines) {
      if (isFirst) yield `\n${paint('heading', title)}\n`;
      isFirst = false;
      yield `  ${line}\n`;
    }
  }
  const { differences, unmatchedRecords } = comparison;
  const omitted = [
    ...omittedWords(differences.length - listedCount(differences, input), 'more differing key'),
    ...omittedWords(unmatchedRecords.length - listedCount(unmatchedRecords, input), 'more record'),
  ];
  for (const words of omitted)
    yield `\n${paint('quiet', `${words} not listed; --max-differences all lists them all.`)}\n`;
  if (input.redactValues) yield `\n${paint('quiet', 'The records’ values are left out of this report.')}\n`;
  if (listedCount(differences, input) + listedCount(unmatchedRecords, input) > longList) yield `\n${verdict}`;
}

function omittedWords(omitted: number, noun: string): string[] {
  return omitted === 0 ? [] : [counted(omitted, noun)];
}

/** A section without lines is not shown. */
function* sectionsOf(input: ReportInput): Generator<TextSection> {
  const { comparison, zone } = input;
  yield {
    title: 'As the published script counts (last record of each key in the file)',
    lines: literalLines(comparison),
  };
  yield { title: 'Keys', lines: outcomeLines(comparison) };
  yield { title: 'Why the record counts differ', lines: ledgerLines(comparison) };
  // Offsets of two clusters need not agree; without times they are all there is.
  const byOffset = comparison.timestampsComparable ? '' : ' (offsets of two clusters need not agree)';
  yield { title: `Where the partitions end${byOffset}`, lines: partitionLines(comparison, zone) };
  yield { title: 'What to check', lines: checkLines(whatToCheck(comparison)) };
  yield {
    title: 'Assumed and set aside',
    lines: [...warningLines(comparison.source), ...warningLines(comparison.mirror)],
  };
  yield* differenceSections(input);
  yield unmatchedSection(input);
}

function parsed(side: Side, dump: DumpSummary, zone: TimeZoneChoice): string {
  const span = spanWords(dump, zone);
  const counts = [
    counted(dump.records, 'record'),
    counted(dump.keys, 'unique key'),
    ...(dump.tombstones > 0 ? [counted(dump.tombstones, 'tombstone')] : []),
    ...(dump.keyless > 0 ? [`${count(dump.keyless)} without key`] : []),
    ...(dump.truncated > 0 ? [`${count(dump.truncated)} set aside`] : []),
  ];
  const separator = dump.separator === null ? '' : `, separator “${visible(dump.separator)}”`;
  const read = `${dump.format}${separator}, ${dump.columns.join(' · ')}, ${byteSize(dump.bytes)}`;
  return [
    `${side}  ${visible(dump.path)}: ${counts.join(', ')}\n`,
    ...(span === null ? [] : [`        ${span}\n`]),
    `        read as ${read}\n`,
  ].join('');
}

function literalLines({ literal }: Comparison): string[] {
  return [
    `${count(literal.notInSource)} not in the source, ${count(literal.notInMirror)} not in the mirror, ${count(literal.modified)} modified, ${count(literal.same)} the same`,
  ];
}

function outcomeLines({ keys, causes, keylessDifferences: keyless }: Comparison): string[] {
  const causeCounts = Object.entries(causes).filter(([, number]) => number > 0);
  const lines = [
    `same      ${count(keys.same)}`,
    `deleted   ${count(keys.deleted)}`,
    `missing   ${count(keys.missing)}`,
    `extra     ${count(keys.extra)}`,
    `modified  ${count(keys.modified)}${causeCounts.length === 0 ? '' : `: ${causeCounts.map(([cause, number]) => `${count(number)} ${cause}`).join(', ')}`}`,
  ];
  if (keys.inSeveralPartitions > 0) lines.push(`in several partitions: ${count(keys.inSeveralPartitions)}`);
  if (keyless.onlyInSource + keyless.onlyInMirror > 0) {
    lines.push(
      `records without key: ${count(keyless.onlyInSource)} only in the source, ${count(keyless.onlyInMirror)} only on the mirror`,
    );
  }
  return lines;
}

function ledgerLines(comparison: Comparison): string[] {
  const { ledger, source, mirror } = comparison;
  const rows = ledgerRows(comparison);
  const width = Math.max(6, count(source.records).length, count(mirror.records).length);
  const labelWidth = Math.max(...rows.map(({ label }) => label.length));
  const line = (label: string, a: string, b: string): string =>
    `${label.padEnd(labelWidth)}  ${a.padStart(width)}  ${b.padStart(width)}`;
  return [
    line('', 'source', 'mirror'),
    ...rows.map((row) => line(row.label, count(row.source), count(row.mirror))),
    '─'.repeat(labelWidth + 4 + 2 * width),
    line('records', count(source.records), count(mirror.records)),
    ...(ledger.approximateKeys > 0
      ? [`${counted(ledger.approximateKeys, 'key')} with very many versions counted approximately`]
      : []),
  ];
}

/** Only partitions that do not end together; of a dump with one partition, its span says it. */
function partitionLines(comparison: Comparison, zone: TimeZoneChoice): string[] {
  if (Math.max(comparison.source.partitions.length, comparison.mirror.partitions.length) < 2) return [];
  const ends = unequalEnds(comparison);
  const lines = ends.slice(0, mostPartitions).map(({ partition, source, mirror, behindMs }) => {
    const end = (summary: typeof source): string => {
      if (summary === null) return 'nothing there';
      const offset = summary.lastOffset === null ? '' : ` (offset ${summary.lastOffset})`;
      return summary.lastTimestamp === null
        ? `no time${offset}`
        : `${dateAndTime(summary.lastTimestamp, zone)}${offset}`;
    };
    const distance =
      behindMs === null ? '' : `: the ${behindMs > 0 ? 'mirror' : 'source'} is ${duration(behindMs)} shorter`;
    return `partition ${partition}  source ${end(source)}  mirror ${end(mirror)}${distance}`;
  });
  const more = ends.length - lines.length;
  return more === 0 ? lines : [...lines, `and ${counted(more, 'more partition')}`];
}

function checkLines(checks: readonly Check[]): string[] {
  return checks.flatMap(({ about, usually, check }) => [about, `  usually: ${usually}`, `  check: ${check}`]);
}

function warningLines(dump: DumpSummary): string[] {
  return dump.warnings.map(({ line, message }) => `${place(dump.path, line)}: ${visible(message)}`);
}
