/** What *Change How This Dump Is Read…* offers, and what it shows of a dump under a choice. */
import assert from 'node:assert/strict';
import { type DumpLayout, dumpFormats } from '../../src/core/comparison.js';
import { type DumpOptions, defaultDumpOptions } from '../../src/core/options.js';
import { clockTime } from '../../src/core/words/time.js';
import {
  canGoOn,
  formatChoices,
  nullChoices,
  previewRows,
  type ReadingChoice,
  type ReadingStep,
  readingOver,
  readingRows,
  separatorChoices,
  stepAfter,
} from '../../src/editor/readingChoices.js';
import type { DumpPreview, ReadPreview } from '../../src/engine/dumpPreview.js';

const base = defaultDumpOptions;
const layout: DumpLayout = {
  format: 'kafka-console-consumer',
  separator: '::',
  columns: ['timestamp', 'key', 'value'],
  crlf: false,
  nullLiteral: 'null',
  bomLength: 0,
};
const read: ReadPreview = {
  kind: 'read',
  layout,
  certainty: 'exact',
  records: [
    { line: 1, key: 'k', value: '{"a":1}', timestamp: 1_700_000_000_000, partition: 2, offset: 1234 },
    { line: 2, key: null, value: 'deleted', timestamp: null, partition: null, offset: null },
    { line: 3, key: '', value: 'empty', timestamp: null, partition: null, offset: null },
  ],
  recordCount: 3,
  tombstoneCount: 1,
};
const otherFormat: DumpPreview = { kind: 'otherFormat', message: '/x/old.txt, line 1: “k” is no such dump.' };
const refused: DumpPreview = {
  kind: 'refused',
  message: `/x/old.txt, line 1: no\u001b separator. ${'word '.repeat(200)}`,
};
const labels = (choices: readonly ReadingChoice[]): string[] => choices.map(({ label }) => label);

describe('the choices for reading a dump', () => {
  it('are detection and each format; the way back only where something was chosen', () => {
    assert.deepEqual(labels(formatChoices(base, base)), ['Detect the Format', ...dumpFormats]);
    const [back, detect, first] = formatChoices(base, { ...base, format: 'kt', separator: '|' });
    assert.deepEqual([back?.label, back?.isReset, back?.options], ['As Detected', true, base]);
    assert.deepEqual(detect?.options, { ...base, separator: '|' });
    assert.deepEqual(first?.options, { ...base, format: dumpFormats[0], separator: '|' });
    const set: DumpOptions = { ...base, format: 'kaf' };
    assert.equal(formatChoices(set, { ...set, format: null })[0]?.label, 'As the Settings Say');
  });

  it('are usual separators, the one in force, and what is typed', () => {
    const offered = labels(separatorChoices({ ...base, separator: '~' }, ''));
    assert.deepEqual(offered.slice(0, 4), ['Detect the Separator', '“~”', '“::”', 'Tab']);
    const [own, detect] = separatorChoices(base, '\\t\\x01');
    assert.deepEqual([own?.label, own?.options.separator], ['“␉␁”', '\t\u0001']);
    assert.equal(detect?.label, 'Detect the Separator');
    assert.equal(labels(separatorChoices(base, '|')).filter((label) => label === '“|”').length, 1);
  });

  it('are null literals, or whether an empty text is one', () => {
    assert.deepEqual(
      nullChoices({ ...base, nullLiteral: null }, 'text', 'nil').map(({ options }) => options.nullLiteral),
      ['nil', 'null', 'NULL', '\\N', null],
    );
    assert.deepEqual(
      nullChoices({ ...base, nullLiteral: null }, 'empty', '').map(({ options }) => options.nullLiteral),
      ['null', null],
    );
  });

  const steps: readonly [ReadingStep, Partial<DumpOptions>, DumpPreview | undefined, ReadingStep | null][] = [
    ['format', { format: 'kt' }, undefined, null],
    ['format', { format: 'kaf' }, undefined, 'nulls'],
    ['format', { format: 'key-value' }, refused, 'separator'],
    ['format', {}, read, 'separator'],
    ['format', {}, { ...read, layout: { ...layout, format: 'kcat-json' } }, null],
    ['format', {}, undefined, 'separator'],
    ['separator', { format: 'key-value' }, read, 'nulls'],
    ['nulls', { format: 'key-value' }, read, null],
  ];
  for (const [step, options, preview, next] of steps) {
    it(`ask after ${step} ${JSON.stringify(options)} (${preview?.kind}) for ${next}`, () => {
      assert.equal(stepAfter(step, { ...base, ...options }, preview), next);
    });
  }

  it('cannot be taken where the dump then cannot be read, unless a separator may help', () => {
    const choice = (format: DumpOptions['format']): ReadingChoice => ({
      label: '',
      description: '',
      options: { ...base, format },
    });
    assert.equal(canGoOn('format', choice('kt'), undefined), true);
    assert.equal(canGoOn('format', choice('kt'), otherFormat), false);
    assert.equal(canGoOn('format', choice('key-value'), refused), true);
    assert.equal(canGoOn('format', choice(null), refused), true);
    assert.equal(canGoOn('format', choice('kaf'), refused), false);
    assert.equal(canGoOn('separator', choice('key-value'), refused), false);
    assert.equal(canGoOn('nulls', choice('kt'), read), true);
  });

  it('are remembered as far as they differ from the settings', () => {
    assert.deepEqual(readingOver(base, { ...base, format: 'kt', nullLiteral: null }), {
      format: 'kt',
      nullLiteral: null,
    });
    assert.deepEqual(readingOver({ ...base, separator: '|' }, base), { separator: null });
    assert.deepEqual(readingOver(base, base), {});
  });
});

describe('the rows', () => {
  const choices = formatChoices(base, base);
  const [detect, console] = choices as [ReadingChoice, ReadingChoice];
  const previews = new Map<ReadingChoice, DumpPreview>(choices.map((choice) => [choice, otherFormat]));
  previews.set(detect, read).set(console, read);

  it('stay in their order until all is known of them', () => {
    const rows = readingRows('format', choices, new Map([[detect, read]]), detect);
    assert.deepEqual(labels(rows.flatMap(({ choice }) => choice ?? [])), labels(choices));
  });

  it('show what fits the dump, its first records, then the rest', () => {
    const rows = readingRows('format', choices, previews, detect);
    assert.deepEqual(
      rows.slice(0, 2).map(({ description }) => description),
      ['kafka-console-consumer · separator “::” · timestamp, key, value', 'separator “::” · timestamp, key, value'],
    );
    const shown = rows.slice(2, 2 + previewRows);
    assert.equal(shown[0]?.heading, 'first records, as “Detect the Format”');
    assert.deepEqual(
      shown.map(({ label }) => label),
      ['k', '(no key)', '(empty key)', ''],
    );
    assert.ok(shown[0]?.description.endsWith('{"a":1}'));
    const place = `${clockTime(1_700_000_000_000)} · partition 2 · offset 1,234`;
    assert.ok(
      Object.values(shown[0] ?? {})
        .join(' ')
        .includes(place),
    );
    assert.equal(rows[2 + previewRows]?.heading, 'this dump does not look like');
    assert.equal(rows.length, choices.length + previewRows);
  });

  it('take as much room where the dump cannot be read, and say why', () => {
    const kt = choices.find(({ label }) => label === 'kt') as ReadingChoice;
    const shown = readingRows('format', choices, previews, kt).slice(2, 2 + previewRows);
    assert.equal(shown[0]?.heading, 'cannot be read, as “kt”');
    assert.equal(
      shown
        .map(({ description }) => description)
        .join(' ')
        .trim(),
      '/x/old.txt, line 1: “k” is no such dump.',
    );
    const long = readingRows('format', choices, new Map(previews).set(kt, refused), kt);
    assert.equal(long.filter(({ choice }) => choice === undefined).length, previewRows);
    assert.match(long.find(({ choice }) => choice === kt)?.description ?? '', /^no␛ separator\./);
  });

  it('count tombstones where nulls are asked for', () => {
    const [literal] = nullChoices(base, 'text', '') as [ReadingChoice];
    const [row] = readingRows('nulls', [literal], new Map([[literal, read]]), literal);
    assert.equal(row?.description, '1 tombstone among the first 3 records');
  });
});
