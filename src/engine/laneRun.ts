/** Lanes over two open dumps, for one use: planned, started, watched, and cleared away whatever happens. */
import { randomBytes } from 'node:crypto';
import { CancelledError } from '../core/errors.js';
import type { ComparisonOptions } from '../core/options.js';
import type { Progress } from '../core/progress.js';
import type { Side } from '../core/record.js';
import { ControlBlock } from './controlBlock.js';
import { describeFound } from './describeFound.js';
import { tupleBytesOf } from './lane.js';
import { LanePool } from './lanePool.js';
import type { LaneJob, OpenDump } from './laneProtocol.js';
import type { LaneStart } from './laneThreads.js';
import type { LaneDirectory } from './partitionStore.js';
import { type EngineTuning, type Plan, planComparison } from './plan.js';
import { ProgressReporter } from './progressReporter.js';
import { type ScannedDump, scannedDump } from './scannedDump.js';
import type { StoredRecords } from './setAside.js';
import { openSpillFile, type SpillFile } from './spillFile.js';

export interface RunRequest {
  readonly source: OpenDump;
  readonly mirror: OpenDump;
  readonly options: ComparisonOptions;
  readonly tuning: EngineTuning;
  /** Only records of this key are taken; null for all. */
  readonly wantedKey: Uint8Array | null;
  /** Of both dumps. */
  readonly start: LaneStart;
}

export interface RunControl {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Warnings so far, for the progress. */
  readonly warnings?: number;
}

/** Both dumps after their scan, and the lanes that have done it. */
export interface LaneRun {
  readonly lanes: LanePool;
  readonly control: ControlBlock;
  readonly scanned: Readonly<Record<Side, ScannedDump>>;
  readonly stored: StoredRecords;
  /** Gives back the memory of all that is stored, which is empty afterwards. */
  readonly forgetStored: () => Promise<void>;
}

/**
 * Scans both dumps, then hands over to `use`.
 * @throws CancelledError if `signal` aborts
 */
export async function withScannedDumps<T>(
  { source, mirror, options, tuning, wantedKey, start }: RunRequest,
  { signal, onProgress, warnings = 0 }: RunControl,
  use: (run: LaneRun) => Promise<T>,
): Promise<T> {
  const kernel = await start.kernel;
  const plan = planComparison(source, mirror, tuning, kernel !== null);
  const control = new ControlBlock(ControlBlock.create(plan.lanes));
  const reporter = onProgress && new ProgressReporter(control, source.bytes + mirror.bytes, warnings, onProgress);
  const spillFiles: SpillFile[] = [];
  let lanes: LanePool | null = null;
  const cancel = (): void => control.cancel();
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
        ...{ lane, source, mirror, options, wantedKey, seeds, kernel },
        ...{ chunks, partitions, keylessPartitions, storeBytes, blockBytes },
        spillFile: spillFiles[lane]?.target ?? null,
        control: control.memory,
      }),
    );
    const pool = new LanePool(jobs, start.threads, control);
    lanes = pool;
    const { scanned, directories } = await scanBoth(pool, { source, mirror }, plan);
    reporter?.readingIsDone((index) => describeFound(scanned, pool.found(index)));
    return await use({
      ...{ lanes: pool, control, scanned },
      stored: {
        directories,
        ...{ partitions, keylessPartitions },
        tupleBytes: {
          source: tupleBytesOf({ source, mirror }, 'source'),
          mirror: tupleBytesOf({ source, mirror }, 'mirror'),
        },
      },
      forgetStored: () => {
        directories.length = 0;
        return pool.restart();
      },
    });
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

/** In a function of its own, so that nothing but `directories` holds what was stored. */
async function scanBoth(
  lanes: LanePool,
  { source, mirror }: Readonly<Record<Side, OpenDump>>,
  { chunks }: Plan,
): Promise<{ scanned: LaneRun['scanned']; directories: LaneDirectory[] }> {
  const results = await lanes.scan();
  const sides = chunks.map(({ side }) => side);
  return {
    scanned: {
      source: scannedDump(source, 'source', results, sides),
      mirror: scannedDump(mirror, 'mirror', results, sides),
    },
    directories: results.map(({ directory }) => directory),
  };
}
