/** What became of a test suite, in a file: the runner adds these up, whoever ran the tests. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly title: string; readonly error: string }[];
}

/** A suite that crashed, or that ran no test, is one failure. */
export function crashed(title: string, error: string): Summary {
  return { passed: 0, failed: 1, skipped: 0, failures: [{ title, error }] };
}

export function writeSummary(file: string, summary: Summary): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(summary, undefined, 2)}\n`);
}

/** Removes what an earlier run left, so that it cannot pass for the result of this one. */
export function forgetSummary(file: string): void {
  rmSync(file, { force: true });
}

/**
 * The summary a run of `suite` has written. `endedWell` is false when its process failed: then a summary without
 * failures is not to be believed.
 */
export function readSummary(suite: string, file: string, endedWell: boolean): Summary {
  const summary = parse(file);
  if (summary === undefined) return crashed(suite, 'It crashed before it could report.');
  if (summary.passed + summary.failed === 0) return crashed(suite, 'It ran no test.');
  if (!endedWell && summary.failed === 0) {
    const failure = { title: suite, error: 'All tests passed, yet the process failed.' };
    return { ...summary, failed: 1, failures: [failure] };
  }
  return summary;
}

function parse(file: string): Summary | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Summary;
  } catch {
    return undefined;
  }
}
