/** The answer in words, over small dumps in shorthand: what is said, in which order, and what must not be said. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ComparisonOptions, defaultOptions } from '../../../src/core/options.js';
import { verdictWords } from '../../../src/core/words/verdict.js';
import { compareDumps } from '../../../src/engine/compareDumps.js';
import { withFiles } from '../../cli/cliProcess.js';
import { dumpOf } from '../../support/shorthand.js';

/** Seconds of 1970-01-01, so that a record at 61000 was written at 00:01:01. */
async function words(source: string, mirror: string, options: Partial<ComparisonOptions> = {}): Promise<string[]> {
  return withFiles({}, async (folder) => {
    const paths = { source: join(folder, 'source.txt'), mirror: join(folder, 'mirror.txt') };
    await writeFile(paths.source, dumpOf(source));
    await writeFile(paths.mirror, dumpOf(mirror));
    const comparison = await compareDumps({ ...paths, options: { ...defaultOptions, ...options } });
    const { headline, details } = verdictWords(comparison, { timeZone: 'UTC' });
    return [headline, ...details];
  });
}

const rows: readonly [string, string, string, readonly string[], Partial<ComparisonOptions>?][] = [
  [
    'the same records',
    'a=1@1000 b=2@2000',
    'a=1@1000 b=2@2000',
    ['Equivalent: the mirror holds the latest value of all 2 keys.', 'Both hold the same 2 records.'],
  ],
  [
    'one key',
    'a=1@1000',
    'a=1@1000',
    ['Equivalent: the mirror holds the latest value of the only key.', 'Both hold the same record.'],
  ],
  [
    'compacted further on the mirror',
    'a=1@1000 a=2@2000',
    'a=2@2000',
    [
      'Equivalent: the mirror holds the latest value of the only key.',
      'It has 1 record less because the mirror has compacted 1 older version.',
    ],
  ],
  [
    'compacted on both sides, as many records',
    'a=1@1000 a=2@2000 b=3@3000',
    'a=2@2000 b=0@500 b=3@3000',
    [
      'Equivalent: the mirror holds the latest value of all 2 keys.',
      'Both hold 3 records, not all the same: the source has compacted 1 older version, while the mirror has compacted 1 older version.',
    ],
  ],
  [
    'delivered again, and an expired tombstone',
    'a=1@1000',
    'a=1@1000 a=1@1000 b=-@900',
    [
      'Equivalent: the mirror holds the latest value of the only key.',
      'It has 2 records more because the source has dropped 1 expired tombstone, and 1 record was delivered again to the mirror.',
    ],
  ],
  [
    'everything deleted',
    'a=-@1000',
    'a=-@1000',
    ['Equivalent: 1 key, deleted on both sides.', 'Both hold the same record.'],
  ],
  [
    'only keyless records',
    '-=a@1000',
    '-=a@1000',
    ['Equivalent: both sides hold the same keyless records.', 'Both hold the same record.'],
  ],
  [
    'a real loss comes before what is late',
    'a=1@1000 b=1@2000 c=1@3000 d=1@10000',
    'a=1@1000 c=1@3000',
    [
      'Different: 2 of 4 keys.',
      '1 missing key. Look at these first: they were written before the other side’s end.',
      'The mirror ends at 00:00:03, 7 s before the source; 1 of 2 missing keys was written at the source after that.',
      'The mirror stopped there, or was dumped too early.',
    ],
  ],
  [
    'one end is named only if it holds for every late key',
    'a=1@1000/0 b=1@60000/1 c=1@5000/0',
    'a=1@1000/0 b=1@60000/1',
    [
      'Different: 1 of 3 keys.',
      'Partition 0 of the mirror stopped at 00:00:01 while the others went on; the missing key was written at the source after that.',
    ],
  ],
  [
    'a second writer',
    'a=1@1000 b=1@2000',
    'a=1@1000 b=1@2000 b=2@61000 c=9@62000',
    [
      'Different: 2 of 3 keys.',
      'The source ends at 00:00:02; 1 ahead and 1 extra keys were written to the mirror after that.',
      'The source was dumped earlier, or someone else writes to the mirror.',
    ],
  ],
  [
    'times that cannot be compared',
    'a=1@1000 b=1@2000 b=2@3000',
    'a=1@9000 b=1@9000',
    [
      'Different: 1 of 2 keys.',
      '1 stale key.',
      'Timestamps are not comparable (the copy does not keep them); late records cannot be told from lost ones.',
    ],
  ],
  [
    'no times',
    'a=1 b=1',
    'a=1',
    [
      'Different: 1 of 2 keys.',
      '1 missing key.',
      'Not every record has a timestamp; late records cannot be told from lost ones.',
    ],
  ],
  [
    'cleanup policy delete',
    'a=1@1000 a=2@2000',
    'a=2@2000',
    [
      'Different: the only key agrees, but not every record is on both sides.',
      '1 record of the source is older than everything that the mirror holds: retention has removed it there.',
    ],
    { cleanupPolicy: 'delete' },
  ],
  [
    'partitions that stopped come before the end of the others',
    'a=1@1000/0 b=1@1000/1 c=1@1000/2 d=2@5000/1 e=2@90000/2 f=2@7000/1',
    'a=1@1000/0 b=1@1000/1 c=1@60000/2',
    [
      'Different: 3 of 6 keys.',
      'Partition 1 of the mirror stopped at 00:00:01 while the others went on; 2 of 3 missing keys were written at the source after that.',
      'The mirror ends at 00:01:00, 30 s before the source; 1 of 3 missing keys was written at the source after that.',
      'The mirror stopped there, or was dumped too early.',
    ],
  ],
  [
    'what lies in one partition and a short time',
    'z=1@1000/1 a=1@2000/1 b=1@2500/1 c=1@3000/1 y=1@90000/0 x=1@90000/1',
    'z=1@1000/1 y=1@90000/0 x=1@90000/1',
    [
      'Different: 3 of 6 keys.',
      '3 missing keys.',
      'All are in partition 1, last written at the source between 00:00:02 and 00:00:03.',
    ],
  ],
  [
    'what is spread over partitions and time',
    'z=1@1000/0 w=1@1000/1 a=1@2000/1 b=1@40000/0 c=1@80000/1 y=1@90000/0 x=1@90000/1',
    'z=1@1000/0 w=1@1000/1 y=1@90000/0 x=1@90000/1',
    ['Different: 3 of 7 keys.', '3 missing keys.'],
  ],
  [
    'late keys in one partition of several',
    'z=1@1000/0 a=1@6000/1 b=1@7000/1 c=1@8000/1',
    'z=1@1000/0 y=-@5000/1',
    [
      'Different: 3 of 5 keys.',
      'The mirror ends at 00:00:05, 3 s before the source; all 3 missing keys were written at the source after that, all in partition 1.',
      'The mirror stopped there, or was dumped too early.',
    ],
  ],
  [
    'a second writer after a pause',
    'a=1@1000 b=1@2000',
    'a=1@1000 b=1@2000 b=2@662000',
    [
      'Different: 1 of 2 keys.',
      'The source ends at 00:00:02; the ahead key was written to the mirror after that, the first 11 min later.',
      'The source was dumped earlier, or someone else writes to the mirror.',
    ],
  ],
  [
    'a delete that was not replicated',
    'a=1@1000 b=1@2000 b=-@3000 z=1@9000',
    'a=1@1000 b=1@2000 z=1@9000',
    ['Different: 1 of 3 keys.', '1 stale key.', '1 of them is deleted at the source, with a value on the mirror.'],
  ],
  [
    'older than all of the mirror',
    'o=1@1000 a=1@5000 z=1@9000',
    'a=1@5000 z=1@9000',
    ['Different: 1 of 3 keys.', '1 missing key.', '1 of the missing is older than everything that the mirror holds.'],
  ],
  [
    'older than all of the mirror, with retention',
    'o=1@1000 a=1@5000 z=1@9000',
    'a=1@5000 z=1@9000',
    [
      'Different: 1 of 3 keys.',
      '1 missing key.',
      '1 of the missing is older than everything that the mirror holds: retention has removed it there.',
    ],
    { cleanupPolicy: 'compact,delete' },
  ],
  [
    'older than all of the source',
    'a=1@5000 z=1@9000',
    'o=1@1000 p=1@6000 a=1@5000 z=1@9000',
    [
      'Different: 2 of 4 keys.',
      '2 keys are only on the mirror, 1 of them older than everything that the source holds.',
    ],
  ],
  [
    'moments of several days carry their date',
    'a=1@1000 b=1@172800000',
    'a=1@1000',
    [
      'Different: 1 of 2 keys.',
      'The mirror ends at 1970-01-01 00:00:01, 1 d 23 h before the source; the missing key was written at the source after that.',
      'The mirror stopped there, or was dumped too early.',
    ],
  ],
  [
    'cleanup policy delete, delivered again',
    'a=1@1000 -=k@1000',
    'a=1@1000 a=1@1000 -=k@1000 -=k@1000 -=l@3000',
    [
      'Different: the only key agrees, but not every record is on both sides.',
      '1 record is only on the mirror.',
      '2 records were delivered again to the mirror: its consumers read them twice.',
    ],
    { cleanupPolicy: 'delete' },
  ],
  [
    'cleanup policy delete, older than all of the mirror',
    'a=0@1000 a=1@2000 b=1@3000 a=2@4000 -=x@1500',
    'b=1@3000 a=2@4000',
    [
      'Different: all 2 keys agree, but not every record is on both sides.',
      '3 records of the source are older than everything that the mirror holds: retention has removed them there.',
    ],
    { cleanupPolicy: 'delete' },
  ],
  [
    'only keyless records, one of them lost',
    '-=a@1000 -=b@2000',
    '-=a@1000',
    [
      'Different: not every record is on both sides; none of them has a key.',
      '1 keyless record is missing on the mirror.',
    ],
  ],
  [
    'one side without keys',
    'a=1@1000',
    '-=1@1000',
    [
      'Different: the only key.',
      'The mirror has no key at all.',
      '1 missing key.',
      '1 keyless record is only on the mirror.',
      'No key is the same on both sides, so it cannot be told whether the copy keeps timestamps; late records cannot be told from lost ones.',
    ],
  ],
  [
    'a keyless record that is missing',
    'a=1@1000 -=x@2000',
    'a=1@1000',
    [
      'Different: the only key agrees, but not every record is on both sides.',
      '1 keyless record is missing on the mirror.',
    ],
  ],
];

describe('the verdict in words', () => {
  for (const [what, source, mirror, wanted, options] of rows) {
    it(what, async () => assert.deepEqual(await words(source, mirror, options), wanted));
  }
});
