/** One run of the command line: arguments → comparison → report → exit code. */
import { styleText } from 'node:util';
import type { Comparison } from '../core/comparison.js';
import { CancelledError, UserError } from '../core/errors.js';
import { isDifference } from '../core/outcome.js';
import type { Progress } from '../core/progress.js';
import type { Pieces, ReportInput, TextStyle } from '../core/report/report.js';
import { reports } from '../core/report/reports.js';
import { count, counted } from '../core/words/numbers.js';
import { compareDumps } from '../engine/compareDumps.js';
import { PrivateFolder } from '../engine/privateFolder.js';
import { writeToFile, writeToStream } from '../engine/reportOutput.js';
import { withDumpRows } from '../engine/reportRows.js';
import { type Arguments, NothingToDo, parseArguments } from './arguments.js';
import { historiesOf, historyPieces } from './history.js';

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

async function compareAndReport(args: Arguments, context: RunContext): Promise<number> {
  const folder = new PrivateFolder(PrivateFolder.newPath(args.temporaryFolder ?? undefined));
  const removeNow = (): void => folder.disposeNow();
  // Where the process ends by itself, as when the reader of the report closes the pipe.
  process.once('exit', removeNow);
  try {
    return await compareIn(folder, args, context);
  } finally {
    await folder.dispose();
    process.off('exit', removeNow);
  }
}

/** @param folder for the text of dumps that must be decoded */
async function compareIn(folder: PrivateFolder, args: Arguments, context: RunContext): Promise<number> {
  const { stderr, signal } = context;
  const showsProgress = args.progress && !args.quiet && stderr.isTTY === true;
  const { source, mirror, options, memoryBytes, temporaryFolder } = args;
  const tuning = { memoryBytes, ...(temporaryFolder === null ? {} : { temporaryFolder }) };
  const control = { signal, ...(showsProgress ? { onProgress: progressLine(stderr) } : {}) };
  const isReported = !args.quiet || args.output !== null;
  const listed = isReported && args.key === null ? args.maxDifferences : 0;
  const request = { source, mirror, options, listed, tuning, decodedFolder: folder.path };
  const comparison = await compareDumps(request, control);
  const histories = args.key === null ? null : await historiesOf(comparison, args.key, tuning, control);
  if (showsProgress) stderr.write(clearLine);
  if (isReported) {
    const pieces = histories === null ? reports[args.format].write : historyPieces.bind(null, histories, args.format);
    await writePieces(comparison, pieces, args, context);
  }
  const warnings = comparison.source.warnings.length + comparison.mirror.warnings.length;
  const isDifferent =
    histories === null ? comparison.verdict === 'different' : histories.some(({ outcome }) => isDifference(outcome));
  if (args.failOnWarning && warnings > 0) {
    stderr.write(`kafka-dump-compare: ${counted(warnings, 'warning')}, and --fail-on-warning was given.\n`);
    if (!isDifferent) return exitCodes.trouble;
  }
  return isDifferent ? exitCodes.different : exitCodes.equivalent;
}

async function writePieces(
  comparison: Comparison,
  piecesOf: (input: ReportInput) => Pieces,
  args: Arguments,
  { stdout }: RunContext,
): Promise<void> {
  const { output, maxDifferences, redactValues } = args;
  const isColored = args.color && output === null && stdout.isTTY === true && !process.env['NO_COLOR'];
  const paint = isColored ? paintForTerminal : paintNothing;
  await withDumpRows(comparison, (read) => {
    const pieces = piecesOf({ comparison, ...read, maxDifferences, redactValues, zone: {}, paint });
    return output === null ? writeToStream(stdout, pieces) : writeToFile(output, pieces);
  });
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
    const percent = bytesTotal === 0 ? '' : ` ${Math.floor((100 * bytesDone) / bytesTotal)} %`;
    const doing = phase === 'comparing' ? phase : `${phase}${percent}`;
    stderr.write(`${clearLine}${doing}, ${count(records)} records`);
  };
}
