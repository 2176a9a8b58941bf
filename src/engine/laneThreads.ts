/**
 * The threads of lanes, and the kernel. They are started before it is known what lanes are to do: it takes them as long
 * as it takes to look at the beginning of both dumps.
 */
import { CallThread } from './callThread.js';
import { loadKernel } from './kernel.js';
import type { LaneRequest } from './laneProtocol.js';
import { type EngineTuning, lanesFor } from './plan.js';

export type LaneThread = CallThread<LaneRequest>;

/** One for each lane but the first, which works on the caller's thread. */
export function startLaneThreads(lanes: number): LaneThread[] {
  return Array.from({ length: lanes - 1 }, () => new CallThread<LaneRequest>({ kind: 'lane' }, 'comparison'));
}

/** What lanes need and takes time to get. */
export interface LaneStart {
  readonly threads: readonly LaneThread[];
  /** Null to do everything in TypeScript. */
  readonly kernel: Promise<WebAssembly.Module | null>;
}

/** Starts what compares so many bytes; the threads are gone once `use` has ended. */
export async function withLaneStart<T>(
  bytes: number,
  tuning: EngineTuning,
  use: (start: LaneStart) => Promise<T>,
): Promise<T> {
  const threads = startLaneThreads(lanesFor(bytes, tuning));
  const kernel = tuning.kernel === false ? Promise.resolve(null) : loadKernel();
  // Awaited in its turn: until then a failure is nobody's.
  kernel.catch(() => {});
  try {
    return await use({ threads, kernel });
  } finally {
    await endLaneThreads(threads);
  }
}

export async function endLaneThreads(threads: readonly LaneThread[]): Promise<void> {
  await Promise.all(threads.map((thread) => thread.end()));
}
