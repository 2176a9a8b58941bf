/** The text report, for someone at 3 a.m.: the answer first, then the numbers, then the keys with file:line. */
import type { Comparison, Difference, DumpSummary } from '../comparison.js';
import { type DifferenceSection, groupDifferences } from '../differenceGroups.js';
import type { Side } from '../record.js';
import { distance, kindLabels, sectionLabels, untimedSectionLabel } from '../words/labels.js';
import { byteSize, count, counted } from '../words/numbers.js';
import { excerpt, visible } from '../words/text.js';
import { dateAndTime, type TimeZoneChoice } from '../words/time.js';
import { spanWords, verdictWords } from '../words/verdict.js';
import type { ReportInput } from './report.js';

/** Listed differences from which on the verdict is said once more below them. */
const longList = 15;
const keyWidth = 40;

export function* textReport({ comparison, maxDifferences, paint, zone }: ReportInput): Generator<string> {
  const { headline, details } = verdictWords(comparison, zone);
  const verdict = `${paint(comparison.verdict === 'equivalent' ? 'good' : 'bad', headline)}\n`;
  yield verdict;
  for (const detail of details) yield `${detail}\n`;
  yield `\n${parsed('source', comparison.source, zone)}${parsed('mirror', comparison.mirror, zone)}`;
  yield* section(
    'As the published script counts (last record of each key in the file)',
    literalLines(comparison),
    paint,
  );
  yield* section('Keys', outcomeLines(comparison), paint);
  yield* section('Why the record counts differ', ledgerLines(comparison), paint);
  const warnings = [...warningLines(comparison.source), ...warningLines(comparison.mirror)];
  if (warnings.length > 0) yield* section('Assumed and set aside', warnings, paint);

  const sections = groupDifferences(comparison);
  let left = maxDifferences;
  for (const part of sections) {
    if (left <= 0) break;
    const lines = differenceLines(comparison, part, left, zone);
    yield* section(sectionTitle(comparison, part), lines, paint);
    left -= part.count;
  }
  const omitted = comparison.differences.length - Math.min(maxDifferences, comparison.differences.length);
  if (omitted > 0) {
    yield `\n${paint('quiet', `${counted(omitted, 'more differing key')} not listed; --max-differences all lists them all.`)}\n`;
  }
  if (Math.min(maxDifferences, comparison.differences.length) > longList) yield `\n${verdict}`;
}

function* section(title: string, lines: Iterable<string>, paint: ReportInput['paint']): Generator<string> {
  yield `\n${paint('heading', title)}\n`;
  for (const line of lines) yield `  ${line}\n`;
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

function outcomeLines({ keys, causes, timestampsComparable, keylessDifferences: keyless }: Comparison): string[] {
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
  lines.push(
    timestampsComparable
      ? 'timestamps: comparable (the same record has the same time on both sides)'
      : 'timestamps: not comparable',
  );
  return lines;
}

/** Both sums, one below the other, so that anyone can add them up. */
function ledgerLines({ ledger, source, mirror, verdict }: Comparison): string[] {
  // Versions of a key that differs may have been lost, not compacted: only of agreeing keys is that known.
  const older = verdict === 'equivalent' ? 'older versions, compacted on the other side' : 'older versions';
  const rows: [string, number, number][] = [
    ['on both sides', ledger.matched, ledger.matched],
    [older, ledger.source.superseded, ledger.mirror.superseded],
    ['delivered again', ledger.source.repeated, ledger.mirror.repeated],
    ['tombstones the other side has expired', ledger.source.expiredTombstones, ledger.mirror.expiredTombstones],
    ['latest values the other side lacks', ledger.source.notInOther, ledger.mirror.notInOther],
    ['records without key', source.keyless, mirror.keyless],
  ];
  const total: [string, number, number] = ['records', source.records, mirror.records];
  const width = Math.max(6, count(source.records).length, count(mirror.records).length);
  const labelWidth = Math.max(...rows.map(([label]) => label.length));
  const line = ([label, a, b]: [string, number, number]): string =>
    `${label.padEnd(labelWidth)}  ${count(a).padStart(width)}  ${count(b).padStart(width)}`;
  return [
    `${''.padEnd(labelWidth)}  ${'source'.padStart(width)}  ${'mirror'.padStart(width)}`,
    ...rows.map(line),
    '─'.repeat(labelWidth + 4 + 2 * width),
    line(total),
    ...(ledger.approximateKeys > 0
      ? [`${counted(ledger.approximateKeys, 'key')} with very many versions counted approximately`]
      : []),
  ];
}

function warningLines(dump: DumpSummary): string[] {
  return dump.warnings.map(({ line, message }) => `${place(dump.path, line)}: ${visible(message)}`);
}

function place(path: string, line: number | null): string {
  return line === null ? visible(path) : `${visible(path)}:${line}`;
}

function sectionTitle(comparison: Comparison, { kind, count: size }: DifferenceSection): string {
  const { title, meaning } = comparison.timestampsComparable ? sectionLabels[kind] : untimedSectionLabel;
  return `${title}: ${counted(size, 'key')} (${meaning})`;
}

function* differenceLines(
  { differences, source, mirror }: Comparison,
  { groups }: DifferenceSection,
  limit: number,
  zone: TimeZoneChoice,
): Generator<string> {
  let left = limit;
  for (const { kind, indexes } of groups) {
    if (left <= 0) return;
    const { title, meaning } = kindLabels[kind];
    yield `${title}: ${count(indexes.length)} (${meaning})`;
    for (const index of indexes.slice(0, left)) {
      const difference = differences.at(index) as Difference;
      const places = [
        ...(difference.source === null ? [] : [place(source.path, difference.source.line)]),
        ...(difference.mirror === null ? [] : [place(mirror.path, difference.mirror.line)]),
      ];
      yield `  ${[excerpt(difference.key, keyWidth), distance(difference) || written(difference, zone), ...places].filter((part) => part !== '').join('  ')}`;
    }
    left -= indexes.length;
  }
}

/** When the key was last written, where there is nothing to hold it against. */
function written({ source, mirror, outcome }: Difference, zone: TimeZoneChoice): string {
  const timestamp = (source ?? mirror)?.timestamp ?? null;
  return outcome === 'modified' || timestamp === null ? '' : `written ${dateAndTime(timestamp, zone)}`;
}
