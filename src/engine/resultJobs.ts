/** What is made of a finished comparison on a thread of its own: reports, histories of keys, and what of values differs. */
import { rm } from 'node:fs/promises';
import type { Comparison } from '../core/comparison.js';
import { type DifferingFields, differingFields } from '../core/differingFields.js';
import { UserError } from '../core/errors.js';
import { parseIgnoredPaths } from '../core/ignoredPaths.js';
import type { Progress } from '../core/progress.js';
import type { RecordLocation, Side } from '../core/record.js';
import { historyReport } from '../core/report/history.js';
import type { Piece, Pieces } from '../core/report/report.js';
import { type ReportFormat, reports } from '../core/report/reports.js';
import { type ComparedDumps, type HistoryQuery, keyHistory } from './keyHistory.js';
import { readRecord } from './recordReader.js';
import { unfinishedPath, writeToFile } from './reportOutput.js';
import { withDumpRows } from './reportRows.js';
import { type FieldsJob, type HistoryJob, packComparison, type ReportJob, unpackComparison } from './workerProtocol.js';
import { runInWorker } from './workerTask.js';

/** Differences listed by formats that people read; as of the command line. */
export const usualLimit = 1000;

export interface ReportRequest {
  readonly format: ReportFormat;
  readonly path: string;
  /** Values are left out. */
  readonly redactValues: boolean;
}

/**
 * Writes a report to a file that is either whole or not there.
 *
 * @param onWritten characters so far, some ten times a second at most
 * @throws UserError if the file cannot be written, or a dump no longer be read
 * @throws CancelledError if `signal` aborts
 */
export async function writeReportInWorker(
  workerPath: string,
  comparison: Comparison,
  request: ReportRequest,
  signal: AbortSignal,
  onWritten: (characters: number) => void,
): Promise<void> {
  const unfinished = unfinishedPath(request.path);
  // Not transferred but copied: the comparison stays on this side.
  const job: ReportJob = { ...request, unfinished, comparison: packComparison(comparison).message };
  try {
    await runInWorker<void>(workerPath, { kind: 'report', job }, 'export', signal, (message, finish) => {
      if (message.kind === 'written') onWritten(message.characters);
      else if (message.kind === 'reported') finish();
    });
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/**
 * The history of a key as text, for people.
 *
 * @throws UserError if no dump has a record of the key, or one can no longer be read
 * @throws CancelledError if `signal` aborts
 */
export function historyInWorker(
  workerPath: string,
  { source, mirror, options, timestampsComparable }: ComparedDumps,
  query: HistoryQuery,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<string> {
  const job: HistoryJob = { comparison: { source, mirror, options, timestampsComparable }, query };
  return runInWorker<string>(workerPath, { kind: 'history', job }, 'search for the key', signal, (message, finish) => {
    if (message.kind === 'progress') onProgress(message.progress);
    else if (message.kind === 'history') finish(message.text);
  });
}

/**
 * The fields in which the last values of a key differ, besides those that are ignored already.
 * @param source the key's last record there, as `mirror` is on the other side
 * @returns null if a value is no JSON
 * @throws UserError if a dump can no longer be read @throws CancelledError if `signal` aborts
 */
export function fieldsInWorker(
  workerPath: string,
  { source: sourceDump, mirror: mirrorDump, options }: FieldsJob['comparison'],
  { source, mirror }: Readonly<Record<Side, RecordLocation>>,
  signal: AbortSignal,
): Promise<DifferingFields | null> {
  const job: FieldsJob = { comparison: { source: sourceDump, mirror: mirrorDump, options }, source, mirror };
  const data = { kind: 'fields', job } as const;
  return runInWorker<DifferingFields | null>(workerPath, data, 'look at the values', signal, (message, finish) => {
    if (message.kind === 'fields') finish(message.fields);
  });
}

const newsIntervalMs = 100;

/** What the thread does for a report. */
export async function writeReport(job: ReportJob, onWritten: (characters: number) => void): Promise<void> {
  const comparison = unpackComparison(job.comparison);
  const { write, listsAll } = reports[job.format];
  const { redactValues } = job;
  const maxDifferences = listsAll ? Number.POSITIVE_INFINITY : usualLimit;
  await withDumpRows(comparison, (read) => {
    const input = { comparison, ...read, maxDifferences, redactValues, zone: {}, paint: unpainted };
    return writeToFile(job.path, counted(write(input), onWritten), job.unfinished);
  });
}

/** What the thread does for a history. */
export async function historyText(
  { comparison, query }: HistoryJob,
  onProgress: (progress: Progress) => void,
): Promise<string> {
  const history = await keyHistory(comparison, query, {}, { onProgress });
  return withDumpRows(comparison, async ({ readValue }) => {
    const paths = { source: comparison.source.path, mirror: comparison.mirror.path };
    let text = '';
    const input = { history, paths, readValue, redactValues: false, zone: {}, paint: unpainted };
    for (const piece of historyReport(input)) text += piece;
    return text;
  });
}

/**
 * What the thread does for the fields that differ.
 * @throws UserError if the records that were compared are no longer there
 */
export async function fieldsOf({ comparison, source, mirror }: FieldsJob): Promise<DifferingFields | null> {
  const [a, b] = await Promise.all([
    readRecord(comparison.source.textPath, comparison.source, source),
    readRecord(comparison.mirror.textPath, comparison.mirror, mirror),
  ]);
  if (a.key === null || b.key === null || !Buffer.from(a.key).equals(b.key)) {
    throw new UserError('A dump changed since it was compared: its record is no longer there. Compare again.');
  }
  if (a.value === null || b.value === null) return null;
  return differingFields(a.value, b.value, parseIgnoredPaths(comparison.options.ignoredPaths));
}

async function* counted(pieces: Pieces, onWritten: (characters: number) => void): AsyncGenerator<Piece> {
  let characters = 0;
  let lastTold = performance.now();
  for await (const piece of pieces) {
    yield piece;
    characters += piece.length;
    if (performance.now() - lastTold < newsIntervalMs) continue;
    lastTold = performance.now();
    onWritten(characters);
  }
}

function unpainted(_style: unknown, text: string): string {
  return text;
}
