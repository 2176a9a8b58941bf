/**
 * The use case: two paths and options → comparison. Lanes scan both dumps into hash partitions, then join them partition
 * by partition; what depends on the whole is decided at the end, and only what differs is read again.
 */
import type { Comparison, DumpLayout } from '../core/comparison.js';
import { UserError } from '../core/errors.js';
import type { Detection } from '../core/formats/detection.js';
import type { ComparisonOptions } from '../core/options.js';
import type { Progress } from '../core/progress.js';
import { openDump } from './decodedDump.js';
import { describeComparison } from './describeComparison.js';
import { describeDifferences, differingKeys } from './describeDifferences.js';
import { detectFile } from './detectFile.js';
import { withDumpFiles } from './dumpPair.js';
import type { DumpFile } from './dumpReader.js';
import { type OpenDump, openDumpOf } from './laneProtocol.js';
import { withScannedDumps } from './laneRun.js';
import { withLaneStart } from './laneThreads.js';
import type { EngineTuning } from './plan.js';
import { PrivateFolder, removeStaleFolders } from './privateFolder.js';
import { settle } from './settle.js';
import { largestDumpBytes } from './tuple.js';

/** Two dumps and how to compare them. */
export interface CompareRequest {
  /** Paths as the user gave them. */
  readonly source: string;
  readonly mirror: string;
  readonly options: ComparisonOptions;
  /**
   * How many differing keys a report is going to list, all by default. Of the others only what is counted is found out;
   * see `DifferenceList`.
   */
  readonly listed?: number;
  /**
   * Path of the caller's `PrivateFolder`, where the text of dumps that must be decoded is kept until the caller removes
   * it. Without one it is gone when the comparison ends, and values cannot be read again.
   */
  readonly decodedFolder?: string;
  readonly tuning?: EngineTuning;
}

export interface CompareControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * @throws UserError if a dump cannot be read as one
 * @throws CancelledError if `control.signal` aborts
 */
export async function compareDumps(request: CompareRequest, control: CompareControl = {}): Promise<Comparison> {
  const { decodedFolder, tuning } = request;
  const tidied = removeStaleFolders(tuning?.temporaryFolder);
  const folder = new PrivateFolder(decodedFolder ?? PrivateFolder.newPath(tuning?.temporaryFolder));
  const onProgress = (bytesDone: number, bytesTotal: number | null): void => {
    const sizes = { bytesDone, bytesTotal: bytesTotal ?? 0 };
    control.onProgress?.({ phase: 'unpacking', ...sizes, records: 0, warnings: 0, found: null });
  };
  try {
    return await withDumpFiles(
      (side) => openDump(request[side], { folder, signal: control.signal, onProgress }),
      (source, mirror) => compareFiles(source, mirror, request, control),
    );
  } finally {
    await tidied;
    if (decodedFolder === undefined) await folder.dispose();
  }
}

async function compareFiles(
  sourceFile: DumpFile,
  mirrorFile: DumpFile,
  { options: wanted, listed = Number.POSITIVE_INFINITY, tuning = {} }: CompareRequest,
  { signal, onProgress }: CompareControl,
): Promise<Comparison> {
  if (sourceFile.identity === mirrorFile.identity) {
    throw new UserError(
      `${mirrorFile.path} is the same file as ${sourceFile.path}. Name a dump of each of the two topics.`,
      mirrorFile.path,
    );
  }
  return withLaneStart(sourceFile.bytes + mirrorFile.bytes, tuning, async (start) => {
    // Both are looked at before either is read, so that a wrong file is told at once.
    const detections = {
      source: await detectFile(sourceFile, wanted.source),
      mirror: await detectFile(mirrorFile, wanted.mirror),
    };
    const options = comparableOptions(wanted, detections.source, detections.mirror);
    const source = forLanes(sourceFile, detections.source.layout);
    const mirror = forLanes(mirrorFile, detections.mirror.layout);
    const warnings = detections.source.warnings.length + detections.mirror.warnings.length;
    return withScannedDumps(
      { source, mirror, options, tuning, wantedKey: null, start },
      { signal, onProgress, warnings },
      async ({ lanes, control, scanned, stored, forgetStored }) => {
        const settled = await settle(lanes, scanned, stored, options);
        if (Math.min(listed, differingKeys(settled)) > manyDifferences) await forgetStored();
        const memory = stored.directories.map(({ blocks }) => blocks);
        const differences = await describeDifferences(lanes, scanned, settled, listed, memory);
        const comparison = await describeComparison(lanes, scanned, detections, settled, options, differences, control);
        await sourceFile.assertUnchanged();
        await mirrorFile.assertUnchanged();
        return comparison;
      },
    );
  });
}

/** To describe so many takes memory that was the tuples' before. */
const manyDifferences = 100_000;

/** @throws UserError if the dump is larger than tuples can tell places in */
export function forLanes(file: DumpFile, layout: DumpLayout): OpenDump {
  if (file.bytes >= largestDumpBytes) {
    throw new UserError(`${file.path} is larger than the 16 TiB that can be compared.`, file.path);
  }
  return openDumpOf(file, layout);
}

/** Values that a tool has written anew as JSON match those of another one as JSON only. */
function comparableOptions(options: ComparisonOptions, source: Detection, mirror: Detection): ComparisonOptions {
  const reencodes = source.reencodesJson === true || mirror.reencodesJson === true;
  return reencodes ? { ...options, valueComparison: 'json' } : options;
}
