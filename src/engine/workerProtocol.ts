/**
 * The messages between the worker that compares and whoever started it. Errors cross as data, not as objects; the
 * differing keys cross as the columns they are made of, whose memory is handed over instead of copied.
 */
import type { Comparison } from '../core/comparison.js';
import { columnsOf, listOfColumns } from '../core/differenceColumnList.js';
import { buffersOf, type DifferenceColumns } from '../core/differenceColumns.js';
import type { DifferenceOverview } from '../core/differenceOverview.js';
import type { DifferingFields } from '../core/differingFields.js';
import type { Progress } from '../core/progress.js';
import type { RecordLocation, Side } from '../core/record.js';
import type { ReportFormat } from '../core/report/reports.js';
import type { CompareRequest } from './compareDumps.js';
import type { ComparedDumps, HistoryQuery } from './keyHistory.js';
import type { WorkerFailure } from './workerFailure.js';

/** A report to be written, of a comparison that is finished. */
export interface ReportJob {
  readonly comparison: SentComparison;
  readonly format: ReportFormat;
  readonly path: string;
  /** Where the report grows until it is whole. */
  readonly unfinished: string;
  readonly redactValues: boolean;
}

/** A key's history, wanted as text. */
export interface HistoryJob {
  readonly comparison: ComparedDumps;
  readonly query: HistoryQuery;
}

/** The fields in which the last values of a key differ, wanted. */
export interface FieldsJob {
  readonly comparison: Pick<Comparison, Side | 'options'>;
  readonly source: RecordLocation;
  readonly mirror: RecordLocation;
}

/** What a thread is for. */
export type WorkerData =
  | { readonly kind: 'compare'; readonly request: CompareRequest }
  | { readonly kind: 'report'; readonly job: ReportJob }
  | { readonly kind: 'history'; readonly job: HistoryJob }
  | { readonly kind: 'fields'; readonly job: FieldsJob };

/** A comparison as plain data. */
export interface SentComparison {
  readonly rest: Omit<Comparison, 'differences'>;
  readonly columns: DifferenceColumns;
  readonly overview: DifferenceOverview;
}

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly comparison: SentComparison }
  /** So far, of a report; in characters. */
  | { readonly kind: 'written'; readonly characters: number }
  | { readonly kind: 'reported' }
  | { readonly kind: 'history'; readonly text: string }
  /** Null if a value is no JSON. */
  | { readonly kind: 'fields'; readonly fields: DifferingFields | null }
  | WorkerFailure;

/** What to post, and the buffers to transfer with it: the differences are gone on this side once it is posted. */
export function packComparison(comparison: Comparison): { message: SentComparison; transfer: ArrayBuffer[] } {
  const { differences, ...rest } = comparison;
  if (differences.described < differences.length)
    throw new Error('Differences that are only counted stay on their thread.');
  const columns = columnsOf(differences);
  // Counted here, since the other thread is one that must not be held up.
  const { overview } = differences;
  const indexes = overview.sections.flatMap(({ groups }) => groups.map((group) => group.indexes.buffer as ArrayBuffer));
  const lines = [rest.lineIndexes.source, rest.lineIndexes.mirror].flatMap(({ byteOffsets, lines }) => [
    byteOffsets,
    lines,
  ]);
  const transfer = [...buffersOf(columns), ...indexes, ...lines.map(({ buffer }) => buffer as ArrayBuffer)];
  return { message: { rest, columns, overview }, transfer };
}

export function unpackComparison({ rest, columns, overview }: SentComparison): Comparison {
  return { ...rest, differences: listOfColumns(columns, overview) };
}
