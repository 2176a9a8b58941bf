/** compareDumps on a thread of its own, so that the caller's never blocks. */
import { Worker } from 'node:worker_threads';
import type { Comparison } from '../core/comparison.js';
import { CancelledError, UserError } from '../core/errors.js';
import type { CompareControl, CompareRequest } from './compareDumps.js';
import { unpackComparison, type WorkerData, type WorkerMessage } from './workerProtocol.js';

/**
 * @param workerPath absolute path of the bundled worker.ts
 * @throws UserError if a dump cannot be read as one, or the worker crashed
 * @throws CancelledError as soon as `control.signal` aborts; the thread is ended, it leaves nothing behind
 */
export async function compareInWorker(
  workerPath: string,
  request: CompareRequest,
  control: Pick<CompareControl, 'signal' | 'onProgress'> = {},
): Promise<Comparison> {
  const { signal, onProgress } = control;
  if (signal?.aborted) throw new CancelledError();
  const worker = new Worker(workerPath, { workerData: { kind: 'compare', request } satisfies WorkerData });
  let cancel = (): void => {};
  try {
    return await new Promise<Comparison>((resolve, reject) => {
      cancel = (): void => reject(new CancelledError());
      signal?.addEventListener('abort', cancel, { once: true });
      worker.on('message', (message: WorkerMessage) => {
        switch (message.kind) {
          case 'progress':
            onProgress?.(message.progress);
            break;
          case 'done':
            resolve(unpackComparison(message.comparison));
            break;
          case 'userError':
            reject(new UserError(message.message, message.path, message.line));
            break;
          case 'crashed':
            reject(crashed(message.message));
        }
      });
      worker.on('error', (error) => reject(crashed(error.message)));
      // An exit without an answer must not leave the caller waiting.
      worker.on('exit', (code) => reject(crashed(`its thread ended with code ${code}`)));
    });
  } finally {
    signal?.removeEventListener('abort', cancel);
    void worker.terminate();
  }
}

function crashed(reason: string): UserError {
  return new UserError(`The comparison stopped unexpectedly: ${reason}. Compare again.`);
}
