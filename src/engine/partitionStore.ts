/**
 * The tuples of one lane by hash partition. They stay in memory up to the lane's budget; past it all of them are written
 * to the lane's spill file, partition by partition, and memory starts anew. Memory is shared between threads, so that
 * any lane can join what all of them have stored.
 */
import { readSync, writevSync } from 'node:fs';
import { UserError } from '../core/errors.js';
import type { Side } from '../core/record.js';

/** A page takes one flush of a partition's buffer. */
const pageBytes = 4096;
const pagesPerBlock = 2048;
const blockBytes = pageBytes * pagesPerBlock;
/** Views that one call writes. */
const viewsPerWrite = 1000;

/** Where the tuples of one partition are, in file order: first what was spilled, then what is in memory. */
interface PartitionPlaces {
  /** Byte offset and length in the spill file, alternating. */
  readonly spilled: number[];
  /** Numbers of pages. */
  readonly pages: number[];
}

/** Everything that another thread needs to read a lane's tuples. Plain data; memory is shared, not copied. */
export interface LaneDirectory {
  readonly blocks: readonly SharedArrayBuffer[];
  /** Bytes used of each page. */
  readonly pageLengths: readonly number[];
  readonly source: readonly PartitionPlaces[];
  readonly mirror: readonly PartitionPlaces[];
  /** File descriptor of the spill file, which all threads share; null if there is none. */
  readonly spillFile: number | null;
}

export class PartitionStore {
  readonly #blocks: SharedArrayBuffer[] = [];
  readonly #views: Uint8Array[] = [];
  readonly #pageLengths: number[] = [];
  readonly #places: Readonly<Record<Side, PartitionPlaces[]>>;
  #usedPages = 0;
  #spillPosition = 0;
  readonly #pagesInBudget: number;

  /**
   * @param budgetBytes memory past which tuples are spilled
   * @param spillFile descriptor of an empty file, or null if there must be no spilling
   */
  constructor(
    partitions: number,
    budgetBytes: number,
    private readonly spillFile: number | null,
  ) {
    const places = () => Array.from({ length: partitions }, () => ({ spilled: [], pages: [] }));
    this.#places = { source: places(), mirror: places() };
    this.#pagesInBudget = Math.max(1, Math.floor(budgetBytes / pageBytes));
  }

  /**
   * Copies `bytes`, whole tuples of at most 4 KiB, behind those that the partition has.
   * @throws UserError if they do not fit into memory, and not onto the disk
   */
  add(side: Side, partition: number, bytes: Uint8Array): void {
    if (this.#usedPages >= this.#pagesInBudget && this.spillFile !== null) this.#spill(this.spillFile);
    const page = this.#usedPages++;
    const block = Math.floor(page / pagesPerBlock);
    let view = this.#views[block];
    if (view === undefined) {
      const memory = allocate();
      view = new Uint8Array(memory);
      this.#blocks.push(memory);
      this.#views.push(view);
    }
    view.set(bytes, (page % pagesPerBlock) * pageBytes);
    this.#pageLengths[page] = bytes.length;
    (this.#places[side][partition] as PartitionPlaces).pages.push(page);
  }

  directory(): LaneDirectory {
    return {
      blocks: this.#blocks,
      pageLengths: this.#pageLengths,
      ...this.#places,
      spillFile: this.spillFile,
    };
  }

  /** Writes all pages and takes them back. Partition by partition, so that each is read again in few large pieces. */
  #spill(file: number): void {
    for (const side of ['source', 'mirror'] as const) {
      for (const places of this.#places[side]) {
        if (places.pages.length === 0) continue;
        const views = places.pages.map((page) => this.#page(page));
        const bytes = views.reduce((sum, view) => sum + view.length, 0);
        for (let i = 0; i < views.length; i += viewsPerWrite) {
          writeAll(file, views.slice(i, i + viewsPerWrite), this.#spillPosition);
          this.#spillPosition += views.slice(i, i + viewsPerWrite).reduce((sum, view) => sum + view.length, 0);
        }
        places.spilled.push(this.#spillPosition - bytes, bytes);
        places.pages.length = 0;
      }
    }
    this.#usedPages = 0;
  }

  #page(page: number): Uint8Array {
    const start = (page % pagesPerBlock) * pageBytes;
    const view = this.#views[Math.floor(page / pagesPerBlock)] as Uint8Array;
    return view.subarray(start, start + (this.#pageLengths[page] as number));
  }
}

function allocate(): SharedArrayBuffer {
  try {
    return new SharedArrayBuffer(blockBytes);
  } catch {
    throw new UserError('There is not enough memory for the comparison. Close other programs, or lower its budget.');
  }
}

function writeAll(file: number, views: readonly Uint8Array[], position: number): void {
  let at = position;
  let left = [...views];
  try {
    while (left.length > 0) {
      let written = writevSync(file, left, at);
      at += written;
      while (left[0] !== undefined && written >= left[0].length) {
        written -= left[0].length;
        left = left.slice(1);
      }
      if (left[0] !== undefined && written > 0) left = [left[0].subarray(written), ...left.slice(1)];
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    const what = code === 'ENOSPC' ? 'is full' : `cannot be written (${code})`;
    throw new UserError(
      `The folder for temporary files ${what}. Free space, choose another one, or allow the comparison more memory.`,
    );
  }
}

/** Bytes of all tuples that the lanes hold of a partition. */
export function partitionBytes(lane: LaneDirectory, side: Side, partition: number): number {
  const { spilled, pages } = lane[side][partition] as PartitionPlaces;
  let bytes = 0;
  for (let i = 1; i < spilled.length; i += 2) bytes += spilled[i] as number;
  for (const page of pages) bytes += lane.pageLengths[page] as number;
  return bytes;
}

/** Copies a lane's tuples of a partition to the beginning of `target`, in file order. @returns how many bytes */
export function readPartition(lane: LaneDirectory, side: Side, partition: number, target: Uint8Array): number {
  const { spilled, pages } = lane[side][partition] as PartitionPlaces;
  let filled = 0;
  for (let i = 0; i < spilled.length; i += 2) {
    const end = filled + (spilled[i + 1] as number);
    let position = spilled[i] as number;
    while (filled < end) {
      const read = readSync(lane.spillFile as number, target, filled, end - filled, position);
      if (read === 0) throw new UserError('A temporary file of the comparison was cut by someone else. Compare again.');
      filled += read;
      position += read;
    }
  }
  for (const page of pages) {
    const start = (page % pagesPerBlock) * pageBytes;
    const block = lane.blocks[Math.floor(page / pagesPerBlock)] as SharedArrayBuffer;
    target.set(new Uint8Array(block, start, lane.pageLengths[page] as number), filled);
    filled += lane.pageLengths[page] as number;
  }
  return filled;
}
