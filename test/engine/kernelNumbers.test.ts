/** Numbers that the kernel and TypeScript both have, each in its own language. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bitsAt, byTimestamp, causes, rowLength, sideStart } from '../../src/engine/findings.js';
import { joinSums } from '../../src/engine/joinSums.js';
import { kernelLayout } from '../../src/engine/kernel.js';
import { pageBytes } from '../../src/engine/partitionStore.js';
import { repositoryFolder } from '../host/paths.js';

/** The plain numbers among the constants of a file of the kernel. */
function numbersOf(file: string): ReadonlyMap<string, number> {
  const text = readFileSync(path.join(repositoryFolder, 'src/kernel', file), 'utf8');
  const constants = text.matchAll(/^(?:export )?const ([A-Z_]+): \w+ = (0x[0-9a-f]+|\d+);$/gm);
  return new Map(Array.from(constants, ([, name, number]) => [name as string, Number(number)]));
}

/** `sameWithEqualTimestamps` is SAME_WITH_EQUAL_TIMESTAMPS in the kernel. */
const kernelNameOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

describe('numbers of the kernel', () => {
  it('where things lie', () => {
    const layout = numbersOf('layout.ts');
    const { free, ...places } = kernelLayout;
    for (const [name, number] of Object.entries(places)) assert.equal(layout.get(kernelNameOf(name)), number, name);
    assert.equal(layout.get('PAGE_MASK'), pageBytes - 1);
    assert.ok(Math.max(...layout.values()) < free);
  });

  it('areas do not overlap', () => {
    const layout = numbersOf('layout.ts');
    const partitions = kernelLayout.statisticsPartitions + 1;
    const areas = [
      ...[layout.get('JOIN_SUMS'), 8 * joinSums.count, layout.get('PLAIN_SIDES'), 128],
      ...[layout.get('STATISTICS'), partitions * kernelLayout.statisticsBytes],
      ...[layout.get('SOURCE_ENDS'), partitions * 8, layout.get('MIRROR_ENDS'), partitions * 8, layout.get('MARKS'), 0],
    ] as number[];
    for (let i = 2; i < areas.length; i += 2) {
      const end = (areas[i - 2] as number) + (areas[i - 1] as number);
      assert.ok(end <= (areas[i] as number), `0x${areas[i - 2]?.toString(16)} reaches to 0x${end.toString(16)}`);
    }
  });

  it('sums of a join', () => {
    const { count, ...positions } = joinSums;
    const sums = numbersOf('joinSums.ts');
    assert.deepEqual(
      Object.fromEntries(sums),
      Object.fromEntries([
        ...Object.entries(positions).map(([name, position]) => [kernelNameOf(name), position]),
        ['SUMS', count],
      ]),
    );
  });

  it('rows of differing keys', () => {
    assert.deepEqual(Object.fromEntries(numbersOf('found.ts')), {
      ROW_LENGTH: rowLength,
      SIDE_START: sideStart.source,
      SIDE_LENGTH: sideStart.mirror - sideStart.source,
      UNTIMED_AT: bitsAt.untimed,
      TIMED_AT: bitsAt.timed,
      LATE_AT: bitsAt.late,
      PRESENCE_AT: bitsAt.source,
    });
    assert.equal(bitsAt.mirror, bitsAt.source + 2);
    const { BY_TIMESTAMP, CAUSE_BITS, ...numbers } = Object.fromEntries(numbersOf('differ.ts'));
    assert.deepEqual(numbers, { STALE: 1, AHEAD: 2, REORDERED: 3, DIVERGED: 4 });
    assert.deepEqual(causes, [null, 'stale', 'ahead', 'reordered', 'diverged']);
    assert.deepEqual([BY_TIMESTAMP, CAUSE_BITS], [byTimestamp, byTimestamp - 1]);
  });
});
