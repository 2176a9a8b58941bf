/**
 * What becomes of a key on its way to the mirror, and what a comparison has to say of it. A fate follows from the
 * key's number alone, so the expected outcome of any key that a report lists can be looked up.
 */
import type { Cause, Outcome } from '../../../src/core/comparison.js';
import { keyOfName } from './dumpWriter.js';

export interface Expectation {
  readonly outcome: Outcome;
  readonly cause: Cause | null;
}

export interface Fate extends Expectation {
  /** The last record at the source is a tombstone. */
  readonly endsWithTombstone: boolean;
  /** Records before the last: `compacted` as far as the mirror's log cleaner has come; all of them; none. */
  readonly olderVersions: 'compacted' | 'all' | 'none';
  /** The last record: copied, never arrived, or replaced by a value that the source never had. */
  readonly lastVersion: 'copied' | 'lost' | 'replaced';
  /** What is written to the mirror right behind the last record. */
  readonly afterwards: 'nothing' | 'lastAgain' | 'lastButOne' | 'newValue';
  /** Milliseconds by which a value that only the mirror has is newer than the source's last. */
  readonly newerBy: number;
}

const same: Fate = {
  outcome: 'same',
  cause: null,
  endsWithTombstone: false,
  olderVersions: 'compacted',
  lastVersion: 'copied',
  afterwards: 'nothing',
  newerBy: 0,
};

export const fates = {
  same,
  /** A restart of the copier delivered the last record twice. */
  redelivered: { ...same, afterwards: 'lastAgain' },
  deleted: { ...same, outcome: 'deleted', endsWithTombstone: true },
  /** The mirror has forgotten the tombstone, too. */
  expired: { ...same, outcome: 'deleted', endsWithTombstone: true, olderVersions: 'none', lastVersion: 'lost' },
  missing: { ...same, outcome: 'missing', olderVersions: 'none', lastVersion: 'lost' },
  stale: { ...same, outcome: 'modified', cause: 'stale', olderVersions: 'all', lastVersion: 'lost' },
  /** As stale, and what was lost is the delete. */
  undeleted: {
    ...same,
    ...{ outcome: 'modified', cause: 'stale', endsWithTombstone: true, olderVersions: 'all', lastVersion: 'lost' },
  },
  ahead: { ...same, outcome: 'modified', cause: 'ahead', afterwards: 'newValue', newerBy: 1 },
  /** The last two changed places. */
  reordered: {
    ...same,
    ...{ outcome: 'modified', cause: 'reordered', olderVersions: 'all', afterwards: 'lastButOne' },
  },
  diverged: { ...same, outcome: 'modified', cause: 'diverged', lastVersion: 'replaced' },
  /** Only time tells that these two are stale and ahead. */
  replacedByOlder: { ...same, outcome: 'modified', cause: 'stale', lastVersion: 'replaced', newerBy: -1 },
  replacedByNewer: { ...same, outcome: 'modified', cause: 'ahead', lastVersion: 'replaced', newerBy: 1 },
} as const satisfies Record<string, Fate>;

/** `few`: about one key in a thousand differs. `nearlyAll`: all but one in 2501, which make timestamps comparable. */
export type FateMix = 'few' | 'nearlyAll' | 'none';

/** By the key's number modulo 10,000; all others are the same. Keys with odd numbers have several versions. */
const fewFates: readonly Fate[] = [
  fates.missing,
  fates.stale,
  fates.reordered,
  fates.ahead,
  fates.diverged,
  fates.undeleted,
  fates.replacedByOlder,
  fates.replacedByNewer,
  fates.deleted,
  fates.expired,
  fates.redelivered,
  fates.missing,
];
const fewFatesPeriod = 10_000;

/** By the key's number modulo 8. */
const manyFates: readonly Fate[] = [
  fates.missing,
  fates.stale,
  fates.ahead,
  fates.diverged,
  fates.diverged,
  fates.replacedByOlder,
  fates.replacedByNewer,
  fates.stale,
];
const sameKeysPeriod = 2501;

export function fateOf(key: number, mix: FateMix): Fate {
  switch (mix) {
    case 'none':
      return fates.same;
    case 'few':
      return fewFates[key % fewFatesPeriod] ?? fates.same;
    case 'nearlyAll':
      return key % sameKeysPeriod === 0 ? fates.same : (manyFates[key % manyFates.length] as Fate);
  }
}

/** What a report has to say of a key that differs, by the key's text. Not for a mirror that stopped. */
export function fateOfName(name: string, pair: { readonly keys: number; readonly fates: FateMix }): Expectation {
  const key = keyOfName(name);
  return key >= pair.keys ? { outcome: 'extra', cause: null } : fateOf(key, pair.fates);
}

/**
 * Records of a key at the source, by its number modulo 4: a few keys are written often. Fates that need several
 * versions fall on keys that have them.
 */
export const versionsByKey = [1, 3, 5, 11] as const;
