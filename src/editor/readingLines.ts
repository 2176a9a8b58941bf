/** "Read as": how each dump was understood, what was assumed and what was set aside, side by side. */
import type { Comparison, DumpSummary, WarningCode } from '../core/comparison.js';
import { formatOptions } from '../core/formats/formatOptions.js';
import { defaultDumpOptions } from '../core/options.js';
import type { Side } from '../core/record.js';
import { byteSize, count, counted } from '../core/words/numbers.js';
import { visible } from '../core/words/text.js';
import type { PairChoices } from './comparisonSettings.js';
import type { ReadingLine } from './resultProtocol.js';

type ReadingPart = 'format' | 'separator' | 'nulls';

/** Why a dump is read in a way that it does not say itself: for this pair, by the settings, or since it seems right. */
export type ReadingOrigin = 'chosen' | 'set' | 'assumed';

interface Question {
  readonly label: string;
  /** What the answer is about, where it can be chosen. */
  readonly part?: ReadingPart;
  /** Empty if there is nothing to say. */
  readonly answer: (dump: DumpSummary) => string;
}

const questions: readonly Question[] = [
  { label: 'File', answer: ({ path }) => visible(path) },
  { label: 'Size', answer: ({ bytes }) => byteSize(bytes) },
  { label: 'Format', part: 'format', answer: ({ format }) => format },
  {
    label: 'Separator',
    part: 'separator',
    answer: ({ separator }) => (separator === null ? '' : quoted(separator)),
  },
  { label: 'Columns', answer: ({ columns }) => columns.join(', ') },
  {
    label: 'Records',
    answer: ({ records, keys, keyless }) =>
      [counted(records, 'record'), counted(keys, 'key'), keyless === 0 ? '' : `${count(keyless)} without a key`]
        .filter((part) => part !== '')
        .join(' · '),
  },
  { label: 'Nulls', part: 'nulls', answer: nullsWords },
  { label: 'Timestamps', answer: ({ timestampTypes }) => timestampTypes.join(', ') },
  { label: 'Set aside', answer: setAside },
  {
    label: 'Lines',
    answer: ({ continuationLines }) =>
      continuationLines === 0 ? '' : `${counted(continuationLines, 'line')} inside values over several lines`,
  },
  {
    label: 'Line ends',
    answer: ({ crlf, bomLength }) =>
      [crlf ? 'CR LF, the CR taken off' : '', bomLength > 0 ? 'a byte order mark at the start skipped' : '']
        .filter((part) => part !== '')
        .join('; '),
  },
];

/** Empty for what the dump itself says. */
export function originWords(origin: ReadingOrigin | null): string {
  return origin === 'set' ? 'from the settings' : (origin ?? '');
}

/** Questions to which neither dump has an answer are left out. */
export function readingLines(comparison: ReadDumps, choices: PairChoices): ReadingLine[] {
  const { source, mirror } = comparison;
  const origins = {
    source: readingOrigins(comparison, choices, 'source'),
    mirror: readingOrigins(comparison, choices, 'mirror'),
  };
  return questions
    .map(({ label, part, answer }) => ({
      label,
      values: { source: answer(source), mirror: answer(mirror) },
      origins: {
        source: originWords(part === undefined ? null : origins.source[part]),
        mirror: originWords(part === undefined ? null : origins.mirror[part]),
      },
      isFormat: part === 'format',
    }))
    .filter(({ values }) => values.source !== '' || values.mirror !== '');
}

/** What readings are told from. */
type ReadDumps = Pick<Comparison, Side | 'options'>;

/** Where it comes from that a dump was read in this way; null for what the dump itself says. */
export function readingOrigins(
  { options, ...dumps }: ReadDumps,
  choices: PairChoices,
  side: Side,
): Readonly<Record<ReadingPart, ReadingOrigin | null>> {
  const dump = dumps[side];
  const set = options[side];
  const chosen = choices[side];
  const has = (code: WarningCode): boolean => dump.warnings.some((warning) => warning.code === code);
  const origin = (isChosen: boolean, isSet: boolean, isAssumed: boolean): ReadingOrigin | null =>
    isChosen ? 'chosen' : isSet ? 'set' : isAssumed ? 'assumed' : null;
  const { hasSeparator, nulls: kind } = formatOptions[dump.format];
  const nulls = origin(
    chosen.nullLiteral !== undefined,
    set.nullLiteral !== defaultDumpOptions.nullLiteral,
    has('assumed-nulls'),
  );
  return {
    format: origin(chosen.format != null, set.format !== null, dump.format === 'key-value' || has('partition-assumed')),
    separator: hasSeparator ? origin(chosen.separator != null, set.separator !== null, has('separator-assumed')) : null,
    nulls: kind === 'exact' ? null : nulls,
  };
}

function nullsWords({ format, nullLiteral, tombstones }: DumpSummary): string {
  const found = counted(tombstones, 'tombstone');
  if (formatOptions[format].nulls === 'exact') return `as the format prints them (${found})`;
  if (nullLiteral === null) return 'nothing taken as a null';
  return `${nullLiteral === '' ? 'empty text' : quoted(nullLiteral)} taken as a null (${found})`;
}

function setAside({ noiseLines, truncated }: DumpSummary): string {
  return [
    noiseLines === 0 ? '' : `${counted(noiseLines, 'line')} of tools’ messages`,
    truncated === 0 ? '' : `${counted(truncated, 'record')} of a key that the dump breaks off in`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** In typographic quotes, since separators like `|` or a tab vanish in a sentence. */
function quoted(text: string): string {
  return `“${visible(text)}”`;
}
