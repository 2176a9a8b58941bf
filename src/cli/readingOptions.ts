/** The options that say how the dumps are to be read: for both, or for one side, which then counts more. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { dumpFormats } from '../core/comparison.js';
import { type ComparisonOptions, type DumpOptions, defaultDumpOptions } from '../core/options.js';
import type { Side } from '../core/record.js';
import { separatorFromText } from '../core/separatorText.js';

const sides = ['source', 'mirror'] as const;

export function addReadingOptions(command: Command): void {
  command
    .addOption(formatOption('--dump-format <format>', 'what wrote the dumps'))
    .option('--separator <text>', 'key.separator of the dumps; \\t, \\0, \\xHH and \\uHHHH are understood', separatorOf)
    .option('--null-literal <text>', `the text that stands for null (default: "${defaultDumpOptions.nullLiteral}")`)
    .option('--no-null-literal', 'no text stands for null: nothing is a tombstone')
    .option('--allow-empty', 'an empty file is the dump of an empty topic', false);
  for (const side of sides) {
    command
      .addOption(formatOption(`--${side}-dump-format <format>`, `the same, of the ${side}'s dump only`))
      .option(`--${side}-separator <text>`, `the same, of the ${side}'s dump only`, separatorOf)
      .option(`--${side}-null-literal <text>`, `the same, of the ${side}'s dump only`)
      .option(`--${side}-no-null-literal`, `the same, of the ${side}'s dump only`);
  }
}

/** @param parsed what commander made of all options */
export function readingOptions(parsed: Readonly<Record<string, unknown>>): Pick<ComparisonOptions, Side> {
  const both = overrides(parsed, '', { ...defaultDumpOptions, allowEmpty: parsed['allowEmpty'] === true });
  return { source: overrides(parsed, 'source', both), mirror: overrides(parsed, 'mirror', both) };
}

function overrides(parsed: Readonly<Record<string, unknown>>, side: Side | '', base: DumpOptions): DumpOptions {
  const value = (name: string): unknown =>
    parsed[side === '' ? `${name.slice(0, 1).toLowerCase()}${name.slice(1)}` : `${side}${name}`];
  const format = value('DumpFormat') as DumpOptions['format'] | 'auto' | undefined;
  const nullLiteral = value('NullLiteral') as string | false | undefined;
  const hasNone = nullLiteral === false || value('NoNullLiteral') === true;
  return {
    ...base,
    format: format === undefined ? base.format : format === 'auto' ? null : format,
    separator: (value('Separator') as string | undefined) ?? base.separator,
    nullLiteral: hasNone ? null : ((nullLiteral as string | undefined) ?? base.nullLiteral),
  };
}

function formatOption(flags: string, description: string): Option {
  return new Option(flags, description).choices(['auto', ...dumpFormats]);
}

/** A shell hands `\t` on as two characters. */
function separatorOf(text: string): string {
  const separator = separatorFromText(text);
  if (separator === '') throw new InvalidArgumentError('A separator cannot be empty.');
  return separator;
}
