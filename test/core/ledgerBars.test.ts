import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LedgerSide } from '../../src/core/comparison.js';
import { ledgerBars } from '../../src/core/ledgerBars.js';
import { comparison, dumpSummary } from '../support/comparisons.js';

interface Sides {
  readonly matched: number;
  readonly source: LedgerSide & { readonly keyless: number };
  readonly mirror: LedgerSide & { readonly keyless: number };
}

function barsOf({ matched, source, mirror }: Sides, minimumWidth?: number): ReturnType<typeof ledgerBars> {
  return ledgerBars(
    comparison([], {
      ledger: { matched, source, mirror, approximateKeys: 0 },
      source: dumpSummary({ keyless: source.keyless }),
      mirror: dumpSummary({ keyless: mirror.keyless }),
    }),
    minimumWidth,
  );
}

const nothing = { superseded: 0, repeated: 0, expiredTombstones: 0, notInOther: 0, keyless: 0 };

describe('the bars of the ledger', () => {
  it('are on one scale, the longer one fills it', () => {
    const [source, mirror] = barsOf({
      matched: 50,
      source: { ...nothing, notInOther: 30 },
      mirror: { ...nothing, superseded: 50 },
    });
    assert.deepEqual(source, {
      side: 'source',
      records: 80,
      segments: [
        { part: 'matched', records: 50, start: 0, width: 0.5 },
        { part: 'notInOther', records: 30, start: 0.5, width: 0.3 },
      ],
    });
    assert.deepEqual(
      mirror.segments.map(({ part, start, width }) => ({ part, start, width })),
      [
        { part: 'matched', start: 0, width: 0.5 },
        { part: 'superseded', start: 0.5, width: 0.5 },
      ],
    );
  });

  it('are empty for empty dumps', () => {
    const [source, mirror] = barsOf({ matched: 0, source: nothing, mirror: nothing });
    assert.deepEqual([source.segments, mirror.segments], [[], []]);
  });

  it('show one record of a million, and the matched part stays aligned', () => {
    const records = fc.oneof(
      fc.constant(0),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 1_000_000_000 }),
    );
    const side = fc.record({
      superseded: records,
      repeated: records,
      expiredTombstones: records,
      notInOther: records,
      keyless: records,
    });
    fc.assert(
      fc.property(records, side, side, (matched, source, mirror) => {
        const bars = barsOf({ matched, source, mirror }, 0.01);
        const ends = bars.map(({ segments }) =>
          segments.reduce((end, { start, width }) => Math.max(end, start + width), 0),
        );
        for (const end of ends) assert.ok(end <= 1 + 1e-9);
        if (bars.some(({ records: all }) => all > 0)) assert.ok(Math.abs(Math.max(...ends) - 1) < 1e-9);
        for (const { segments } of bars) for (const { width } of segments) assert.ok(width >= 0.01 - 1e-9);
        const [first, second] = bars.map(({ segments }) => segments.find(({ part }) => part === 'matched'));
        assert.deepEqual(first, second);
      }),
    );
  });
});
