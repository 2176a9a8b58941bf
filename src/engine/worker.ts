/** Entry of the worker thread: a shell around compareDumps. */
import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../core/errors.js';
import { compareDumps } from './compareDumps.js';
import { packComparison, type WorkerInput, type WorkerMessage } from './workerProtocol.js';

const send = (message: WorkerMessage, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);

compareDumps(workerData as WorkerInput, { onProgress: (progress) => send({ kind: 'progress', progress }) }).then(
  (comparison) => {
    const { message, transfer } = packComparison(comparison);
    send({ kind: 'done', comparison: message }, transfer);
  },
  (error: unknown) => {
    if (error instanceof UserError) {
      send({ kind: 'userError', message: error.message, path: error.path, line: error.line });
    } else {
      send({ kind: 'crashed', message: error instanceof Error ? error.message : String(error) });
    }
  },
);
