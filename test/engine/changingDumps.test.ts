/**
 * A dump that changes while it is compared (the consumer still writes, a disk is cleaned) must never lead to a wrong
 * verdict: the comparison says which file changed. A dump that another one takes the place of is either reported, or
 * compared as it was.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import type { Comparison } from '../../src/core/comparison.js';
import { CancelledError, UserError } from '../../src/core/errors.js';
import { defaultOptions } from '../../src/core/options.js';
import { type CompareControl, compareDumps } from '../../src/engine/compareDumps.js';
import type { EngineTuning } from '../../src/engine/plan.js';
import { makePair, type PairSpec } from '../bench/data/makePair.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';

/** Some 10,000 records on each side. */
const spec: PairSpec = {
  ...{ seed: 7, keys: 2000, extraKeys: 2, cleanShare: 0.5, mirrorStopsAfter: null },
  fates: 'few',
};
/** Reads that many times over. */
const blockBytes = 1 << 16;

const ways: readonly [string, EngineTuning][] = [
  ['WebAssembly', { lanes: 1, blockBytes }],
  ['TypeScript', { lanes: 1, blockBytes, kernel: false }],
];
/** As a share of all reads of a comparison: the last ones fetch the records that differ. */
const moments = [0, 0.3, 0.6, 0.9, 1] as const;

const { readSync } = fs;

describe('dumps that change during a comparison', () => {
  let folder: TemporaryFolder;
  let source = '';
  let mirror = '';
  let unchanged: Comparison;
  /** Called before each read, with the number of reads before it. */
  let beforeRead: (reads: number) => void = () => {};
  let reads = 0;

  before(async () => {
    folder = await makeTemporaryFolder('changing-dumps');
    [source, mirror] = ['source.txt', 'mirror.txt'].map((name) => path.join(folder.path, name)) as [string, string];
    fs.readSync = ((...args: Parameters<typeof readSync>) => {
      beforeRead(reads++);
      return readSync(...args);
    }) as typeof readSync;
    syncBuiltinESMExports();
  });
  after(async () => {
    fs.readSync = readSync;
    syncBuiltinESMExports();
    await folder.remove();
  });
  beforeEach(writeDumps);

  function writeDumps(): void {
    makePair(spec, source, mirror);
    // Old enough that a change within the clock's resolution shows.
    for (const dump of [source, mirror]) fs.utimesSync(dump, 1_700_000_000, 1_700_000_000);
  }

  function compare(tuning: EngineTuning, control: CompareControl = {}): Promise<Comparison> {
    reads = 0;
    return compareDumps({ source, mirror, options: defaultOptions, tuning }, control);
  }

  /** Compares twice: to learn how many reads that takes, and to call `act` before one of them. */
  async function compareAndAct(
    tuning: EngineTuning,
    moment: number,
    act: () => void,
    control: CompareControl = {},
  ): Promise<Comparison> {
    beforeRead = () => {};
    unchanged = await compare(tuning);
    assert.ok(reads > 20, `only ${reads} reads`);
    const chosen = Math.round(moment * (reads - 1));
    beforeRead = (read) => {
      if (read === chosen) act();
    };
    return compare(tuning, control).finally(() => {
      beforeRead = () => {};
    });
  }

  async function assertReported(comparison: Promise<Comparison>, dump: string): Promise<void> {
    await assert.rejects(comparison, (error) => {
      assert.ok(error instanceof UserError, String(error));
      assert.equal(error.path, dump);
      assert.match(error.message, / changed\b.* compare again\.$/i);
      return true;
    });
  }

  const changes: readonly [string, (dump: string) => void][] = [
    ['grows', (dump) => fs.appendFileSync(dump, newRecord)],
    ['is cut', (dump) => fs.truncateSync(dump, 100_000)],
    ['is emptied', (dump) => fs.truncateSync(dump, 0)],
    ['is overwritten by as many bytes', overwriteStart],
  ];
  const replacements: readonly [string, (dump: string) => void][] = [
    ['is deleted', (dump) => fs.rmSync(dump)],
    ['is replaced by another file', replaceByAnother],
  ];
  for (const [way, tuning] of ways) {
    describe(way, () => {
      for (const side of ['source', 'mirror'] as const) {
        const dump = (): string => (side === 'source' ? source : mirror);
        for (const [what, change] of changes) {
          it(`the ${side} ${what}: reported`, async () => {
            for (const moment of moments) {
              writeDumps();
              await assertReported(
                compareAndAct(tuning, moment, () => change(dump())),
                dump(),
              );
            }
          });
        }
        for (const [what, replace] of replacements) {
          it(`the ${side} ${what}: compared as it was, or reported`, async () => {
            const result = await compareAndAct(tuning, 0.3, () => replace(dump())).catch((error: unknown) => {
              assert.ok(error instanceof UserError, String(error));
              return unchanged;
            });
            assert.deepEqual(countsOf(result), countsOf(unchanged));
          });
        }
      }

      it('is cancelled', async () => {
        // Once all is read there is nothing left to cancel.
        for (const moment of moments.slice(0, -1)) {
          const cancelled = new AbortController();
          const { signal } = cancelled;
          await assert.rejects(
            compareAndAct(tuning, moment, () => cancelled.abort(), { signal }),
            CancelledError,
          );
        }
      });
    });
  }

  describe('on threads', () => {
    for (const [what, change] of changes) {
      it(`a dump ${what}: reported`, async () => {
        // Progress is reported once before the threads begin.
        const act = once(() => change(mirror));
        await assertReported(compare({ lanes: 2 }, { onProgress: act }), mirror);
      });
    }
    it('is cancelled', async () => {
      const cancelled = new AbortController();
      const { signal } = cancelled;
      await assert.rejects(compare({ lanes: 2 }, { signal, onProgress: () => cancelled.abort() }), CancelledError);
    });
  });
});

const newRecord = 'CreateTime:1800000000000::Partition:0::order-new::{}\n';

function overwriteStart(dump: string): void {
  const file = fs.openSync(dump, 'r+');
  fs.writeSync(file, 'CreateTime:1700000000000', 0);
  fs.closeSync(file);
}

function replaceByAnother(dump: string): void {
  fs.writeFileSync(`${dump}.new`, newRecord);
  fs.renameSync(`${dump}.new`, dump);
}

function once(act: () => void): () => void {
  let hasActed = false;
  return () => {
    if (!hasActed) act();
    hasActed = true;
  };
}

function countsOf({ verdict, keys, causes, ledger }: Comparison): unknown {
  return { verdict, keys, causes, ledger };
}
