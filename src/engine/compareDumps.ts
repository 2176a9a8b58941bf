/** The use case: two paths and options → comparison. Bytes go through a scanner into tables, the tables are compared. */
import type { Comparison } from '../core/comparison.js';
import { CancelledError, UserError } from '../core/errors.js';
import { type Detection, detectDump, sampleBytes } from '../core/formats/detect.js';
import { createScanner } from '../core/formats/scanner.js';
import type { ComparisonOptions, DumpOptions } from '../core/options.js';
import type { Progress } from '../core/progress.js';
import { compareRecords } from './compareRecords.js';
import { FindingsDescriber, type ScannedDump } from './describeFindings.js';
import { DumpFile } from './dumpReader.js';
import { RecordHashes, RecordTable } from './recordTable.js';

/** Two dumps and how to compare them. */
export interface CompareRequest {
  /** Paths as the user gave them. */
  readonly source: string;
  readonly mirror: string;
  readonly options: ComparisonOptions;
}

export interface CompareControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Bytes per read. */
  readonly blockBytes?: number;
}

/** 1 MB: measured faster than 4 MB, since a block stays in the cache while it is scanned. */
const defaultBlockBytes = 1 << 20;

/**
 * @throws UserError if a dump cannot be read as one
 * @throws CancelledError if `control.signal` aborts
 */
export async function compareDumps(request: CompareRequest, control: CompareControl = {}): Promise<Comparison> {
  const source = await DumpFile.open(request.source);
  try {
    const mirror = await DumpFile.open(request.mirror);
    try {
      return await compareFiles(source, mirror, request.options, control);
    } finally {
      await mirror.close();
    }
  } finally {
    await source.close();
  }
}

async function compareFiles(
  sourceFile: DumpFile,
  mirrorFile: DumpFile,
  options: ComparisonOptions,
  control: CompareControl,
): Promise<Comparison> {
  if (sourceFile.identity === mirrorFile.identity) {
    throw new UserError(
      `${mirrorFile.path} is the same file as ${sourceFile.path}. Name a dump of each of the two topics.`,
      mirrorFile.path,
    );
  }
  const hashes = new RecordHashes();
  // Both are looked at before either is read, so that a wrong file is told at once.
  const detections = {
    source: await detect(sourceFile, options.source),
    mirror: await detect(mirrorFile, options.mirror),
  };
  const bytesTotal = sourceFile.bytes + mirrorFile.bytes;
  let before = { bytes: 0, records: 0 };
  const report = (phase: Progress['phase'], bytes: number, records: number): void =>
    control.onProgress?.({
      ...{ phase, bytesTotal, bytesDone: before.bytes + bytes, records: before.records + records },
      ...{ warnings: detections.source.warnings.length + detections.mirror.warnings.length, found: null },
    });
  const source = await scan(sourceFile, detections.source, new RecordTable(hashes), control, report);
  before = { bytes: sourceFile.bytes, records: source.table.length };
  const mirror = await scan(mirrorFile, detections.mirror, new RecordTable(hashes), control, report);
  report('comparing', mirrorFile.bytes, mirror.table.length);
  if (control.signal?.aborted) throw new CancelledError();

  const found = compareRecords(source.table, mirror.table, options);
  const describer = new FindingsDescriber(source, mirror, found);
  const result: Comparison = {
    verdict: found.verdict,
    options,
    source: await describer.summary('source'),
    mirror: await describer.summary('mirror'),
    keys: found.keys,
    causes: found.causes,
    timestampsComparable: found.timestampsComparable,
    late: found.late,
    literal: found.literal,
    ledger: found.ledger,
    keylessDifferences: found.keylessDifferences,
    differences: await describer.differences(control.signal),
    keysInSeveralPartitions: await describer.keysInSeveralPartitions(control.signal),
  };
  await sourceFile.assertUnchanged();
  await mirrorFile.assertUnchanged();
  return result;
}

async function detect(file: DumpFile, options: DumpOptions): Promise<Detection> {
  const bytes = await file.read(new Uint8Array(Math.min(sampleBytes, file.bytes)), 0);
  return detectDump({ path: file.path, bytes, isWhole: bytes.length === file.bytes }, options);
}

async function scan(
  file: DumpFile,
  detection: Detection,
  table: RecordTable,
  control: CompareControl,
  report: (phase: Progress['phase'], bytes: number, records: number) => void,
): Promise<ScannedDump> {
  const scanner = createScanner(detection.layout, table);
  let position = detection.layout.bomLength;
  await file.readBlocks(position, control.blockBytes ?? defaultBlockBytes, control.signal, (block) => {
    scanner.push(block);
    position += block.length;
    report('reading', position, table.length);
  });
  return { file, detection, table, totals: scanner.end() };
}
