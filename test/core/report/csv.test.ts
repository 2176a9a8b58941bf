/** CSV, read again by a library that did not write it. */
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { Comparison } from '../../../src/core/comparison.js';
import { visible } from '../../../src/core/words/text.js';
import { comparison, difference, finalRecord, noon, unmatched } from '../../support/comparisons.js';
import { alwaysValue, hostileTexts, type ReportChoices, reportOf, unsafeInTerminal } from '../../support/reports.js';

async function rowsOf(shown: Comparison, choices: ReportChoices = {}): Promise<Record<string, string>[]> {
  return parse(await reportOf('csv', shown, choices), { columns: true, recordDelimiter: '\r\n' });
}

describe('the CSV report', () => {
  it('has one row a difference, each side in columns of its own', async () => {
    const stale = difference('k', 'stale', {}, { mirror: finalRecord({ tombstone: true, line: 7, offset: 3 }) });
    const [row, other] = await rowsOf(comparison([stale, difference('e', 'extra')]));
    assert.deepEqual(row, {
      ...{ key: 'k', keyBase64: '', outcome: 'modified', cause: 'stale', causeEvidence: 'record' },
      ...{ behind: '2', behindMs: '1380000', late: '', unmatched: '' },
      ...{ sourceLine: '10', sourcePartition: '0', sourceOffset: '', sourceTimestamp: '2026-11-22T12:00:00.000Z' },
      ...{ sourceOccurrences: '1', sourceTombstone: 'false', sourceValue: 'value of source line 10' },
      ...{ sourceValueBytes: '', sourceValueBase64: '' },
      ...{ mirrorLine: '7', mirrorPartition: '0', mirrorOffset: '3', mirrorTimestamp: '2026-11-22T12:00:00.000Z' },
      ...{ mirrorOccurrences: '1', mirrorTombstone: 'true', mirrorValue: '', mirrorValueBytes: '' },
      mirrorValueBase64: '',
    });
    assert.equal(other?.['sourceLine'], '');
    assert.equal(other?.['mirrorValue'], 'value of mirror line 20');
  });

  it('has the unmatched records, too', async () => {
    const [lost, again] = await rowsOf(comparison([], { unmatchedRecords: unmatched }));
    assert.deepEqual(
      [lost?.['key'], lost?.['unmatched'], lost?.['sourceLine'], lost?.['mirrorLine']],
      ['k', 'lost', '3', ''],
    );
    assert.deepEqual(
      [again?.['key'], again?.['unmatched'], again?.['mirrorValue']],
      ['', 'repeated', 'value of mirror line 9'],
    );
  });

  it('keeps numbers numbers, and a moment without a date the number it is', async () => {
    const ahead = difference('k', 'ahead', {}, { source: finalRecord({ timestamp: 9e15 }) });
    const [row] = await rowsOf(comparison([ahead]));
    assert.equal(row?.['behindMs'], '-1380000');
    assert.equal(row?.['sourceTimestamp'], '9000000000000000');
  });

  it('runs nothing in a spreadsheet or terminal, and stays on its lines', async () => {
    for (const text of hostileTexts) {
      const shown = comparison([difference(text, 'missing')]);
      const report = await reportOf('csv', shown, alwaysValue(text));
      assert.equal(report.split('\r\n').length, 3);
      assert.ok(!unsafeInTerminal.test(report.replaceAll('\r\n', '')), JSON.stringify(report));
      const [row] = await rowsOf(shown, alwaysValue(text));
      for (const cell of [row?.['key'], row?.['sourceValue']]) assert.doesNotMatch(cell ?? '', /^[=+\-@\t\r]/);
    }
  });

  it('gives every other text back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (key) => {
        const [row] = await rowsOf(comparison([difference(key, 'missing', { at: noon })]));
        assert.equal(row?.['key'], /^[=+\-@]/.test(key) ? `'${visible(key)}` : visible(key));
      }),
    );
  });

  it('leaves values out on request, with their columns, and says so', async () => {
    const report = await reportOf('csv', comparison([difference('k', 'stale')]), { redactValues: true });
    assert.doesNotMatch(report, /value of|sourceValue,/);
    const [row] = await rowsOf(comparison([difference('k', 'missing')]), { redactValues: true });
    assert.deepEqual([row?.['sourceValueRedacted'], row?.['mirrorValueRedacted']], ['true', '']);
  });
});
