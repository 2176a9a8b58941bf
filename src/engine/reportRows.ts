/**
 * The rows of long lists, made on threads: each makes a stretch at a time, and they are given in order. A million rows
 * with their values are half a gigabyte of text, which takes one thread longer than the comparison.
 */
import { availableParallelism } from 'node:os';
import type { Comparison, UnmatchedRecord } from '../core/comparison.js';
import { columnsOf } from '../core/differenceColumnList.js';
import { buffersOf, sliceOfColumns } from '../core/differenceColumns.js';
import type { Side } from '../core/record.js';
import { ByteWriter } from '../core/report/byteWriter.js';
import { type ListName, listedCount, type ReportInput } from '../core/report/report.js';
import { type RowFormat, rowsHere, type Stretch, writeRows } from '../core/report/rows.js';
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

export interface RowsRequest {
  readonly stretch: Stretch;
  /** Memory for the rows, which comes back as their own; null to take new. */
  readonly buffer: ArrayBuffer | null;
}

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
): AsyncGenerator<Uint8Array> {
  const count = listedCount(input.comparison[list], input);
  if (count < fewRows) {
    yield* rowsHere(format, list, input);
    return;
  }
  const job: RowsJob = { dumps, format, redactValues: input.redactValues };
  const threads = Array.from(
    { length: Math.min(availableParallelism(), mostThreads) },
    () => new CallThread<RowsRequest>({ kind: 'rows', job }, 'export'),
  );
  try {
    const stretches =
      list === 'differences' ? differencesOf(input.comparison, count) : unmatchedOf(input.comparison, count);
    const waiting: Promise<Uint8Array<ArrayBuffer>>[] = [];
    // Used in turn: memory that is new for each stretch costs as much as writing to it.
    const buffers: ArrayBuffer[] = [];
    let asked = 0;
    for (;;) {
      while (waiting.length < ahead * threads.length) {
        const next = stretches.next();
        if (next.done === true) break;
        const thread = threads[asked++ % threads.length] as CallThread<RowsRequest>;
        const { stretch, transfer } = next.value;
        const buffer = buffers.pop() ?? null;
        const handedOver = buffer === null ? transfer : [...transfer, buffer];
        const answer = thread.ask<Uint8Array<ArrayBuffer>>({ stretch, buffer }, handedOver);
        // Awaited in its turn: until then a failure is nobody's.
        answer.catch(() => {});
        waiting.push(answer);
      }
      const first = waiting.shift();
      if (first === undefined) return;
      const rows = await first;
      yield rows;
      buffers.push(rows.buffer);
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

interface NextStretch {
  readonly stretch: Stretch;
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

/** What a thread does. */
export function makesRows({ dumps, format, redactValues }: RowsJob): (request: RowsRequest) => Uint8Array<ArrayBuffer> {
  const input = { readValue: valuesOf(dumps), redactValues };
  return ({ stretch, buffer }) => {
    const writer = new ByteWriter(buffer ?? undefined);
    writeRows(writer, format, stretch, input);
    return writer.written;
  };
}
