/**
 * Lists of differences over columns: a difference becomes an object when it is asked for, and what is asked of all of
 * them is answered from the columns.
 */
import type { Difference, FinalRecord, KeyName } from './comparison.js';
import {
  type CountedColumns,
  type DifferenceColumns,
  DifferenceColumnsBuilder,
  evidences,
  type FinalColumns,
  keyAt,
  lastWrittenAt,
} from './differenceColumns.js';
import {
  causeOf,
  type DifferenceKind,
  differenceKinds,
  outcomeOf,
  type SectionKind,
  sectionKinds,
} from './differenceGroups.js';
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

/** The bytes that a key's name stands for. */
export function keyBytes({ key, keyBase64 }: KeyName): Uint8Array {
  return keyBase64 === null ? new TextEncoder().encode(key) : fromBase64(keyBase64);
}

/** @param overview where it was counted before, by whoever made the columns */
export function listOfColumns(columns: DifferenceColumns, overview: DifferenceOverview | null = null): DifferenceList {
  return new ColumnList(columns, overview);
}

/** A list of which only the first ones are described. @param others those that are only counted, in any order */
export function listOfFirst(described: DifferenceColumns, others: readonly CountedColumns[]): DifferenceList {
  return new FirstDescribed(described, others);
}

/** What columns that are counted tell. @param first index of their first difference in the list */
class CountedPart {
  readonly end: number;

  constructor(
    readonly counted: CountedColumns,
    readonly first: number,
  ) {
    this.end = first + counted.length;
  }

  kindAt(index: number): DifferenceKind {
    return kindAt(this.counted, index - this.first);
  }

  sectionAt(index: number): SectionKind {
    return sectionAt(this.counted, index - this.first);
  }

  timestampAt(index: number, side: Side): number | null {
    return numberAt(this.counted[side].timestamps, index - this.first);
  }

  lastWrittenAt(index: number): number | null {
    const at = lastWrittenAt(this.counted, index - this.first);
    return Number.isNaN(at) ? null : at;
  }

  partitionAt(index: number, side: Side): number | null {
    const partition = this.counted[side].partitions[index - this.first] as number;
    return partition < 0 ? null : partition;
  }

  tombstoneAt(index: number, side: Side): boolean | null {
    if (this.kindAt(index) === (side === 'source' ? 'extra' : 'missing')) return null;
    return this.counted[side].tombstones[index - this.first] === 1;
  }
}

class ColumnList extends CountedPart implements DifferenceList {
  readonly length: number;
  #overview: DifferenceOverview | null;

  constructor(
    readonly columns: DifferenceColumns,
    overview: DifferenceOverview | null,
  ) {
    super(columns, 0);
    this.length = columns.length;
    this.#overview = overview;
  }

  get described(): number {
    return this.length;
  }

  get countedParts(): readonly CountedColumns[] {
    return [this.columns];
  }

  get overview(): DifferenceOverview {
    this.#overview ??= overviewOf(this.countedParts);
    return this.#overview;
  }

  at(index: number): Difference | undefined {
    return index >= 0 && index < this.length ? differenceAt(this.columns, index) : undefined;
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
      return found ?? decodeBytes(keyAt(this.columns, index)).text.toLowerCase().includes(wanted);
    };
  }

  *[Symbol.iterator](): Iterator<Difference> {
    for (let i = 0; i < this.length; i++) yield this.at(i) as Difference;
  }
}

/** @param index 0-based, below the columns' length */
export function differenceAt(columns: DifferenceColumns, index: number): Difference {
  const kind = kindAt(columns, index);
  const section = sectionAt(columns, index);
  const { text, base64 } = decodeBytes(keyAt(columns, index));
  return {
    key: text,
    keyBase64: base64,
    outcome: outcomeOf(kind),
    cause: causeOf(kind),
    causeEvidence: evidences[columns.evidence[index] as number] ?? null,
    behind: numberAt(columns.behind, index),
    behindMs: numberAt(columns.behindMs, index),
    late: section === 'inTime' ? null : section,
    source: finalAt(columns.source, index),
    mirror: finalAt(columns.mirror, index),
  };
}

function kindAt({ kinds }: CountedColumns, index: number): DifferenceKind {
  return differenceKinds[kinds[index] as number] as DifferenceKind;
}

function sectionAt({ sections }: CountedColumns, index: number): SectionKind {
  return sectionKinds[sections[index] as number] as SectionKind;
}

function finalAt(columns: FinalColumns, index: number): FinalRecord | null {
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

class FirstDescribed implements DifferenceList {
  readonly length: number;
  readonly #first: ColumnList;
  readonly #parts: readonly CountedPart[];
  /** The one that was asked last: most questions go through the list. */
  #part: CountedPart;
  #overview: DifferenceOverview | null = null;

  constructor(described: DifferenceColumns, others: readonly CountedColumns[]) {
    this.#first = new ColumnList(described, null);
    this.#part = this.#first;
    const parts: CountedPart[] = [this.#first];
    for (const counted of others) parts.push(new CountedPart(counted, (parts.at(-1) as CountedPart).end));
    this.#parts = parts;
    this.length = (parts.at(-1) as CountedPart).end;
  }

  get described(): number {
    return this.#first.length;
  }

  /** Of those that are described. */
  get columns(): DifferenceColumns {
    return this.#first.columns;
  }

  get countedParts(): readonly CountedColumns[] {
    return this.#parts.map(({ counted }) => counted);
  }

  get overview(): DifferenceOverview {
    this.#overview ??= overviewOf(this.countedParts);
    return this.#overview;
  }

  at(index: number): Difference | undefined {
    if (!(index >= 0 && index < this.length)) return undefined;
    return this.#first.at(this.#described(index));
  }

  kindAt(index: number): DifferenceKind {
    return this.#partOf(index).kindAt(index);
  }

  sectionAt(index: number): SectionKind {
    return this.#partOf(index).sectionAt(index);
  }

  lastWrittenAt(index: number): number | null {
    return this.#partOf(index).lastWrittenAt(index);
  }

  timestampAt(index: number, side: Side): number | null {
    return this.#partOf(index).timestampAt(index, side);
  }

  partitionAt(index: number, side: Side): number | null {
    return this.#partOf(index).partitionAt(index, side);
  }

  tombstoneAt(index: number, side: Side): boolean | null {
    return this.#partOf(index).tombstoneAt(index, side);
  }

  byteOffsetAt(index: number, side: Side): number | null {
    return this.#first.byteOffsetAt(this.#described(index), side);
  }

  keyMatcher(text: string): (index: number) => boolean {
    const matches = this.#first.keyMatcher(text);
    return (index) => matches(this.#described(index));
  }

  *[Symbol.iterator](): Iterator<Difference> {
    for (let i = 0; i < this.length; i++) yield this.at(i) as Difference;
  }

  #partOf(index: number): CountedPart {
    const part = this.#part;
    if (index >= part.first && index < part.end) return part;
    this.#part = this.#parts.find(({ end }) => index < end) as CountedPart;
    return this.#part;
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
