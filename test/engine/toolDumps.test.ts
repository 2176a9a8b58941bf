/** One topic in the format of every tool, against the same topic as the console consumer prints it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultOptions } from '../../src/core/options.js';
import { compareDumps } from '../../src/engine/compareDumps.js';
import { type PrintedRecord, writeDump } from '../support/dumpText.js';
import { Random } from '../support/random.js';
import { toolDumps } from '../support/toolDumps.js';
import { makeKeys, makeValue } from '../support/topicContents.js';

const separator = '::';

/** Records of three partitions, each in the order of its offsets. */
function makeTopic(random: Random): PrintedRecord[] {
  const keys = makeKeys(random, 30, [separator]);
  const offsets = [0, 0, 0];
  return Array.from({ length: 200 }, (_, revision) => {
    const key = random.chance(0.05) ? null : random.pick(keys);
    const partition = key === null ? revision % 3 : keys.indexOf(key) % 3;
    const value = random.chance(0.1) ? null : makeValue(random, key, revision, separator);
    const offset = (offsets[partition] as number) + random.between(1, 3);
    offsets[partition] = offset;
    return { key, value, partition, offset, timestamp: 1690000000000 + 1000 * revision + random.between(0, 999) };
  });
}

describe('a topic in every tool’s format', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tool-dumps-'));
  });
  after(() => rm(folder, { recursive: true }));

  for (const { name, write, keeps } of toolDumps) {
    it(name, async () => {
      for (const seed of [1, 2, 3]) {
        const random = new Random(seed);
        // What the format itself would lose or change is left out, its time apart; so is the text of nulls.
        const topic = makeTopic(random).filter((record) => {
          const kept = keeps(record);
          return kept?.key === record.key && kept.value === record.value && record.value !== 'null';
        });
        const style = { separator, timestampType: 'CreateTime', printOffsets: true, nullText: 'null' } as const;
        const none = { crlf: false, byteOrderMark: false, noise: false, cutTail: false };
        const request = { source: join(folder, 'source.txt'), mirror: join(folder, 'mirror.json') };
        await writeFile(request.source, writeDump(random, topic, { ...style, ...none }));
        // User interfaces print the newest first.
        await writeFile(request.mirror, write(seed === 3 ? topic.toReversed() : topic));
        const comparison = await compareDumps({ ...request, options: defaultOptions, tuning: { blockBytes: 1000 } });
        const context = `${name}, seed ${seed}`;
        assert.equal(comparison.verdict, 'equivalent', context);
        const { mirror, ledger, keylessDifferences } = comparison;
        assert.equal(mirror.records, topic.length, context);
        assert.equal(mirror.keyless, topic.filter(({ key }) => key === null).length, context);
        assert.equal(mirror.tombstones, topic.filter(({ value }) => value === null).length, context);
        const areNullsAssumed = mirror.warnings.some(({ code }) => code === 'assumed-nulls');
        const emptyRecord = { ...(topic[0] as PrintedRecord), key: '' };
        assert.equal(areNullsAssumed, keeps(emptyRecord)?.key === null, context);
        assert.equal(ledger.matched, mirror.records - mirror.keyless, context);
        assert.deepEqual(Object.values(keylessDifferences), [0, 0, 0, 0], context);
        assert.equal(comparison.timestampsComparable, keeps(topic[0] as PrintedRecord)?.timestamp !== null, context);
      }
    });
  }
});
