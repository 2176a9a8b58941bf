/**
 * The use case: two paths and options → comparison. Lanes scan both dumps into hash partitions, then join them partition
 * by partition; what depends on the whole is decided at the end, and only what differs is read again.
 */
import { randomBytes } from 'node:crypto';
import type { Comparison } from '../core/comparison.js';
import { CancelledError, UserError } from '../core/errors.js';
import type { Detection } from '../core/formats/detect.js';
import type { ComparisonOptions } from '../core/options.js';
import type { Progress } from '../core/progress.js';
import { ControlBlock } from './controlBlock.js';
import { describeComparison } from './describeComparison.js';
import { detectFile } from './detectFile.js';
import { DumpFile } from './dumpReader.js';
import { loadKernel } from './kernel.js';
import { tupleBytesOf } from './lane.js';
import { LanePool } from './lanePool.js';
import type { LaneJob, OpenDump } from './laneProtocol.js';
import { type EngineTuning, planComparison } from './plan.js';
import { ProgressReporter } from './progressReporter.js';
import { scannedDump } from './scannedDump.js';
import { settle } from './settle.js';
import { openSpillFile, type SpillFile } from './spillFile.js';
import { largestDumpBytes } from './tuple.js';

/** Two dumps and how to compare them. */
export interface CompareRequest {
  /** Paths as the user gave them. */
  readonly source: string;
  readonly mirror: string;
  readonly options: ComparisonOptions;
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
  const source = await DumpFile.open(request.source);
  try {
    const mirror = await DumpFile.open(request.mirror);
    try {
      return await compareFiles(source, mirror, request, control);
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
  { options, tuning = {} }: CompareRequest,
  { signal, onProgress }: CompareControl,
): Promise<Comparison> {
  if (sourceFile.identity === mirrorFile.identity) {
    throw new UserError(
      `${mirrorFile.path} is the same file as ${sourceFile.path}. Name a dump of each of the two topics.`,
      mirrorFile.path,
    );
  }
  // Both are looked at before either is read, so that a wrong file is told at once.
  const detections = {
    source: await detectFile(sourceFile, options.source),
    mirror: await detectFile(mirrorFile, options.mirror),
  };
  const source = openDump(sourceFile, detections.source);
  const mirror = openDump(mirrorFile, detections.mirror);
  const kernel = tuning.kernel === false ? null : await loadKernel();
  const plan = planComparison(source, mirror, tuning, kernel !== null);
  const control = new ControlBlock(ControlBlock.create(plan.lanes));
  const spillFiles: SpillFile[] = [];
  let lanes: LanePool | null = null;
  const cancel = (): void => control.cancel();
  const warnings = detections.source.warnings.length + detections.mirror.warnings.length;
  const reporter = onProgress && new ProgressReporter(control, source.bytes + mirror.bytes, warnings, onProgress);
  try {
    if (signal?.aborted) throw new CancelledError();
    signal?.addEventListener('abort', cancel, { once: true });
    if (plan.maySpill) {
      for (let lane = 0; lane < plan.lanes; lane++) spillFiles.push(await openSpillFile(tuning.temporaryFolder));
    }
    const seeds = new Uint32Array(Uint8Array.from(randomBytes(24)).buffer);
    const { chunks, partitions, keylessPartitions, storeBytes, blockBytes } = plan;
    const jobs = Array.from(
      { length: plan.lanes },
      (_, lane): LaneJob => ({
        ...{ lane, source, mirror, options, seeds, kernel },
        ...{ chunks, partitions, keylessPartitions, storeBytes, blockBytes },
        spillFile: spillFiles[lane]?.file ?? null,
        control: control.memory,
      }),
    );
    lanes = new LanePool(jobs, control);

    const results = await lanes.scan();
    reporter?.readingIsDone();
    const sides = chunks.map(({ side }) => side);
    const scanned = {
      source: scannedDump(source, 'source', results, sides),
      mirror: scannedDump(mirror, 'mirror', results, sides),
    };
    const tupleBytes = {
      source: tupleBytesOf({ source, mirror }, 'source'),
      mirror: tupleBytesOf({ source, mirror }, 'mirror'),
    };
    const directories = results.map(({ directory }) => directory);
    const settled = await settle(lanes, scanned, { directories, partitions, keylessPartitions, tupleBytes }, options);
    const comparison = await describeComparison(lanes, scanned, detections, settled, options, control);
    await sourceFile.assertUnchanged();
    await mirrorFile.assertUnchanged();
    return comparison;
  } catch (error) {
    if (signal?.aborted) throw new CancelledError();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
    reporter?.stop();
    control.cancel();
    await lanes?.close();
    for (const file of spillFiles) await file.close();
  }
}

function openDump(file: DumpFile, { layout }: Detection): OpenDump {
  if (file.bytes >= largestDumpBytes) {
    throw new UserError(`${file.path} is larger than the 16 TiB that can be compared.`, file.path);
  }
  return { path: file.path, file: file.descriptor, bytes: file.bytes, layout };
}
