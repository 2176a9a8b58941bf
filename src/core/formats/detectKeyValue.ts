/** Proposes how a dump without prefixes is to be read. It can only be a guess: the user confirms or changes it. */
import type { DumpLayout, Warning } from '../comparison.js';
import type { DumpOptions } from '../options.js';
import { visible } from '../words/text.js';
import { fromByteText, isJsonText } from './bytes.js';
import { type Detection, refuseByteArrays } from './detection.js';
import { endsInCrLf, type SampleRecord, type SampleText, sampleRecords } from './sample.js';

/** Separators that are tried, the likelier first, that seldom stand in other text. The consumer's own default is TAB. */
const telling = ['\t', '::', '\u0001', '\u001f', '\u0000', '|', ':::', '||', '=>', '->', '##', '#', '~', '^'];
/** Those that do, and need some lines to be believed. */
const common = [';', '=', ',', ':'];
const linesToBelieveCommon = 3;
/** Share of the lines that must be records that look like some, or the file is taken for no dump. */
const convincing = 0.9;
/** Share of control characters above which a file is no text. */
const controlShare = 0.01;

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
  for (const separator of sample.lines.length >= linesToBelieveCommon ? [...telling, ...common] : telling) {
    if (!isPlainBesides(sample, separator)) continue;
    const { records } = sampleRecords(sample, layoutOf(sample, options, separator));
    const json = records.filter(({ value }) => /^[[{]/.test(value));
    // Lines that go on with a value which is no JSON may be anything.
    const extraLines = records
      .filter(({ value, isCut }) => !isCut && !/^[[{]/.test(value))
      .reduce((sum, { lineCount }) => sum + lineCount - 1, 0);
    const lines = records.length + extraLines + linesBefore(sample, records);
    const share = records.filter((record) => looksRight(record, separator)).length / Math.max(lines, 1);
    if (share < convincing) continue;
    const isBetter =
      best === null || share > best.share + 0.02 || (share > best.share - 0.02 && json.length > best.json);
    if (isBetter) best = { separator, share, json: json.length };
  }
  return best?.separator ?? null;
}

/** Whether the dump is text: hardly any control characters besides the separator. */
function isPlainBesides({ lines }: SampleText, separator: string): boolean {
  const text = lines
    .slice(0, 100)
    .map((line) => line.text)
    .join('')
    .replaceAll(separator, '');
  const controls = text.match(/[\0-\u0008\u000b-\u001f\u007f]/g)?.length ?? 0;
  return controls <= controlShare * text.length;
}

/** Lines in front of the first record: they would belong to none. */
function linesBefore(sample: SampleText, records: readonly SampleRecord[]): number {
  const first = records[0]?.line ?? Number.POSITIVE_INFINITY;
  return sample.lines.filter(({ number }) => number < first).length;
}

/** A key is JSON, or does not begin like the inside of it; a separator is not half of a longer one. */
function looksRight({ key, value }: SampleRecord, separator: string): boolean {
  const isKey = /^[^\s"'[\]{}<>]/.test(`${key}-`) ? !key.includes('{"') : isJsonText(key);
  return isKey && !value.startsWith(separator.slice(-1));
}
