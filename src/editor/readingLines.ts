/** "Read as": how each dump was understood, what was assumed and what was set aside, side by side. */
import type { Comparison, DumpSummary } from '../core/comparison.js';
import { byteSize, count, counted } from '../core/words/numbers.js';
import { visible } from '../core/words/text.js';
import type { ReadingLine } from './resultProtocol.js';

interface Question {
  readonly label: string;
  /** Empty if there is nothing to say. */
  readonly answer: (dump: DumpSummary) => string;
}

const questions: readonly Question[] = [
  { label: 'File', answer: ({ path }) => visible(path) },
  { label: 'Size', answer: ({ bytes }) => byteSize(bytes) },
  { label: 'Format', answer: ({ format }) => format },
  { label: 'Separator', answer: ({ separator }) => (separator === null ? '' : quoted(separator)) },
  { label: 'Columns', answer: ({ columns }) => columns.join(', ') },
  {
    label: 'Records',
    answer: ({ records, keys, keyless }) =>
      [counted(records, 'record'), counted(keys, 'key'), keyless === 0 ? '' : `${count(keyless)} without a key`]
        .filter((part) => part !== '')
        .join(' · '),
  },
  { label: 'Nulls', answer: nulls },
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

/** Questions to which neither dump has an answer are left out. */
export function readingLines({ source, mirror }: Pick<Comparison, 'source' | 'mirror'>): ReadingLine[] {
  return questions
    .map(({ label, answer }) => ({ label, values: { source: answer(source), mirror: answer(mirror) } }))
    .filter(({ values }) => values.source !== '' || values.mirror !== '');
}

function nulls({ nullLiteral, tombstones }: DumpSummary): string {
  if (nullLiteral === null) return 'nothing taken as a null';
  return `${quoted(nullLiteral)} taken as a null (${counted(tombstones, 'tombstone')})`;
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
