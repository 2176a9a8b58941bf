/** The oracle against an older reference's numbers for real dumps, and against the rules, row by row. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Cause, CauseEvidence, Late, Outcome } from '../../src/core/comparison.js';
import { assertExpected, realDumpPath, realPairs, toExpected, withoutLines } from '../support/realDumps.js';
import { compareByReference, type Reference, type ReferenceDifference } from '../support/reference.js';
import type { PathSteps } from '../support/referenceJson.js';
import { refer, shorthandOptions } from '../support/shorthand.js';
import { makeTopicPair } from '../support/topics.js';

describe('reference: real dumps', () => {
  const compareReal = (pair: (typeof realPairs)[number], suffix = ''): Reference =>
    compareByReference(
      readFileSync(realDumpPath(pair, 'source', suffix)),
      readFileSync(realDumpPath(pair, 'mirror', suffix)),
      shorthandOptions,
    );

  for (const pair of realPairs) {
    it(pair, () => assertExpected(compareReal(pair), pair));
  }

  it('slow-source with standard error in the same file', () => {
    const noisy = compareReal('slow-source', '.with-stderr');
    assert.deepEqual(withoutLines(toExpected(noisy)), withoutLines(toExpected(compareReal('slow-source'))));
    assert.deepEqual([noisy.source.noiseLines, noisy.mirror.noiseLines], [3, 5]);
  });
});

/** The only difference between two dumps in shorthand. */
function onlyDifference(source: string, mirror: string): ReferenceDifference {
  const { differences } = refer(source, mirror);
  const [difference] = differences;
  assert.ok(difference !== undefined && differences.length === 1, 'one difference');
  return difference;
}

describe('reference: outcome of a key', () => {
  const rows: [source: string, mirror: string, outcome: Outcome][] = [
    ['k=a', 'k=a', 'same'],
    ['k=a k=b', 'k=b', 'same'],
    ['k=-', 'k=-', 'deleted'],
    ['k=a k=-', 'other=x', 'deleted'],
    ['other=x', 'k=-', 'deleted'],
    ['k=a', 'other=x', 'missing'],
    ['other=x', 'k=a', 'extra'],
    ['k=a', 'k=b', 'modified'],
    ['k=a', 'k=-', 'modified'],
    ['k=-', 'k=a', 'modified'],
  ];
  for (const [source, mirror, outcome] of rows) {
    it(`${source} | ${mirror}: ${outcome}`, () => {
      // On both sides of a key that is absent there stands another one, the same in all rows.
      const { keys } = refer(`${source} other=x`, `${mirror} other=x`);
      assert.deepEqual(keys, {
        ...{ same: 1, deleted: 0, missing: 0, extra: 0, modified: 0, inSeveralPartitions: 0 },
        [outcome]: outcome === 'same' ? 2 : 1,
      });
    });
  }
});

describe('reference: are timestamps comparable', () => {
  const rows: [source: string, mirror: string, comparable: boolean, why: string][] = [
    ['a=1@5', 'a=1@5', true, 'equal'],
    ['a=1@5', 'a=1@6', false, 'stamped anew'],
    ['a=1@5 b=1@5', 'a=1@5 b=1@6', false, 'half of them'],
    ['a=1@5 b=1@5 c=1@5', 'a=1@5 b=1@6 c=1@5', true, 'more than half'],
    ['a=1@5 b=1', 'a=1@5 b=1@5', false, 'a record without one'],
    ['a=1@5 -=1', 'a=1@5 -=1@5', false, 'a keyless record without one'],
    ['a=1@5', 'a=2@5', false, 'no key is the same'],
    ['a=-@5', 'a=-@5', false, 'tombstones do not count'],
    ['a=1@5 b=-@5 c=-@5', 'a=1@5 b=-@7 c=-@7', true, 'nor do they count against'],
    ['a=0@1 a=1@5', 'a=1@5', true, 'only finals count'],
  ];
  for (const [source, mirror, comparable, why] of rows) {
    it(`${why}: ${comparable}`, () => assert.equal(refer(source, mirror).timestampsComparable, comparable));
  }
});

describe('reference: cause of a modified key', () => {
  type Row = [source: string, mirror: string, cause: Cause, evidence: CauseEvidence, behind: number | null];
  const test = (title: string, anchors: [source: string, mirror: string], rows: readonly Row[]): void => {
    describe(title, () => {
      for (const [source, mirror, cause, evidence, behind] of rows) {
        it(`${source} | ${mirror}: ${cause}`, () => {
          const difference = onlyDifference(`${anchors[0]} ${source}`, `${anchors[1]} ${mirror}`);
          assert.deepEqual([difference.cause, difference.causeEvidence, difference.behind], [cause, evidence, behind]);
        });
      }
    });
  };

  test(
    'timestamps comparable',
    ['same=x@1', 'same=x@1'],
    [
      ['k=a@10 k=b@20 k=c@30', 'k=a@10', 'stale', 'record', 2],
      ['k=a@10 k=a@10 k=c@30', 'k=a@10', 'stale', 'record', 1],
      ['k=a@10 k=-@30', 'k=a@10', 'stale', 'record', 1],
      ['k=b@20', 'k=b@20 k=c@30', 'ahead', 'record', null],
      ['k=b@20', 'k=b@20 k=c@20', 'ahead', 'record', null],
      ['k=b@20', 'k=a@10 k=b@20 k=a@10', 'reordered', 'record', null],
      ['k=a@10 k=b@20', 'k=b@20 k=a@10', 'reordered', 'record', null],
      ['k=a@10 k=b@20 k=a@10', 'k=a@10 k=b@20', 'stale', 'record', 1],
      ['k=a@10 k=b@20', 'k=a@10 k=b@20 k=a@10', 'ahead', 'record', null],
      ['k=c@30', 'k=a@10', 'stale', 'timestamp', null],
      ['k=a@10', 'k=c@30', 'ahead', 'timestamp', null],
      ['k=a@10', 'k=c@10', 'diverged', 'record', null],
      // The value is found, but at another time: not the same record.
      ['k=a@10 k=c@30', 'k=a@11', 'stale', 'timestamp', null],
    ],
  );

  test(
    'timestamps not comparable',
    ['same=x@1', 'same=x@2'],
    [
      ['k=a@10 k=b@20 k=c@30', 'k=a@77', 'stale', 'record', 2],
      ['k=b@20', 'k=b@77 k=c@5', 'ahead', 'record', null],
      ['k=on@1 k=off@2 k=on@3', 'k=on@1 k=off@2', 'stale', 'record', 1],
      ['k=on@1 k=off@2 k=on@3 k=off@4 k=on@5', 'k=on@1 k=off@2', 'stale', 'record', 3],
      ['k=on@1 k=off@2', 'k=on@1 k=off@2 k=on@3', 'ahead', 'record', null],
      ['k=on@1 k=off@2', 'k=off@1 k=on@2', 'reordered', 'record', null],
      ['k=c@30', 'k=a@10', 'diverged', 'record', null],
    ],
  );

  it('behindMs is the source final less the mirror final, where comparable', () => {
    assert.equal(onlyDifference('same=x@1 k=a@10', 'same=x@1 k=c@35').behindMs, -25);
    assert.equal(onlyDifference('same=x@1 k=a@10', 'same=x@2 k=c@35').behindMs, null);
    assert.equal(onlyDifference('same=x@1 k=a@10', 'same=x@1').behindMs, null, 'missing');
  });
});

describe('reference: late differences', () => {
  const rows: [source: string, mirror: string, late: Late | null, why: string][] = [
    ['k=a@10', 'z=x@9', 'afterMirrorEnd', 'missing, newer than the mirror'],
    ['k=a@10', 'z=x@10', null, 'missing, as new as the mirror'],
    ['k=a@10/1', 'z=x@20/0 y=x@9/1', 'afterMirrorEnd', 'each partition has its own end'],
    ['k=a@10/1', 'z=x@20/0', null, 'the whole dump, if the partition is not there'],
    ['k=a@21/1', 'z=x@20/0', 'afterMirrorEnd', 'newer than the whole dump'],
    ['z=x@9', 'k=a@10', 'afterSourceEnd', 'extra, newer than the source'],
    ['z=x@10', 'k=a@10', null, 'extra, as new as the source'],
    ['k=a@10 k=b@20', 'k=a@10', 'afterMirrorEnd', 'modified, newer than the mirror'],
    ['k=a@10', 'k=a@10 k=b@20', 'afterSourceEnd', 'modified, newer than the source'],
    ['k=a@30/0 w=x@20/1', 'k=b@40/1 w=x@20/0', 'afterMirrorEnd', 'newer than both ends'],
    ['k=a@10 -=a@5', '-=a@5 -=b@11', null, 'keyless records count'],
  ];
  for (const [source, mirror, late, why] of rows) {
    it(`${why}: ${late ?? 'not late'}`, () => {
      const compared = refer(`same=x@1 same2=x@1 ${source}`, `same=x@1 same2=x@1 ${mirror}`);
      assert.equal(compared.differences.find((difference) => difference.key === 'k')?.late, late);
    });
  }

  it('none where timestamps are not comparable', () => {
    assert.equal(refer('same=x@1 k=a@10', 'same=x@2').differences[0]?.late, null);
  });
});

describe('reference: the final record of a key', () => {
  const rows: [source: string, value: string, line: number, why: string][] = [
    ['k=a@5 k=b@3', 'b', 2, 'the last in the file'],
    ['k=a@5/0#8 k=b@9/0#7', 'a', 1, 'the highest offset'],
    ['k=a@5/0 k=b@3/1', 'a', 1, 'the latest of several partitions'],
    ['k=a@5/0 k=z@9/1 k=b@3/1', 'a', 1, 'the latest final, not the latest record'],
    ['k=a@5/1 k=b@5/0', 'b', 2, 'of equal times, the later in the file'],
    ['k=a@5/0 k=b/1', 'b', 2, 'without a time, the last in the file'],
    ['k=a@5/0 k=z/1 k=b@3/1', 'a', 1, 'only finals need a time'],
    ['k=a@5/0#1 k=b/1#9 k=c@4/1#3', 'b', 2, 'the last in the file of the finals'],
  ];
  for (const [source, value, line, why] of rows) {
    it(`${source}: ${why}`, () => {
      const final = onlyDifference(source, 'k=other').source;
      assert.deepEqual([final?.value, final?.line], [value, line]);
    });
  }

  it('counts keys in several partitions of either dump', () => {
    const { keys, keysInSeveralPartitions } = refer('a=1/3 a=1/1 b=1/0 c=1/0', 'a=1/1 b=1/0 b=1/1 c=1/1');
    assert.equal(keys.inSeveralPartitions, 2);
    const named = (key: string) => ({ key, keyBase64: null, outcome: 'same' });
    assert.deepEqual(keysInSeveralPartitions, [
      { ...named('a'), sourcePartitions: [1, 3], mirrorPartitions: [1] },
      { ...named('b'), sourcePartitions: [0], mirrorPartitions: [0, 1] },
    ]);
  });

  it('orders records by offset for the cause, too', () => {
    const difference = onlyDifference('k=c@3#3 k=b@2#2 k=a@1#1', 'k=a@1');
    assert.deepEqual([difference.cause, difference.behind], ['stale', 2]);
  });
});

describe('reference: literal counts', () => {
  const rows: [
    source: string,
    mirror: string,
    notInSource: number,
    notInMirror: number,
    modified: number,
    same: number,
  ][] = [
    ['a=1 b=2', 'a=1 c=3', 1, 1, 0, 1],
    ['a=- b=2', 'b=2', 0, 1, 0, 1],
    ['a=-', 'a=-', 0, 0, 0, 1],
    ['a=1 -=x', 'a=2 -=y', 0, 0, 1, 0],
    // The last in the file counts, whatever its offset.
    ['a=1#9 a=2#8', 'a=1', 0, 0, 1, 0],
  ];
  for (const [source, mirror, notInSource, notInMirror, modified, same] of rows) {
    it(`${source} | ${mirror}`, () =>
      assert.deepEqual(refer(source, mirror).literal, { notInSource, notInMirror, modified, same }));
  }
});

describe('reference: the ledger', () => {
  type Sums = [superseded: number, repeated: number, expiredTombstones: number, notInOther: number];
  const rows: [source: string, mirror: string, matched: number, ofSource: Sums, ofMirror: Sums][] = [
    ['k=a@1 k=b@2 k=c@3', 'k=a@1 k=c@3', 2, [1, 0, 0, 0], [0, 0, 0, 0]],
    ['k=b@2', 'k=a@1 k=b@2', 1, [0, 0, 0, 0], [1, 0, 0, 0]],
    // Neither side is a subsequence of the other.
    ['k=a@1 k=b@2 k=c@3', 'k=c@1 k=a@2 k=b@3', 2, [1, 0, 0, 0], [1, 0, 0, 0]],
    ['k=b@2', 'k=a@1 k=b@2 k=a@1 k=b@2', 1, [0, 0, 0, 0], [1, 2, 0, 0]],
    // Nothing is left for repeats where the records have counterparts.
    ['k=a@1 k=a@1', 'k=a@1 k=a@1', 2, [0, 0, 0, 0], [0, 0, 0, 0]],
    ['k=a', 'k=a k=a', 1, [0, 0, 0, 0], [1, 0, 0, 0]],
    ['k=a@1', 'k=a@1 k=a@2', 1, [0, 0, 0, 0], [1, 0, 0, 0]],
    ['k=a@1 k=-@2', 'other=x', 0, [1, 0, 1, 0], [0, 0, 0, 1]],
    ['k=-@2 k=-@2', 'other=x', 0, [0, 1, 1, 0], [0, 0, 0, 1]],
    ['k=a@1', 'other=x', 0, [0, 0, 0, 1], [0, 0, 0, 1]],
    // The source's final is found on the mirror, so it is not missing there.
    ['k=b@2', 'k=b@2 k=c@3', 1, [0, 0, 0, 0], [0, 0, 0, 1]],
    ['k=b@2 k=c@3', 'k=a@1 k=b@2', 1, [0, 0, 0, 1], [1, 0, 0, 0]],
    ['k=a@1', 'k=-@2', 0, [0, 0, 0, 1], [0, 0, 0, 1]],
    ['k=a@1 k=-@2', 'k=-@2 k=a@1', 1, [1, 0, 0, 0], [1, 0, 0, 0]],
  ];
  for (const [source, mirror, matched, ofSource, ofMirror] of rows) {
    it(`${source} | ${mirror}`, () => {
      const { ledger } = refer(source, mirror);
      const { source: s, mirror: m } = ledger;
      assert.deepEqual(
        [ledger.matched, [s.superseded, s.repeated, s.expiredTombstones, s.notInMirror]],
        [matched, ofSource],
      );
      assert.deepEqual([m.superseded, m.repeated, m.expiredTombstones, m.notInSource], ofMirror);
    });
  }
});

describe('reference: keyless records', () => {
  type Counts = [onlyInSource: number, onlyInMirror: number, repeatedInSource: number, repeatedInMirror: number];
  const rows: [source: string, mirror: string, counts: Counts][] = [
    ['-=a@1 -=b@2', '-=b@2 -=a@1', [0, 0, 0, 0]],
    ['-=a@1 -=a@2', '-=a@1', [1, 0, 0, 0]],
    ['-=a@1', '-=a@1 -=a@1 -=a@1', [0, 0, 0, 2]],
    ['-=a@1 -=a@1', '-=b@1', [1, 1, 1, 0]],
    ['-=a -=a', '-=a', [1, 0, 0, 0]],
    ['-=-@1 -=-@1', '-=-@1', [0, 0, 1, 0]],
  ];
  for (const [source, mirror, counts] of rows) {
    it(`${source} | ${mirror}`, () => {
      const { keylessDifferences: found } = refer(source, mirror);
      assert.deepEqual(
        [found.onlyInSource, found.onlyInMirror, found.repeatedInSource, found.repeatedInMirror],
        counts,
      );
    });
  }
});

describe('reference: verdict', () => {
  const rows: [source: string, mirror: string, compact: string, whole: string][] = [
    ['k=a@1', 'k=a@1', 'equivalent', 'equivalent'],
    ['k=a@1 k=b@2', 'k=b@2', 'equivalent', 'different'],
    ['k=b@2', 'k=b@2 k=b@2', 'equivalent', 'different'],
    ['k=b@2 o=x@1', 'k=b@2 o=x@1 k2=-@2', 'equivalent', 'different'],
    ['k=a@1', 'k=a@1 j=a@1', 'different', 'different'],
    ['k=a@1 -=x@1', 'k=a@1 -=x@1 -=x@1', 'equivalent', 'different'],
    ['k=a@1 -=x@1', 'k=a@1 -=y@1', 'different', 'different'],
    // One record delivered twice, another with the same value lost: equal values, not the same records.
    ['o=x@1 k=a@1 k=a@2', 'o=x@1 k=a@2 k=a@2', 'equivalent', 'different'],
    ['o=x@1 -=a@1 -=a@2', 'o=x@1 -=a@1 -=a@1', 'equivalent', 'different'],
    // Without times to tell them apart, values have to do.
    ['o=x@1 k=a@1 k=a@2', 'o=x@5 k=a@6 k=a@6', 'equivalent', 'equivalent'],
  ];
  for (const [source, mirror, compact, whole] of rows) {
    it(`${source} | ${mirror}: ${compact}, with policy delete ${whole}`, () => {
      assert.equal(refer(source, mirror).verdict, compact);
      assert.equal(refer(source, mirror, { cleanupPolicy: 'delete' }).verdict, whole);
    });
  }

  it('with policy delete, a version matched only by value has no counterpart', () => {
    const { ledger } = refer('o=x@1 p=x@1 k=a@1 k=b@9', 'o=x@1 p=x@1 k=b@2', { cleanupPolicy: 'delete' });
    assert.equal(ledger.matched, 2, 'only o and p');
    assert.deepEqual(ledger.source, { superseded: 2, repeated: 0, expiredTombstones: 0, notInMirror: 0 });
  });
});

describe('reference: by partition', () => {
  const within = (source: string, mirror: string, byPartition: boolean): Reference =>
    refer(source, mirror, { byPartition });

  it('a key is another one in each partition, in every count', () => {
    const [source, mirror] = ['k=a@1/0 k=b@2/1', 'k=a@1/0 k=c@3/1'];
    const apart = within(source, mirror, true);
    assert.deepEqual([apart.keys.same, apart.keys.modified, apart.source.keys, apart.literal.same], [1, 1, 2, 1]);
    assert.deepEqual([apart.keys.inSeveralPartitions, apart.keysInSeveralPartitions], [0, []]);
    const together = within(source, mirror, false);
    assert.deepEqual([together.keys.same, together.keys.modified, together.source.keys], [0, 1, 1]);
    assert.equal(together.keys.inSeveralPartitions, 1);
  });

  it('a key that moved is missing in one partition and extra in the other', () => {
    const { keys, differences } = within('k=a@1/0', 'k=a@1/1', true);
    assert.deepEqual([keys.missing, keys.extra], [1, 1]);
    assert.deepEqual(
      differences.map(({ source, mirror }) => [source?.partition ?? null, mirror?.partition ?? null]),
      [
        [0, null],
        [null, 1],
      ],
    );
  });

  it('records without a key are in one bag all the same', () => {
    assert.equal(within('k=a@1/0 -=x@1/0', 'k=a@1/0 -=x@1/1', true).verdict, 'equivalent');
  });
});

describe('reference: values as JSON', () => {
  const asJson = (source: string, mirror: string, ...without: PathSteps[]): Reference =>
    refer(source, mirror, { jsonWithout: without });

  it('the same JSON is the same key, though not literally, and no cause is told from it', () => {
    const { keys, literal } = asJson('k=1', 'k=1.0');
    assert.deepEqual([keys.same, literal.same, literal.modified], [1, 0, 1]);
    const [difference] = asJson('same=x@1 k=1@2 k=3@4', 'same=x@1 k=1.0@2').differences;
    assert.deepEqual([difference?.cause, difference?.causeEvidence], ['stale', 'timestamp']);
  });

  it('finals that are the same only as JSON are one pair, beside the subsequence of the others', () => {
    const { ledger } = asJson('k=a@1 k=b@2 k=1@3', 'k=b@2 k=1.0@3');
    assert.equal(ledger.matched, 2);
    assert.deepEqual(ledger.source, { superseded: 1, repeated: 0, expiredTombstones: 0, notInMirror: 0 });
  });

  it('leaves out what stands at the paths', () => {
    const [source, mirror] = ['k={"a":1,"t":5}', 'k={"t":6,"a":1}'];
    assert.equal(asJson(source, mirror).keys.modified, 1);
    assert.equal(asJson(source, mirror, ['t']).keys.same, 1);
  });
});

describe('reference: order of differences', () => {
  it("is that of the source's finals, then of the mirror's", () => {
    const { differences } = refer('a=1 b=1 c=1 a=2', 'y=1 a=3 x=1 c=2 y=2');
    assert.deepEqual(
      differences.map((difference) => `${difference.key} ${difference.outcome}`),
      ['b missing', 'c modified', 'a modified', 'x extra', 'y extra'],
    );
  });
});

describe('reference: properties', () => {
  const seeds = fc.integer({ min: 0, max: 2 ** 31 });

  it('both sums of the ledger hold', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const pair = makeTopicPair(seed);
        const { source, mirror, ledger } = compareByReference(pair.source, pair.mirror, pair.options);
        const sums = { ...ledger.source, ...ledger.mirror };
        assert.ok(Object.values(sums).every((count) => count >= 0));
        const { superseded, repeated, expiredTombstones, notInMirror } = ledger.source;
        assert.equal(
          source.records,
          ledger.matched + superseded + repeated + expiredTombstones + notInMirror + source.keyless,
        );
        const ofMirror = ledger.mirror;
        assert.equal(
          mirror.records,
          ledger.matched +
            (ofMirror.superseded + ofMirror.repeated + ofMirror.expiredTombstones + ofMirror.notInSource) +
            mirror.keyless,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('a dump is equivalent to itself, record by record', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { source, options } = makeTopicPair(seed);
        const separator = { source: options.separator.source, mirror: options.separator.source };
        const compared = compareByReference(source, source, { ...options, separator, cleanupPolicy: 'delete' });
        assert.equal(compared.verdict, 'equivalent');
        assert.equal(compared.ledger.matched, compared.source.records - compared.source.keyless);
      }),
      { numRuns: 60 },
    );
  });

  it('swapping the dumps swaps what is said of them', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { source, mirror, options } = makeTopicPair(seed);
        const there = compareByReference(source, mirror, options);
        const back = compareByReference(mirror, source, {
          ...options,
          separator: { source: options.separator.mirror, mirror: options.separator.source },
        });
        assert.deepEqual(back.source, there.mirror);
        assert.deepEqual(back.keys, { ...there.keys, missing: there.keys.extra, extra: there.keys.missing });
        assert.equal(back.verdict, there.verdict);
        assert.equal(back.timestampsComparable, there.timestampsComparable);
        assert.equal(back.ledger.matched, there.ledger.matched);
        assert.equal(back.ledger.source.notInMirror, there.ledger.mirror.notInSource);
        assert.equal(back.causes.diverged, there.causes.diverged);
        assert.equal(back.keylessDifferences.onlyInSource, there.keylessDifferences.onlyInMirror);
      }),
      { numRuns: 60 },
    );
  });
});
