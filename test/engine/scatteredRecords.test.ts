/** Differing keys far apart in long dumps: their lines are counted from marks, whatever lies between. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultOptions } from '../../src/core/options.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { noon } from '../support/comparisons.js';
import { Random } from '../support/random.js';

describe('scattered records', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scattered-records-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('are found on their lines', async () => {
    const random = new Random(1);
    const records = Array.from({ length: 5000 }, (_, i) => {
      const lines = random.chance(0.2) ? random.between(2, 9) : 1;
      const width = random.chance(0.004) ? 90_000 : random.between(0, 160);
      return { key: `key-${i}`, value: Array.from({ length: lines }, () => 'x'.repeat(width)).join('\n') };
    });
    const differs = records.map(() => random.chance(0.01));
    /** Line by key, as the dump is written. */
    const write = async (name: string, suffix: string): Promise<{ path: string; lines: Map<string, number> }> => {
      const lines = new Map<string, number>();
      let text = 'Processed a total of 0 messages\n';
      let line = 2;
      records.forEach(({ key, value }, i) => {
        lines.set(key, line);
        const whole = `CreateTime:${noon + i}\tPartition:0\t${key}\t${value}${differs[i] ? suffix : ''}`;
        text += `${whole}\n`;
        line += whole.split('\n').length;
        if (i % 700 !== 350) return;
        // The consumer gave up a record in the middle of a line, and went on with another on the same one.
        text += `CreateTime:${noon + i}\tPartition:0\tCreateTime:${noon + i}\tPartition:0\tglued-${i}\t${suffix}\n`;
        lines.set(`glued-${i}`, line++);
      });
      const path = join(folder, name);
      await writeFile(path, text);
      return { path, lines };
    };
    const source = await write('source.txt', '-a');
    const mirror = await write('mirror.txt', '-b');
    const compare = (kernel: boolean, lanes: number) =>
      compareDumps({
        ...{ source: source.path, mirror: mirror.path, options: defaultOptions },
        tuning: { kernel, lanes, ...(lanes === 1 ? {} : { chunkBytes: 1 << 18 }) },
      });
    const { differences } = await compare(true, 1);
    assert.ok(differences.length > 40 && differences.length < 80);
    const found = [...differences];
    assert.ok(found.some(({ key }) => key.startsWith('glued-')));
    for (const { key, source: a, mirror: b } of found) {
      assert.equal(a?.line, source.lines.get(key), key);
      assert.equal(b?.line, mirror.lines.get(key), key);
    }
    for (const [kernel, lanes] of [
      [false, 1],
      [true, 2],
    ] as const) {
      assert.deepEqual([...(await compare(kernel, lanes)).differences], found, `kernel ${kernel}, ${lanes} lanes`);
    }
  });
});
