/** A key's history as text: the records of both dumps in two columns, and what became of each. */
import { kindOf } from '../differenceGroups.js';
import type { HistoryRecord, HistoryRole, HistoryRow, KeyHistory } from '../keyHistory.js';
import { isDifference } from '../outcome.js';
import type { Side } from '../record.js';
import { distance, kindLabels } from '../words/labels.js';
import { count, counted } from '../words/numbers.js';
import { excerpt, visible } from '../words/text.js';
import { dateAndTime, type MomentWriter, momentsWithin, type TimeZoneChoice } from '../words/time.js';
import { valuePreview } from '../words/valuePreview.js';
import type { ReportInput } from './report.js';

export interface HistoryInput extends Pick<ReportInput, 'readValue' | 'redactValues' | 'zone' | 'paint'> {
  readonly history: KeyHistory;
  /** The dumps' paths, as the user gave them. */
  readonly paths: Readonly<Record<Side, string>>;
}

const valueWidth = 40;
const sides: readonly Side[] = ['source', 'mirror'];

const roleLabels: Readonly<Record<HistoryRole, string | Readonly<Record<Side, string>>>> = {
  matched: 'on both sides',
  superseded: 'older version',
  repeated: 'delivered again',
  expiredTombstone: 'tombstone, expired on the other side',
  notInOther: { source: 'not on the mirror', mirror: 'not at the source' },
};

export function* historyReport(input: HistoryInput): Generator<string> {
  const { history, paths, paint } = input;
  yield `${paint(isDifference(history.outcome) ? 'bad' : 'good', headline(history))}\n\n`;
  const layout = layoutOf(history, input.zone);
  for (const side of sides) {
    yield `${side}  ${visible(paths[side])}: ${counted(history.records[side].length, 'record')}${layout.where}\n`;
  }
  const columns = { source: columnOf('source', input, layout), mirror: columnOf('mirror', input, layout) };
  const title = (side: Side): string => side.padEnd(columns[side].width);
  yield `\n${paint('heading', `  ${title('source')}  ${title('mirror')}`.trimEnd())}\n`;
  for (const row of history.rows) {
    const cell = (side: Side): string => (columns[side].cells[row[side] ?? -1] ?? '').padEnd(columns[side].width);
    const mark = row.role === 'matched' ? '=' : row.source === null ? '>' : '<';
    yield `${mark} ${cell('source')}  ${cell('mirror')}  ${paint(row.role === 'notInOther' ? 'bad' : 'quiet', roleText(row))}\n`;
  }
}

function headline(history: KeyHistory): string {
  const { outcome } = history;
  if (outcome === 'same') return `${keyText(history)} is the same on both sides.`;
  if (outcome === 'deleted') return `${keyText(history)} is deleted on both sides.`;
  const { title, meaning } = kindLabels[kindOf({ outcome, cause: history.cause })];
  const far = distance(history);
  return `${keyText(history)}: ${title.toLowerCase()}${far === '' ? '' : `, ${far}`} (${meaning}).`;
}

function keyText({ key }: KeyHistory): string {
  return key === '' ? 'The empty key' : `“${excerpt(key, 200)}”`;
}

/** One side's cells, all as wide as the widest. */
function columnOf(side: Side, input: HistoryInput, layout: Layout): { cells: string[]; width: number } {
  const records = input.history.records[side];
  const rows: string[][] = [];
  for (const record of records) rows.push(cellOf(side, record, input, layout));
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] as string).length)));
  const cells = rows.map((row) => row.map((text, i) => text.padEnd(widths[i] as number)).join('  '));
  return { cells, width: Math.max(side.length, ...cells.map((cell) => cell.length)) };
}

/** What need not be said in every row. */
interface Layout {
  /** ` in partition 3, times from 2026-11-22 12:00:00 UTC on`, for the line of each dump. */
  readonly where: string;
  readonly hasOnePartition: boolean;
  readonly hasOffsets: boolean;
  readonly moment: MomentWriter;
}

function layoutOf({ records }: KeyHistory, zone: TimeZoneChoice): Layout {
  const all = [...records.source, ...records.mirror];
  const partitions = new Set(all.map(({ partition }) => partition));
  const [partition = null] = partitions;
  const times = all.flatMap(({ timestamp }) => timestamp ?? []);
  const from = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const hasOnePartition = partitions.size === 1;
  const place = hasOnePartition && partition !== null ? ` in partition ${partition}` : '';
  const begin = times.length === 0 ? '' : `, times from ${dateAndTime(from, zone)} on`;
  const moment = momentsWithin(times.length === 0 ? null : { from, to: last + 1 }, zone);
  const hasOffsets = all.some(({ offset }) => offset !== null);
  return { where: `${place}${begin}`, hasOnePartition, hasOffsets, moment };
}

function cellOf(side: Side, record: HistoryRecord, input: HistoryInput, layout: Layout): string[] {
  const { line, partition, offset, timestamp, tombstone } = record;
  const value =
    input.redactValues && !tombstone
      ? 'value left out'
      : valuePreview(tombstone ? null : input.readValue(side, record), valueWidth);
  return [
    `line ${count(line)}`,
    ...(layout.hasOnePartition ? [] : [partition === null ? '' : `partition ${partition}`]),
    ...(layout.hasOffsets ? [offset === null ? '' : `offset ${offset}`] : []),
    timestamp === null ? 'no time' : layout.moment(timestamp),
    value,
  ];
}

function roleText({ role, source }: HistoryRow): string {
  const label = roleLabels[role];
  return typeof label === 'string' ? label : label[source === null ? 'mirror' : 'source'];
}
