/**
 * The questions of *Change How This Dump Is Read…*: what can be chosen at each step, and the rows in which choices and
 * the records under the highlighted one are shown. Knows nothing of VS Code.
 */
import { dumpFormats } from '../core/comparison.js';
import { type FormatOptions, formatOptions } from '../core/formats/formatOptions.js';
import { type DumpOptions, defaultDumpOptions } from '../core/options.js';
import { separatorFromText } from '../core/separatorText.js';
import { count, counted } from '../core/words/numbers.js';
import { excerpt, visible } from '../core/words/text.js';
import { clockTime } from '../core/words/time.js';
import type { DumpPreview, PreviewRecord, ReadPreview } from '../engine/dumpPreview.js';
import type { DumpReading } from './comparisonSettings.js';

export type ReadingStep = 'format' | 'separator' | 'nulls';

export interface ReadingChoice {
  readonly label: string;
  /** Shown until there is a preview that says more. */
  readonly description: string;
  /** What the dump is read with when this is chosen. */
  readonly options: DumpOptions;
  /** What was chosen for this dump is forgotten, and no more is asked. */
  readonly isReset?: true;
}

/** A row of the list; one without a choice shows what is read under the choice that is highlighted. */
export interface ReadingRow {
  readonly label: string;
  readonly description: string;
  /** A heading above this row. */
  readonly heading?: string;
  readonly choice?: ReadingChoice;
  readonly isRecord?: true;
}

/** Rows that the preview takes, whatever there is to show: what stands below must not move about. */
export const previewRows = 4;
const previewLineCharacters = 84;
/** Of a key, so that there is room for the value. */
const keyCharacters = 24;
/** Separators that are offered; any other can be typed. */
const usualSeparators = ['::', '\t', '|', ',', ';', '=', ':::', '\u0001'];
const usualNullLiterals = ['null', 'NULL', '\\N'];

/**
 * @param base what the settings say
 * @param current what is in force
 */
export function formatChoices(base: DumpOptions, current: DumpOptions): ReadingChoice[] {
  const isChosen = Object.keys(readingOver(base, current)).length > 0;
  const reset: ReadingChoice = { ...asBefore(base), options: base, isReset: true };
  return [
    ...(isChosen ? [reset] : []),
    { label: 'Detect the Format', description: 'from the dump itself', options: { ...current, format: null } },
    ...dumpFormats.map((format) => ({ label: format, description: '', options: { ...current, format } })),
  ];
}

function asBefore(base: DumpOptions): Pick<ReadingChoice, 'label' | 'description'> {
  const isDetected = Object.keys(readingOver(defaultDumpOptions, base)).length === 0;
  return { label: isDetected ? 'As Detected' : 'As the Settings Say', description: 'forget what was chosen here' };
}

/** @param typed text of the input: a separator of its own, with `\t` for a tab; empty for none */
export function separatorChoices(options: DumpOptions, typed: string): ReadingChoice[] {
  const own = typed === '' ? [] : [separatorFromText(typed)];
  const current = options.separator === null ? [] : [options.separator];
  const separators = [...new Set([...own, ...current, ...usualSeparators])];
  const choices = separators.map((separator) => ({
    label: nameOfSeparator(separator),
    description: '',
    options: { ...options, separator },
  }));
  const detect = {
    label: 'Detect the Separator',
    description: 'from the dump itself',
    options: { ...options, separator: null },
  };
  return own.length > 0 ? [...choices.slice(0, 1), detect, ...choices.slice(1)] : [detect, ...choices];
}

/** @param typed text of the input: a null literal of its own; empty for none */
export function nullChoices(options: DumpOptions, nulls: FormatOptions['nulls'], typed: string): ReadingChoice[] {
  const none = { label: 'Nothing Is a Null', description: '', options: { ...options, nullLiteral: null } };
  if (nulls === 'empty') {
    const nullLiteral = options.nullLiteral ?? defaultDumpOptions.nullLiteral;
    return [{ label: 'Empty Text Is a Null', description: '', options: { ...options, nullLiteral } }, none];
  }
  const own = typed === '' ? [] : [typed];
  const current = options.nullLiteral === null ? [] : [options.nullLiteral];
  const literals = [...new Set([...own, ...current, ...usualNullLiterals])];
  const choices = literals.map((nullLiteral) => ({
    label: `“${visible(nullLiteral)}” Is a Null`,
    description: '',
    options: { ...options, nullLiteral },
  }));
  return [...choices, none];
}

/** The next question about a dump that is read so; null if there is none. */
export function stepAfter(
  step: ReadingStep,
  options: DumpOptions,
  preview: DumpPreview | undefined,
): Exclude<ReadingStep, 'format'> | null {
  const format = options.format ?? (preview?.kind === 'read' ? preview.layout.format : null);
  // Of a dump that is not understood, a separator may be all that is missing.
  const { hasSeparator, nulls } =
    format === null ? { hasSeparator: true, nulls: 'text' as const } : formatOptions[format];
  if (step === 'format' && hasSeparator) return 'separator';
  return step !== 'nulls' && nulls !== 'exact' ? 'nulls' : null;
}

/** Whether it makes sense to go on with a choice: its dump can be read, or a later step may help. */
export function canGoOn(step: ReadingStep, { options }: ReadingChoice, preview: DumpPreview | undefined): boolean {
  if (preview === undefined || preview.kind === 'read') return true;
  if (preview.kind === 'otherFormat' || step !== 'format') return false;
  return options.format === null || formatOptions[options.format].hasSeparator;
}

/** What of `options` differs from what the settings say. */
export function readingOver(base: DumpOptions, { format, separator, nullLiteral }: DumpOptions): DumpReading {
  return {
    ...(format === base.format ? {} : { format }),
    ...(separator === base.separator ? {} : { separator }),
    ...(nullLiteral === base.nullLiteral ? {} : { nullLiteral }),
  };
}

/**
 * All rows: the choices that fit the dump, then the first records under the highlighted one, then the other choices.
 * @param previews as far as they are there; choices are not put in order before all of them are
 */
export function readingRows(
  step: ReadingStep,
  choices: readonly ReadingChoice[],
  previews: ReadonlyMap<ReadingChoice, DumpPreview>,
  highlighted: ReadingChoice | undefined,
): ReadingRow[] {
  const isOrdered = choices.every((choice) => previews.has(choice));
  const fits = (choice: ReadingChoice): boolean => !isOrdered || previews.get(choice)?.kind !== 'otherFormat';
  const row = (choice: ReadingChoice): ReadingRow => choiceRow(step, choice, previews.get(choice));
  const others = choices.filter((choice) => !fits(choice)).map(row);
  return [
    ...choices.filter(fits).map(row),
    ...(highlighted === undefined ? [] : shown(highlighted, previews.get(highlighted))),
    ...others.slice(0, 1).map((first) => ({ ...first, heading: 'this dump does not look like' })),
    ...others.slice(1),
  ];
}

function choiceRow(step: ReadingStep, choice: ReadingChoice, preview: DumpPreview | undefined): ReadingRow {
  const { label, description } = choice;
  if (preview?.kind === 'refused') return { label, description: withoutPlace(preview.message), choice };
  if (preview?.kind !== 'read') return { label, description, choice };
  const words = step === 'nulls' ? tombstoneWords(preview) : layoutWords(choice, preview);
  return { label, description: words === '' ? description : words, choice };
}

function layoutWords({ options, isReset }: ReadingChoice, { layout }: ReadPreview): string {
  const { format, separator, columns } = layout;
  return [
    ...(options.format === null || isReset ? [format] : []),
    ...(separator === null || (options.separator !== null && !isReset)
      ? []
      : [`separator ${nameOfSeparator(separator)}`]),
    columns.join(', '),
  ].join(' · ');
}

function tombstoneWords({ tombstoneCount, recordCount }: ReadPreview): string {
  return `${counted(tombstoneCount, 'tombstone')} among the first ${counted(recordCount, 'record')}`;
}

/** Always as many rows. */
function shown(choice: ReadingChoice, preview: DumpPreview | undefined): ReadingRow[] {
  const rows = previewOf(preview).slice(0, previewRows);
  const missing = Array.from({ length: previewRows - rows.length }, () => plainRow(''));
  const heading = preview?.kind === 'read' || preview === undefined ? 'first records' : 'cannot be read';
  return [...rows, ...missing].map((row, i) =>
    i === 0 ? { ...row, heading: `${heading}, as “${choice.label}”` } : row,
  );
}

function previewOf(preview: DumpPreview | undefined): ReadingRow[] {
  if (preview === undefined) return [plainRow('…')];
  if (preview.kind !== 'read') return broken(preview.message).map(plainRow);
  if (preview.records.length === 0) return [plainRow('no whole record in the first megabyte')];
  return preview.records.map(recordRow);
}

function recordRow({ key, value, timestamp, partition, offset }: PreviewRecord): ReadingRow {
  const place = [
    ...(timestamp === null ? [] : [clockTime(timestamp)]),
    ...(partition === null ? [] : [`partition ${partition}`]),
    ...(offset === null ? [] : [`offset ${count(offset)}`]),
  ];
  const name = key === null ? '(no key)' : key === '' ? '(empty key)' : key;
  return { label: excerpt(name, keyCharacters), description: [...place, value].join(' · '), isRecord: true };
}

function plainRow(description: string): ReadingRow {
  return { label: '', description };
}

/** A sentence in lines that fit the list, which would cut it. */
function broken(message: string): string[] {
  const lines: string[] = [];
  for (const word of visible(message).split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= previewLineCharacters) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Without the path and the line before the reason. */
function withoutPlace(message: string): string {
  return visible(message.replace(/^.*?, line \d+: /, ''));
}

const separatorNames: ReadonlyMap<string, string> = new Map([
  ['\t', 'Tab'],
  [' ', 'Space'],
]);

function nameOfSeparator(separator: string): string {
  return separatorNames.get(separator) ?? `“${visible(separator)}”`;
}
