/** Lanes as the comparison sees them: on the caller's thread if there is little to do, otherwise on threads of their own. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CancelledError, UserError } from '../core/errors.js';
import { builtFolder } from './builtFolder.js';
import type { ControlBlock } from './controlBlock.js';
import type { RecordDetails } from './describeRecords.js';
import { type JoinJob, type JoinResult, Lane } from './lane.js';
import type { DescribeJob, LaneJob, LaneReply, LaneRequest, ScanResult } from './laneProtocol.js';

/** Each call has one answer of every lane, in their order. */
export interface LanePool {
  scan(): Promise<ScanResult[]>;
  join(job: JoinJob): Promise<JoinResult[]>;
  describe(jobs: readonly DescribeJob[]): Promise<RecordDetails[]>;
  close(): Promise<void>;
}

/** Runs its lane at once, on the caller's thread. */
export function inlineLane(job: LaneJob): LanePool {
  const lane = new Lane(job);
  return {
    scan: async () => [lane.scan()],
    join: async (joinJob) => [lane.join(joinJob)],
    describe: async (jobs) => jobs.map((describeJob) => lane.describe(describeJob)),
    close: async () => {},
  };
}

/** @throws UserError from a call whose lane fails or whose thread dies; CancelledError once the run is cancelled */
export function threadedLanes(jobs: readonly LaneJob[], control: ControlBlock): LanePool {
  const lanes = jobs.map((job) => new LaneThread(job, control));
  const all = <T>(ask: (lane: LaneThread, i: number) => Promise<T>): Promise<T[]> => Promise.all(lanes.map(ask));
  return {
    scan: () => all((lane) => lane.ask<ScanResult>({ kind: 'scan' })),
    join: (job) => all((lane) => lane.ask<JoinResult>({ kind: 'join', job })),
    describe: (describeJobs) =>
      Promise.all(
        describeJobs.map((job, i) =>
          (lanes[i % lanes.length] as LaneThread).ask<RecordDetails>({ kind: 'describe', job }),
        ),
      ),
    close: async () => {
      await all((lane) => lane.end());
    },
  };
}

class LaneThread {
  readonly #worker: Worker;
  /** The calls that have no answer yet, the oldest first. */
  readonly #pending: { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void }[] = [];
  #failure: Error | null = null;

  constructor(job: LaneJob, control: ControlBlock) {
    this.#worker = new Worker(join(builtFolder, 'worker.cjs'), { workerData: { kind: 'lane', job } });
    this.#worker.on('message', (reply: LaneReply) => {
      const call = this.#pending.shift();
      if (reply.kind === 'done') call?.resolve(reply.result as never);
      else call?.reject(errorOf(reply));
      // The others need not go on: their result would be thrown away.
      if (reply.kind !== 'done') control.cancel();
    });
    const fail = (error: Error): void => {
      this.#failure = error;
      control.cancel();
      for (const call of this.#pending.splice(0)) call.reject(error);
    };
    this.#worker.on('error', (error) => fail(stopped(error.message)));
    this.#worker.on('exit', (code) => fail(stopped(`a thread ended with code ${code}`)));
  }

  ask<T>(request: LaneRequest): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure);
        return;
      }
      this.#pending.push({ resolve, reject });
      this.#worker.postMessage(request);
    });
  }

  async end(): Promise<void> {
    this.#pending.length = 0;
    await this.#worker.terminate();
  }
}

function errorOf(reply: Exclude<LaneReply, { kind: 'done' }>): Error {
  switch (reply.kind) {
    case 'userError':
      return new UserError(reply.message, reply.path, reply.line);
    case 'cancelled':
      return new CancelledError();
    case 'crashed':
      return stopped(reply.message);
  }
}

function stopped(reason: string): UserError {
  return new UserError(`The comparison stopped unexpectedly: ${reason}. Compare again.`);
}
