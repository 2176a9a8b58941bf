/** Recognises kafkactl's text output by the time that stands between key and value. */
import type { Column, DumpLayout, Warning } from '../comparison.js';
import type { DumpOptions } from '../options.js';
import { fromByteText, toBytes, toByteText } from './bytes.js';
import { type Detection, refuseByteArrays } from './detection.js';
import { endsInCrLf, type SampleText, sampleRecords } from './sample.js';

const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)`;
const longestSeparatorBytes = 8;
/** Lines in which the time must be found: others go on with a value. */
const shareOfLines = 0.02;

/** By what stands before the key; S is the separator. */
const shapes: readonly { readonly columns: readonly Column[]; readonly before: (s: string) => string }[] = [
  { columns: ['partition'], before: (s) => String.raw`\d+${s}` },
  { columns: ['headers', 'partition'], before: (s) => String.raw`(?:(?!${s}).)*${s}\d+${s}` },
  { columns: [], before: () => '' },
];

/** Null if no line has a time between two equal separators, behind a key. */
export function detectKafkactlText(sample: SampleText, options: DumpOptions): Detection | null {
  const timed = sample.lines.filter(({ text }) => new RegExp(time).test(text));
  const first = timed[0];
  if (first === undefined || timed.length < shareOfLines * sample.lines.length) return null;
  const separator = options.separator === null ? separatorAround(first.text) : toByteText(toBytes(options.separator));
  if (separator === null) return null;
  const s = quoted(separator);
  const shape = shapes.find(({ before }) => {
    const start = new RegExp(`^${before(s)}.*?${s}${time}${s}`);
    return start.test(sample.lines[0]?.text ?? '') && start.test(first.text);
  });
  if (shape === undefined) return null;
  const layout: DumpLayout = {
    format: 'kafkactl-text',
    separator: fromByteText(separator),
    columns: [...shape.columns, 'key', 'timestamp', 'value'],
    crlf: endsInCrLf(timed),
    nullLiteral: options.nullLiteral,
    bomLength: sample.bomLength,
  };
  const { records } = sampleRecords(sample, layout);
  refuseByteArrays(sample.path, records);
  const seconds: Warning = {
    code: 'whole-seconds',
    line: null,
    message: 'Timestamps are in whole seconds, so they do not equal those of a dump that prints milliseconds.',
  };
  return { layout, warnings: [seconds], certainty: 'exact' };
}

/** The longest text that stands on both sides of the first time. */
function separatorAround(text: string): string | null {
  const found = new RegExp(`^(.*?)(${time})(.*)$`, 's').exec(text);
  if (found === null) return null;
  const [, before = '', , after = ''] = found;
  for (let length = longestSeparatorBytes; length > 0; length--) {
    const separator = after.slice(0, length);
    if (separator.length === length && before.endsWith(separator)) return separator;
  }
  return null;
}

const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
