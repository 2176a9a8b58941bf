/** What the benchmark and its part in the extension host tell each other, through the environment and a file. */
export const taskVariable = 'KAFKA_DUMP_BENCH_TASK';

/** Paths of two dumps, how many of their keys differ, and the file that takes the times. */
export interface HostTask {
  readonly source: string;
  readonly mirror: string;
  readonly differing: number;
  readonly result: string;
}

/** Milliseconds; what ends with `At` is a moment of `Date.now()`, the clock that all processes share. */
export interface HostTimes {
  readonly activation: number;
  readonly startedAt: number;
  readonly doneAt: number;
  readonly cancels: readonly number[];
  /** Of the extension host's thread. */
  readonly longestTurn: { readonly work: number; readonly withWaiting: number };
}
