/** Entry of worker threads that do one task: a whole comparison, or what is made of its result. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Progress } from '../core/progress.js';
import { compareDumps } from './compareDumps.js';
import { fieldsOf, historyText, writeReport } from './resultJobs.js';
import { failureOf } from './workerFailure.js';
import { packComparison, type WorkerData, type WorkerMessage } from './workerProtocol.js';

perform(workerData as WorkerData).catch((error: unknown) => send(failureOf(error)));

function send(message: WorkerMessage, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

async function perform(task: WorkerData): Promise<void> {
  const onProgress = (progress: Progress): void => send({ kind: 'progress', progress });
  switch (task.kind) {
    case 'compare': {
      const { message, transfer } = packComparison(await compareDumps(task.request, { onProgress }));
      return send({ kind: 'done', comparison: message }, transfer);
    }
    case 'report':
      await writeReport(task.job, (characters) => send({ kind: 'written', characters }));
      return send({ kind: 'reported' });
    case 'history':
      return send({ kind: 'history', text: await historyText(task.job, onProgress) });
    case 'fields':
      return send({ kind: 'fields', fields: await fieldsOf(task.job) });
  }
}
