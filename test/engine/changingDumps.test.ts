/**
 * A dump that changes while it is compared (the consumer still writes, a disk is cleaned) must never lead to a wrong
 * verdict: the comparison says which file changed. A dump that another one takes the place of is either reported, or
 * compared as it was.
 */
import assert from 'node:assert/strict';
import {
  appendFileSync,
  closeSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Comparison } from '../../src/core/comparison.js';
import { CancelledError, UserError } from '../../src/core/errors.js';
import { defaultOptions } from '../../src/core/options.js';
import type { Progress } from '../../src/core/progress.js';
import { type CompareControl, compareDumps } from '../../src/engine/compareDumps.js';
import { makePair, type PairSpec } from '../bench/data/makePair.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';

/** Some 10,000 records on each side, read in many blocks. */
const spec: PairSpec = {
  ...{ seed: 7, keys: 2000, extraKeys: 2, cleanShare: 0.5, mirrorStopsAfter: null },
  fates: 'few',
};
const blockBytes = 1 << 16;

describe('dumps that change during a comparison', () => {
  let folder: TemporaryFolder;
  let source = '';
  let mirror = '';
  let unchanged: Comparison;
  before(async () => {
    folder = await makeTemporaryFolder('changing-dumps');
    [source, mirror] = ['source.txt', 'mirror.txt'].map((name) => path.join(folder.path, name)) as [string, string];
    writeDumps();
    unchanged = await compare({});
  });
  after(() => folder.remove());
  beforeEach(writeDumps);

  function writeDumps(): void {
    makePair(spec, source, mirror);
    // Old enough that a change within the clock's resolution shows.
    for (const dump of [source, mirror]) utimesSync(dump, 1_700_000_000, 1_700_000_000);
  }

  const compare = (control: CompareControl): Promise<Comparison> =>
    compareDumps({ source, mirror, options: defaultOptions, tuning: { blockBytes } }, control);

  /** Compares, and calls `act` once, as soon as `isDue` says so of a progress report. */
  async function compareAndAct(isDue: (progress: Progress) => boolean, act: () => void): Promise<Comparison> {
    let hasActed = false;
    const result = compare({
      onProgress: (progress) => {
        if (hasActed || !isDue(progress)) return;
        hasActed = true;
        act();
      },
    });
    await result.catch(() => {});
    assert.ok(hasActed, 'no progress was reported at that point');
    return result;
  }

  const changes: readonly [string, (dump: string) => void][] = [
    ['grows', (dump) => appendFileSync(dump, 'CreateTime:1800000000000::Partition:0::order-new::{}\n')],
    ['is cut', (dump) => truncateSync(dump, 100_000)],
    ['is emptied', (dump) => truncateSync(dump, 0)],
    ['is overwritten by as many bytes', overwriteStart],
  ];
  const moments: readonly [string, (progress: Progress) => boolean][] = [
    ['as reading begins', () => true],
    ['after the source was read', ({ bytesDone, bytesTotal }) => bytesDone > 0.9 * bytesTotal],
    ['when all was read', ({ phase }) => phase === 'comparing'],
  ];
  for (const side of ['source', 'mirror'] as const) {
    for (const [what, change] of changes) {
      for (const [when, isDue] of moments) {
        it(`the ${side} ${what} ${when}`, async () => {
          const dump = side === 'source' ? source : mirror;
          await assert.rejects(
            compareAndAct(isDue, () => change(dump)),
            (error) => {
              assert.ok(error instanceof UserError, String(error));
              assert.equal(error.path, dump);
              assert.match(error.message, / changed\b.* compare again\.$/i);
              return true;
            },
          );
        });
      }
    }

    for (const [what, replace] of [
      ['is deleted', rmSync],
      ['is replaced by another file', replaceByAnother],
    ] as const) {
      it(`the ${side} ${what}: compared as it was, or reported`, async () => {
        const dump = side === 'source' ? source : mirror;
        const result = await compareAndAct(
          () => true,
          () => replace(dump),
        ).catch((error: unknown) => {
          assert.ok(error instanceof UserError, String(error));
          return unchanged;
        });
        assert.deepEqual(countsOf(result), countsOf(unchanged));
      });
    }
  }

  for (const [when, isDue] of moments) {
    it(`is cancelled ${when}`, async () => {
      const cancelled = new AbortController();
      await assert.rejects(
        compare({
          signal: cancelled.signal,
          onProgress: (progress) => {
            if (isDue(progress)) cancelled.abort();
          },
        }),
        CancelledError,
      );
    });
  }
});

function overwriteStart(dump: string): void {
  const file = openSync(dump, 'r+');
  writeSync(file, 'CreateTime:1700000000000', 0);
  closeSync(file);
}

function replaceByAnother(dump: string): void {
  writeFileSync(`${dump}.new`, 'CreateTime:1800000000000::Partition:0::order-new::{}\n');
  renameSync(`${dump}.new`, dump);
}

function countsOf({ verdict, keys, causes, ledger }: Comparison): unknown {
  return { verdict, keys, causes, ledger };
}
