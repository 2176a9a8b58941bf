/** The differences that a report for people lists: in the groups in which they are shown everywhere, up to a limit. */
import type { Comparison, Difference } from '../comparison.js';
import { type DifferenceKind, groupDifferences, type SectionKind } from '../differenceGroups.js';
import { kindLabels, type Label, sectionLabels, untimedSectionLabel } from '../words/labels.js';

export interface ListedSection extends Label {
  readonly kind: SectionKind;
  /** Keys in it, listed or not. */
  readonly count: number;
  readonly groups: readonly ListedGroup[];
}

export interface ListedGroup extends Label {
  readonly kind: DifferenceKind;
  readonly count: number;
  /** Made one by one; those within the limit. */
  readonly differences: Iterable<Difference>;
}

/**
 * How many of each group are listed, the first ones in report order.
 * @param counts of all groups, in the order in which they are shown
 */
export function listedOfGroups(counts: ArrayLike<number>, limit: number): number[] {
  let left = limit;
  return Array.from(counts, (count) => {
    const listed = Math.min(left, count);
    left -= listed;
    return listed;
  });
}

/** Sections and groups of which nothing is within the limit are left out. */
export function listedSections(comparison: Comparison, limit: number): ListedSection[] {
  const sections = groupDifferences(comparison);
  const counts = sections.flatMap(({ groups }) => groups.map(({ indexes }) => indexes.length));
  const shares = listedOfGroups(counts, limit).values();
  return sections.flatMap(({ kind, count, groups }) => {
    const listed = groups.flatMap((group): ListedGroup[] => {
      const indexes = group.indexes.subarray(0, shares.next().value);
      if (indexes.length === 0) return [];
      const differences = { [Symbol.iterator]: () => differencesAt(comparison, indexes) };
      return [{ kind: group.kind, ...kindLabels[group.kind], count: group.indexes.length, differences }];
    });
    const label = comparison.timestampsComparable ? sectionLabels[kind] : untimedSectionLabel;
    return listed.length === 0 ? [] : [{ kind, ...label, count, groups: listed }];
  });
}

function* differencesAt({ differences }: Comparison, indexes: Uint32Array): Generator<Difference> {
  for (const index of indexes) yield differences.at(index) as Difference;
}
