/**
 * Dumps of every tool, damaged at random: whatever comes, every byte and line is accounted for, the records do not
 * depend on how the bytes come in, and nothing is thrown but a sentence for the user. `FUZZ_SECONDS` makes it longer.
 */
import assert from 'node:assert/strict';
import { UserError } from '../../../src/core/errors.js';
import type { PrintedRecord } from '../../support/dumpText.js';
import { Random } from '../../support/random.js';
import { scanBytes, scanDump } from '../../support/scanDump.js';
import { toolDumps } from '../../support/toolDumps.js';
import { makeKeys, makeValue } from '../../support/topicContents.js';

const seconds = Number(process.env['FUZZ_SECONDS'] ?? 0);
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const runs = 40;

const snippets: readonly [string, ...string[]] = [
  ...([
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    ',',
    ':',
    '\n',
    '\r\n',
    "'",
    '|-\n',
    '- ',
    '% x\n',
    '\u0000',
    '\xff',
    '1',
  ] as const),
  ...['null', '"key":', '\npartition: 1\n', '\\ud83d', '2023-07-22T04:26:40Z', ',1,k,0,{},2023-07-22T04:26:40Z\n'],
  ...['% Reached end of topic t [0] at offset 7\n', '[2024-01-31 12:00:00,123] WARN x (y)\n', 'text\n', '[{"a":'],
];

function makeRecords(random: Random): PrintedRecord[] {
  const keys = makeKeys(random, 5, []);
  return Array.from({ length: random.between(1, 8) }, (_, offset) => {
    const key = random.chance(0.1) ? null : random.pick(keys);
    const value = random.chance(0.1) ? null : makeValue(random, key, offset, ',');
    return { key, value, partition: 0, offset, timestamp: random.chance(0.1) ? null : 1690000000000 + offset };
  });
}

function damage(random: Random, dump: Buffer): Buffer {
  let bytes: Uint8Array = dump;
  for (let times = random.between(1, 4); times > 0; times--) {
    const at = random.between(0, bytes.length);
    const other = random.between(0, bytes.length);
    const snippet = Buffer.from(random.pick(snippets), 'latin1');
    const [before, behind] = [bytes.subarray(0, at), bytes.subarray(at)];
    const kind = random.between(0, 5);
    if (kind === 0) bytes = before;
    else if (kind === 1) bytes = Buffer.concat([before, behind.subarray(random.between(1, 20))]);
    else if (kind === 2) bytes = Buffer.concat([before, snippet, behind]);
    else if (kind === 3) bytes = Buffer.concat([before, Buffer.of(random.between(0, 255)), behind.subarray(1)]);
    else if (kind === 4) bytes = Buffer.concat([before, bytes.subarray(other, other + 50), behind]);
    else bytes = Buffer.concat([before, bytes.subarray(Math.min(at, other))]);
  }
  return Buffer.from(bytes);
}

/** @returns whether the dump could be read at all */
function check(random: Random, dump: Buffer): boolean {
  try {
    const { layout } = scanDump(dump);
    const whole = scanBytes(layout, dump);
    const { recordBytes, setAsideBytes, lineEndBytes, lines } = whole.totals;
    const length = dump.length - layout.bomLength;
    assert.equal(recordBytes + setAsideBytes + lineEndBytes, length, 'bytes');
    const lineFeeds = dump.filter((byte) => byte === 10).length;
    assert.equal(lines, lineFeeds + (length > 0 && dump.at(-1) !== 10 ? 1 : 0), 'lines');
    assert.deepEqual(scanBytes(layout, dump, random.between(1, 60)), whole);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw new Error(`${error instanceof Error ? error.message : error}\n${JSON.stringify(dump.toString('latin1'))}`, {
      cause: error,
    });
  }
}

describe('damaged dumps', () => {
  for (const { name, write, keeps } of toolDumps) {
    it(name, function () {
      this.timeout(1000 * seconds + 60_000);
      const random = new Random(seed);
      const end = Date.now() + (1000 * seconds) / toolDumps.length;
      let readable = 0;
      let tried = 0;
      while (tried < runs || Date.now() < end) {
        const records = makeRecords(random).filter((record) => keeps(record) !== null);
        const dump = damage(random, write(records));
        if (check(random, dump)) readable++;
        tried++;
      }
      assert.ok(readable > tried / 10, `only ${readable} of ${tried} could be read`);
    });
  }
});
