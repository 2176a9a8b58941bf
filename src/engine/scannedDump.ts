/** One dump after its scan: what all lanes have found in their chunks, put together. */
import type { PartitionSummary } from '../core/comparison.js';
import { nothingScanned, type ScanTotals } from '../core/formats/format.js';
import { addTotals, shiftLines } from '../core/formats/totals.js';
import type { Side, TimestampType } from '../core/record.js';
import type { ChunkResult, CutRecord, LineMarks, OpenDump, RecordCounts, ScanResult } from './laneProtocol.js';
import { joinMarks } from './lineMarks.js';

export interface ScannedDump {
  readonly dump: OpenDump;
  readonly totals: ScanTotals;
  readonly marks: LineMarks;
  readonly counts: RecordCounts;
  readonly cut: CutRecord | null;
  /** 1-based. */
  readonly firstNullLine: number | null;
}

/** @throws Error if a byte of the dump was taken by no lane, or by two: that must never become a result */
export function scannedDump(
  dump: OpenDump,
  side: Side,
  results: readonly ScanResult[],
  chunks: readonly Side[],
): ScannedDump {
  const own = results
    .flatMap((result) => result.chunks)
    .filter(({ chunk }) => chunks[chunk] === side)
    .sort((a, b) => a.chunk - b.chunk);
  assertCovered(dump, own);
  let lines = 0;
  let totals = nothingScanned;
  let firstNullLine: number | null = null;
  const firstLines: number[] = [];
  for (const chunk of own) {
    firstLines.push(lines);
    totals = addTotals(totals, shiftLines(chunk.totals, lines));
    if (chunk.firstNullLine !== null) firstNullLine ??= lines + chunk.firstNullLine + 1;
    lines += chunk.lines;
  }
  return {
    dump,
    totals: { ...totals, lines },
    marks: joinMarks(own, firstLines),
    counts: results.map(({ counts }) => counts[side]).reduce(addCounts),
    cut: results.map(({ cut }) => cut[side]).find((cut) => cut !== null) ?? null,
    firstNullLine,
  };
}

function assertCovered(dump: OpenDump, chunks: readonly ChunkResult[]): void {
  let at = dump.layout.bomLength;
  for (const { from, to } of chunks) {
    // A chunk in the middle of a record has none of its own.
    if (from === to) continue;
    if (from !== at) throw new Error(`Bytes ${at} to ${from} of ${dump.path} were read by no lane, or twice.`);
    at = to;
  }
  if (at !== dump.bytes) throw new Error(`Bytes ${at} to ${dump.bytes} of ${dump.path} were not read.`);
}

const typeOrder: readonly TimestampType[] = ['none', 'CreateTime', 'LogAppendTime'];

function addCounts(a: RecordCounts, b: RecordCounts): RecordCounts {
  return {
    records: a.records + b.records,
    tombstones: a.tombstones + b.tombstones,
    keyless: a.keyless + b.keyless,
    untimed: a.untimed + b.untimed,
    timestampTypes: typeOrder.filter((type) => a.timestampTypes.includes(type) || b.timestampTypes.includes(type)),
    partitions: [...a.partitions, ...b.partitions],
  };
}

/** One row a partition, ascending. */
export function mergePartitions(rows: readonly PartitionSummary[]): PartitionSummary[] {
  const merged = new Map<number | null, PartitionSummary>();
  for (const row of rows) {
    const own = merged.get(row.partition);
    merged.set(
      row.partition,
      own === undefined
        ? row
        : {
            partition: row.partition,
            records: own.records + row.records,
            firstTimestamp: extreme(Math.min, own.firstTimestamp, row.firstTimestamp),
            lastTimestamp: extreme(Math.max, own.lastTimestamp, row.lastTimestamp),
            firstOffset: extreme(Math.min, own.firstOffset, row.firstOffset),
            lastOffset: extreme(Math.max, own.lastOffset, row.lastOffset),
          },
    );
  }
  return [...merged.values()].sort((a, b) => (a.partition ?? -1) - (b.partition ?? -1));
}

function extreme(of: (a: number, b: number) => number, a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : of(a, b);
}
