/** Reports and histories made on a thread of their own, as the editor has them made. */
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Comparison } from '../../src/core/comparison.js';
import { CancelledError, UserError } from '../../src/core/errors.js';
import { defaultOptions } from '../../src/core/options.js';
import { reportFormats } from '../../src/core/report/reports.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { fieldsInWorker, historyInWorker, writeReportInWorker } from '../../src/engine/resultJobs.js';
import { repositoryFolder } from '../host/paths.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';

const workerPath = path.join(repositoryFolder, 'dist/worker.cjs');
const sample = (name: string): string => path.join(repositoryFolder, 'samples', name);
const never = new AbortController().signal;

describe('what is made of a result on a thread', () => {
  let folder: TemporaryFolder;
  let comparison: Comparison;
  before(async () => {
    folder = await makeTemporaryFolder('result-jobs');
    const dumps = { source: sample('old-topic.txt'), mirror: sample('mirrored-topic.txt') };
    comparison = await compareDumps({ ...dumps, options: defaultOptions });
  });
  after(() => folder.remove());

  for (const format of reportFormats) {
    it(`writes a report: ${format}`, async () => {
      const file = path.join(folder.path, format);
      await writeReportInWorker(workerPath, comparison, { format, path: file, redactValues: true }, never, () => {});
      assert.ok((await readFile(file, 'utf8')).includes('order-1050'));
      // The result is still whole on this side.
      assert.equal([...comparison.differences].length, comparison.differences.length);
    });
  }

  it('leaves nothing behind when it is cancelled or fails', async () => {
    const before = await readdir(folder.path);
    const cancelled = new AbortController();
    const request = { format: 'html', path: path.join(folder.path, 'cancelled.html'), redactValues: false } as const;
    const writing = writeReportInWorker(workerPath, comparison, request, cancelled.signal, () => {});
    cancelled.abort();
    await assert.rejects(writing, CancelledError);
    const lost = { ...request, path: path.join(folder.path, 'no', 'such.html') };
    await assert.rejects(
      writeReportInWorker(workerPath, comparison, lost, never, () => {}),
      UserError,
    );
    assert.deepEqual(await readdir(folder.path), before);
  });

  it('finds the fields in which the values of a key differ', async () => {
    const values = { source: '{"rev":2,"at":5,"by":"x"}', mirror: '{"rev":1,"at":4,"by":"x"}' };
    const write = async (side: 'source' | 'mirror'): Promise<string> => {
      const file = path.join(folder.path, side);
      await writeFile(file, `CreateTime:5::Partition:0::k::${values[side]}\nCreateTime:5::Partition:0::t::null\n`);
      return file;
    };
    const options = { ...defaultOptions, valueComparison: 'json', ignoredPaths: ['$.at'] } as const;
    const compared = await compareDumps({ source: await write('source'), mirror: await write('mirror'), options });
    const { source, mirror } = compared.differences.at(0) ?? assert.fail('No key differs.');
    assert.ok(source !== null && mirror !== null);
    const found = await fieldsInWorker(workerPath, compared, { source, mirror }, never);
    assert.deepEqual(found?.fields, [{ path: '$.rev', places: 1, source: '2', mirror: '1' }]);
  });

  it('tells the history of a key', async () => {
    const query = { key: Buffer.from('order-1050') };
    const text = await historyInWorker(workerPath, comparison, query, never, () => {});
    assert.match(text, /^“order-1050”: ahead/);
    assert.match(text, /not at the source$/m);
  });
});
