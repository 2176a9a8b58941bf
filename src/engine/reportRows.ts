/**
 * The rows of long lists, made on threads: each makes a stretch at a time, and they are given in order. A million rows
 * with their values are half a gigabyte of text, which takes one thread longer than the comparison.
 */
import { availableParallelism } from 'node:os';
import type { Comparison, UnmatchedRecord } from '../core/comparison.js';
import { columnsOf, listOfColumns } from '../core/differenceColumnList.js';
import { buffersOf, type DifferenceColumns, sliceOfColumns } from '../core/differenceColumns.js';
import type { Side } from '../core/record.js';
import { type ListName, listedCount, type Piece, type ReportInput } from '../core/report/report.js';
import { type RowFormat, rowsHere, textOfRows } from '../core/report/rows.js';
import { CallThread } from './callThread.js';
import { withDumpTexts } from './dumpPair.js';
import { valuesOf } from './dumpValues.js';
import { type OpenDump, openDumpOf } from './laneProtocol.js';

/** What a thread needs to know once. */
export interface RowsJob {
  /** Open until the thread has ended: threads of a process share descriptors. */
  readonly dumps: Readonly<Record<Side, OpenDump>>;
  readonly format: RowFormat;
  readonly redactValues: boolean;
}

/** A stretch of a list; plain data. */
export type SentStretch =
  | { readonly columns: DifferenceColumns }
  | { readonly unmatchedRecords: readonly UnmatchedRecord[] };

/** Fewer rows are made sooner than a thread has started. */
const fewRows = 10_000;
const rowsPerStretch = 2048;
/** Of the records of a stretch, unless it is one row. */
const stretchBytes = 1 << 20;
const mostThreads = 8;
/** Stretches that a thread has before it, so that it need not wait for this one. */
const ahead = 3;

/**
 * What a report needs of both dumps, open for as long as `use` runs.
 * @throws UserError if one cannot be read again
 */
export function withDumpRows<T>(
  { source, mirror }: Pick<Comparison, Side>,
  use: (read: Pick<ReportInput, 'readValue' | 'rows'>) => Promise<T>,
): Promise<T> {
  return withDumpTexts({ source, mirror }, (sourceFile, mirrorFile) => {
    const dumps = { source: openDumpOf(sourceFile, source), mirror: openDumpOf(mirrorFile, mirror) };
    return use({ readValue: valuesOf(dumps), rows: (...of) => rowsOf(dumps, ...of) });
  });
}

async function* rowsOf(
  dumps: RowsJob['dumps'],
  format: RowFormat,
  list: ListName,
  input: ReportInput,
): AsyncGenerator<Piece> {
  const count = listedCount(input.comparison[list], input);
  if (count < fewRows) {
    yield* rowsHere(format, list, input);
    return;
  }
  const job: RowsJob = { dumps, format, redactValues: input.redactValues };
  const threads = Array.from(
    { length: Math.min(availableParallelism(), mostThreads) },
    () => new CallThread<SentStretch>({ kind: 'rows', job }, 'export'),
  );
  try {
    const stretches =
      list === 'differences' ? differencesOf(input.comparison, count) : unmatchedOf(input.comparison, count);
    const waiting: Promise<Uint8Array>[] = [];
    let asked = 0;
    for (;;) {
      while (waiting.length < ahead * threads.length) {
        const next = stretches.next();
        if (next.done === true) break;
        const thread = threads[asked++ % threads.length] as CallThread<SentStretch>;
        const answer = thread.ask<Uint8Array>(next.value.stretch, next.value.transfer);
        // Awaited in its turn: until then a failure is nobody's.
        answer.catch(() => {});
        waiting.push(answer);
      }
      const first = waiting.shift();
      if (first === undefined) return;
      yield await first;
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

interface NextStretch {
  readonly stretch: SentStretch;
  readonly transfer: readonly ArrayBuffer[];
}

function* differencesOf({ differences }: Comparison, count: number): Generator<NextStretch, undefined> {
  const all = columnsOf(differences);
  const { source, mirror } = all;
  for (let from = 0, to = 0; from < count; from = to) {
    let bytes = 0;
    do {
      bytes += (source.byteLengths[to] as number) + (mirror.byteLengths[to] as number);
      to++;
    } while (to < count && to - from < rowsPerStretch && bytes < stretchBytes);
    const columns = sliceOfColumns(all, from, to);
    yield { stretch: { columns }, transfer: buffersOf(columns) };
  }
}

function* unmatchedOf({ unmatchedRecords }: Comparison, count: number): Generator<NextStretch, undefined> {
  for (let from = 0; from < count; ) {
    const records: UnmatchedRecord[] = [];
    for (let bytes = 0; from < count && records.length < rowsPerStretch && bytes < stretchBytes; from++) {
      const record = unmatchedRecords.at(from) as UnmatchedRecord;
      bytes += record.byteLength;
      records.push(record);
    }
    yield { stretch: { unmatchedRecords: records }, transfer: [] };
  }
}

const utf8 = new TextEncoder();

/** What a thread does. */
export function makesRows({ dumps, format, redactValues }: RowsJob): (stretch: SentStretch) => Uint8Array<ArrayBuffer> {
  const input = { readValue: valuesOf(dumps), redactValues };
  return (sent) => {
    const stretch = 'columns' in sent ? { differences: listOfColumns(sent.columns) } : sent;
    return utf8.encode(textOfRows(format, stretch, input));
  };
}
