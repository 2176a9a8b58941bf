/** Settings, as they stand in a settings file, to the options of a comparison. */
import assert from 'node:assert/strict';
import { type ComparisonOptions, defaultDumpOptions, defaultOptions } from '../../src/core/options.js';
import { noChoices, optionsFromSettings } from '../../src/editor/comparisonSettings.js';

const cases: readonly [settings: Readonly<Record<string, unknown>>, expected: Partial<ComparisonOptions>][] = [
  [{}, {}],
  [{ cleanupPolicy: 'compact,delete' }, { cleanupPolicy: 'compact,delete' }],
  [{ cleanupPolicy: 'keep', valueComparison: 1, byPartition: 'yes', source: 'x', ignoredPaths: '$' }, {}],
  [{ byPartition: true }, { byPartition: true }],
  [
    { valueComparison: 'json', ignoredPaths: ['$.a'] },
    { valueComparison: 'json', ignoredPaths: ['$.a'] },
  ],
  [{ ignoredPaths: ['$.a'] }, {}],
  [{ separator: '\\t', dumpFormat: 'kt' }, both({ separator: '\t', format: 'kt' })],
  [{ separator: '', dumpFormat: 'auto' }, {}],
  [{ nullLiteral: 'NULL', allowEmpty: true }, both({ nullLiteral: 'NULL', allowEmpty: true })],
  [{ nullLiteral: 'NULL', assumeNoNulls: true }, both({ nullLiteral: null })],
  [
    { separator: '|', mirror: { separator: '', nullLiteral: null, format: 'kcat-json' } },
    {
      source: { ...defaultDumpOptions, separator: '|' },
      mirror: { ...defaultDumpOptions, separator: null, nullLiteral: null, format: 'kcat-json' },
    },
  ],
  [{ dumpFormat: 'kt', source: { format: 'auto' } }, { mirror: { ...defaultDumpOptions, format: 'kt' } }],
];

function both(changes: Partial<ComparisonOptions['source']>): Partial<ComparisonOptions> {
  const options = { ...defaultDumpOptions, ...changes };
  return { source: options, mirror: options };
}

describe('the settings of a comparison', () => {
  for (const [settings, expected] of cases) {
    it(JSON.stringify(settings), () => {
      assert.deepEqual(
        optionsFromSettings((name) => settings[name]),
        { ...defaultOptions, ...expected },
      );
    });
  }
});

describe('the choices for a pair', () => {
  const options = (settings: Readonly<Record<string, unknown>>, choices: Partial<typeof noChoices>) =>
    optionsFromSettings((name) => settings[name], { ...noChoices, ...choices });

  it('count more than the settings, for their dump alone', () => {
    const settings = { dumpFormat: 'kt', separator: '|', mirror: { nullLiteral: 'NULL' } };
    assert.deepEqual(options(settings, { mirror: { format: null, nullLiteral: null } }), {
      ...defaultOptions,
      source: { ...defaultDumpOptions, format: 'kt', separator: '|' },
      mirror: { ...defaultDumpOptions, separator: '|', nullLiteral: null },
    });
  });

  it('to ignore a field turn the comparison as JSON on, and add to the fields of the settings', () => {
    const { valueComparison, ignoredPaths } = options(
      { ignoredPaths: ['$.a', '$.b'] },
      { ignoredPaths: ['$.b', '$.c'] },
    );
    assert.equal(valueComparison, 'json');
    assert.deepEqual(ignoredPaths, ['$.a', '$.b', '$.c']);
  });
});
