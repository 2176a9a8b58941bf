/**
 * The rows of the result page's table: all differing keys in the order of their groups, handed out in pages of those
 * that pass a filter, so that a million of them cost the page nothing.
 */
import type { Comparison, Difference, FinalRecord, KeyName } from '../core/comparison.js';
import { type DifferenceKind, groupDifferences, kindOf, type SectionKind } from '../core/differenceGroups.js';
import type { DifferenceList } from '../core/differenceList.js';
import { distance } from '../core/words/labels.js';
import { excerpt } from '../core/words/text.js';
import type { DifferenceRow, KeyText, RowFilter, RowPage, RowRecord } from './resultProtocol.js';
import { filterInSlices, Slices } from './slices.js';

/** Characters of a key that are sent; more than a row or a tooltip can show. */
const keyDisplayLimit = 1000;

interface FilteredSection {
  readonly kind: SectionKind;
  readonly indexes: Uint32Array;
}

export class DifferenceRows {
  readonly #comparison: Comparison;
  readonly #sections: readonly FilteredSection[];
  /** The last filter and what passes it: the pages of one filter are asked for one after the other. */
  #filtered: { readonly id: string; readonly sections: Promise<readonly FilteredSection[] | null> } | null = null;

  constructor(comparison: Comparison) {
    this.#comparison = comparison;
    this.#sections = groupDifferences(comparison).map(({ kind, groups }) => ({
      kind,
      indexes: joined(groups.map(({ indexes }) => indexes)),
    }));
  }

  /** Up to `count` rows from `first` on, of those that pass; null if another filter was asked for meanwhile. */
  async page(filter: RowFilter, first: number, count: number): Promise<RowPage | null> {
    const sections = await this.#passing(filter);
    if (sections === null) return null;
    const rows: DifferenceRow[] = [];
    let position = 0;
    for (const { indexes } of sections) {
      const from = Math.max(0, first - position);
      for (const index of indexes.subarray(from, from + count - rows.length)) rows.push(this.#row(index));
      position += indexes.length;
    }
    return {
      first,
      rows,
      total: position,
      sections: sections.map(({ kind, indexes }) => ({ kind, count: indexes.length })),
    };
  }

  #passing(filter: RowFilter): Promise<readonly FilteredSection[] | null> {
    const id = JSON.stringify(filter);
    if (this.#filtered?.id !== id) {
      this.#filtered = { id, sections: this.#filter(filter, () => this.#filtered?.id === id) };
    }
    return this.#filtered.sections;
  }

  async #filter(filter: RowFilter, isWanted: () => boolean): Promise<readonly FilteredSection[] | null> {
    const passes = predicate(this.#comparison.differences, filter);
    const slices = new Slices(isWanted);
    const sections: FilteredSection[] = [];
    for (const { kind, indexes } of this.#sections) {
      if (filter.section !== null && kind !== filter.section) continue;
      const found = passes === null ? indexes : await filterInSlices(indexes, passes, slices);
      if (found === null) return null;
      if (found.length > 0) sections.push({ kind, indexes: found });
    }
    return sections;
  }

  #row(index: number): DifferenceRow {
    const difference = this.#comparison.differences.at(index) as Difference;
    return {
      index,
      key: keyText(difference),
      kind: kindOf(difference),
      distance: distance(difference),
      behind: difference.behind,
      behindMs: difference.behindMs,
      evidence: difference.causeEvidence,
      source: rowRecord(difference.source),
      mirror: rowRecord(difference.mirror),
    };
  }
}

export function keyText({ key, keyBase64 }: KeyName): KeyText {
  return {
    text: excerpt(key, keyDisplayLimit),
    length: key.length,
    base64: keyBase64 === null ? null : excerpt(keyBase64, keyDisplayLimit),
  };
}

/** Null if every row passes. The cheapest conditions come first. */
function predicate(
  list: DifferenceList,
  { search, kinds, partition, interval }: RowFilter,
): ((index: number) => boolean) | null {
  const wantedKinds = new Set<DifferenceKind>(kinds);
  const conditions: ((index: number) => boolean)[] = [];
  if (wantedKinds.size > 0) conditions.push((index) => wantedKinds.has(list.kindAt(index)));
  if (partition !== null) {
    conditions.push(
      (index) => list.partitionAt(index, 'source') === partition || list.partitionAt(index, 'mirror') === partition,
    );
  }
  if (interval !== null) {
    conditions.push((index) => {
      const at = list.lastWrittenAt(index);
      return at !== null && at >= interval.from && at < interval.to;
    });
  }
  if (search !== '') conditions.push(list.keyMatcher(search));
  return conditions.length === 0 ? null : (index) => conditions.every((passes) => passes(index));
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const part of parts) {
    whole.set(part, filled);
    filled += part.length;
  }
  return whole;
}

function rowRecord(final: FinalRecord | null): RowRecord | null {
  if (final === null) return null;
  const { line, partition, offset, timestamp, occurrences, tombstone } = final;
  return { line, partition, offset, timestamp, occurrences, tombstone };
}
