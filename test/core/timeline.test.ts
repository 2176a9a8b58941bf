import assert from 'node:assert/strict';
import fc from 'fast-check';
import { listOfDifferences } from '../../src/core/differenceList.js';
import { buildTimeline, type Timeline } from '../../src/core/timeline.js';
import { comparison, difference, dumpSummary, minute, noon, partition } from '../support/comparisons.js';

const hour = 60 * minute;

function timelineOf(...args: Parameters<typeof buildTimeline>): Timeline {
  const timeline = buildTimeline(...args);
  assert.ok(timeline !== null);
  return timeline;
}

function span(from: number, to: number, numbers = [0]): Pick<ReturnType<typeof dumpSummary>, 'partitions'> {
  return { partitions: numbers.map((number) => partition(number, { firstTimestamp: from, lastTimestamp: to })) };
}

describe('the timeline', () => {
  it('takes the newer record of a key, on whichever side it is', () => {
    for (const kind of ['stale', 'ahead', 'missing', 'extra'] as const) {
      assert.equal(listOfDifferences([difference('k', kind, { at: noon })]).lastWrittenAt(0), noon);
    }
    const nowhere = difference('k', 'missing', {}, { source: null });
    assert.equal(listOfDifferences([nowhere]).lastWrittenAt(0), null);
  });

  it('is not there without differences, or where timestamps say nothing', () => {
    assert.equal(buildTimeline(comparison()), null);
    assert.equal(buildTimeline(comparison([difference('k', 'stale')], { timestampsComparable: false })), null);
  });

  it('counts keys by kind in bins of a width that people count in', () => {
    const { bins, binMs } = timelineOf(
      comparison([
        difference('a', 'stale', { at: noon }),
        difference('b', 'missing', { at: noon + 1 }),
        difference('c', 'stale', { at: noon + 2 }),
        difference('d', 'extra', { at: noon + 30 * minute }),
      ]),
    );
    assert.equal(binMs, 5 * minute);
    assert.deepEqual(bins, [
      { from: noon, to: noon + 5 * minute, total: 3, counts: { stale: 2, missing: 1 } },
      { from: noon + 30 * minute, to: noon + 35 * minute, total: 1, counts: { extra: 1 } },
    ]);
  });

  it('shows the whole dumps, unless they go back so far that the keys would be squeezed', () => {
    const late = [difference('a', 'stale', { at: noon }), difference('b', 'stale', { at: noon + 50 * minute })];
    const near = timelineOf(comparison(late, { source: dumpSummary(span(noon - 30 * minute, noon + hour)) }));
    assert.ok(near.from <= noon - 30 * minute);
    const far = timelineOf(comparison(late, { source: dumpSummary(span(noon - 9000 * hour, noon + hour)) }));
    assert.ok(far.from > noon - hour && far.from < noon);
  });

  it('aligns bins of hours to the reader’s zone', () => {
    const differences = [difference('a', 'stale', { at: noon }), difference('b', 'stale', { at: noon + 99 * hour })];
    const zoneOffsetMs = 5.75 * hour;
    const { from, binMs } = timelineOf(comparison(differences), { zoneOffsetMs });
    assert.equal(binMs, 2 * hour);
    assert.equal((from + zoneOffsetMs) % binMs, 0);
  });

  it('looks closer into an interval', () => {
    const differences = [0, 5, 61, 90].map((seconds) => difference('k', 'stale', { at: noon + seconds * 1000 }));
    const { bins, from, to } = timelineOf(comparison(differences), { within: { from: noon, to: noon + minute } });
    assert.deepEqual([from, to], [noon, noon + minute]);
    assert.equal(bins.length, 2);
  });

  describe('the ends', () => {
    const late = (at: number, number = 0) =>
      difference('k', 'stale', { at, late: 'afterMirrorEnd', partition: number });

    it('names the mirror’s end, if that holds for every late key', () => {
      const mirror = dumpSummary(span(noon - hour, noon));
      const { ends } = timelineOf(comparison([late(noon + 1), difference('e', 'extra', { at: noon - 5 })], { mirror }));
      assert.deepEqual(ends, [{ side: 'mirror', partition: null, timestamp: noon }]);
    });

    it('names the partitions that stopped early, besides', () => {
      const mirror = dumpSummary({
        partitions: [
          partition(0, { lastTimestamp: noon - 10 * minute }),
          partition(1, { lastTimestamp: noon - 20 * minute }),
          partition(2, { lastTimestamp: noon }),
        ],
      });
      const { ends } = timelineOf(comparison([late(noon - 5 * minute, 0), late(noon + minute, 2)], { mirror }));
      assert.deepEqual(ends, [
        { side: 'mirror', partition: 0, timestamp: noon - 10 * minute },
        { side: 'mirror', partition: null, timestamp: noon },
      ]);
    });

    it('names the source’s end where the mirror goes on after it', () => {
      const source = dumpSummary(span(noon - hour, noon));
      const ahead = difference('k', 'ahead', { at: noon + minute, late: 'afterSourceEnd' });
      const { ends } = timelineOf(comparison([ahead], { source }));
      assert.deepEqual(ends, [{ side: 'source', partition: null, timestamp: noon }]);
    });
  });

  it('counts every key once, in bins that lie on the axis', () => {
    const moments = fc.array(fc.integer({ min: 0, max: 4_000_000_000_000 }), { minLength: 1, maxLength: 50 });
    const offsets = fc.integer({ min: -14 * 4, max: 14 * 4 }).map((quarters) => quarters * 15 * minute);
    fc.assert(
      fc.property(moments, offsets, fc.integer({ min: 2, max: 80 }), (times, zoneOffsetMs, maxBins) => {
        const differences = times.map((at) => difference('k', 'stale', { at }));
        const dump = dumpSummary(span(Math.min(...times), Math.max(...times)));
        const { bins, from, to, binMs, ends } = timelineOf(comparison(differences, { source: dump, mirror: dump }), {
          zoneOffsetMs,
          maxBins,
        });
        assert.equal(
          bins.reduce((sum, { total }) => sum + total, 0),
          times.length,
        );
        assert.ok((to - from) / binMs <= maxBins);
        for (const bin of bins) assert.ok(bin.from >= from && bin.to <= to && bin.to - bin.from === binMs);
        for (const { timestamp } of ends) assert.ok(timestamp >= from && timestamp <= to);
      }),
    );
  });
});
