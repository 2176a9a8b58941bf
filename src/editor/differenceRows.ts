/**
 * The rows of the result page's table: all differing keys in the order of their groups, handed out in pages of those
 * that pass a filter, so that a million of them cost the page nothing.
 */
import type { Comparison, Difference, FinalRecord, KeyName } from '../core/comparison.js';
import { groupDifferences, lastWritten } from '../core/differenceDigest.js';
import { type DifferenceKind, kindOf, type SectionKind } from '../core/differenceGroups.js';
import { distance } from '../core/words/labels.js';
import { excerpt } from '../core/words/text.js';
import type { DifferenceRow, KeyText, RowFilter, RowPage, RowRecord } from './resultProtocol.js';

/** Characters of a key that are sent; more than a row or a tooltip can show. */
const keyDisplayLimit = 1000;

interface FilteredSection {
  readonly kind: SectionKind;
  readonly indexes: readonly number[];
}

export class DifferenceRows {
  readonly #comparison: Comparison;
  readonly #sections: readonly FilteredSection[];
  /** The last filter and what passed it: the pages of one filter are asked for one after the other. */
  #filtered: { readonly id: string; readonly sections: readonly FilteredSection[] } | null = null;

  constructor(comparison: Comparison) {
    this.#comparison = comparison;
    this.#sections = groupDifferences(comparison).map(({ kind, groups }) => ({
      kind,
      indexes: groups.flatMap(({ indexes }) => indexes),
    }));
  }

  /** Up to `count` rows from `first` on, of those that pass. */
  page(filter: RowFilter, first: number, count: number): RowPage {
    const sections = this.#passing(filter);
    const rows: DifferenceRow[] = [];
    let position = 0;
    for (const { indexes } of sections) {
      const from = Math.max(0, first - position);
      for (const index of indexes.slice(from, from + count - rows.length)) rows.push(this.#row(index));
      position += indexes.length;
    }
    return {
      first,
      rows,
      total: position,
      sections: sections.map(({ kind, indexes }) => ({ kind, count: indexes.length })),
    };
  }

  #passing(filter: RowFilter): readonly FilteredSection[] {
    const id = JSON.stringify(filter);
    if (this.#filtered?.id !== id) {
      const passes = predicate(filter);
      const sections = this.#sections
        .filter(({ kind }) => filter.section === null || kind === filter.section)
        .map(({ kind, indexes }) => ({ kind, indexes: indexes.filter((index) => passes(this.#difference(index))) }))
        .filter(({ indexes }) => indexes.length > 0);
      this.#filtered = { id, sections };
    }
    return this.#filtered.sections;
  }

  #row(index: number): DifferenceRow {
    const difference = this.#difference(index);
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

  #difference(index: number): Difference {
    return this.#comparison.differences.at(index) as Difference;
  }
}

export function keyText({ key, keyBase64 }: KeyName): KeyText {
  return {
    text: excerpt(key, keyDisplayLimit),
    length: key.length,
    base64: keyBase64 === null ? null : excerpt(keyBase64, keyDisplayLimit),
  };
}

function predicate({ search, kinds, partition, interval }: RowFilter): (difference: Difference) => boolean {
  const wanted = search.toLowerCase();
  const wantedKinds = new Set<DifferenceKind>(kinds);
  return (difference) => {
    if (wantedKinds.size > 0 && !wantedKinds.has(kindOf(difference))) return false;
    if (partition !== null && !partitionsOf(difference).includes(partition)) return false;
    if (interval !== null) {
      const at = lastWritten(difference);
      if (at === null || at < interval.from || at >= interval.to) return false;
    }
    return wanted === '' || difference.key.toLowerCase().includes(wanted);
  };
}

/** The partitions that the finals are in: two, if the key moved. */
export function partitionsOf({ source, mirror }: Pick<Difference, 'source' | 'mirror'>): readonly number[] {
  const partitions = [source?.partition ?? null, mirror?.partition ?? null].filter((partition) => partition !== null);
  return partitions[0] === partitions[1] ? partitions.slice(0, 1) : partitions;
}

function rowRecord(final: FinalRecord | null): RowRecord | null {
  if (final === null) return null;
  const { line, partition, offset, timestamp, occurrences, tombstone } = final;
  return { line, partition, offset, timestamp, occurrences, tombstone };
}
