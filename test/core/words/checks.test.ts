/** What to check next: which advice a comparison leads to, and in which order. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Comparison } from '../../../src/core/comparison.js';
import { type ComparisonOptions, defaultOptions } from '../../../src/core/options.js';
import { whatToCheck } from '../../../src/core/words/checks.js';
import { compareDumps } from '../../../src/engine/compareDumps.js';
import { withFiles } from '../../cli/cliProcess.js';
import { comparison, difference, finalRecord, minute, noon, partition } from '../../support/comparisons.js';
import { type RealPair, realDumpPath } from '../../support/realDumps.js';
import { dumpOf } from '../../support/shorthand.js';

async function abouts(source: string, mirror: string, options: Partial<ComparisonOptions> = {}): Promise<string[]> {
  return withFiles({}, async (folder) => {
    const paths = { source: join(folder, 'source.txt'), mirror: join(folder, 'mirror.txt') };
    await writeFile(paths.source, dumpOf(source));
    await writeFile(paths.mirror, dumpOf(mirror));
    return aboutsOf(await compareDumps({ ...paths, options: { ...defaultOptions, ...options } }));
  });
}

function aboutsOf(shown: Comparison): string[] {
  return whatToCheck(shown).map(({ about }) => about);
}

const rows: readonly [string, string, string, readonly string[], Partial<ComparisonOptions>?][] = [
  ['the same records', 'a=1@1000', 'a=1@1000', []],
  [
    'two topics',
    'a=1@1000 b=1@2000',
    'c=1@1000 d=1@2000',
    ['No key is on both sides', 'Missing on the mirror: 2 keys', 'Only on the mirror: 2 keys'],
  ],
  [
    'no keys',
    'a=1@1000',
    '-=1@1000',
    ['The mirror has no key at all', 'Missing on the mirror: 1 key', 'Records without a key'],
  ],
  ['lost', 'a=1@1000 b=1@2000 c=1@3000', 'a=1@1000 c=1@3000', ['Missing on the mirror: 1 key']],
  ['the mirror ended', 'a=1@1000 b=1@2000', 'a=1@1000', ['After the mirror’s end: 1 key']],
  ['the source ended', 'a=1@1000', 'a=1@1000 b=1@2000', ['After the source’s end: 1 key']],
  [
    'a partition stopped',
    'a=1@1000/0 b=1@9000/1 c=1@5000/0',
    'a=1@1000/0 b=1@9000/1',
    ['Partition 0 of the mirror stopped early'],
  ],
  [
    'a partition of the source stopped',
    'a=1@1000/0 b=1@9000/1',
    'a=1@1000/0 b=1@9000/1 c=1@5000/0',
    ['Partition 0 of the source ended early'],
  ],
  [
    'a delete that was not replicated',
    'a=1@1000 a=-@2000 z=1@9000',
    'a=1@1000 z=1@9000',
    ['Stale: 1 key', 'Deleted at the source, with a value on the mirror: 1 key'],
  ],
  [
    'older than the mirror',
    'o=1@1000 a=1@5000 b=1@6000',
    'a=1@5000 b=1@6000',
    ['Missing on the mirror: 1 key', 'Older than everything on the mirror: 1 missing key'],
  ],
  [
    'older than the mirror, with retention',
    'o=1@1000 a=1@5000',
    'a=1@5000',
    ['Missing on the mirror: 1 key'],
    { cleanupPolicy: 'compact,delete' },
  ],
  ['no times', 'a=1 b=1', 'a=1', ['Missing on the mirror: 1 key', 'Not every record has a timestamp']],
  ['other times', 'a=1@1000 b=1@1001', 'a=1@5000 b=1@5001', ['The mirror has other timestamps than the source']],
  [
    'a copy that ended early, with other times',
    'a=1@1000 b=1@1001 p=1@90000 q=1@90001 r=1@90002',
    'a=1@5000 b=1@5001',
    [
      'The last writes at the source are among what differs',
      'Missing on the mirror: 3 keys',
      'The mirror has other timestamps than the source',
    ],
  ],
  ['delivered again', 'a=1@1000 b=1@2000', 'a=1@1000 b=1@2000 b=1@2000', ['Delivered again to the mirror: 1 record']],
  ['delivered twice', 'a=1@1000', 'a=1@1000 a=1@1000', ['Delivered again to the mirror: 1 record, nearly everything']],
  ['records without a key', '-=a@1000', '-=a@1000', ['Records without a key']],
  [
    'a record lost and one too many where every record counts',
    'a=1@1000 a=2@2000 a=3@3000',
    'a=1@1000 a=4@2500 a=3@3000',
    ['Lost: 1 record', 'Only on the mirror: 1 record'],
    { cleanupPolicy: 'delete' },
  ],
  ['records without a key where every record counts', '-=a@1000', '-=a@1000', [], { cleanupPolicy: 'delete' }],
  [
    'hardly compacted',
    'a=3@3000',
    'a=1@1000 a=2@2000 a=3@3000',
    ['The mirror is hardly compacted: it still holds 2 older versions that the source has compacted'],
  ],
  ['moved', 'a=1@1000/0', 'a=1@1000/1', ['Keys in other partitions than at the source']],
];

describe('what to check', () => {
  for (const [what, source, mirror, wanted, options] of rows) {
    it(what, async () => assert.deepEqual(await abouts(source, mirror, options), wanted));
  }

  it('begins with a dump that may not be whole', () => {
    const shown = comparison([difference('k', 'missing')], {
      mirror: { ...comparison().mirror, warnings: [{ code: 'truncated-tail', line: 9, message: 'Cut.' }] },
    });
    assert.deepEqual(aboutsOf(shown), ['The dump of the mirror may not be whole', 'Missing on the mirror: 1 key']);
  });

  it('explains what is only on a mirror that stopped', () => {
    const end = { partitions: [partition(0, { lastTimestamp: noon })] };
    const shown = comparison(
      [
        difference('late', 'missing', { late: 'afterMirrorEnd', at: noon + minute }),
        difference('gone', 'extra', { at: noon - minute }, { mirror: finalRecord() }),
      ],
      { mirror: { ...comparison().mirror, ...end } },
    );
    const [ended, onlyThere] = whatToCheck(shown);
    assert.match(onlyThere?.usually ?? '', /deleted at the source after the mirror had stopped/);
    assert.equal(ended?.about, 'After the mirror’s end: 1 key');
  });

  const faults: readonly [RealPair, readonly RegExp[]][] = [
    ['healthy', []],
    [
      'stopped',
      [/^After the mirror’s end: 138 keys.*the replicator had stopped/, /^Only on the mirror: 2 keys.*deleted/],
    ],
    ['second-writer', [/^After the source’s end: 9 keys.*a second writer/]],
    [
      'copied',
      [/^The last writes.*a copy that had ended/, /^Stale/, /other timestamps.*a copier that stamps each record anew/],
    ],
    ['slow-mirror', [/^Delivered again/, /^The mirror is hardly compacted.*default settings of the topic/]],
    ['slow-source', [/^The source is hardly compacted/]],
    ['append-time', [/LogAppendTime.*message\.timestamp\.type=LogAppendTime/]],
    [
      'audit',
      [
        /^Delivered again.*nearly everything.*started over from the beginning/,
        /^Records without a key.*cleanup policy delete/,
      ],
    ],
  ];
  for (const [pair, wanted] of faults) {
    it(`names what was done to the real pair ${pair}`, async () => {
      const paths = { source: realDumpPath(pair, 'source'), mirror: realDumpPath(pair, 'mirror') };
      const checks = whatToCheck(await compareDumps({ ...paths, options: defaultOptions }));
      assert.equal(checks.length, wanted.length);
      for (const [i, { about, usually, check }] of checks.entries()) {
        assert.match(`${about}: ${usually}; ${check}`, wanted[i] as RegExp);
      }
    });
  }
});
