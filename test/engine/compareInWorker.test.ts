/** What the caller learns of a comparison on its own thread: the result, a sentence, or that the thread is gone. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import workerThreads, { type Worker } from 'node:worker_threads';
import type { Comparison } from '../../src/core/comparison.js';
import { CancelledError, UserError } from '../../src/core/errors.js';
import { defaultOptions } from '../../src/core/options.js';
import { type CompareControl, compareDumps } from '../../src/engine/compareDumps.js';
import { compareInWorker } from '../../src/engine/compareInWorker.js';
import { makePair } from '../bench/data/makePair.js';
import { repositoryFolder } from '../host/paths.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';

const workerPath = path.join(repositoryFolder, 'dist/worker.cjs');
const OriginalWorker = workerThreads.Worker;

describe('comparing on a thread', () => {
  let folder: TemporaryFolder;
  let source = '';
  let mirror = '';
  /** The threads of a test, in the order in which they were started. */
  let threads: Worker[] = [];

  before(async () => {
    folder = await makeTemporaryFolder('compare-in-worker');
    [source, mirror] = ['source.txt', 'mirror.txt'].map((name) => path.join(folder.path, name)) as [string, string];
    const spec = { seed: 5, keys: 4000, cleanShare: 0.5, extraKeys: 2, mirrorStopsAfter: null };
    makePair({ ...spec, fates: 'few' }, source, mirror);
    workerThreads.Worker = class extends OriginalWorker {
      constructor(...args: ConstructorParameters<typeof OriginalWorker>) {
        super(...args);
        threads.push(this);
      }
    };
    syncBuiltinESMExports();
  });
  after(async () => {
    workerThreads.Worker = OriginalWorker;
    syncBuiltinESMExports();
    await folder.remove();
  });
  beforeEach(() => {
    threads = [];
  });
  afterEach(async () => {
    // A thread that is left would keep the extension host's memory.
    for (const thread of threads) if (thread.threadId !== -1) await once(thread, 'exit');
  });

  const compare = (control: CompareControl = {}): Promise<Comparison> =>
    compareInWorker(workerPath, { source, mirror, options: defaultOptions }, control);

  it('gives the same result as on this thread', async () => {
    const onThread = await compare();
    const here = await compareDumps({ source, mirror, options: defaultOptions });
    assert.deepEqual(
      { ...onThread, differences: [...onThread.differences] },
      {
        ...here,
        differences: [...here.differences],
      },
    );
  });

  it('passes the sentence of an error on', async () => {
    const gone = path.join(folder.path, 'gone.txt');
    await assert.rejects(compareInWorker(workerPath, { source: gone, mirror, options: defaultOptions }), (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.message, `${gone} does not exist. Check the path.`);
      assert.equal(error.path, gone);
      return true;
    });
  });

  const accidents: readonly [string, (thread: Worker) => void, RegExp][] = [
    ['is killed', (thread) => void thread.terminate(), /its thread ended with code 1/],
    ['fails', (thread) => thread.emit('error', new RangeError('no memory left')), /no memory left/],
  ];
  for (const [what, cause, reason] of accidents) {
    it(`says so if the thread ${what} in the middle`, async () => {
      const result = compare({
        onProgress: () => {
          for (const thread of threads) cause(thread);
        },
      });
      await assert.rejects(result, (error) => {
        assert.ok(error instanceof UserError, String(error));
        assert.match(error.message, /^The comparison stopped unexpectedly: .*\. Compare again\.$/);
        assert.match(error.message, reason);
        return true;
      });
      assert.equal(threads.length, 1);
    });
  }

  it('ends the thread when it is cancelled in the middle', async () => {
    const cancelled = new AbortController();
    await assert.rejects(compare({ signal: cancelled.signal, onProgress: () => cancelled.abort() }), CancelledError);
    assert.equal(threads.length, 1);
  });

  it('starts none if it is cancelled before', async () => {
    await assert.rejects(compare({ signal: AbortSignal.abort() }), CancelledError);
    assert.equal(threads.length, 0);
  });
});
