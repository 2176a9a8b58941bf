/** One task on a thread of its own: started, listened to, and ended with its answer, so that the caller never blocks. */
import { Worker } from 'node:worker_threads';
import { CancelledError, UserError } from '../core/errors.js';
import type { WorkerData, WorkerMessage } from './workerProtocol.js';

/** What a thread posts besides its failures. */
export type WorkerNews = Exclude<WorkerMessage, { kind: 'userError' | 'crashed' }>;

/**
 * @param workerPath absolute path of the bundled worker.ts
 * @param task what a crash is said to have stopped
 * @param take is given each message, and the function that settles the task
 * @throws UserError as the thread threw it, or if it crashed
 * @throws CancelledError as soon as `signal` aborts; the thread is ended
 */
export async function runInWorker<T>(
  workerPath: string,
  data: WorkerData,
  task: 'comparison' | 'export' | 'search for the key' | 'look at the values',
  signal: AbortSignal | undefined,
  take: (message: WorkerNews, finish: (result: T) => void) => void,
): Promise<T> {
  if (signal?.aborted) throw new CancelledError();
  const worker = new Worker(workerPath, { workerData: data });
  let cancel = (): void => {};
  try {
    return await new Promise<T>((resolve, reject) => {
      cancel = (): void => reject(new CancelledError());
      signal?.addEventListener('abort', cancel, { once: true });
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'userError') reject(new UserError(message.message, message.path, message.line));
        else if (message.kind === 'crashed') reject(crashed(task, message.message));
        else take(message, resolve);
      });
      worker.on('error', (error) => reject(crashed(task, error.message)));
      // An exit without an answer must not leave the caller waiting.
      worker.on('exit', (code) => reject(crashed(task, `its thread ended with code ${code}`)));
    });
  } finally {
    signal?.removeEventListener('abort', cancel);
    await worker.terminate();
  }
}

function crashed(task: string, reason: string): UserError {
  return new UserError(
    `The ${task} stopped unexpectedly: ${reason}. ${task === 'comparison' ? 'Compare' : 'Try'} again.`,
  );
}
