/**
 * Lanes as the comparison sees them. The first one works on the caller's thread, which would only wait otherwise and has
 * started already; the others have threads of their own.
 */
import { CancelledError } from '../core/errors.js';
import type { ControlBlock } from './controlBlock.js';
import type { RecordDetails } from './describeRecords.js';
import type { Finding } from './findings.js';
import { type JoinJob, type JoinResult, Lane } from './lane.js';
import type { DescribeJob, LaneJob, ScanResult } from './laneProtocol.js';
import { endLaneThreads, type LaneThread, startLaneThreads } from './laneThreads.js';
import { type SortedFindings, type SortJob, sortFindings } from './sortFindings.js';

/**
 * Each call has one answer of every lane, in their order. It fails with a UserError if a lane fails or its thread dies,
 * with a CancelledError once the run is cancelled.
 */
export class LanePool {
  #own: Lane;

  /**
   * @param jobs of all lanes; there is at least one
   * @param threads of all but the first
   */
  constructor(
    private readonly jobs: readonly LaneJob[],
    private threads: readonly LaneThread[],
    private readonly control: ControlBlock,
  ) {
    this.#own = this.#begin();
  }

  #begin(): Lane {
    const [own, ...others] = this.jobs;
    for (const [i, job] of others.entries()) {
      const thread = this.threads[i] as LaneThread;
      thread.onDeath = () => this.control.cancel();
      thread.tell({ kind: 'begin', job });
    }
    return new Lane(own as LaneJob);
  }

  /** Lanes anew, without the tuples: the only way to give back their memory while the work goes on. */
  async restart(): Promise<void> {
    await this.close();
    this.threads = startLaneThreads(this.jobs.length);
    this.#own = this.#begin();
  }

  scan(): Promise<ScanResult[]> {
    return this.#all(
      (thread) => thread.ask<ScanResult>({ kind: 'scan' }),
      () => this.#own.scan(),
    );
  }

  join(job: JoinJob): Promise<JoinResult[]> {
    return this.#all(
      (thread) => thread.ask<JoinResult>({ kind: 'join', job }),
      () => this.#own.join(job),
    );
  }

  /** Each lane sorts out its own findings. @param jobs in the order of the lanes */
  sort(jobs: readonly SortJob[]): Promise<SortedFindings[]> {
    const [own, ...others] = jobs;
    return this.#all(
      (thread, i) => {
        const job = others[i] as SortJob;
        return thread.ask<SortedFindings>(
          { kind: 'sort', job },
          job.found.chunks.map(({ buffer }) => buffer),
        );
      },
      async () => sortFindings(own as SortJob),
    );
  }

  /**
   * Each lane takes the next job that nobody has taken, until none is left.
   * @param take is given the answers as they come, in no order
   */
  async describe<Job extends DescribeJob>(
    jobs: readonly Job[],
    take: (job: Job, details: RecordDetails) => void,
  ): Promise<void> {
    const waiting = jobs.values();
    const takeJobs = async (describe: (job: DescribeJob) => Promise<RecordDetails>): Promise<void> => {
      for (const job of waiting) {
        const { side, marks, wanted } = job;
        take(job, await describe({ side, marks, wanted }));
      }
    };
    await this.#all(
      (thread) => takeJobs((job) => thread.ask<RecordDetails>({ kind: 'describe', job })),
      () => takeJobs((job) => this.#own.describe(job)),
    );
  }

  /** See `Lane.found`: of the keys that the caller's own thread has judged. */
  found(index: number): Finding | null {
    return this.#own.found(index);
  }

  close(): Promise<void> {
    return endLaneThreads(this.threads);
  }

  #all<T>(ask: (thread: LaneThread, i: number) => Promise<T>, work: () => Promise<T>): Promise<T[]> {
    // The threads are asked first: they work while this one does.
    const asked = this.threads.map(ask);
    return this.#settled([work(), ...asked]);
  }

  /** The first failure stops the other lanes, whose results would be thrown away. */
  async #settled<T>(answers: readonly Promise<T>[]): Promise<T[]> {
    const settled = await Promise.allSettled(
      answers.map((answer) =>
        answer.catch((error: unknown) => {
          this.control.cancel();
          throw error;
        }),
      ),
    );
    const failures = settled.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
    // A lane that was only stopped for the failure of another says nothing of its reason.
    if (failures.length > 0) throw failures.find((error) => !(error instanceof CancelledError)) ?? failures[0];
    return settled.map((answer) => (answer as PromiseFulfilledResult<T>).value);
  }
}
