/**
 * The differing keys of a comparison as a list. There may be millions, so what is asked of all of them (counting,
 * grouping, filtering) is answered without making an object of each. Here are the contract and the list over an
 * array; differenceColumnList.ts has those that millions fit into.
 */
import type { Difference } from './comparison.js';
import { columnsOf } from './differenceColumnList.js';
import type { CountedColumns } from './differenceColumns.js';
import { type DifferenceKind, kindOf, type SectionKind } from './differenceGroups.js';
import { type DifferenceOverview, overviewOf } from './differenceOverview.js';
import type { Side } from './record.js';

/**
 * All indexes are 0-based, in report order, and must be below `length` except for `at`.
 *
 * Where fewer are listed than differ, only the first `described` are in report order and have all that there is to know.
 * They are those that a report with that limit lists: the first ones of all, and the first ones of the groups in which
 * they are shown. The others come behind them in no order; they are counted, and there is no place, line or key to tell.
 */
export interface DifferenceList extends Iterable<Difference> {
  readonly length: number;
  /** How many are described, the first ones: all of them, unless fewer are listed. */
  readonly described: number;
  /** One difference, made when asked for; undefined past the end. @throws Error if it is not described */
  at(index: number): Difference | undefined;
  kindAt(index: number): DifferenceKind;
  sectionAt(index: number): SectionKind;
  /** The moment of the key's newest record, on whichever side it is; null where neither has a timestamp. */
  lastWrittenAt(index: number): number | null;
  /** Of the final record on that side; null without one, or without a timestamp. */
  timestampAt(index: number, side: Side): number | null;
  /** Of the final record on that side; null without one, or where no partitions are printed. */
  partitionAt(index: number, side: Side): number | null;
  /** Whether the final record on that side is a tombstone; null without one. */
  tombstoneAt(index: number, side: Side): boolean | null;
  /** First byte of the final record on that side, in its dump; null without one. @throws Error if it is not described */
  byteOffsetAt(index: number, side: Side): number | null;
  /**
   * A test for keys that contain `text`, whatever the case of either; true for all if it is empty. Throws for a key that
   * is not described.
   */
  keyMatcher(text: string): (index: number) => boolean;
  /** The columns of all of them, one part after the other, for those who count. */
  readonly countedParts: readonly CountedColumns[];
  /** What is asked of all of them, counted at the first call. */
  readonly overview: DifferenceOverview;
}

/** A list over rows that are there already: for a few. */
export function listOfDifferences(rows: readonly Difference[]): DifferenceList {
  return new DifferenceArray(rows);
}

class DifferenceArray implements DifferenceList {
  #countedParts: readonly CountedColumns[] | null = null;
  #overview: DifferenceOverview | null = null;

  constructor(private readonly rows: readonly Difference[]) {}

  get length(): number {
    return this.rows.length;
  }

  get countedParts(): readonly CountedColumns[] {
    this.#countedParts ??= [columnsOf(this)];
    return this.#countedParts;
  }

  get overview(): DifferenceOverview {
    this.#overview ??= overviewOf(this.countedParts);
    return this.#overview;
  }

  get described(): number {
    return this.length;
  }

  at(index: number): Difference | undefined {
    return this.rows[index];
  }

  kindAt(index: number): DifferenceKind {
    return kindOf(this.#row(index));
  }

  sectionAt(index: number): SectionKind {
    return this.#row(index).late ?? 'inTime';
  }

  lastWrittenAt(index: number): number | null {
    const source = this.timestampAt(index, 'source');
    const mirror = this.timestampAt(index, 'mirror');
    return source === null || mirror === null ? (source ?? mirror) : Math.max(source, mirror);
  }

  timestampAt(index: number, side: Side): number | null {
    return this.#row(index)[side]?.timestamp ?? null;
  }

  partitionAt(index: number, side: Side): number | null {
    return this.#row(index)[side]?.partition ?? null;
  }

  tombstoneAt(index: number, side: Side): boolean | null {
    return this.#row(index)[side]?.tombstone ?? null;
  }

  byteOffsetAt(index: number, side: Side): number | null {
    return this.#row(index)[side]?.byteOffset ?? null;
  }

  keyMatcher(text: string): (index: number) => boolean {
    const wanted = text.toLowerCase();
    return (index) => this.#row(index).key.toLowerCase().includes(wanted);
  }

  [Symbol.iterator](): Iterator<Difference> {
    return this.rows[Symbol.iterator]();
  }

  #row(index: number): Difference {
    return this.rows[index] as Difference;
  }
}
