/**
 * How differing keys are grouped wherever they are listed (tree, page, text report): the real loss before the late
 * records, and within each section by what happened to the key.
 */
import type { Cause, Comparison, Difference, DifferenceOutcome, Late } from './comparison.js';

/** What happened to a differing key: its cause if it is modified, otherwise its outcome. */
export type DifferenceKind = 'missing' | 'extra' | Cause;

/** Kinds in the order in which they are shown: what the mirror lacks first. */
export const differenceKinds: readonly DifferenceKind[] = [
  'missing',
  'diverged',
  'stale',
  'reordered',
  'ahead',
  'extra',
];

/** `inTime`: written before the other side's end, so a real difference. */
export type SectionKind = 'inTime' | Late;

/** Sections in the order in which they are shown. */
export const sectionKinds: readonly SectionKind[] = ['inTime', 'afterMirrorEnd', 'afterSourceEnd'];

export interface DifferenceGroup {
  readonly kind: DifferenceKind;
  /** Positions in `Comparison.differences`, ascending; never empty. */
  readonly indexes: Uint32Array;
}

export interface DifferenceSection {
  readonly kind: SectionKind;
  readonly count: number;
  /** In the order of `differenceKinds`; no empty ones. */
  readonly groups: readonly DifferenceGroup[];
}

export function kindOf(difference: Pick<Difference, 'outcome' | 'cause'>): DifferenceKind {
  return difference.outcome === 'modified' ? (difference.cause as Cause) : difference.outcome;
}

export function outcomeOf(kind: DifferenceKind): DifferenceOutcome {
  return kind === 'missing' || kind === 'extra' ? kind : 'modified';
}

/** Null unless the outcome is `modified`. */
export function causeOf(kind: DifferenceKind): Cause | null {
  return kind === 'missing' || kind === 'extra' ? null : kind;
}

/**
 * The sections that hold differences, those in time first. Where timestamps are not comparable nothing is late
 * and one section `inTime` holds them all.
 */
export function groupDifferences({ differences }: Pick<Comparison, 'differences'>): readonly DifferenceSection[] {
  return differences.overview.sections;
}
