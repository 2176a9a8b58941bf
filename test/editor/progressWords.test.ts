/** The words of a running comparison. */
import assert from 'node:assert/strict';
import { foundWords, keysCompared, progressSentence, progressWords } from '../../src/editor/progressWords.js';

const megabyte = 1_000_000;

describe('progressSentence', () => {
  const cases: readonly [bytesDone: number, bytesTotal: number, elapsedMs: number, sentence: string][] = [
    [0, 2900 * megabyte, 0, '0 % · 0 bytes of 2.9 GB'],
    [100 * megabyte, 900 * megabyte, 100, '11 % · 100 MB of 900 MB'],
    [100 * megabyte, 900 * megabyte, 1000, '11 % · 100 MB of 900 MB · 100 MB/s · 8 s left'],
    [899 * megabyte, 900 * megabyte, 8990, '99 % · 899 MB of 900 MB · 100 MB/s'],
    [900 * megabyte, 900 * megabyte, 9000, '100 % · 900 MB of 900 MB · 100 MB/s'],
    [0, 0, 700, '100 % · 0 bytes of 0 bytes'],
  ];
  for (const [bytesDone, bytesTotal, elapsedMs, sentence] of cases) {
    it(sentence, () => {
      const progress = { phase: 'reading', bytesDone, bytesTotal, records: 0 } as const;
      assert.equal(progressSentence(progressWords(progress, elapsedMs)), sentence);
    });
  }

  it('says that all is read when the keys are compared', () => {
    const bytes = 900 * megabyte;
    const progress = { phase: 'comparing', bytesDone: bytes, bytesTotal: bytes, records: 9 } as const;
    assert.equal(progressSentence(progressWords(progress, 9000)), '100 % · 900 MB read, comparing');
  });
});

describe('what was found so far', () => {
  it('is said with what the mirror lacks first, and without what there is none of', () => {
    const counts = { same: 9000, deleted: 10, missing: 1200, extra: 3, modified: 0 };
    assert.equal(foundWords({ counts, first: [] }), '1,200 missing · 3 extra');
    assert.equal(keysCompared({ counts, first: [] }), 10_213);
    assert.equal(foundWords({ counts: { ...counts, missing: 0, extra: 0 }, first: [] }), 'no difference');
  });
});
