/** Who takes part: how each is run on a pair of dumps, and how its answer is checked. */
import path from 'node:path';
import { repositoryFolder } from '../host/paths.js';
import type { Case } from './cases.js';
import {
  checkCounts,
  checkCountsByTime,
  checkJsonReport,
  checkKeyHistory,
  checkLines,
  checkNdjsonReport,
  keyWithHistory,
} from './checkAnswer.js';
import type { Answer } from './data/answer.js';
import { duckdbFolder, installDuckdb } from './duckdb.js';
import type { Run } from './measure.js';

export interface Contender {
  /** As the result tables show it. */
  readonly label: string;
  /** Done once, before anything is timed. */
  readonly prepare?: () => Promise<void>;
  command(source: string, mirror: string): readonly [string, ...string[]];
  /** @throws AssertionError if the answer is wrong or there is none */
  check(run: Run, answer: Answer, of: Case): void | Promise<void>;
}

const cli = path.join(repositoryFolder, 'dist/cli.cjs');
const peer = (name: string): string => path.join(import.meta.dirname, 'peers', name);

export const contenders = {
  ours: {
    label: 'kafka-dump-compare, everything',
    command: (source, mirror) => [process.execPath, cli, source, mirror, '--format', 'json'],
    check: checkJsonReport,
  },
  'ours-all': {
    label: 'kafka-dump-compare, all differing keys written as NDJSON',
    command: (source, mirror) => {
      const report = ['--format', 'ndjson', '--max-differences', 'all'];
      return [process.execPath, cli, source, mirror, ...report];
    },
    check: checkNdjsonReport,
  },
  'ours-key': {
    label: 'kafka-dump-compare, then the history of one key',
    command: (source, mirror) => [process.execPath, cli, source, mirror, '--key', keyWithHistory, '--format', 'json'],
    check: checkKeyHistory,
  },
  published: {
    label: 'published approach (Python), last values',
    command: (source, mirror) => ['python3', peer('published.py'), source, mirror],
    check: checkCounts,
  },
  awk: {
    label: 'awk, sort and join, last values',
    command: (source, mirror) => ['bash', peer('lastValues.sh'), source, mirror],
    check: checkCounts,
  },
  duckdb: {
    label: 'DuckDB, last values',
    prepare: installDuckdb,
    command: (source, mirror) => [process.execPath, peer('duckdb.mjs'), duckdbFolder, source, mirror],
    check: checkCountsByTime,
  },
  wc: {
    label: '`wc -l` of both files',
    command: (source, mirror) => ['wc', '-l', source, mirror],
    check: checkLines,
  },
} as const satisfies Record<string, Contender>;

export type ContenderName = keyof typeof contenders;
