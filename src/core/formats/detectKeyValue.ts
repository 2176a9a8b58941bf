/** Proposes how a dump without prefixes is to be read. It can only be a guess: the user confirms or changes it. */
import type { DumpLayout, Warning } from '../comparison.js';
import type { DumpOptions } from '../options.js';
import { visible } from '../words/text.js';
import { fromByteText } from './bytes.js';
import { type Detection, refuseByteArrays } from './detection.js';
import { endsInCrLf, type SampleRecord, type SampleText, sampleRecords } from './sample.js';

/** Separators that are tried, the likelier first, that seldom stand in other text. The consumer's own default is TAB. */
const telling = ['\t', '::', '\u0001', '\u001f', '\u0000', '|', ':::', '||', '=>', '->', '##', '#', '~', '^'];
/** Those that do, and need some lines to be believed. */
const common = [';', '=', ',', ':'];
const linesToBelieveCommon = 3;
/** Share of the lines that must be records that look like some, or the file is taken for no dump. */
const convincing = 0.9;

/**
 * Null if no separator is given and none is convincing.
 * @throws UserError if the values are no text of anybody's
 */
export function detectKeyValue(sample: SampleText, options: DumpOptions): Detection | null {
  const first = sample.lines[0];
  if (first === undefined) return null;
  const found = options.separator === null ? proposeSeparator(sample, options) : options.separator;
  if (found === null) return null;
  const supposed = layoutOf(sample, options, found);
  const { records } = sampleRecords(sample, supposed);
  if (records.length === 0) return null;
  refuseByteArrays(sample.path, records);
  const layout = withNullLiteral(supposed, records);
  const warnings: Warning[] = [
    {
      code: 'values-by-line',
      line: null,
      message:
        'Nothing but the separator marks a record here: a line of a value that holds it was taken for a record, one without it for part of the value before.',
    },
  ];
  if (options.separator === null) {
    warnings.unshift({
      code: 'separator-assumed',
      line: first.number,
      message: `The separator “${visible(found)}” was assumed from the lines; name it if that is wrong.`,
    });
  }
  return { layout, warnings, certainty: 'assumed' };
}

function layoutOf(sample: SampleText, { nullLiteral }: DumpOptions, separator: string): DumpLayout {
  const noHeaders = `NO_HEADERS${separator}`;
  const hasHeaders = sample.lines.some(({ text }) => fromByteText(text.slice(0, 64)).startsWith(noHeaders));
  return {
    format: 'key-value',
    separator,
    columns: [...(hasHeaders ? (['headers'] as const) : []), 'key', 'value'],
    crlf: endsInCrLf(sample.lines),
    nullLiteral,
    bomLength: sample.bomLength,
  };
}

/** `kcat -Z` prints NULL where the console consumer prints null. */
function withNullLiteral(layout: DumpLayout, records: readonly SampleRecord[]): DumpLayout {
  const isKcat = layout.nullLiteral === 'null' && records.some(({ value }) => value === 'NULL');
  return isKcat && !records.some(({ isTombstone }) => isTombstone) ? { ...layout, nullLiteral: 'NULL' } : layout;
}

/** The candidate with which most lines are records that look like some; of equals the one with most JSON values. */
function proposeSeparator(sample: SampleText, options: DumpOptions): string | null {
  let best: { separator: string; share: number; json: number } | null = null;
  const isPlain = !/[\u0002-\u0008\u000b-\u001e\u007f]/.test(sample.lines[0]?.text ?? '');
  for (const separator of isPlain && sample.lines.length >= linesToBelieveCommon ? [...telling, ...common] : telling) {
    const { records, unreadable } = sampleRecords(sample, layoutOf(sample, options, separator));
    const good = records.filter((record) => looksRight(record, separator));
    const lines = records.length + unreadable + linesBefore(sample, records);
    if (lines === 0 || good.length < convincing * lines) continue;
    const share = good.length / lines;
    const json = good.filter(({ value }) => /^[[{]/.test(value)).length;
    const isBetter = best === null || share > best.share + 0.02 || (share > best.share - 0.02 && json > best.json);
    if (isBetter) best = { separator, share, json };
  }
  return best?.separator ?? null;
}

/** Lines in front of the first record: they would belong to none. */
function linesBefore(sample: SampleText, records: readonly SampleRecord[]): number {
  const first = records[0]?.line ?? Number.POSITIVE_INFINITY;
  return sample.lines.filter(({ number }) => number < first).length;
}

/** A key does not begin like the inside of JSON or of a text, and a separator is not half of a longer one. */
function looksRight({ key, value }: SampleRecord, separator: string): boolean {
  return /^[^\s"'[\]{}<>]/.test(`${key}-`) && !key.includes('{"') && !value.startsWith(separator.slice(-1));
}
