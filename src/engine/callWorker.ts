/**
 * Entry of the threads that answer calls (callThread.ts): one lane of a comparison, or rows of a report. Small, since a
 * comparison waits for it to be loaded.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { CancelledError } from '../core/errors.js';
import type { CallReply, CallWorkerData } from './callThread.js';
import { Lane } from './lane.js';
import type { LaneCall, LaneRequest } from './laneProtocol.js';
import { makesRows, type RowsRequest } from './reportRows.js';
import { sortFindings } from './sortFindings.js';
import { failureOf } from './workerFailure.js';

const data = workerData as CallWorkerData;

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
} else {
  const rowsOf = makesRows(data.job);
  parentPort?.on('message', async (request: RowsRequest) => {
    const [reply, transfer] = await replyOf(async () => {
      const rows = rowsOf(request);
      return [rows, [rows.buffer]];
    });
    parentPort?.postMessage(reply, transfer);
  });
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
    return [error instanceof CancelledError ? { kind: 'cancelled' } : failureOf(error), []];
  }
}
