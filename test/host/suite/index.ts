/**
 * The tests that run inside an extension host. VS Code loads this module and calls `run`. Bundled with mocha, so that
 * it needs nothing but itself there.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runMocha } from '../../support/runMocha.js';
import { grepVariable, summaryVariable } from './environment.js';

/** Runs the `*.test.cjs` files next to this one; rejects when one fails. */
export async function run(): Promise<void> {
  const summaryFile = process.env[summaryVariable];
  if (summaryFile === undefined) throw new Error(`${summaryVariable} does not say where to write the summary.`);
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.cjs'));
  const failures = await runMocha({
    files: files.sort().map((name) => path.join(__dirname, name)),
    summaryFile,
    timeoutMilliseconds: 60_000,
    grep: process.env[grepVariable],
  });
  if (failures > 0) throw new Error(`${failures} in-host tests failed.`);
}
