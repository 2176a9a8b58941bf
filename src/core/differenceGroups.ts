/**
 * How differing keys are grouped wherever they are listed (tree, page, text report): the real loss before the late
 * records, and within each section by what happened to the key.
 */
import type { Cause, Comparison, Difference, Late } from './comparison.js';

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

export interface DifferenceGroup {
  readonly kind: DifferenceKind;
  /** Positions in `Comparison.differences`, ascending; never empty. */
  readonly indexes: readonly number[];
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

/**
 * The sections that hold differences, those in time first. Where timestamps are not comparable nothing is late
 * and one section `inTime` holds them all.
 */
export function groupDifferences(comparison: Pick<Comparison, 'differences'>): DifferenceSection[] {
  const sections = new Map<SectionKind, Map<DifferenceKind, number[]>>();
  let index = -1;
  for (const difference of comparison.differences) {
    index++;
    const section = difference.late ?? 'inTime';
    const groups = sections.get(section) ?? new Map<DifferenceKind, number[]>();
    sections.set(section, groups);
    const kind = kindOf(difference);
    const indexes = groups.get(kind);
    if (indexes === undefined) groups.set(kind, [index]);
    else indexes.push(index);
  }
  const order: readonly SectionKind[] = ['inTime', 'afterMirrorEnd', 'afterSourceEnd'];
  return order.flatMap((kind) => {
    const found = sections.get(kind);
    if (found === undefined) return [];
    const groups = differenceKinds.flatMap((of) => {
      const indexes = found.get(of);
      return indexes === undefined ? [] : [{ kind: of, indexes }];
    });
    return [{ kind, count: groups.reduce((sum, group) => sum + group.indexes.length, 0), groups }];
  });
}
