/** Runs test files with mocha: prints like its spec reporter, and writes a summary that programs can read. */
import Mocha from 'mocha';
import { type Summary, writeSummary } from './summary.js';

export interface MochaRun {
  readonly files: readonly string[];
  readonly summaryFile: string;
  readonly timeoutMilliseconds: number;
  /** Only tests whose full title matches this pattern. */
  readonly grep?: string | undefined;
}

/** Resolves with the number of failures, after the summary is written. */
export async function runMocha(run: MochaRun): Promise<number> {
  const mocha = new Mocha({
    timeout: run.timeoutMilliseconds,
    // Else a forgotten `.only` would silence all other tests.
    forbidOnly: process.env['CI'] !== undefined,
    ...(run.grep === undefined ? {} : { grep: run.grep }),
    reporter: SpecWithSummary,
    reporterOptions: { summaryFile: run.summaryFile },
  });
  for (const file of run.files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  return new Promise((resolve) => mocha.run(resolve));
}

class SpecWithSummary extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    // Counted here, because mocha's own numbers leave out failed hooks.
    let passed = 0;
    let skipped = 0;
    const failures: { title: string; error: string }[] = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_PASS, () => passed++);
    runner.on(Mocha.Runner.constants.EVENT_TEST_PENDING, () => skipped++);
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test: Mocha.Runnable, error: unknown) => {
      failures.push({ title: test.fullTitle(), error: textOf(error) });
    });
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const summary: Summary = { passed, failed: failures.length, skipped, failures };
      writeSummary(options.reporterOptions.summaryFile, summary);
    });
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
