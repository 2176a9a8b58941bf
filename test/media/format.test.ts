import assert from 'node:assert/strict';
import { exactMoment, Moments } from '../../media/format.js';

/** In the zone of the machine, as the page is in the reader's. */
const noon = new Date(2026, 10, 22, 12, 0, 0).getTime();
const hour = 3_600_000;

describe('moments', () => {
  it('are as short as they can be without being mistaken', () => {
    assert.equal(new Moments({ from: noon, to: noon + hour }).short(noon), '12:00:00');
    assert.equal(new Moments({ from: noon, to: noon + 30 * hour }).short(noon), '22 Nov 12:00:00');
    assert.equal(new Moments({ from: noon - 9000 * hour, to: noon }).short(noon), '22 Nov 2026 12:00');
  });

  it('on an axis are as fine as its steps', () => {
    const moments = new Moments({ from: noon, to: noon + 30 * hour });
    assert.equal(moments.tick(noon, 60_000), '12:00');
    assert.equal(moments.tick(noon, 1000), '12:00:00');
    assert.equal(moments.tick(noon + 5, 5), '12:00:00.005');
    assert.equal(moments.tick(noon + 12 * hour, hour), '23 Nov');
    assert.equal(moments.tick(noon, 24 * hour), '22 Nov');
  });

  it('are exact in the tooltip, in UTC too', () => {
    assert.match(exactMoment(noon + 7), /^2026-11-22 12:00:00 .+\n2026-11-2\dT\d\d:\d\d:00\.007Z$/);
  });

  it('beyond all calendars are numbers', () => {
    const never = 9_000_000_000_000_000;
    assert.equal(new Moments({ from: noon, to: never }).short(never), String(never));
    assert.match(exactMoment(never), /ms since 1970$/);
  });
});
