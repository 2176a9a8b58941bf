/** How a dump would be read under several choices: the first records, or the reason why not. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { UserError } from '../../src/core/errors.js';
import { type DumpOptions, defaultDumpOptions, defaultOptions } from '../../src/core/options.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { type DumpPreview, previewDump } from '../../src/engine/dumpPreview.js';
import { realDumpPath } from '../support/realDumps.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';

describe('the preview of a dump', () => {
  let folder: TemporaryFolder;
  before(async () => {
    folder = await makeTemporaryFolder('dump-preview');
  });
  after(() => folder.remove());

  async function preview(
    dump: string | Uint8Array,
    ...choices: readonly Partial<DumpOptions>[]
  ): Promise<DumpPreview[]> {
    const path = join(folder.path, 'dump');
    await writeFile(path, dump);
    const found: DumpPreview[] = [];
    await previewDump(
      path,
      choices.map((choice) => ({ ...defaultDumpOptions, ...choice })),
      (index, each) => {
        found[index] = each;
      },
    );
    return found;
  }

  const dump =
    'CreateTime:5|Partition:1|k\u001b|a|null\nCreateTime:-1|Partition:0|null|\nCreateTime:7|Partition:0|k|null\n';

  it('shows the first records as they would be read, fit for the eye', async () => {
    const [found] = await preview(dump, {});
    assert.ok(found?.kind === 'read');
    assert.equal(found.layout.separator, '|');
    assert.deepEqual([found.recordCount, found.tombstoneCount], [3, 1]);
    assert.deepEqual(found.records, [
      { line: 1, key: 'k␛', value: 'a|null', timestamp: 5, partition: 1, offset: null },
      { line: 2, key: null, value: 'empty', timestamp: null, partition: 0, offset: null },
      { line: 3, key: 'k', value: 'deleted', timestamp: 7, partition: 0, offset: null },
    ]);
  });

  it('follows the choice', async () => {
    const [key, literal, none] = await preview(
      dump,
      { format: 'key-value', separator: '|Partition:' },
      { nullLiteral: 'a|null' },
      { nullLiteral: null },
    );
    assert.ok(key?.kind === 'read' && literal?.kind === 'read' && none?.kind === 'read');
    assert.equal(key.records[0]?.value, '1|k␛|a|null');
    assert.equal(literal.records[0]?.value, 'deleted');
    assert.equal(none.records[2]?.value, 'null');
  });

  it('says why the dump cannot be read so', async () => {
    const [other, refused] = await preview(dump, { format: 'kcat-json' }, { separator: '::' });
    assert.ok(other?.kind === 'otherFormat');
    assert.match(other.message, /line 1: “CreateTime:5.*” does not begin a dump of the format kcat-json/);
    assert.ok(refused?.kind === 'refused');
    assert.match(refused.message, /with the separator “::” there is no key/);
  });

  it('cuts what is long, and shows a few records of many', async () => {
    const [found] = await preview(
      `CreateTime:5::Partition:1::${'k'.repeat(999)}::${'v'.repeat(5000)}\n`.repeat(10_000),
      {},
    );
    assert.ok(found?.kind === 'read');
    assert.equal(found.records.length, 4);
    assert.equal(found.records[0]?.key, `${'k'.repeat(60)}…`);
    assert.equal(found.records[0]?.value, `${'v'.repeat(120)}… (5.0 kB)`);
    assert.ok(found.recordCount > 100 && found.recordCount < 200, `${found.recordCount} records in a megabyte`);
  });

  it('unpacks no more than the beginning', async () => {
    const hash = (i: number): string => createHash('sha256').update(String(i)).digest('hex');
    const records = Array.from({ length: 50_000 }, (_, i) => `CreateTime:5::Partition:1::key::${hash(i)}\n`).join('');
    const packed = gzipSync(records);
    // What lies behind the beginning may be damaged: nobody looks at it.
    packed.fill(0, Math.floor(packed.length / 2));
    const [found] = await preview(packed, {});
    assert.ok(found?.kind === 'read');
    assert.equal(found.records[3]?.line, 4);
  });

  it('says that there is no such file', async () => {
    await assert.rejects(
      previewDump(join(folder.path, 'none'), [defaultDumpOptions], () => undefined),
      UserError,
    );
  });

  it('reads real dumps as their comparison does', async () => {
    const [source, mirror] = [realDumpPath('stopped', 'source'), realDumpPath('stopped', 'mirror')];
    const comparison = await compareDumps({ source, mirror, options: defaultOptions });
    const [found] = await preview(await readFile(source), {});
    assert.ok(found?.kind === 'read');
    const { format, separator, columns, records, tombstones } = comparison.source;
    assert.deepEqual(
      [found.layout.format, found.layout.separator, found.layout.columns, found.recordCount, found.tombstoneCount],
      [format, separator, columns, records, tombstones],
    );
  });
});
