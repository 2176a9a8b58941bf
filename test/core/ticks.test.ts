import assert from 'node:assert/strict';
import { axisTicks } from '../../src/core/ticks.js';

const minute = 60_000;
const noon = Date.UTC(2026, 10, 22, 12);

describe('the ticks of the time axis', () => {
  it('are at moments that people name', () => {
    const { stepMs, moments } = axisTicks(noon + minute, noon + 62 * minute, 5, 0);
    assert.equal(stepMs, 15 * minute);
    assert.deepEqual(
      moments,
      [15, 30, 45, 60].map((n) => noon + n * minute),
    );
  });

  it('fall on the hours and days of the reader', () => {
    const nepal = 5.75 * 60 * minute;
    const { stepMs, moments } = axisTicks(noon, noon + 48 * 60 * minute, 3, nepal);
    assert.equal(stepMs, 24 * 60 * minute);
    assert.deepEqual(
      moments.map((ms) => (ms + nepal) % stepMs),
      moments.map(() => 0),
    );
  });

  it('are never more than there is room for', () => {
    for (const span of [3, 1000, minute, 1e9, 1e12, 1e15]) {
      for (const room of [1, 2, 7]) assert.ok(axisTicks(noon, noon + span, room, 0).moments.length <= room);
    }
  });
});
