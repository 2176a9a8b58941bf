/**
 * Threads for lanes. They are started before it is known what they are to do, since that takes as long as it takes to
 * look at the beginning of both dumps.
 */
import { CallThread } from './callThread.js';
import type { LaneRequest } from './laneProtocol.js';
import { type EngineTuning, lanesFor } from './plan.js';

export type LaneThread = CallThread<LaneRequest>;

/** One for each lane but the first, which works on the caller's thread. */
export function startLaneThreads(lanes: number): LaneThread[] {
  return Array.from({ length: lanes - 1 }, () => new CallThread<LaneRequest>({ kind: 'lane' }, 'comparison'));
}

/** Starts the threads that compare so many bytes; they are gone once `use` has ended. */
export async function withLaneThreads<T>(
  bytes: number,
  tuning: EngineTuning,
  use: (threads: readonly LaneThread[]) => Promise<T>,
): Promise<T> {
  const threads = startLaneThreads(lanesFor(bytes, tuning));
  try {
    return await use(threads);
  } finally {
    await endLaneThreads(threads);
  }
}

export async function endLaneThreads(threads: readonly LaneThread[]): Promise<void> {
  await Promise.all(threads.map((thread) => thread.end()));
}
