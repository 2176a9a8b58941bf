/** argv → what to do: the options that need no dump to be judged. */
import assert from 'node:assert/strict';
import { type Arguments, parseArguments } from '../../src/cli/arguments.js';

function parsed(...words: string[]): Arguments {
  return parseArguments(['a', 'b', ...words], '1.2.3', () => {});
}

describe('command line: arguments', () => {
  it('have defaults', () => {
    const { options, memoryBytes, temporaryFolder, redactValues, failOnWarning } = parsed();
    assert.deepEqual(
      [options.cleanupPolicy, options.valueComparison, options.ignoredPaths, options.byPartition],
      ['compact', 'exact', [], false],
    );
    assert.deepEqual(
      [memoryBytes, temporaryFolder, redactValues, failOnWarning],
      [512 * 1024 ** 2, null, false, false],
    );
  });

  it('list 1,000 differences for people, all for programs that read them one by one', () => {
    for (const [format, wanted] of [
      ['text', 1000],
      ['json', 1000],
      ['ndjson', Number.POSITIVE_INFINITY],
      ['csv', Number.POSITIVE_INFINITY],
    ] as const) {
      assert.equal(parsed('--format', format).maxDifferences, wanted);
      assert.equal(parsed('--format', format, '--max-differences', '7').maxDifferences, 7);
    }
  });

  it('say how keys and values are compared', () => {
    const { options } = parsed('--values', 'json', '--ignore', '$.a', '--ignore', '$.b[*].c', '--by-partition');
    assert.deepEqual(
      [options.valueComparison, options.ignoredPaths, options.byPartition],
      ['json', ['$.a', '$.b[*].c'], true],
    );
    assert.equal(parsed('--cleanup-policy', 'compact,delete').options.cleanupPolicy, 'compact,delete');
  });

  it('take sizes as people write them', () => {
    for (const [size, bytes] of [
      ['64K', 65_536],
      ['512M', 536_870_912],
      ['2g', 2_147_483_648],
      ['1.5GB', 1_610_612_736],
    ] as const) {
      assert.equal(parsed('--memory', size).memoryBytes, bytes);
    }
    assert.equal(parsed('--temp-dir', '/scratch').temporaryFolder, '/scratch');
  });

  const nonsense: readonly [RegExp, ...string[]][] = [
    [
      /“updatedAt” is no path to ignore: it must begin with \$\. Paths look like/,
      '--values',
      'json',
      '--ignore',
      'updatedAt',
    ],
    [/Paths can be ignored only in JSON: add --values json to --ignore\./, '--ignore', '$.a'],
    [/The history of a key is printed as text or json, not as csv\./, '--key', 'k', '--format', 'csv'],
    [/Expected a size such as 512M or 2G/, '--memory', '512'],
    [/Expected a size such as 512M or 2G/, '--memory', '0M'],
    [/Expected a size such as 512M or 2G/, '--memory', '-1G'],
    [/Allowed choices are exact, json/, '--values', 'xml'],
    [/Allowed choices are compact, delete, compact,delete/, '--cleanup-policy', 'delete,compact'],
    [/Allowed choices are text, json, ndjson, csv, markdown, html, junit/, '--format', 'pdf'],
  ];
  for (const [message, ...words] of nonsense) {
    it(`refuse ${words.join(' ')}`, () => assert.throws(() => parsed(...words), { name: 'UserError', message }));
  }
});
