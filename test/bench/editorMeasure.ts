/** One measured number beside its bar, both in milliseconds. */
export interface Measure {
  readonly what: string;
  readonly ms: number;
  /** Null for what has none. */
  readonly atMost: number | null;
}

/** Names the file for what is measured in an extension host. */
export const resultVariable = 'KAFKA_DUMP_BENCH_RESULT';
