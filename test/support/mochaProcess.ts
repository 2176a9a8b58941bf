/** Runs test files in a process of its own: `mochaProcess.ts --summary file --timeout ms [--grep pattern] file…`. */
import { parseArgs } from 'node:util';
import { runMocha } from './runMocha.js';

const { values, positionals } = parseArgs({
  options: { summary: { type: 'string' }, timeout: { type: 'string' }, grep: { type: 'string' } },
  allowPositionals: true,
});
if (values.summary === undefined) throw new Error('--summary is missing.');

const failures = await runMocha({
  files: positionals,
  summaryFile: values.summary,
  timeoutMilliseconds: Number(values.timeout),
  grep: values.grep,
});
process.exitCode = failures > 0 ? 1 : 0;

// A process that does not end has left something open: a worker, a browser, a server.
const patience = setTimeout(() => {
  console.error(`The tests are done, but this is still open: ${process.getActiveResourcesInfo().join(', ')}.`);
  process.exit(1);
}, 30_000);
patience.unref();
