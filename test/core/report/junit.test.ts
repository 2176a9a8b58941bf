/** JUnit XML, read again by a library that did not write it. */
import assert from 'node:assert/strict';
import { parse, type TestCase, type TestSuites } from 'junit2json';
import type { Comparison } from '../../../src/core/comparison.js';
import { defaultOptions } from '../../../src/core/options.js';
import { comparison, difference, minute, noon, unmatched } from '../../support/comparisons.js';
import { hostileTexts, type ReportChoices, reportOf } from '../../support/reports.js';

async function suitesOf(shown: Comparison, choices: ReportChoices = {}): Promise<TestSuites> {
  const report = await reportOf('junit', shown, choices);
  // What XML 1.0 forbids even as a character reference.
  assert.doesNotMatch(report, /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|&#/u);
  const parsed = await parse(report);
  assert.ok(parsed && 'testsuite' in parsed);
  return parsed as TestSuites;
}

async function casesOf(shown: Comparison, choices: ReportChoices = {}): Promise<TestCase[]> {
  const [suite] = (await suitesOf(shown, choices)).testsuite ?? [];
  return suite?.testcase ?? [];
}

const failed = (cases: readonly TestCase[]): (string | undefined)[] =>
  cases.filter(({ failure }) => failure !== undefined).map(({ name }) => name);

describe('the JUnit report', () => {
  it('has one test for the verdict and one for each kind, all passed where nothing differs', async () => {
    const suites = await suitesOf(comparison());
    assert.deepEqual([suites.tests, suites.failures], [8, 0]);
    const cases = await casesOf(comparison());
    assert.deepEqual(
      cases.map(({ name }) => name),
      [
        'The mirror is equivalent to the source',
        'No key is missing on the mirror',
        'No key is diverged',
        'No key is stale',
        'No key is reordered',
        'No key is ahead',
        'No key is only on the mirror',
        'Records without a key are on both sides',
      ],
    );
    assert.deepEqual(failed(cases), []);
  });

  it('fails for a lost key, and names it with its line', async () => {
    const shown = comparison([
      difference('order-1', 'missing'),
      difference('order-2', 'missing', { late: 'afterMirrorEnd', at: noon + 70 * minute }),
    ]);
    const cases = await casesOf(shown);
    assert.deepEqual(failed(cases), ['The mirror is equivalent to the source', 'No key is missing on the mirror']);
    const failure = cases[1]?.failure?.[0];
    assert.equal(failure?.message, '2 keys: the source has a value, the mirror has no record of the key');
    assert.deepEqual(failure?.inner?.split('\n'), [
      'Before the other side’s end (look here first):',
      'order-1  /dumps/orders.source.txt:10',
      'After the mirror’s end (the mirror stopped, or was dumped earlier):',
      'order-2  /dumps/orders.source.txt:10',
    ]);
  });

  it('fails for a kind of which nothing is listed', async () => {
    const cases = await casesOf(comparison([difference('k', 'ahead')]), { maxDifferences: 0 });
    assert.deepEqual(failed(cases), ['The mirror is equivalent to the source', 'No key is ahead']);
  });

  it('fails for records without a key, and for any record where all count', async () => {
    const keyless = { onlyInSource: 1, onlyInMirror: 0, repeatedInSource: 0, repeatedInMirror: 0 };
    const cases = await casesOf(
      comparison([], {
        verdict: 'different',
        options: { ...defaultOptions, cleanupPolicy: 'delete' },
        keylessDifferences: keyless,
        unmatchedRecords: unmatched,
      }),
    );
    assert.deepEqual(failed(cases).slice(1), [
      'Records without a key are on both sides',
      'Every record is on both sides',
    ]);
    assert.deepEqual(cases.at(-1)?.failure?.[0]?.inner?.split('\n'), [
      'source: lost: not on the mirror  k  /dumps/orders.source.txt:3',
      'mirror: delivered again  no key  /dumps/orders.mirror.txt:9',
    ]);
  });

  it('is XML whatever is in keys, paths and warnings', async () => {
    for (const text of hostileTexts) {
      const { source } = comparison();
      const warnings = [{ code: 'noise-set-aside' as const, line: 1, message: text }];
      const shown = comparison([difference(text, 'missing')], { source: { ...source, path: text, warnings } });
      const cases = await casesOf(shown);
      assert.equal(cases.length, 8);
      assert.equal(failed(cases).length, 2);
    }
  });
});
