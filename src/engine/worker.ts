/** Entry of the worker thread: a shell around compareDumps. */
import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../core/errors.js';
import { compareDumps } from './compareDumps.js';
import type { WorkerInput, WorkerMessage } from './workerProtocol.js';

const send = (message: WorkerMessage): void => parentPort?.postMessage(message);

compareDumps(workerData as WorkerInput, { onProgress: (progress) => send({ kind: 'progress', progress }) }).then(
  (comparison) => send({ kind: 'done', comparison }),
  (error: unknown) => {
    if (error instanceof UserError) {
      send({ kind: 'userError', message: error.message, path: error.path, line: error.line });
    } else {
      send({ kind: 'crashed', message: error instanceof Error ? error.message : String(error) });
    }
  },
);
