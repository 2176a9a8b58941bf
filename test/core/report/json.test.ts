/** JSON and NDJSON: the same rows, harmless to a terminal, with or without values. */
import assert from 'node:assert/strict';
import { comparison, difference, finalRecord, unmatched } from '../../support/comparisons.js';
import { assertValidReport } from '../../support/reportSchema.js';
import { alwaysValue, hostileTexts, reportOf, unsafeInTerminal } from '../../support/reports.js';

const few = comparison([
  difference('a', 'stale'),
  difference('b', 'missing', {}, { source: finalRecord({ line: 4 }) }),
  difference('c', 'stale', {}, { source: finalRecord({ tombstone: true }) }),
]);

describe('the JSON reports', () => {
  it('list the same differences', async () => {
    const report = JSON.parse(await reportOf('json', few));
    assertValidReport(report);
    const lines = (await reportOf('ndjson', few)).split('\n');
    assert.equal(lines.pop(), '');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      report.differences,
    );
    assert.equal(report.differences[1].source.value, 'value of source line 4');
    assert.deepEqual([report.differences[2].source.value, report.differences[2].source.tombstone], [null, true]);
  });

  it('list the unmatched records', async () => {
    const shown = comparison([difference('a', 'stale')], { unmatchedRecords: unmatched });
    const report = JSON.parse(await reportOf('json', shown));
    assertValidReport(report);
    assert.deepEqual(
      report.unmatchedRecords.map((record: Record<string, unknown>) => [
        record['side'],
        record['reason'],
        record['key'],
        record['line'],
        record['value'],
      ]),
      [
        ['source', 'lost', 'k', 3, 'value of source line 3'],
        ['mirror', 'repeated', null, 9, 'value of mirror line 9'],
      ],
    );
    const lines = (await reportOf('ndjson', shown)).trim().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      [...report.differences, ...report.unmatchedRecords],
    );
    const none = JSON.parse(await reportOf('json', shown, { maxDifferences: 0 }));
    assertValidReport(none);
    assert.deepEqual([none.unmatchedRecords, none.unmatchedRecordsOmitted], [[], 2]);
  });

  it('list no more than asked for', async () => {
    const report = JSON.parse(await reportOf('json', few, { maxDifferences: 1 }));
    assert.deepEqual([report.differences.length, report.differencesOmitted], [1, 2]);
    assert.equal((await reportOf('ndjson', few, { maxDifferences: 0 })).length, 0);
  });

  it('hold every text as it is, and cannot drive a terminal', async () => {
    for (const text of hostileTexts) {
      const shown = comparison([difference(text, 'missing')]);
      for (const format of ['json', 'ndjson'] as const) {
        const report = await reportOf(format, shown, alwaysValue(text));
        assert.ok(!unsafeInTerminal.test(report), JSON.stringify(report));
        const row = format === 'json' ? JSON.parse(report).differences[0] : JSON.parse(report);
        // Dumps are UTF-8, where a lone surrogate is no text.
        const shownText = text.replace('\ud800', '\ufffd');
        assert.equal(row.key, shownText);
        if (text.length <= 10_000) assert.equal(row.source.value, shownText);
        else assert.deepEqual([row.source.value, row.source.valueBytes], [text.slice(0, 10_000), text.length]);
      }
    }
  });

  it('leave values out on request, and say so', async () => {
    const text = await reportOf('json', few, { redactValues: true });
    assert.doesNotMatch(text, /value of/);
    const report = JSON.parse(text);
    assertValidReport(report);
    assert.equal(report.options.redactValues, true);
    assert.ok(!('value' in report.differences[0].source));
    assert.equal(report.differences[0].source.valueRedacted, true);
    assert.equal(report.differences[2].source.tombstone, true);
    assert.doesNotMatch(await reportOf('ndjson', few, { redactValues: true }), /value of/);
  });

  it('show bytes that are no text', async () => {
    const bytes = Uint8Array.of(0x61, 0xff);
    const row = JSON.parse(await reportOf('ndjson', few, { ...alwaysValue(bytes), maxDifferences: 1 }));
    assert.deepEqual([row.source.value, row.source.valueBase64], ['a\ufffd', 'Yf8=']);
  });
});
