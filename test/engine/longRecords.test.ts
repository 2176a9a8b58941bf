/** Records larger than any block or buffer of the engine, against the oracle. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { defaultOptions, readBothAs } from '../../src/core/options.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { assertAgrees } from '../support/assertAgrees.js';
import { compareByReference } from '../support/reference.js';
import { shorthandOptions } from '../support/shorthand.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';

const megabyte = 1 << 20;
/** Around one, two and several blocks of a power of two, and of a size that is none. */
const lengths = [megabyte - 1, megabyte, megabyte + 1, 3 * megabyte + 7, 9 * megabyte] as const;

const record = (index: number, key: string, value: string): string =>
  `CreateTime:${1_690_000_000_000 + index}::Partition:0::${key}::${value}\n`;

describe('long records', () => {
  let folder: TemporaryFolder;
  before(async () => {
    folder = await makeTemporaryFolder('long-records');
  });
  after(() => folder.remove());

  async function check(sourceText: string, mirrorText: string): Promise<void> {
    const [source, mirror] = [Buffer.from(sourceText), Buffer.from(mirrorText)];
    const request = { source: path.join(folder.path, 'source.txt'), mirror: path.join(folder.path, 'mirror.txt') };
    writeFileSync(request.source, source);
    writeFileSync(request.mirror, mirror);
    const options = { ...defaultOptions, ...readBothAs({ separator: '::' }) };
    const comparison = await compareDumps({ ...request, options });
    assertAgrees(comparison, compareByReference(source, mirror, shorthandOptions), 'long records');
  }

  for (const length of lengths) {
    it(`a value of ${length} bytes, of which the last differs`, async () => {
      const dump = (ending: string): string =>
        [record(0, 'before', 'v'), record(1, 'long', 'x'.repeat(length - 1) + ending), record(2, 'behind', 'v')].join(
          '',
        );
      await check(dump('a'), dump('b'));
    });

    it(`a value of ${length} bytes in lines, of which one differs`, async () => {
      const lines = (changed: string): string => {
        const half = 'short line\n'.repeat(length / 2 / 11);
        return `${half}${changed}\n${half}end`;
      };
      const dump = (changed: string): string =>
        [record(0, 'before', 'v'), record(1, 'long', lines(changed)), record(2, 'behind', 'v')].join('');
      await check(dump('one'), dump('two'));
    });
  }

  it('a long key', async () => {
    const key = 'k'.repeat(2 * megabyte);
    await check(
      record(0, 'k', 'v') + record(1, key, 'v') + record(2, `${key}l`, 'v'),
      record(0, 'k', 'v') + record(1, key, 'w') + record(2, `${key}m`, 'v'),
    );
  });
});
