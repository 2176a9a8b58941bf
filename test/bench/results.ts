/** What was measured, and the bars held against it. */
import type { CaseName } from './cases.js';
import type { ContenderName } from './contenders.js';
import type { Measure } from './editorMeasure.js';

/** Of one contender in one case. */
export interface Measured {
  /** Of each run, in the order of the runs. */
  readonly seconds: readonly number[];
  /** Bytes, the largest of all runs. */
  readonly peakMemory: number;
}

/** Why a contender has no times in a case, in words. */
export interface Failed {
  readonly failure: string;
}

export interface CaseResult {
  /** Bytes and records of both dumps. */
  readonly bytes: readonly [number, number];
  readonly records: readonly [number, number];
  readonly contenders: Partial<Readonly<Record<ContenderName, Measured | Failed>>>;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
}

export interface Results {
  readonly machine: Machine;
  readonly cases: Partial<Readonly<Record<CaseName, CaseResult>>>;
  /** Empty if the editor was not measured. */
  readonly editor: readonly Measure[];
}

export function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

export interface Bar {
  readonly what: string;
  readonly limit: number;
  readonly kind: 'atMost' | 'atLeast';
  readonly unit: 'times' | 'MB' | 'ms';
  /** Null if it was not measured. */
  measure(results: Results): number | null;
}

const seconds = (results: Results, of: CaseName, by: ContenderName): number => {
  const measured = results.cases[of]?.contenders[by];
  return measured !== undefined && 'seconds' in measured ? medianOf(measured.seconds) : Number.NaN;
};
const memory = (results: Results, of: CaseName, by: ContenderName): number => {
  const measured = results.cases[of]?.contenders[by];
  return measured !== undefined && 'peakMemory' in measured ? measured.peakMemory / 2 ** 20 : Number.NaN;
};
const bar = (
  what: string,
  kind: Bar['kind'],
  limit: number,
  unit: Bar['unit'],
  measure: (results: Results) => number,
): Bar => ({
  ...{ what, kind, limit, unit },
  measure: (results) => {
    const value = measure(results);
    return Number.isNaN(value) ? null : value;
  },
});

export const bars: readonly Bar[] = [
  bar('1.4 GB, everything ÷ `wc -l` of both files', 'atMost', 5, 'times', (results) =>
    ratio(seconds(results, 'main', 'ours'), seconds(results, 'main', 'wc')),
  ),
  bar('1.4 GB, published approach ÷ ours', 'atLeast', 60, 'times', (results) =>
    ratio(seconds(results, 'main', 'published'), seconds(results, 'main', 'ours')),
  ),
  bar('1.4 GB, DuckDB’s last values ÷ ours', 'atLeast', 5, 'times', (results) =>
    ratio(seconds(results, 'main', 'duckdb'), seconds(results, 'main', 'ours')),
  ),
  bar('1.4 GB, peak memory', 'atMost', 512, 'MB', (results) => memory(results, 'main', 'ours')),
  bar(
    '1.4 GB, the history of one key, beside the comparison',
    'atMost',
    1000,
    'ms',
    (results) => 1000 * (seconds(results, 'main', 'ours-key') - seconds(results, 'main', 'ours')),
  ),
  bar('14 GB ÷ `wc -l` of both files', 'atMost', 10, 'times', (results) =>
    ratio(seconds(results, 'large', 'ours'), seconds(results, 'large', 'wc')),
  ),
  bar('14 GB, peak memory', 'atMost', 900, 'MB', (results) => memory(results, 'large', 'ours')),
  bar('1 M keys differ, all written ÷ a few differ', 'atMost', 4, 'times', (results) =>
    ratio(seconds(results, 'all-differ', 'ours-all'), seconds(results, 'main', 'ours')),
  ),
  bar('1.4 GB against 10 MB ÷ `wc -l` of both files', 'atMost', 5, 'times', (results) =>
    ratio(seconds(results, 'lopsided', 'ours'), seconds(results, 'lopsided', 'wc')),
  ),
  bar('10 KB, from start to exit', 'atMost', 150, 'ms', (results) => 1000 * seconds(results, 'small', 'ours')),
  bar(
    '300,000 versions of one key, time',
    'atMost',
    2000,
    'ms',
    (results) => 1000 * seconds(results, 'one-key', 'ours'),
  ),
  bar('300,000 versions of one key, peak memory', 'atMost', 300, 'MB', (results) => memory(results, 'one-key', 'ours')),
];

function ratio(numerator: number, denominator: number): number {
  return numerator / denominator;
}
