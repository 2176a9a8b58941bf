/** The words people read: times, distances, numbers, and text from a dump made fit for the eye. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { byteSize, count, counted, listed } from '../../../src/core/words/numbers.js';
import { excerpt, visible } from '../../../src/core/words/text.js';
import { clockTime, dateAndTime, duration, zoneOffsetMs } from '../../../src/core/words/time.js';

function table<I, O>(what: string, of: (input: I) => O, rows: readonly (readonly [I, O])[]): void {
  describe(what, () => {
    for (const [input, output] of rows) {
      it(`${JSON.stringify(input)} → ${JSON.stringify(output)}`, () => assert.deepEqual(of(input), output));
    }
  });
}

table('duration', duration, [
  [0, '0 ms'],
  [850, '850 ms'],
  [23_900, '23 s'],
  [-1_393_847, '23 min'],
  [94 * 60_000, '1 h 34 min'],
  [120 * 60_000, '2 h'],
  [76 * 3_600_000, '3 d 4 h'],
]);
table('byte size', byteSize, [
  [812, '812 bytes'],
  [1_400_000_000, '1.4 GB'],
  [32_047, '32 kB'],
]);
describe('count', () => {
  it('groups whole numbers as the locale does', () => {
    const same = (n: number): void => assert.equal(count(n), n.toLocaleString('en-US'));
    for (const n of [0, 9, -9, 999, -999, 1000, -1000, 999_999, 1_000_000, Number.MAX_SAFE_INTEGER]) same(n);
    fc.assert(fc.property(fc.maxSafeInteger(), same));
  });
});
table('counted', (n: number) => counted(n, 'key'), [
  [0, '0 keys'],
  [1, '1 key'],
  [1234567, '1,234,567 keys'],
]);
table('listed', listed, [
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
]);
table('visible', visible, [
  ['plain ✓ zażółć', 'plain ✓ zażółć'],
  ['\u001b[31m\n\t', '␛[31m␊␉'],
  ['a\u202eb\u007f\u009b', 'a\\u202eb␡\\u009b'],
  // Without room of their own, these would make two keys look alike.
  ['a\u200bb\u2060c\u00ad\ufeff', 'a\\u200bb\\u2060c\\u00ad\\ufeff'],
  ['a\u{e0041}', 'a\\u{e0041}'],
]);
table('excerpt of 4', (text: string) => excerpt(text, 4), [
  ['abcd', 'abcd'],
  ['abcde', 'abcd…'],
  ['👍👍👍👍', '👍👍👍👍'],
  ['👍👍👍👍👍', '👍👍👍👍…'],
]);

describe('moments', () => {
  const end = 1795351511537;
  it('are told in the zone asked for', () => {
    assert.equal(clockTime(end, { timeZone: 'UTC' }), '12:45:11');
    assert.equal(dateAndTime(end, { timeZone: 'UTC' }), '2026-11-22 12:45:11 UTC');
    assert.equal(clockTime(end, { timeZone: 'Asia/Kolkata' }), '18:15:11');
  });

  it('are the same in UTC as a formatter writes them', () => {
    // A formatter is made for any other name of the zone, and of that of this machine.
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const here = timeZone === 'UTC' ? 'Etc/UTC' : timeZone;
    const moments = fc.oneof(fc.integer({ min: -1e12, max: 4e12 }), fc.integer({ min: -8.64e15, max: 8.64e15 }));
    const examples: [number][] = [[0], [-1], [999], [Date.UTC(10_000, 0)], [Date.UTC(10_000, 0) - 1], [8.64e15]];
    fc.assert(
      fc.property(moments, (ms) => {
        assert.equal(dateAndTime(ms, { timeZone: 'UTC' }), dateAndTime(ms, { timeZone: 'Etc/UTC' }));
        assert.equal(clockTime(ms, { timeZone: 'UTC' }), clockTime(ms, { timeZone: 'Etc/UTC' }));
        assert.equal(dateAndTime(ms), dateAndTime(ms, { timeZone: here }));
      }),
      { examples, numRuns: 1000 },
    );
  });

  it('tell how far a zone is from UTC, also before 1970 and in summer', () => {
    assert.equal(zoneOffsetMs(end, { timeZone: 'Asia/Kathmandu' }), 5.75 * 3_600_000);
    assert.equal(zoneOffsetMs(Date.UTC(2026, 6, 1), { timeZone: 'America/New_York' }), -4 * 3_600_000);
    assert.equal(zoneOffsetMs(-1, { timeZone: 'UTC' }), 0);
  });
});
