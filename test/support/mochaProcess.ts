/**
 * Runs test files in a process of its own: `mochaProcess.ts --summary file --timeout ms [--grep pattern]
 * [--hooks module] file…`. The hooks module exports `mochaHooks`, which hold for every test.
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { runMocha } from './runMocha.js';

const { values, positionals } = parseArgs({
  options: {
    summary: { type: 'string' },
    timeout: { type: 'string' },
    grep: { type: 'string' },
    hooks: { type: 'string' },
  },
  allowPositionals: true,
});
if (values.summary === undefined) throw new Error('--summary is missing.');

const hooks: { mochaHooks?: Mocha.RootHookObject } =
  values.hooks === undefined ? {} : await import(pathToFileURL(values.hooks).href);
const failures = await runMocha({
  files: positionals,
  summaryFile: values.summary,
  timeoutMilliseconds: Number(values.timeout),
  grep: values.grep,
  rootHooks: hooks.mochaHooks,
});
process.exitCode = failures > 0 ? 1 : 0;

// A process that does not end has left something open: a worker, a browser, a server.
const patience = setTimeout(() => {
  console.error(`The tests are done, but this is still open: ${process.getActiveResourcesInfo().join(', ')}.`);
  process.exit(1);
}, 30_000);
patience.unref();
