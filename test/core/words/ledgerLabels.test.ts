import assert from 'node:assert/strict';
import { defaultOptions } from '../../../src/core/options.js';
import { ledgerLabel } from '../../../src/core/words/ledgerLabels.js';
import { comparison, difference } from '../../support/comparisons.js';

describe('the words of the ledger', () => {
  it('say “compacted” only where every key agrees and topics are compacted', () => {
    const everyRecordCounts = { options: { ...defaultOptions, cleanupPolicy: 'delete' as const } };
    assert.equal(ledgerLabel('superseded', 'mirror', comparison()), 'older versions, compacted on the other side');
    assert.equal(ledgerLabel('superseded', 'mirror', comparison([difference('k', 'stale')])), 'older versions');
    assert.equal(ledgerLabel('superseded', 'mirror', comparison([], everyRecordCounts)), 'older versions');
  });

  it('name the side that lacks a final record', () => {
    assert.equal(ledgerLabel('notInOther', 'source', comparison()), 'not on the mirror');
    assert.equal(ledgerLabel('notInOther', 'mirror', comparison()), 'not at the source');
  });
});
