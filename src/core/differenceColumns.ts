/**
 * Differences as columns of numbers, one entry a difference, and the bytes of all keys one after another: 140 bytes
 * and the key for each, whatever its text, in a few buffers that a worker hands over without copying them.
 */
import type { Difference, FinalRecord, KeyName } from './comparison.js';
import { differenceKinds, kindOf, sectionKinds } from './differenceGroups.js';
import type { Side } from './record.js';

/** Of the final records of one side, what is counted. An absent key has neither partition nor timestamp. */
export interface CountedFinals {
  /** -1 for none. */
  readonly partitions: Int32Array;
  /** NaN for none. */
  readonly timestamps: Float64Array;
  /** 0 or 1. */
  readonly tombstones: Uint8Array;
}

/** What is counted of differences. Plain data; only the first `length` entries of each column count. */
export interface CountedColumns {
  readonly length: number;
  /** Positions in `differenceKinds`. */
  readonly kinds: Uint8Array;
  /** Positions in `sectionKinds`. */
  readonly sections: Uint8Array;
  readonly source: CountedFinals;
  readonly mirror: CountedFinals;
}

/** Counters go so many by so many: a function that is called often is compiled sooner, and better. */
const countedAtOnce = 4096;

/** Goes through all of them, `countedAtOnce` at a time: from the 0-based `from` up to, not including, `to`. */
export function eachCounted(
  parts: readonly CountedColumns[],
  count: (part: CountedColumns, from: number, to: number) => void,
): void {
  for (const part of parts) {
    for (let from = 0; from < part.length; from += countedAtOnce) {
      count(part, from, Math.min(part.length, from + countedAtOnce));
    }
  }
}

/** The moment of a key's newest record, on whichever side it is, in milliseconds; NaN where neither has a timestamp. */
export function lastWrittenAt({ source, mirror }: CountedColumns, index: number): number {
  const a = source.timestamps[index] as number;
  const b = mirror.timestamps[index] as number;
  // Both comparisons are false with NaN.
  if (a >= b) return a;
  return b > a || Number.isNaN(a) ? b : a;
}

/** The final records of one side. */
export interface FinalColumns extends CountedFinals {
  /** Records of the key in that dump; 0 where the key is absent. */
  readonly occurrences: Uint32Array;
  readonly lines: Float64Array;
  readonly lineCounts: Uint32Array;
  readonly byteOffsets: Float64Array;
  readonly byteLengths: Float64Array;
  /** See `ValueLocation`. */
  readonly headBytes: Uint32Array;
  /** NaN for none. */
  readonly offsets: Float64Array;
}

/** All that is known of differences. */
export interface DifferenceColumns extends CountedColumns {
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

/** In the order of their numbers in the column. */
export const evidences = [null, 'record', 'timestamp'] as const;
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
    const { source, mirror, ...columns } = emptyColumns(this.#capacity, 16 * this.#capacity);
    this.#columns = { ...columns, length: 0 };
    this.#finals = { source, mirror };
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

/** Of each difference in `CountedColumns`. */
export const countedBytes = 28;

/** Columns in memory that is given: `countedBytes` for each difference, from a multiple of 8 on. */
export function countedColumnsIn(buffer: ArrayBufferLike, byteOffset: number, length: number): CountedColumns {
  let end = byteOffset;
  const next = (bytes: number): number => {
    const start = end;
    end += bytes * length;
    return start;
  };
  // The widest first, so that each is aligned.
  const timestamps = [0, 1].map(() => new Float64Array(buffer, next(8), length));
  const partitions = [0, 1].map(() => new Int32Array(buffer, next(4), length));
  const [kinds, sections, ...tombstones] = [0, 1, 2, 3].map(() => new Uint8Array(buffer, next(1), length));
  const finals = (side: number) => ({
    partitions: partitions[side] as Int32Array,
    timestamps: timestamps[side] as Float64Array,
    tombstones: tombstones[side] as Uint8Array,
  });
  return {
    length,
    kinds: kinds as Uint8Array,
    sections: sections as Uint8Array,
    source: finals(0),
    mirror: finals(1),
  };
}

function countedFinals(length: number): CountedFinals {
  return {
    partitions: new Int32Array(length),
    timestamps: new Float64Array(length),
    tombstones: new Uint8Array(length),
  };
}

/** Columns of zeros. @param keyBytes room for keys */
export function emptyColumns(length: number, keyBytes: number): DifferenceColumns {
  return {
    length,
    kinds: new Uint8Array(length),
    sections: new Uint8Array(length),
    evidence: new Uint8Array(length),
    behind: new Float64Array(length),
    behindMs: new Float64Array(length),
    source: finalColumns(length),
    mirror: finalColumns(length),
    keys: new Uint8Array(keyBytes),
    keyStarts: new Float64Array(length + 1),
  };
}

function finalColumns(length: number): FinalColumns {
  return {
    ...countedFinals(length),
    occurrences: new Uint32Array(length),
    lines: new Float64Array(length),
    lineCounts: new Uint32Array(length),
    byteOffsets: new Float64Array(length),
    byteLengths: new Float64Array(length),
    headBytes: new Uint32Array(length),
    offsets: new Float64Array(length),
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
  columns.headBytes[i] = final.headBytes;
  columns.offsets[i] = final.offset ?? Number.NaN;
  columns.tombstones[i] = final.tombstone ? 1 : 0;
}

function grown<T extends Column>(column: T, length: number): T {
  const larger = new (column.constructor as new (length: number) => T)(length);
  larger.set(column);
  return larger;
}

/** The bytes of a key, where they are in the columns. */
export function keyAt({ keys, keyStarts }: DifferenceColumns, index: number): Uint8Array {
  return keys.subarray(keyStarts[index], keyStarts[index + 1]);
}

/** A copy of the differences from the 0-based `from` up to `to`. */
export function sliceOfColumns(columns: DifferenceColumns, from: number, to: number): DifferenceColumns {
  const firstKey = columns.keyStarts[from] as number;
  return {
    length: to - from,
    kinds: columns.kinds.slice(from, to),
    sections: columns.sections.slice(from, to),
    evidence: columns.evidence.slice(from, to),
    behind: columns.behind.slice(from, to),
    behindMs: columns.behindMs.slice(from, to),
    source: sliceOfFinals(columns.source, from, to),
    mirror: sliceOfFinals(columns.mirror, from, to),
    keys: columns.keys.slice(firstKey, columns.keyStarts[to]),
    keyStarts: columns.keyStarts.slice(from, to + 1).map((start) => start - firstKey),
  };
}

function sliceOfFinals(columns: FinalColumns, from: number, to: number): FinalColumns {
  return {
    occurrences: columns.occurrences.slice(from, to),
    lines: columns.lines.slice(from, to),
    lineCounts: columns.lineCounts.slice(from, to),
    byteOffsets: columns.byteOffsets.slice(from, to),
    byteLengths: columns.byteLengths.slice(from, to),
    headBytes: columns.headBytes.slice(from, to),
    partitions: columns.partitions.slice(from, to),
    offsets: columns.offsets.slice(from, to),
    timestamps: columns.timestamps.slice(from, to),
    tombstones: columns.tombstones.slice(from, to),
  };
}

/** All buffers of the columns, for a transfer list: they are gone here once they are transferred. */
export function buffersOf(columns: DifferenceColumns): ArrayBuffer[] {
  const views = [columns, columns.source, columns.mirror].flatMap((part) => Object.values(part));
  return views.filter((view) => ArrayBuffer.isView(view)).map(({ buffer }) => buffer as ArrayBuffer);
}
