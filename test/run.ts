/**
 * `npm test`: builds, packages and runs every suite. `--only unit|host|ui` runs one of them, `--grep pattern` the tests
 * whose title matches. The last line it prints is `N passed, N failed`; the exit code is 1 if anything failed.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { outFolder, repositoryFolder } from './host/paths.js';
import { runInHost } from './host/runInHost.js';
import { runCommand, timed } from './support/runCommand.js';
import { crashed, forgetSummary, readSummary, type Summary } from './support/summary.js';

type Suite = (grep: string | undefined) => Promise<Summary>;

const suites: Readonly<Record<'unit' | 'host' | 'ui', Suite>> = {
  unit: (grep) => runMochaProcess('unit', unitTests(), 30_000, grep),
  host: runInHost,
  ui: (grep) => runMochaProcess('ui', ['test/host/failureScreenshots.ts', ...testsIn('test/ui')], 180_000, grep),
};

const { values } = parseArgs({ options: { only: { type: 'string' }, grep: { type: 'string' } } });
const chosen = Object.entries(suites).filter(([name]) => values.only === undefined || values.only === name);
if (chosen.length === 0) throw new Error(`--only takes ${Object.keys(suites).join(', ')}, not ${values.only}.`);

const summaries: Summary[] = [await prepare()];
// Without a build there is nothing to test.
if (summaries[0]?.failed === 0) {
  for (const [name, suite] of chosen) {
    const summary = await timed(`Suite ${name}`, () => suite(values.grep));
    console.log(`Suite ${name}: ${countsOf(summary)}, ${summary.skipped} skipped`);
    summaries.push(summary);
  }
}

const all = summaries.flatMap((summary) => summary.failures);
if (all.length > 0) console.log('\nFailures:');
for (const { title, error } of all) console.log(`- ${title}: ${error.split('\n', 1)[0]}`);
const total = { passed: sumOf('passed'), failed: sumOf('failed') };
console.log(countsOf(total));
process.exitCode = total.failed > 0 ? 1 : 0;

/** Packages, which builds first. A failure counts as one failed test, success as none. */
async function prepare(): Promise<Summary> {
  try {
    await timed('npm run package', () =>
      runCommand('npm', ['run', '--silent', 'package'], { cwd: repositoryFolder, output: 'onFailure' }),
    );
    return { passed: 0, failed: 0, skipped: 0, failures: [] };
  } catch (error) {
    console.log(String(error));
    return crashed('npm run package', String(error));
  }
}

/** All tests that need no VS Code. */
function unitTests(): string[] {
  const folders = readdirSync(path.join(repositoryFolder, 'test'), { withFileTypes: true });
  return folders
    .filter((folder) => folder.isDirectory() && folder.name !== 'host' && folder.name !== 'ui')
    .flatMap((folder) => testsIn(`test/${folder.name}`));
}

/** The test files below `folder`, relative to the repository, in the same order on every machine. */
function testsIn(folder: string): string[] {
  return readdirSync(path.join(repositoryFolder, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join(folder, name))
    .sort();
}

async function runMochaProcess(
  name: string,
  files: readonly string[],
  timeoutMilliseconds: number,
  grep: string | undefined,
): Promise<Summary> {
  const summaryFile = path.join(outFolder, `test/${name}.json`);
  forgetSummary(summaryFile);
  const args = ['--import', 'tsx', 'test/support/mochaProcess.ts', '--summary', summaryFile];
  args.push('--timeout', String(timeoutMilliseconds), ...(grep === undefined ? [] : ['--grep', grep]));
  const endedWell = await runCommand(process.execPath, [...args, ...files], {
    cwd: repositoryFolder,
    output: 'show',
  }).then(
    () => true,
    () => false,
  );
  return readSummary(`${name} suite`, summaryFile, endedWell);
}

function sumOf(count: 'passed' | 'failed'): number {
  return summaries.reduce((sum, summary) => sum + summary[count], 0);
}

function countsOf({ passed, failed }: Pick<Summary, 'passed' | 'failed'>): string {
  return `${passed} passed, ${failed} failed`;
}
