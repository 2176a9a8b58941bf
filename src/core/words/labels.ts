/** The words for outcomes, causes and sections; tree, page and reports use the same ones. */
import type { Difference } from '../comparison.js';
import type { DifferenceKind, SectionKind } from '../differenceGroups.js';
import { duration } from './time.js';

/** What a group of keys is called, and what that means in a few words. */
export interface Label {
  readonly title: string;
  readonly meaning: string;
}

export const kindLabels: Readonly<Record<DifferenceKind, Label>> = {
  missing: { title: 'Missing on the mirror', meaning: 'the source has a value, the mirror has no record of the key' },
  diverged: { title: 'Diverged', meaning: 'both sides end at a value that the other does not have' },
  stale: { title: 'Stale', meaning: 'the mirror has an older version' },
  reordered: { title: 'Reordered', meaning: 'the same records, in another order' },
  ahead: { title: 'Ahead', meaning: 'the mirror was written to after the source’s last version' },
  extra: { title: 'Only on the mirror', meaning: 'deleted at the source, or written to the mirror by someone else' },
};

export const sectionLabels: Readonly<Record<SectionKind, Label>> = {
  inTime: { title: 'Before the other side’s end', meaning: 'look here first' },
  afterMirrorEnd: { title: 'After the mirror’s end', meaning: 'the mirror stopped, or was dumped earlier' },
  afterSourceEnd: {
    title: 'After the source’s end',
    meaning: 'the source was dumped earlier, or someone else writes to the mirror',
  },
};

/** Title of the only section when timestamps are not comparable and nothing can be called late. */
export const untimedSectionLabel: Label = { title: 'Differences', meaning: 'timestamps are not comparable' };

/** Which side of a modified key is deleted, where the other has a value; empty otherwise. */
export function deletedWords({ outcome, source, mirror }: Pick<Difference, 'outcome' | 'source' | 'mirror'>): string {
  if (outcome !== 'modified' || source?.tombstone === mirror?.tombstone) return '';
  return source?.tombstone ? 'deleted at the source' : 'deleted on the mirror';
}

/** How far the mirror is from the source, for one key: `23 min behind`, `2 versions behind`, `1 h ahead`; empty if unknown. */
export function distance(difference: Pick<Difference, 'cause' | 'behind' | 'behindMs'>): string {
  const { cause, behind, behindMs } = difference;
  if (behindMs !== null && behindMs !== 0) return `${duration(behindMs)} ${behindMs > 0 ? 'behind' : 'ahead'}`;
  if (cause === 'stale' && behind !== null) return `${behind} ${behind === 1 ? 'version' : 'versions'} behind`;
  return '';
}
