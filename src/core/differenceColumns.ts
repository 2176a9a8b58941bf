/**
 * Differences as columns of numbers, one entry a difference, and the bytes of all keys one after another: 130 bytes
 * and the key for each, whatever its text, in a few buffers that a worker hands over without copying them.
 */
import type { Cause, Difference, DifferenceOutcome, FinalRecord, KeyName, Late } from './comparison.js';
import { type DifferenceKind, differenceKinds, kindOf, type SectionKind, sectionKinds } from './differenceGroups.js';
import type { DifferenceList } from './differenceList.js';
import { type DifferenceOverview, overviewOf } from './differenceOverview.js';
import type { Side } from './record.js';
import { decodeBytes, fromBase64 } from './utf8.js';

/** The final records of one side. */
export interface FinalColumns {
  /** Records of the key in that dump; 0 where the key is absent. */
  readonly occurrences: Uint32Array;
  readonly lines: Float64Array;
  readonly lineCounts: Uint32Array;
  readonly byteOffsets: Float64Array;
  readonly byteLengths: Float64Array;
  /** -1 for none. */
  readonly partitions: Int32Array;
  /** NaN for none. */
  readonly offsets: Float64Array;
  /** NaN for none. */
  readonly timestamps: Float64Array;
  /** 0 or 1. */
  readonly tombstones: Uint8Array;
}

/** Plain data; only the first `length` entries of each column count. */
export interface DifferenceColumns {
  readonly length: number;
  /** Positions in `differenceKinds`. */
  readonly kinds: Uint8Array;
  /** Positions in `sectionKinds`. */
  readonly sections: Uint8Array;
  /** Of `causeEvidence`: 0 none, 1 record, 2 timestamp. */
  readonly evidence: Uint8Array;
  /** NaN for none. */
  readonly behind: Float64Array;
  /** NaN for none. */
  readonly behindMs: Float64Array;
  readonly source: FinalColumns;
  readonly mirror: FinalColumns;
  readonly keys: Uint8Array;
  /** Where in `keys` each key starts; the one behind the last is where it ends. */
  readonly keyStarts: Float64Array;
}

const evidences = [null, 'record', 'timestamp'] as const;
const sides = ['source', 'mirror'] as const;
const firstCapacity = 16;

type Column = Uint8Array | Uint32Array | Int32Array | Float64Array;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Takes differences in report order. */
export class DifferenceColumnsBuilder {
  #capacity: number;
  readonly #columns: Writable<Omit<DifferenceColumns, 'source' | 'mirror'>>;
  readonly #finals: Readonly<Record<Side, Writable<FinalColumns>>>;

  /** @param capacity differences to come, where that is known: then no column has to grow */
  constructor(capacity = firstCapacity) {
    this.#capacity = Math.max(1, capacity);
    this.#columns = {
      length: 0,
      kinds: new Uint8Array(this.#capacity),
      sections: new Uint8Array(this.#capacity),
      evidence: new Uint8Array(this.#capacity),
      behind: new Float64Array(this.#capacity),
      behindMs: new Float64Array(this.#capacity),
      keys: new Uint8Array(16 * this.#capacity),
      keyStarts: new Float64Array(this.#capacity + 1),
    };
    this.#finals = { source: finalColumns(this.#capacity), mirror: finalColumns(this.#capacity) };
  }

  /** @param key the key's bytes, copied here */
  add(difference: Omit<Difference, keyof KeyName>, key: Uint8Array): void {
    if (this.#columns.length === this.#capacity) this.#grow();
    const columns = this.#columns;
    const i = columns.length++;
    columns.kinds[i] = differenceKinds.indexOf(kindOf(difference));
    columns.sections[i] = sectionKinds.indexOf(difference.late ?? 'inTime');
    columns.evidence[i] = evidences.indexOf(difference.causeEvidence);
    columns.behind[i] = difference.behind ?? Number.NaN;
    columns.behindMs[i] = difference.behindMs ?? Number.NaN;
    for (const side of sides) {
      setFinal(this.#finals[side], i, difference[side]);
    }
    this.#addKey(i, key);
  }

  finish(): DifferenceColumns {
    return { ...this.#columns, ...this.#finals };
  }

  #addKey(i: number, key: Uint8Array): void {
    const columns = this.#columns;
    const start = columns.keyStarts[i] as number;
    const end = start + key.length;
    if (end > columns.keys.length) columns.keys = grown(columns.keys, Math.max(end, 2 * columns.keys.length));
    columns.keys.set(key, start);
    columns.keyStarts[i + 1] = end;
  }

  #grow(): void {
    this.#capacity *= 2;
    const columns = this.#columns;
    columns.kinds = grown(columns.kinds, this.#capacity);
    columns.sections = grown(columns.sections, this.#capacity);
    columns.evidence = grown(columns.evidence, this.#capacity);
    columns.behind = grown(columns.behind, this.#capacity);
    columns.behindMs = grown(columns.behindMs, this.#capacity);
    columns.keyStarts = grown(columns.keyStarts, this.#capacity + 1);
    for (const side of sides) {
      const finals = this.#finals[side] as Record<keyof FinalColumns, Column>;
      for (const name of Object.keys(finals) as (keyof FinalColumns)[]) {
        finals[name] = grown(finals[name], this.#capacity);
      }
    }
  }
}

function finalColumns(length: number): FinalColumns {
  return {
    occurrences: new Uint32Array(length),
    lines: new Float64Array(length),
    lineCounts: new Uint32Array(length),
    byteOffsets: new Float64Array(length),
    byteLengths: new Float64Array(length),
    partitions: new Int32Array(length),
    offsets: new Float64Array(length),
    timestamps: new Float64Array(length),
    tombstones: new Uint8Array(length),
  };
}

/** An absent key has neither partition nor timestamp, so that asking for these needs no second look. */
function setFinal(columns: FinalColumns, i: number, final: FinalRecord | null): void {
  columns.partitions[i] = final?.partition ?? -1;
  columns.timestamps[i] = final?.timestamp ?? Number.NaN;
  if (final === null) return;
  columns.occurrences[i] = final.occurrences;
  columns.lines[i] = final.line;
  columns.lineCounts[i] = final.lineCount;
  columns.byteOffsets[i] = final.byteOffset;
  columns.byteLengths[i] = final.byteLength;
  columns.offsets[i] = final.offset ?? Number.NaN;
  columns.tombstones[i] = final.tombstone ? 1 : 0;
}

function grown<T extends Column>(column: T, length: number): T {
  const larger = new (column.constructor as new (length: number) => T)(length);
  larger.set(column);
  return larger;
}

/** The columns of any list; those it is made of, if it is made of columns. */
export function columnsOf(list: DifferenceList): DifferenceColumns {
  if (list instanceof ColumnList) return list.columns;
  const builder = new DifferenceColumnsBuilder(list.length);
  for (const difference of list) builder.add(difference, keyBytes(difference));
  return builder.finish();
}

function keyBytes({ key, keyBase64 }: KeyName): Uint8Array {
  return keyBase64 === null ? new TextEncoder().encode(key) : fromBase64(keyBase64);
}

/** All buffers of the columns, for a transfer list: they are gone here once they are transferred. */
export function buffersOf(columns: DifferenceColumns): ArrayBuffer[] {
  const views = [columns, columns.source, columns.mirror].flatMap((part) => Object.values(part));
  return views.filter((view) => ArrayBuffer.isView(view)).map(({ buffer }) => buffer as ArrayBuffer);
}

/** @param overview where it was counted before, by whoever made the columns */
export function listOfColumns(columns: DifferenceColumns, overview: DifferenceOverview | null = null): DifferenceList {
  return new ColumnList(columns, overview);
}

class ColumnList implements DifferenceList {
  readonly length: number;
  #overview: DifferenceOverview | null;

  constructor(
    readonly columns: DifferenceColumns,
    overview: DifferenceOverview | null,
  ) {
    this.length = columns.length;
    this.#overview = overview;
  }

  get overview(): DifferenceOverview {
    this.#overview ??= overviewOf(this);
    return this.#overview;
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

  kindAt(index: number): DifferenceKind {
    return differenceKinds[this.columns.kinds[index] as number] as DifferenceKind;
  }

  sectionAt(index: number): SectionKind {
    return sectionKinds[this.columns.sections[index] as number] as SectionKind;
  }

  timestampAt(index: number, side: Side): number | null {
    return numberAt(this.columns[side].timestamps, index);
  }

  lastWrittenAt(index: number): number | null {
    const source = this.columns.source.timestamps[index] as number;
    const mirror = this.columns.mirror.timestamps[index] as number;
    // Both comparisons are false with NaN.
    if (source >= mirror) return source;
    if (mirror > source) return mirror;
    if (!Number.isNaN(source)) return source;
    return Number.isNaN(mirror) ? null : mirror;
  }

  partitionAt(index: number, side: Side): number | null {
    const partition = this.columns[side].partitions[index] as number;
    return partition < 0 ? null : partition;
  }

  tombstoneAt(index: number, side: Side): boolean | null {
    const { occurrences, tombstones } = this.columns[side];
    return occurrences[index] === 0 ? null : tombstones[index] === 1;
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

  *[Symbol.iterator](): Iterator<Difference> {
    for (let i = 0; i < this.length; i++) yield this.at(i) as Difference;
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
      partition: partition < 0 ? null : partition,
      offset: numberAt(columns.offsets, index),
      timestamp: numberAt(columns.timestamps, index),
      occurrences: columns.occurrences[index] as number,
      tombstone: columns.tombstones[index] === 1,
    };
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
