/** The benchmark's answers are counted while the data is written; the reference has to read the same from the dumps. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compareByReference, type Reference } from '../support/reference.js';
import { shorthandOptions } from '../support/shorthand.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.js';
import type { Answer } from './data/answer.js';
import { fateOfName } from './data/fates.js';
import { makePair, type PairSpec } from './data/makePair.js';
import { makeVersions } from './data/makeVersions.js';

const few: PairSpec = { seed: 1, keys: 400, fates: 'few', cleanShare: 0.58, extraKeys: 3, mirrorStopsAfter: null };

describe('benchmark data', () => {
  let folder: TemporaryFolder;
  let source = '';
  let mirror = '';
  before(async () => {
    folder = await makeTemporaryFolder('benchmark-data');
    [source, mirror] = ['source.txt', 'mirror.txt'].map((name) => path.join(folder.path, name)) as [string, string];
  });
  after(() => folder.remove());

  const compare = (): Reference => compareByReference(readFileSync(source), readFileSync(mirror), shorthandOptions);

  const specs: readonly [string, PairSpec][] = [
    ['a few keys differ', few],
    ['the smallest', { ...few, keys: 16, extraKeys: 1 }],
    ['another seed', { ...few, seed: 2 }],
    ['nearly all keys differ', { ...few, fates: 'nearlyAll', extraKeys: 0 }],
    ['the mirror stopped', { ...few, fates: 'none', extraKeys: 0, mirrorStopsAfter: 300 }],
  ];
  for (const [name, spec] of specs) {
    it(name, () => {
      const answer = makePair(spec, source, mirror);
      const reference = compare();
      assert.deepEqual(answer, answerOf(reference, answer));
      if (spec.mirrorStopsAfter === null) assertFates(reference, spec);
    });
  }

  it('one key with many versions', () => {
    const answer = makeVersions({ seed: 1, versions: 300 }, source, mirror);
    assert.deepEqual(answer, answerOf(compare(), answer));
  });

  it('the same seed makes the same dumps', () => {
    makePair(few, source, mirror);
    const dumps = [source, mirror].map((file) => readFileSync(file));
    makePair(few, source, mirror);
    assert.deepEqual(
      [source, mirror].map((file) => readFileSync(file)),
      dumps,
    );
  });

  /** The reference in the answer's shape; the size of the dumps is the file's. */
  function answerOf(reference: Reference, answer: Answer): Answer {
    const { verdict, keys, causes, timestampsComparable, late, literal, ledger } = reference;
    const side = (name: 'source' | 'mirror'): Answer['source'] => {
      const { records, keys, tombstones } = reference[name];
      return { bytes: readFileSync(name === 'source' ? source : mirror).length, records, keys, tombstones };
    };
    return {
      ...{ verdict, source: side('source'), mirror: side('mirror'), keys, causes, timestampsComparable, late, literal },
      ledger: { ...ledger, approximateKeys: answer.ledger.approximateKeys },
    };
  }
});

function assertFates(reference: Reference, spec: PairSpec): void {
  assert.ok(reference.differences.length > 10 || spec.keys < 100);
  for (const { key, outcome, cause } of reference.differences) {
    const fate = fateOfName(key, spec);
    assert.deepEqual({ key, outcome, cause }, { key, outcome: fate.outcome, cause: fate.cause });
  }
}
