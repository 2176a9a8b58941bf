/**
 * Lists of differences over columns: a difference becomes an object when it is asked for, and what is asked of all of
 * them is answered from the columns.
 */
import type { Cause, Difference, DifferenceOutcome, FinalRecord, KeyName, Late } from './comparison.js';
import {
  type CountedColumns,
  type DifferenceColumns,
  DifferenceColumnsBuilder,
  evidences,
  type FinalColumns,
} from './differenceColumns.js';
import { type DifferenceKind, differenceKinds, type SectionKind, sectionKinds } from './differenceGroups.js';
import type { DifferenceList } from './differenceList.js';
import { type DifferenceOverview, overviewOf } from './differenceOverview.js';
import type { Side } from './record.js';
import { decodeBytes, fromBase64 } from './utf8.js';

/** The columns of those in any list that are described; those it is made of, if it is made of columns. */
export function columnsOf(list: DifferenceList): DifferenceColumns {
  if (list instanceof ColumnList || list instanceof FirstDescribed) return list.columns;
  const builder = new DifferenceColumnsBuilder(list.length);
  for (const difference of list) builder.add(difference, keyBytes(difference));
  return builder.finish();
}

function keyBytes({ key, keyBase64 }: KeyName): Uint8Array {
  return keyBase64 === null ? new TextEncoder().encode(key) : fromBase64(keyBase64);
}

/** @param overview where it was counted before, by whoever made the columns */
export function listOfColumns(columns: DifferenceColumns, overview: DifferenceOverview | null = null): DifferenceList {
  return new ColumnList(columns, overview);
}

/**
 * A list of which only the first ones are described, and the others counted.
 * @param counted all of them; the first `described.length` are those of `described`, the others are in no order
 */
export function listOfFirst(described: DifferenceColumns, counted: CountedColumns): DifferenceList {
  return new FirstDescribed(described, counted);
}

/** What columns that are counted tell. */
abstract class CountedList {
  readonly length: number;
  #overview: DifferenceOverview | null;

  constructor(
    private readonly counted: CountedColumns,
    overview: DifferenceOverview | null,
  ) {
    this.length = counted.length;
    this.#overview = overview;
  }

  get overview(): DifferenceOverview {
    this.#overview ??= overviewOf(this.counted);
    return this.#overview;
  }

  abstract at(index: number): Difference | undefined;

  *[Symbol.iterator](): Iterator<Difference> {
    for (let i = 0; i < this.length; i++) yield this.at(i) as Difference;
  }

  kindAt(index: number): DifferenceKind {
    return differenceKinds[this.counted.kinds[index] as number] as DifferenceKind;
  }

  sectionAt(index: number): SectionKind {
    return sectionKinds[this.counted.sections[index] as number] as SectionKind;
  }

  timestampAt(index: number, side: Side): number | null {
    return numberAt(this.counted[side].timestamps, index);
  }

  lastWrittenAt(index: number): number | null {
    const source = this.counted.source.timestamps[index] as number;
    const mirror = this.counted.mirror.timestamps[index] as number;
    // Both comparisons are false with NaN.
    if (source >= mirror) return source;
    if (mirror > source) return mirror;
    if (!Number.isNaN(source)) return source;
    return Number.isNaN(mirror) ? null : mirror;
  }

  partitionAt(index: number, side: Side): number | null {
    const partition = this.counted[side].partitions[index] as number;
    return partition < 0 ? null : partition;
  }

  tombstoneAt(index: number, side: Side): boolean | null {
    if (this.kindAt(index) === (side === 'source' ? 'extra' : 'missing')) return null;
    return this.counted[side].tombstones[index] === 1;
  }
}

class ColumnList extends CountedList implements DifferenceList {
  constructor(
    readonly columns: DifferenceColumns,
    overview: DifferenceOverview | null,
  ) {
    super(columns, overview);
  }

  get described(): number {
    return this.length;
  }

  at(index: number): Difference | undefined {
    if (!(index >= 0 && index < this.length)) return undefined;
    const { columns } = this;
    const kind = this.kindAt(index);
    const isModified = kind !== 'missing' && kind !== 'extra';
    const section = this.sectionAt(index);
    const { text, base64 } = decodeBytes(this.#keyAt(index));
    return {
      key: text,
      keyBase64: base64,
      outcome: isModified ? 'modified' : (kind as DifferenceOutcome),
      cause: isModified ? (kind as Cause) : null,
      causeEvidence: evidences[columns.evidence[index] as number] ?? null,
      behind: numberAt(columns.behind, index),
      behindMs: numberAt(columns.behindMs, index),
      late: section === 'inTime' ? null : (section as Late),
      source: this.#finalAt(index, columns.source),
      mirror: this.#finalAt(index, columns.mirror),
    };
  }

  byteOffsetAt(index: number, side: Side): number | null {
    const { occurrences, byteOffsets } = this.columns[side];
    return occurrences[index] === 0 ? null : (byteOffsets[index] as number);
  }

  keyMatcher(text: string): (index: number) => boolean {
    const wanted = text.toLowerCase();
    if (wanted === '') return () => true;
    const { keys, keyStarts } = this.columns;
    const bytes = new TextEncoder().encode(wanted);
    return (index) => {
      const found = asciiIncludes(keys, keyStarts[index] as number, keyStarts[index + 1] as number, bytes);
      return found ?? decodeBytes(this.#keyAt(index)).text.toLowerCase().includes(wanted);
    };
  }

  #keyAt(index: number): Uint8Array {
    const { keys, keyStarts } = this.columns;
    return keys.subarray(keyStarts[index], keyStarts[index + 1]);
  }

  #finalAt(index: number, columns: FinalColumns): FinalRecord | null {
    if (columns.occurrences[index] === 0) return null;
    const partition = columns.partitions[index] as number;
    return {
      line: columns.lines[index] as number,
      lineCount: columns.lineCounts[index] as number,
      byteOffset: columns.byteOffsets[index] as number,
      byteLength: columns.byteLengths[index] as number,
      headBytes: columns.headBytes[index] as number,
      partition: partition < 0 ? null : partition,
      offset: numberAt(columns.offsets, index),
      timestamp: numberAt(columns.timestamps, index),
      occurrences: columns.occurrences[index] as number,
      tombstone: columns.tombstones[index] === 1,
    };
  }
}

class FirstDescribed extends CountedList implements DifferenceList {
  readonly #first: ColumnList;

  constructor(described: DifferenceColumns, counted: CountedColumns) {
    super(counted, null);
    this.#first = new ColumnList(described, null);
  }

  get described(): number {
    return this.#first.length;
  }

  /** Of those that are described. */
  get columns(): DifferenceColumns {
    return this.#first.columns;
  }

  at(index: number): Difference | undefined {
    if (!(index >= 0 && index < this.length)) return undefined;
    return this.#first.at(this.#described(index));
  }

  byteOffsetAt(index: number, side: Side): number | null {
    return this.#first.byteOffsetAt(this.#described(index), side);
  }

  keyMatcher(text: string): (index: number) => boolean {
    const matches = this.#first.keyMatcher(text);
    return (index) => matches(this.#described(index));
  }

  /** @throws Error if it is not */
  #described(index: number): number {
    if (index >= this.described) throw new Error(`Difference ${index} is counted, and not described.`);
    return index;
  }
}

function numberAt(column: Float64Array, index: number): number | null {
  const number = column[index] as number;
  return Number.isNaN(number) ? null : number;
}

/**
 * Whether `bytes[start, end)` holds the lower-case text `wanted`, upper and lower case alike. Null if that cannot be
 * told from bytes: letters beyond ASCII have cases of their own, and some become ASCII letters.
 */
function asciiIncludes(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array): boolean | null {
  const first = wanted[0] as number;
  const last = end - wanted.length;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte >= 0x80) return null;
    if (i > last || lowerCase(byte) !== first) continue;
    let k = 1;
    while (k < wanted.length && lowerCase(bytes[i + k] as number) === wanted[k]) k++;
    if (k === wanted.length) return true;
  }
  return false;
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}
