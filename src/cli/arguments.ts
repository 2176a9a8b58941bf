/** argv → what to do. All of the command line's words are here. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../core/errors.js';
import { type CleanupPolicy, type ComparisonOptions, defaultOptions } from '../core/options.js';
import { addReadingOptions, readingOptions } from './readingOptions.js';

export const formats = ['text', 'json'] as const;
export type Format = (typeof formats)[number];

export interface Arguments {
  readonly source: string;
  readonly mirror: string;
  readonly options: ComparisonOptions;
  readonly format: Format;
  /** Null for standard output. */
  readonly output: string | null;
  readonly maxDifferences: number;
  readonly quiet: boolean;
  readonly color: boolean;
  readonly progress: boolean;
}

/** What commander makes of the options below. */
interface ParsedOptions {
  readonly format: Format;
  readonly output?: string;
  readonly cleanupPolicy: CleanupPolicy;
  readonly maxDifferences: number;
  readonly quiet: boolean;
  readonly color: boolean;
  readonly progress: boolean;
}

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
    .addOption(new Option('--format <format>', 'what is printed').choices(formats).default('text'))
    .option('--output <file>', 'write the report to a file instead of standard output')
    .addOption(
      new Option('--cleanup-policy <policy>', 'delete: every record must be there, not only the latest of each key')
        .choices(['compact', 'delete'])
        .default(defaultOptions.cleanupPolicy),
    )
    .option('--max-differences <n>', 'differing keys listed, or all; counts are always exact', limitOf, 1000)
    .option('--quiet', 'print nothing, only set the exit code', false)
    .option('--no-color', 'no colours')
    .option('--no-progress', 'no progress on standard error')
    .addHelpText('after', '\nExit code: 0 equivalent, 1 different, 2 trouble.')
    .configureOutput({ writeOut: print, writeErr: () => {} })
    .exitOverride()
    .action((source: string, mirror: string, options: ParsedOptions) => {
      parsed = {
        source,
        mirror,
        options: {
          ...defaultOptions,
          cleanupPolicy: options.cleanupPolicy,
          ...readingOptions({ ...options }),
        },
        format: options.format,
        output: options.output ?? null,
        maxDifferences: options.maxDifferences,
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

function limitOf(text: string): number {
  if (text === 'all') return Number.POSITIVE_INFINITY;
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Expected a whole number or “all”.');
  return Number(text);
}

/** commander's `error: missing required argument 'mirror'` as a sentence. */
function sentence(message: string): string {
  const text = message.replace(/^error: /, '').trim();
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`;
}
