/** Entry of worker threads: a shell around a whole comparison, one lane of it, or what is made of its result, or rows. */
import { parentPort, workerData } from 'node:worker_threads';
import { CancelledError, UserError } from '../core/errors.js';
import type { Progress } from '../core/progress.js';
import type { CallReply } from './callThread.js';
import { compareDumps } from './compareDumps.js';
import { Lane } from './lane.js';
import type { LaneCall, LaneRequest } from './laneProtocol.js';
import { makesRows, type RowsRequest } from './reportRows.js';
import { fieldsOf, historyText, writeReport } from './resultJobs.js';
import { sortFindings } from './sortFindings.js';
import { packComparison, type WorkerData, type WorkerMessage } from './workerProtocol.js';

const data = workerData as WorkerData;

if (data.kind === 'lane') {
  let lane: () => Lane;
  parentPort?.on('message', async (request: LaneRequest) => {
    if (request.kind === 'begin') {
      let begun: Lane | null = null;
      // Made at the first call, so that it is told if there is no memory for it.
      lane = () => (begun ??= new Lane(request.job));
      return;
    }
    const [reply, transfer] = await replyOf(() => answer(lane(), request));
    parentPort?.postMessage(reply, transfer);
  });
} else if (data.kind === 'rows') {
  const rowsOf = makesRows(data.job);
  parentPort?.on('message', async (request: RowsRequest) => {
    const [reply, transfer] = await replyOf(async () => {
      const rows = rowsOf(request);
      return [rows, [rows.buffer]];
    });
    parentPort?.postMessage(reply, transfer);
  });
} else {
  const send = (message: WorkerMessage, transfer: ArrayBuffer[] = []): void =>
    parentPort?.postMessage(message, transfer);
  perform(data, send).catch((error: unknown) => {
    if (error instanceof UserError) {
      send({ kind: 'userError', message: error.message, path: error.path, line: error.line });
    } else {
      send({ kind: 'crashed', message: messageOf(error) });
    }
  });
}

async function perform(
  task: Exclude<WorkerData, { kind: 'lane' | 'rows' }>,
  send: (message: WorkerMessage, transfer?: ArrayBuffer[]) => void,
): Promise<void> {
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

type Answer = readonly [result: unknown, transfer: ArrayBuffer[]];

async function answer(lane: Lane, request: LaneCall): Promise<Answer> {
  switch (request.kind) {
    case 'scan':
      return [await lane.scan(), []];
    case 'join': {
      const result = await lane.join(request.job);
      return [result, result.findings.chunks.map(({ buffer }) => buffer)];
    }
    case 'sort': {
      const result = sortFindings(request.job);
      return [result, Object.values(result.first).map(({ buffer }) => buffer as ArrayBuffer)];
    }
    case 'describe': {
      const result = await lane.describe(request.job);
      return [result, Object.values(result).map(({ buffer }) => buffer as ArrayBuffer)];
    }
  }
}

async function replyOf(work: () => Promise<Answer>): Promise<[CallReply, ArrayBuffer[]]> {
  try {
    const [result, transfer] = await work();
    return [{ kind: 'done', result }, transfer];
  } catch (error) {
    if (error instanceof UserError) {
      return [{ kind: 'userError', message: error.message, path: error.path, line: error.line }, []];
    }
    if (error instanceof CancelledError) return [{ kind: 'cancelled' }, []];
    return [{ kind: 'crashed', message: messageOf(error) }, []];
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
