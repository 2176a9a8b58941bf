/** One run of the command line: arguments → comparison → report → exit code. */
import { styleText } from 'node:util';
import type { Comparison } from '../core/comparison.js';
import { CancelledError, UserError } from '../core/errors.js';
import type { KeyHistory } from '../core/keyHistory.js';
import type { Progress } from '../core/progress.js';
import { historyReport } from '../core/report/history.js';
import { historyJson } from '../core/report/historyJson.js';
import type { ReportInput, TextStyle } from '../core/report/report.js';
import { type ReportFormat, reports } from '../core/report/reports.js';
import { count, counted } from '../core/words/numbers.js';
import { compareDumps } from '../engine/compareDumps.js';
import { withDumpValues } from '../engine/dumpValues.js';
import { keyHistory } from '../engine/keyHistory.js';
import type { EngineTuning } from '../engine/plan.js';
import { writeToFile, writeToStream } from '../engine/reportOutput.js';
import { type Arguments, NothingToDo, parseArguments } from './arguments.js';

/** The process around a run. */
export interface RunContext {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly version: string;
  /** Aborts when the user presses Ctrl+C. */
  readonly signal: AbortSignal;
}

/** As of diff and cmp. */
export const exitCodes = { equivalent: 0, different: 1, trouble: 2 } as const;

/** Every failure becomes a sentence on standard error and the code for trouble. */
export async function run(argv: readonly string[], context: RunContext): Promise<number> {
  const { stdout, stderr, version } = context;
  try {
    const args = parseArguments(argv, version, (text) => stdout.write(text));
    return await compareAndReport(args, context);
  } catch (error) {
    if (error instanceof NothingToDo) return exitCodes.equivalent;
    const isExpected = error instanceof UserError || error instanceof CancelledError;
    const message = error instanceof Error ? error.message : String(error);
    stderr.write(`kafka-dump-compare: ${isExpected ? message : `stopped unexpectedly: ${message}`}\n`);
    return exitCodes.trouble;
  }
}

async function compareAndReport(args: Arguments, { stdout, stderr, signal }: RunContext): Promise<number> {
  const showsProgress = args.progress && !args.quiet && stderr.isTTY === true;
  const { source, mirror, options, memoryBytes, temporaryFolder } = args;
  const tuning = { memoryBytes, ...(temporaryFolder === null ? {} : { temporaryFolder }) };
  const comparison = await compareDumps(
    { source, mirror, options, tuning },
    { signal, ...(showsProgress ? { onProgress: progressLine(stderr) } : {}) },
  );
  if (showsProgress) stderr.write(clearLine);
  if (!args.quiet || args.output !== null) {
    const history = args.key === null ? null : await historyOf(comparison, args.key, tuning, signal);
    await writeReport(comparison, history, args, stdout);
  }
  const warnings = comparison.source.warnings.length + comparison.mirror.warnings.length;
  if (args.failOnWarning && warnings > 0) {
    stderr.write(`kafka-dump-compare: ${counted(warnings, 'warning')}, and --fail-on-warning was given.\n`);
    if (comparison.verdict === 'equivalent') return exitCodes.trouble;
  }
  return exitCodes[comparison.verdict];
}

function historyOf(
  comparison: Comparison,
  key: string,
  tuning: EngineTuning,
  signal: AbortSignal,
): Promise<KeyHistory> {
  return keyHistory(comparison, { key: new TextEncoder().encode(key) }, tuning, { signal });
}

/** @param history of the key to be reported instead of the comparison; null for the comparison */
async function writeReport(
  comparison: Comparison,
  history: KeyHistory | null,
  args: Arguments,
  stdout: NodeJS.WriteStream,
): Promise<void> {
  const { output, maxDifferences, redactValues } = args;
  const isColored = args.color && output === null && stdout.isTTY === true && !process.env['NO_COLOR'];
  const paint = isColored ? paintForTerminal : paintNothing;
  await withDumpValues(comparison, (readValue) => {
    const input: ReportInput = { comparison, readValue, maxDifferences, redactValues, zone: {}, paint };
    const pieces = history === null ? reports[args.format].write(input) : historyPieces(history, input, args.format);
    return output === null ? writeToStream(stdout, pieces) : writeToFile(output, pieces);
  });
}

function historyPieces(history: KeyHistory, input: ReportInput, format: ReportFormat): AsyncIterable<string> {
  const { source, mirror } = input.comparison;
  const { readValue, redactValues, zone, paint } = input;
  const paths = { source: source.path, mirror: mirror.path };
  const write = format === 'json' ? historyJson : historyReport;
  return write({ history, paths, readValue, redactValues, zone, paint });
}

const terminalStyles = { good: 'green', bad: 'yellow', heading: 'bold', quiet: 'dim', plain: 'reset' } as const;

function paintForTerminal(style: TextStyle, text: string): string {
  return styleText(terminalStyles[style], text);
}

function paintNothing(_style: TextStyle, text: string): string {
  return text;
}

const clearLine = '\r\u001b[K';
const progressIntervalMs = 100;

function progressLine(stderr: NodeJS.WriteStream): (progress: Progress) => void {
  let lastShown = 0;
  return ({ phase, bytesDone, bytesTotal, records }) => {
    const now = Date.now();
    if (now - lastShown < progressIntervalMs) return;
    lastShown = now;
    const percent = Math.floor((100 * bytesDone) / bytesTotal);
    const doing = phase === 'reading' ? `reading ${percent} %` : 'comparing';
    stderr.write(`${clearLine}${doing}, ${count(records)} records`);
  };
}
