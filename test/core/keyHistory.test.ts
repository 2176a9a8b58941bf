/** A key's records side by side: tables of small histories, and every random one against the ledger. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Outcome } from '../../src/core/comparison.js';
import { alignRecords, type HistoryRole, type HistoryRow } from '../../src/core/keyHistory.js';
import { type KeyRecords, noTimestamp } from '../../src/core/keyRecords.js';
import { keyLedger } from '../../src/core/ledger.js';
import { outcomeOf } from '../../src/core/outcome.js';
import { historyReport } from '../../src/core/report/history.js';
import { noon } from '../support/comparisons.js';
import { alwaysValue } from '../support/reports.js';

/** `a1 b2 -3`: value and timestamp of each record, the last one being final; `-` is a tombstone, no digit no time. */
function records(text: string): KeyRecords | null {
  if (text === '') return null;
  const parts = text.split(' ');
  return {
    values: parts.map((part) => '-abcdefgh'.indexOf(part.charAt(0))),
    timestamps: parts.map((part) => (part.length > 1 ? Number(part.slice(1)) : noTimestamp)),
    finalIndex: parts.length - 1,
  };
}

/** `a1=a1` for a pair, `a1<` and `>a1` for one on the source or the mirror alone, with its role. */
function aligned(source: string, mirror: string, byRecord = false, outcome?: Outcome): string {
  const [ofSource, ofMirror] = [records(source), records(mirror)];
  const rows = alignRecords(ofSource, ofMirror, outcome ?? outcomeOf(ofSource, ofMirror), byRecord);
  const text = (side: string, at: number | null): string => (at === null ? '' : (side.split(' ')[at] as string));
  return rows
    .map(({ role, source: left, mirror: right }) => {
      const mark = role === 'matched' ? '=' : left === null ? '>' : '<';
      return `${text(source, left)}${mark}${text(mirror, right)}${role === 'matched' ? '' : ` ${role}`}`;
    })
    .join(', ');
}

describe('a key’s history', () => {
  const rows: readonly [string, string, string, ...[boolean?, Outcome?]][] = [
    ['a1 b2', 'a1 b2', 'a1=a1, b2=b2'],
    ['a1 b2 c3', 'c3', 'a1< superseded, b2< superseded, c3=c3'],
    ['a1 b2 c3', 'a1 b2', 'a1=a1, b2=b2, c3< notInOther'],
    ['a1', '', 'a1< notInOther'],
    ['', 'a1 b2', '>a1 superseded, >b2 notInOther'],
    ['a1 -2', '', 'a1< superseded, -2< expiredTombstone'],
    ['a1 b2', 'a1 b2 a1 b2', 'a1=a1, b2=b2, >a1 repeated, >b2 repeated'],
    ['a1 a1 b2', 'c3', 'a1< superseded, a1< repeated, b2< notInOther, >c3 notInOther'],
    ['a b', 'a a b', 'a=a, >a superseded, b=b'],
    ['a1 b2 c3', 'a1 d2 c3', 'a1=a1, b2< superseded, >d2 superseded, c3=c3'],
    ['a1', 'a2', 'a1=a2'],
    ['b9 a1', 'b9 a2', 'b9=b9, a1< superseded, >a2 superseded', true],
    ['a1 b2', 'a1 c2', 'a1=a1, b2=c2', false, 'same'],
    ['c0 a1 b2', 'a1 b1 c2', 'c0< superseded, a1=a1, >b1 superseded, b2=c2', false, 'same'],
  ];
  for (const [source, mirror, wanted, byRecord, outcome] of rows) {
    it(`${source || 'nothing'} | ${mirror || 'nothing'}${outcome === undefined ? '' : ', the same JSON'}`, () => {
      assert.equal(aligned(source, mirror, byRecord, outcome), wanted);
    });
  }

  const side = fc
    .array(fc.tuple(fc.nat(3), fc.constantFrom(noTimestamp, 2, 3, 4)), { minLength: 1, maxLength: 12 })
    .chain((items) =>
      fc.record<KeyRecords>({
        values: fc.constant(items.map(([value]) => value)),
        timestamps: fc.constant(items.map(([, timestamp]) => timestamp)),
        finalIndex: fc.oneof(fc.constant(items.length - 1), fc.nat(items.length - 1)),
      }),
    );

  it('has every record once, in roles that the ledger counts', () => {
    fc.assert(
      fc.property(
        fc.option(side, { freq: 9 }),
        fc.option(side, { freq: 9 }),
        fc.boolean(),
        fc.boolean(),
        (source, mirror, byRecord, isSameJson) => {
          fc.pre(source !== null || mirror !== null);
          const byBytes = outcomeOf(source, mirror);
          const isJson = isSameJson && isModifiedValue(byBytes, source, mirror);
          const outcome = isJson ? 'same' : byBytes;
          const alignment = alignRecords(source, mirror, outcome, byRecord);
          const ledger = keyLedger(source, mirror, outcome, byRecord);
          assertWhole(alignment, source, mirror, isJson);
          const count = (role: HistoryRole, name: 'source' | 'mirror'): number =>
            alignment.filter((row) => row.role === role && row[name] !== null).length;
          for (const name of ['source', 'mirror'] as const) {
            const wanted = ledger[name];
            assert.equal(count('matched', name), ledger.matched);
            assert.equal(count('notInOther', name), wanted.notInOther);
            assert.equal(count('expiredTombstone', name), wanted.expiredTombstones);
            assert.ok(count('repeated', name) <= wanted.repeated);
            assert.equal(count('superseded', name) + count('repeated', name), wanted.superseded + wanted.repeated);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads as two columns', async () => {
    const at = (line: number, minutes: number, tombstone = false) => ({
      ...{ line, lineCount: 1, byteOffset: 0, byteLength: 1, headBytes: 0, partition: 0, offset: null, tombstone },
      timestamp: noon + minutes * 60_000,
    });
    const report = historyReport({
      history: {
        ...{ key: 'order\u001b1', keyBase64: null, outcome: 'modified', cause: 'stale', causeEvidence: 'record' },
        ...{ behind: 1, behindMs: 60_000, late: null },
        records: { source: [at(1, 0), at(12, 1, true)], mirror: [at(7, 0)] },
        rows: alignRecords(records('a1 -2'), records('a1'), 'modified', false),
      },
      paths: { source: 'old.txt', mirror: 'new.txt' },
      ...alwaysValue('{"a": 1}'),
      redactValues: false,
      zone: { timeZone: 'UTC' },
      paint: (_style, text) => text,
    });
    let text = '';
    for await (const piece of report) text += piece;
    assert.deepEqual(text.split('\n'), [
      '“order␛1”: stale, 1 min behind (the mirror has an older version).',
      '',
      'source  old.txt: 2 records in partition 0, times from 2026-11-22 12:00:00 UTC on',
      'mirror  new.txt: 1 record in partition 0, times from 2026-11-22 12:00:00 UTC on',
      '',
      '  source                       mirror',
      '= line 1   12:00:00  {"a": 1}  line 7  12:00:00  {"a": 1}  on both sides',
      '< line 12  12:01:00  deleted                               not on the mirror',
      '',
    ]);
  });
});

function isModifiedValue(outcome: Outcome, source: KeyRecords | null, mirror: KeyRecords | null): boolean {
  const isValue = (side: KeyRecords | null): boolean => side !== null && side.values[side.finalIndex] !== 0;
  return outcome === 'modified' && isValue(source) && isValue(mirror);
}

function assertWhole(
  rows: readonly HistoryRow[],
  source: KeyRecords | null,
  mirror: KeyRecords | null,
  isSameJson: boolean,
): void {
  for (const [name, records] of [
    ['source', source],
    ['mirror', mirror],
  ] as const) {
    const places = rows.flatMap((row) => row[name] ?? []);
    const ascending = places.toSorted((a, b) => a - b);
    assert.deepEqual(
      ascending,
      Array.from(records?.values ?? [], (_, i) => i),
    );
    if (!isSameJson) assert.deepEqual(places, ascending);
  }
  for (const { role, source: left, mirror: right } of rows) {
    if (role !== 'matched' || left === null || right === null) continue;
    const areFinals = left === source?.finalIndex && right === mirror?.finalIndex;
    assert.ok(source?.values[left] === mirror?.values[right] || (isSameJson && areFinals));
  }
}
