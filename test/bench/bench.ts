/**
 * `npm run bench`: makes the data, checks every answer, times the contenders by turns and writes docs/benchmark.md
 * with what it prints. `--runs N` rounds, `--case NAME` and `--only CONTENDER` (each repeatable) for parts, `--large`
 * for the 14 GB case, `--editor` for the extension alone. The docs are written only by runs with all contenders of a
 * case.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryFolder } from '../host/paths.js';
import { runCommand, timed } from '../support/runCommand.js';
import { type Case, type CaseName, cases } from './cases.js';
import { type Contender, type ContenderName, contenders } from './contenders.js';
import { benchFolder, type Data, provideData } from './data/dataFolder.js';
import { benchEditor } from './editor.js';
import type { Measure } from './editorMeasure.js';
import { measure, warmPageCache } from './measure.js';
import type { CaseResult, Failed, Machine, Measured, Results } from './results.js';
import { barTable, benchmarkPage, caseTable, editorTable } from './tables.js';

const resultsFile = path.join(repositoryFolder, 'docs/benchmark.json');
const pageFile = path.join(repositoryFolder, 'docs/benchmark.md');

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    case: { type: 'string', multiple: true },
    only: { type: 'string', multiple: true },
    large: { type: 'boolean', default: false },
    editor: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.runs);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--runs takes a whole number, not ${values.runs}.`);
const only = chosenOf('--only', values.only, Object.keys(contenders) as ContenderName[]);
const usualCases = (Object.keys(cases) as CaseName[]).filter((name) => 'isLarge' in cases[name] === values.large);
const isWholeRun = !values.large && values.case === undefined && values.only === undefined;
const chosenCases =
  values.case === undefined
    ? usualCases.filter(() => !values.editor)
    : chosenOf('--case', values.case, Object.keys(cases) as CaseName[]);

// The package is built on the way.
await timed('npm run package', () =>
  runCommand('npm', ['run', '--silent', 'package'], { cwd: repositoryFolder, output: 'onFailure' }),
);
const [load = 0] = os.loadavg();
if (load > 1) console.warn(`Other programs keep this machine busy (load ${load.toFixed(1)}): times will be too long.`);

const measured: Partial<Record<CaseName, CaseResult>> = {};
for (const name of chosenCases) {
  const result = await runCase(name, cases[name]);
  measured[name] = result;
  console.log(`\n${caseTable(name, result)}\n`);
}
const editor: readonly Measure[] = values.editor || isWholeRun ? await benchEditor(rounds) : [];
if (editor.length > 0) console.log(`\n### Editor\n\n${editorTable(editor)}\n`);
console.log(barTable({ machine: machine(), cases: measured, editor }));

const failures = Object.values(measured).flatMap(({ contenders }) => Object.values(contenders).filter(isFailed));
if (failures.length > 0) process.exitCode = 1;
else if (values.only === undefined) writeDocs();

/** Contenders take turns, so that noise hits all alike. One that fails is out. */
async function runCase(name: CaseName, of: Case): Promise<CaseResult> {
  const data = provideData(name, of.data);
  await warmPageCache([data.source, data.mirror]);
  const found: Partial<Record<ContenderName, Measured | Failed>> = {};
  for (let round = 1; round <= rounds; round++) {
    for (const contender of of.contenders) {
      const earlier = found[contender] ?? { seconds: [], peakMemory: 0 };
      if (!only.includes(contender) || isFailed(earlier)) continue;
      found[contender] = await runOnce(contender, data, of, earlier).catch(failureOf);
      console.log(`${name}, round ${round}, ${contender}: ${inWords(found[contender])}`);
    }
  }
  const { source, mirror } = data.answer;
  return { bytes: [source.bytes, mirror.bytes], records: [source.records, mirror.records], contenders: found };
}

/** One more run. Its time counts only with the right answer. */
async function runOnce(name: ContenderName, data: Data, of: Case, earlier: Measured): Promise<Measured> {
  const contender: Contender = contenders[name];
  if (earlier.seconds.length === 0) await contender.prepare?.();
  const run = await measure(contender.command(data.source, data.mirror), benchFolder);
  try {
    await contender.check(run, data.answer, of);
  } catch (error) {
    throw new Error(`no right answer, exit code ${run.exitCode}. ${run.stderr}`, { cause: error });
  }
  return {
    seconds: [...earlier.seconds, run.seconds],
    peakMemory: Math.max(earlier.peakMemory, run.peakMemory),
  };
}

function failureOf(error: Error): Failed {
  console.error(error);
  return { failure: error.message.split('\n', 1)[0] as string };
}

function inWords(found: Measured | Failed): string {
  return isFailed(found) ? found.failure : `${found.seconds.at(-1)?.toFixed(3)} s`;
}

/** What was not run keeps what was measured on an earlier run. */
function writeDocs(): void {
  const earlier: Results | null = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : null;
  const results: Results = {
    machine: machine(),
    cases: { ...earlier?.cases, ...measured },
    editor: editor.length > 0 ? editor : (earlier?.editor ?? []),
  };
  mkdirSync(path.dirname(resultsFile), { recursive: true });
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(pageFile, benchmarkPage(results));
  console.log(`\nWritten to ${path.relative(repositoryFolder, pageFile)}.`);
}

function machine(): Machine {
  const [cpu] = os.cpus();
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memory: os.totalmem(),
    system: os.type(),
    node: process.versions.node,
  };
}

function chosenOf<Name extends string>(option: string, wanted: readonly string[] | undefined, known: Name[]): Name[] {
  if (wanted === undefined) return known;
  const unknown = wanted.filter((name) => !known.includes(name as Name));
  if (unknown.length > 0) throw new Error(`${option} takes ${known.join(', ')}, not ${unknown.join(', ')}.`);
  return wanted as Name[];
}

function isFailed(found: Measured | Failed): found is Failed {
  return 'failure' in found;
}
