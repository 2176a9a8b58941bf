/**
 * Differing keys before their names were read from the dumps: rows of numbers in chunks, which go to the spill file past a
 * budget. What depends on whether timestamps are comparable is there in both readings until that is known.
 */
import { readSync } from 'node:fs';
import type { Cause, DifferenceOutcome, Late } from '../core/comparison.js';
import type { CauseFinding } from '../core/outcome.js';
import type { KeySide } from './keySides.js';
import { writeAll } from './partitionStore.js';
import type { SpillTarget } from './spillFile.js';
import type { Tuples } from './tuple.js';

/** The final record of a key on one side; -1 for what it has not. */
export interface FinalFinding {
  readonly byteOffset: number;
  readonly partition: number;
  readonly timestamp: number;
  readonly offset: number;
  readonly occurrences: number;
  readonly tombstone: boolean;
}

/** What a row says without knowing whether timestamps are comparable. */
export interface Finding {
  readonly outcome: DifferenceOutcome;
  readonly source: FinalFinding | null;
  readonly mirror: FinalFinding | null;
}

/** In the order of their numbers in a row's bits. */
export const outcomes: readonly DifferenceOutcome[] = ['missing', 'extra', 'modified'];
export const causes: readonly (Cause | null)[] = [null, 'stale', 'ahead', 'reordered', 'diverged'];
export const lates: readonly (Late | null)[] = [null, 'afterMirrorEnd', 'afterSourceEnd'];

/** Of a row's bits: where each begins; the outcome's are the first two. */
export const bitsAt = { untimed: 2, timed: 6, late: 10, source: 12, mirror: 14 } as const;
/** Of a cause's four bits the one that tells its evidence. */
export const byTimestamp = 8;

/** Doubles a row: bits, `behind` in both readings, then five for each side. */
export const rowLength = 13;
const sideLength = 5;
export const sideStart = { source: 3, mirror: 3 + sideLength } as const;

/** Rows of a chunk, a power of two: 416 KiB. */
export const rowsPerChunk = 1 << 12;
const chunkLength = rowLength * rowsPerChunk;
const chunkBytes = chunkLength * Float64Array.BYTES_PER_ELEMENT;

/** Where rows go that do not fit into memory. */
export interface FindingsBudget {
  readonly memoryBytes: number;
  /** A file, and the position behind what it holds; null if there must be no spilling. */
  readonly spill: { readonly target: SpillTarget; readonly position: number } | null;
}

/** All rows of a lane. Plain data. */
export interface FoundRows {
  /** All of them full except for the last. */
  readonly chunks: Float64Array<ArrayBuffer>[];
  /** Full chunks in a spill file, one after the other. */
  readonly spilled: { readonly file: number; readonly position: number; readonly chunks: number } | null;
}

export class FindingsBuilder {
  readonly #full: Float64Array<ArrayBuffer>[] = [];
  #chunk = new Float64Array(rowLength * 16);
  #rows = 0;
  #spilledChunks = 0;

  constructor(private readonly budget: FindingsBudget) {}

  /**
   * @param untimed the cause if timestamps are not comparable, null unless modified
   * @param timed the cause if they are
   */
  add(
    outcome: DifferenceOutcome,
    untimed: CauseFinding | null,
    timed: CauseFinding | null,
    late: Late | null,
    source: { readonly side: KeySide; readonly tuples: Tuples } | null,
    mirror: { readonly side: KeySide; readonly tuples: Tuples } | null,
  ): void {
    const start = this.#rows++ * rowLength;
    if (start === this.#chunk.length) this.#grow();
    const rows = this.#chunk;
    const causeBits = (found: CauseFinding | null): number =>
      causes.indexOf(found?.cause ?? null) | (found?.evidence === 'timestamp' ? byTimestamp : 0);
    rows[start] =
      outcomes.indexOf(outcome) |
      (causeBits(untimed) << bitsAt.untimed) |
      (causeBits(timed) << bitsAt.timed) |
      (lates.indexOf(late) << bitsAt.late) |
      (this.#final(start + sideStart.source, source) << bitsAt.source) |
      (this.#final(start + sideStart.mirror, mirror) << bitsAt.mirror);
    rows[start + 1] = untimed?.behind ?? -1;
    rows[start + 2] = timed?.behind ?? -1;
    if (this.#rows === rowsPerChunk) this.#endChunk();
  }

  /** Adds whole rows, made by the kernel. */
  addRows(rows: Float64Array): void {
    for (let from = 0; from < rows.length; ) {
      const start = this.#rows * rowLength;
      if (start === this.#chunk.length) this.#grow();
      const taken = rows.subarray(from, from + this.#chunk.length - start);
      this.#chunk.set(taken, start);
      from += taken.length;
      this.#rows += taken.length / rowLength;
      if (this.#rows === rowsPerChunk) this.#endChunk();
    }
  }

  /** A finding by its 0-based number; null if there are not so many, or it is no longer in memory. */
  at(index: number): Finding | null {
    const chunk = this.#full[Math.floor(index / rowsPerChunk)];
    const row = index % rowsPerChunk;
    if (chunk !== undefined) return findingAt(chunk, row);
    return index === this.#full.length * rowsPerChunk + row && row < this.#rows && this.#spilledChunks === 0
      ? findingAt(this.#chunk, row)
      : null;
  }

  /** All rows; the builder must not be used afterwards. */
  take(): FoundRows {
    const last = this.#chunk.slice(0, this.#rows * rowLength);
    return {
      chunks: last.length === 0 ? this.#full : [...this.#full, last],
      spilled:
        this.budget.spill === null || this.#spilledChunks === 0
          ? null
          : {
              file: this.budget.spill.target.file,
              position: this.budget.spill.position,
              chunks: this.#spilledChunks,
            },
    };
  }

  #grow(): void {
    const larger = new Float64Array(Math.min(chunkLength, 4 * this.#chunk.length));
    larger.set(this.#chunk);
    this.#chunk = larger;
  }

  #endChunk(): void {
    this.#rows = 0;
    const { memoryBytes, spill: to } = this.budget;
    if (to === null || (this.#full.length + 2) * chunkBytes <= memoryBytes || this.#full.length === 0) {
      this.#full.push(this.#chunk);
      this.#chunk = new Float64Array(chunkLength);
      return;
    }
    writeAll(to.target, [new Uint8Array(this.#chunk.buffer)], to.position + this.#spilledChunks * chunkBytes);
    this.#spilledChunks++;
  }

  /** @returns 0 absent, 1 a value, 3 a tombstone */
  #final(at: number, final: { readonly side: KeySide; readonly tuples: Tuples } | null): number {
    if (final === null) return 0;
    const { side, tuples } = final;
    const row = side.finalRow;
    this.#chunk[at] = tuples.byteOffset(row);
    this.#chunk[at + 1] = tuples.partition(row);
    this.#chunk[at + 2] = tuples.timestamp(row);
    this.#chunk[at + 3] = tuples.offset(row);
    this.#chunk[at + 4] = side.rows.length;
    return tuples.isTombstone(row) ? 3 : 1;
  }
}

export function rowsOf({ chunks, spilled }: FoundRows): number {
  const inMemory = chunks.reduce((sum, chunk) => sum + chunk.length / rowLength, 0);
  return inMemory + (spilled?.chunks ?? 0) * rowsPerChunk;
}

/**
 * Brings all rows of all lanes into memory, and out of `found`; every chunk is full except for some of the lanes' last
 * ones.
 */
export function takeChunks(found: readonly FoundRows[]): Float64Array[] {
  return [...chunksOf(found, () => new Float64Array(chunkLength))];
}

/** The same one after the other: each is valid until the next one is asked for. */
export function takeEachChunk(found: readonly FoundRows[]): Iterable<Float64Array> {
  const buffer = new Float64Array(chunkLength);
  return chunksOf(found, () => buffer);
}

/** @param takeBuffer gives room for a chunk that was spilled */
function* chunksOf(found: readonly FoundRows[], takeBuffer: () => Float64Array): Generator<Float64Array> {
  for (const { chunks, spilled } of found) {
    for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) yield chunk;
    for (let i = 0; i < (spilled?.chunks ?? 0); i++) {
      const chunk = takeBuffer();
      const { file, position } = spilled as NonNullable<FoundRows['spilled']>;
      const filled = readSync(file, chunk, 0, chunkBytes, position + i * chunkBytes);
      if (filled < chunkBytes) throw new Error('A temporary file ends too early.');
      yield chunk;
    }
  }
}

function findingAt(chunk: Float64Array, row: number): Finding {
  const start = row * rowLength;
  const bits = chunk[start] as number;
  return {
    outcome: outcomes[bits & 3] as DifferenceOutcome,
    source: finalAt(chunk, start + sideStart.source, (bits >> bitsAt.source) & 3),
    mirror: finalAt(chunk, start + sideStart.mirror, (bits >> bitsAt.mirror) & 3),
  };
}

function finalAt(chunk: Float64Array, at: number, presence: number): FinalFinding | null {
  if (presence === 0) return null;
  return {
    byteOffset: chunk[at] as number,
    partition: chunk[at + 1] as number,
    timestamp: chunk[at + 2] as number,
    offset: chunk[at + 3] as number,
    occurrences: chunk[at + 4] as number,
    tombstone: presence === 3,
  };
}
