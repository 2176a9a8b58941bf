/** argv → what to do. All of the command line's words are here. */
import { Command, CommanderError, Help, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../core/errors.js';
import { parseIgnoredPaths } from '../core/ignoredPaths.js';
import {
  type CleanupPolicy,
  type ComparisonOptions,
  cleanupPolicies,
  defaultOptions,
  type ValueComparison,
  valueComparisons,
} from '../core/options.js';
import { type ReportFormat, reportFormats, reports } from '../core/report/reports.js';
import { usualLimit } from '../engine/resultJobs.js';
import { historyFormats } from './history.js';
import { addReadingOptions, readingOptions } from './readingOptions.js';

export interface Arguments {
  readonly source: string;
  readonly mirror: string;
  readonly options: ComparisonOptions;
  readonly format: ReportFormat;
  /** Null for standard output. */
  readonly output: string | null;
  readonly maxDifferences: number;
  /** The one key whose history is shown instead of a report, or null. */
  readonly key: string | null;
  /** Leaves the records' values out of the report. */
  readonly redactValues: boolean;
  /** A warning is trouble, even where the dumps agree. */
  readonly failOnWarning: boolean;
  /** Memory that the comparison may take before it goes on in temporary files. */
  readonly memoryBytes: number;
  /** Folder for temporary files; null for the system's. */
  readonly temporaryFolder: string | null;
  readonly quiet: boolean;
  readonly color: boolean;
  readonly progress: boolean;
}

/** What commander makes of the options below. */
interface ParsedOptions {
  readonly format: ReportFormat;
  readonly output?: string;
  readonly cleanupPolicy: CleanupPolicy;
  readonly values: ValueComparison;
  readonly ignore: readonly string[];
  readonly byPartition: boolean;
  readonly maxDifferences?: number;
  readonly key?: string;
  readonly redactValues: boolean;
  readonly failOnWarning: boolean;
  readonly memory: number;
  readonly tempDir?: string;
  readonly quiet: boolean;
  readonly color: boolean;
  readonly progress: boolean;
}

const mebibyte = 1024 ** 2;
const defaultMemoryBytes = 512 * mebibyte;

/** Help or the version was asked for and printed; nothing is left to do. */
export class NothingToDo extends Error {}

/**
 * @param argv the words behind the program's name
 * @param print receives help and version
 * @throws NothingToDo after help or version
 * @throws UserError if the words make no sense
 */
export function parseArguments(argv: readonly string[], version: string, print: (text: string) => void): Arguments {
  let parsed: Arguments | null = null;
  const command = new Command('kafka-dump-compare')
    .description('Is the mirrored topic missing anything? Compares two dumps of a compacted Kafka topic key by key.')
    .version(version)
    .argument('<source>', 'dump of the old topic')
    .argument('<mirror>', 'dump of the mirrored topic')
    .addOption(new Option('--format <format>', 'what is printed').choices(reportFormats).default('text'))
    .option('--output <file>', 'write the report to a file instead of standard output')
    .addOption(
      new Option('--cleanup-policy <policy>', 'delete: every record must be there, not only the latest of each key')
        .choices(cleanupPolicies)
        .default(defaultOptions.cleanupPolicy),
    )
    .addOption(
      new Option('--values <comparison>', 'json: values that differ in bytes match if they are the same JSON')
        .choices(valueComparisons)
        .default(defaultOptions.valueComparison),
    )
    .option(
      '--ignore <path>',
      'with --values json: leave out what is at this path, such as $.updatedAt or $.items[*].id; repeatable',
      ignoredPathsOf,
      [],
    )
    .option('--by-partition', 'compare a key within its partition', false)
    .option(
      '--max-differences <n>',
      `differing keys listed, or all; counts are always exact (default: ${usualLimit}; ndjson and csv: all)`,
      limitOf,
    )
    .option('--key <key>', 'show all records of this key on both sides instead of a report, as text or json')
    .option('--redact-values', 'leave the records’ values out of the report', false)
    .option('--fail-on-warning', 'exit code 2 if anything was assumed, set aside or odd', false)
    .addOption(
      new Option('--memory <size>', 'memory to use before temporary files, such as 512M or 2G')
        .argParser(bytesOf)
        .default(defaultMemoryBytes, '512M'),
    )
    .option('--temp-dir <folder>', 'folder for temporary files')
    .option('--quiet', 'print nothing, only set the exit code', false)
    .option('--no-color', 'no colours')
    .option('--no-progress', 'no progress on standard error')
    .configureHelp({ optionDescription })
    .addHelpText('after', '\nExit code: 0 equivalent, 1 different, 2 trouble.')
    .configureOutput({ writeOut: print, writeErr: () => {} })
    .exitOverride()
    .action((source: string, mirror: string, options: ParsedOptions) => {
      if (options.ignore.length > 0 && options.values !== 'json') {
        throw new UserError('Paths can be ignored only in JSON: add --values json to --ignore.');
      }
      if (options.key !== undefined && !historyFormats.includes(options.format)) {
        throw new UserError(`The history of a key is printed as text or json, not as ${options.format}.`);
      }
      parsed = {
        source,
        mirror,
        options: {
          ...defaultOptions,
          cleanupPolicy: options.cleanupPolicy,
          valueComparison: options.values,
          ignoredPaths: options.ignore,
          byPartition: options.byPartition,
          ...readingOptions({ ...options }),
        },
        format: options.format,
        output: options.output ?? null,
        maxDifferences: options.maxDifferences ?? (reports[options.format].listsAll ? Infinity : usualLimit),
        key: options.key ?? null,
        redactValues: options.redactValues,
        failOnWarning: options.failOnWarning,
        memoryBytes: options.memory,
        temporaryFolder: options.tempDir ?? null,
        quiet: options.quiet,
        color: options.color,
        progress: options.progress,
      };
    });
  addReadingOptions(command);
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) throw new NothingToDo();
    throw new UserError(`${sentence(error.message)} See kafka-dump-compare --help.`);
  }
  if (parsed === null) throw new NothingToDo();
  return parsed;
}

/** commander's own, without defaults that go without saying. */
function optionDescription(this: Help, option: Option): string {
  return Help.prototype.optionDescription.call(this, option).replace(/ \(default: (?:false|\[\])\)$/, '');
}

function limitOf(text: string): number {
  if (text === 'all') return Number.POSITIVE_INFINITY;
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Expected a whole number or “all”.');
  return Number(text);
}

/** Called for each `--ignore`. */
function ignoredPathsOf(path: string, before: readonly string[]): string[] {
  const paths = [...before, path];
  parseIgnoredPaths(paths);
  return paths;
}

const sizeUnits: Readonly<Record<string, number>> = { K: 1024, M: mebibyte, G: 1024 * mebibyte };

/** `512M`, `1.5G`: powers of 1024, as the JVM and sort(1) take them. */
function bytesOf(text: string): number {
  const { number, unit } = /^(?<number>\d+(?:\.\d+)?)(?<unit>[KMG])B?$/i.exec(text)?.groups ?? {};
  const bytes = Math.floor(Number(number) * (sizeUnits[unit?.toUpperCase() ?? ''] ?? 0));
  if (!(bytes > 0)) throw new InvalidArgumentError('Expected a size such as 512M or 2G.');
  return bytes;
}

/** commander's `error: missing required argument 'mirror'` as a sentence. */
function sentence(message: string): string {
  const text = message.replace(/^error: /, '').trim();
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`;
}
