/** A thread that answers calls one after the other; what goes wrong with it fails the calls that wait. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CancelledError, UserError } from '../core/errors.js';
import { builtFolder } from './builtFolder.js';
import type { RowsJob } from './reportRows.js';
import type { WorkerFailure } from './workerFailure.js';

/** The answer to a call. */
export type CallReply<Result = unknown> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'cancelled' }
  | WorkerFailure;

/** What such a thread is for. */
export type CallWorkerData =
  /** Told what to do by a `LaneRequest`. */
  { readonly kind: 'lane' } | { readonly kind: 'rows'; readonly job: RowsJob };

export class CallThread<Request> {
  /** Is called when the thread has ended by itself. */
  onDeath: () => void = () => {};
  readonly #worker: Worker;
  /** The calls that have no answer yet, the oldest first. */
  readonly #pending: { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void }[] = [];
  #failure: Error | null = null;

  /** @param task what a crash is said to have stopped */
  constructor(
    data: CallWorkerData,
    private readonly task: 'comparison' | 'export',
  ) {
    this.#worker = new Worker(join(builtFolder, 'callWorker.cjs'), { workerData: data });
    this.#worker.on('message', (reply: CallReply) => {
      const call = this.#pending.shift();
      if (reply.kind === 'done') call?.resolve(reply.result as never);
      else call?.reject(this.#errorOf(reply));
    });
    const fail = (error: Error): void => {
      this.#failure = error;
      this.onDeath();
      for (const call of this.#pending.splice(0)) call.reject(error);
    };
    this.#worker.on('error', (error) => fail(this.#stopped(error.message)));
    this.#worker.on('exit', (code) => fail(this.#stopped(`a thread ended with code ${code}`)));
  }

  /** Says what has no answer. */
  tell(request: Request): void {
    this.#worker.postMessage(request);
  }

  /** @throws UserError if the thread throws one, or dies; CancelledError if it throws that */
  ask<Result>(request: Request, transfer: readonly ArrayBuffer[] = []): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure);
        return;
      }
      this.#pending.push({ resolve, reject });
      this.#worker.postMessage(request, transfer);
    });
  }

  /** Calls without an answer get none. */
  async end(): Promise<void> {
    this.#pending.length = 0;
    this.#worker.removeAllListeners();
    await this.#worker.terminate();
  }

  #errorOf(reply: Exclude<CallReply, { kind: 'done' }>): Error {
    switch (reply.kind) {
      case 'userError':
        return new UserError(reply.message, reply.path, reply.line);
      case 'cancelled':
        return new CancelledError();
      case 'crashed':
        return this.#stopped(reply.message);
    }
  }

  #stopped(reason: string): UserError {
    const { task } = this;
    const again = task === 'comparison' ? 'Compare' : 'Try';
    return new UserError(`The ${task} stopped unexpectedly: ${reason}. ${again} again.`);
  }
}
