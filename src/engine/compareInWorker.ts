/** compareDumps on a thread of its own, so that the caller's never blocks. */
import type { Comparison } from '../core/comparison.js';
import type { CompareControl, CompareRequest } from './compareDumps.js';
import { unpackComparison } from './workerProtocol.js';
import { runInWorker } from './workerTask.js';

/**
 * @param workerPath absolute path of the bundled worker.ts
 * @throws UserError if a dump cannot be read as one, or the worker crashed
 * @throws CancelledError as soon as `control.signal` aborts; the thread is ended, it leaves nothing behind
 */
export function compareInWorker(
  workerPath: string,
  request: CompareRequest,
  { signal, onProgress }: Pick<CompareControl, 'signal' | 'onProgress'> = {},
): Promise<Comparison> {
  return runInWorker<Comparison>(workerPath, { kind: 'compare', request }, 'comparison', signal, (message, finish) => {
    if (message.kind === 'progress') onProgress?.(message.progress);
    else if (message.kind === 'done') finish(unpackComparison(message.comparison));
  });
}
