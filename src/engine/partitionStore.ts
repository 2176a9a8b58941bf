/**
 * The tuples of one lane by hash partition. They stay in memory up to the lane's budget; past it all of them are written
 * to the lane's spill file, partition by partition, and memory starts anew. Memory is shared between threads, so that
 * any lane can join what all of them have stored.
 */
import { readSync, writevSync } from 'node:fs';
import { UserError } from '../core/errors.js';
import type { Side } from '../core/record.js';
import type { FindingsBudget } from './findings.js';
import type { SpillTarget } from './spillFile.js';

/** A page takes as many whole tuples of either size as fit; src/kernel/layout.ts has the same number. */
export const pageBytes = 8192;
const pagesPerBlock = 1024;
/** Views that one call writes. */
const viewsPerWrite = 1000;

/**
 * Everything that another thread needs to read a lane's tuples: what was spilled of each partition, and behind it in file
 * order what is in memory. Plain data; memory is shared, not copied.
 */
export interface LaneDirectory {
  /** Shared memory of 1024 pages each. */
  readonly blocks: readonly Uint8Array[];
  readonly partitions: number;
  /** First page of each partition, those of the source, then those of the mirror; -1 for none. */
  readonly firstPages: Int32Array;
  /** Of each page its length in bytes and the next page of its partition, -1 for none. */
  readonly pages: Int32Array;
  /** File descriptor of the spill file, which all threads share; null if there is none. */
  readonly spillFile: number | null;
  /** Of each partition, like `firstPages`: byte offsets and lengths in the spill file, alternating. */
  readonly spilled: readonly (readonly number[])[];
}

export class PartitionStore {
  readonly #blocks: Uint8Array[] = [];
  #pages = new Int32Array(2 * pagesPerBlock);
  readonly #firstPages: Int32Array;
  readonly #lastPages: Int32Array;
  readonly #spilled: number[][];
  #usedPages = 0;
  #spillPosition = 0;
  readonly #pagesInBudget: number;

  /**
   * @param budgetBytes memory past which tuples are spilled
   * @param spillFile an empty file, or null if there must be no spilling
   */
  constructor(
    private readonly partitions: number,
    budgetBytes: number,
    private readonly spillFile: SpillTarget | null,
    /** Shared memory of so many bytes. */
    private readonly takeBlock: (bytes: number) => Uint8Array,
  ) {
    this.#firstPages = new Int32Array(2 * partitions).fill(-1);
    this.#lastPages = new Int32Array(2 * partitions).fill(-1);
    this.#spilled = Array.from({ length: 2 * partitions }, () => []);
    this.#pagesInBudget = Math.max(1, Math.floor(budgetBytes / pageBytes));
  }

  /** Whether all must be spilled before there is another page. */
  get isFull(): boolean {
    return this.#usedPages >= this.#pagesInBudget && this.spillFile !== null;
  }

  /**
   * An empty page behind those that the partition has.
   * @returns where it starts in its block's buffer
   */
  nextPage(side: Side, partition: number): number {
    const page = this.#usedPages++;
    const block = this.#blocks[Math.floor(page / pagesPerBlock)] ?? this.#addBlock();
    this.#pages[2 * page] = 0;
    this.#pages[2 * page + 1] = -1;
    const place = placeOf(this.partitions, side, partition);
    const last = this.#lastPages[place] as number;
    if (last < 0) this.#firstPages[place] = page;
    else this.#pages[2 * last + 1] = page;
    this.#lastPages[place] = page;
    return block.byteOffset + (page % pagesPerBlock) * pageBytes;
  }

  /** The partition's last page holds `bytes`, whole tuples. */
  endPage(side: Side, partition: number, bytes: number): void {
    const last = this.#lastPages[placeOf(this.partitions, side, partition)] as number;
    this.#pages[2 * last] = bytes;
  }

  /**
   * Puts whole tuples that fit into a page behind those that the partition has.
   * @throws UserError if they do not fit into memory, and not onto the disk
   */
  add(side: Side, partition: number, tuples: Uint8Array): void {
    if (this.isFull) this.spill();
    this.nextPage(side, partition);
    this.endPage(side, partition, tuples.length);
    this.#page(this.#usedPages - 1).set(tuples);
  }

  directory(): LaneDirectory {
    return {
      blocks: this.#blocks,
      partitions: this.partitions,
      firstPages: this.#firstPages,
      pages: this.#pages.slice(0, 2 * this.#usedPages),
      spillFile: this.spillFile?.file ?? null,
      spilled: this.#spilled,
    };
  }

  /** What is left to this lane once all are stored: memory of its budget, and the end of its spill file. */
  leftOver(): FindingsBudget {
    const memoryBytes = (this.#pagesInBudget - this.#usedPages) * pageBytes;
    const { spillFile } = this;
    return { memoryBytes, spill: spillFile === null ? null : { target: spillFile, position: this.#spillPosition } };
  }

  /**
   * Writes all pages to the spill file and takes them back; all must have been ended. Partition by partition, so that
   * each is read again in few large pieces.
   * @throws UserError if they do not fit onto the disk
   */
  spill(): void {
    const target = this.spillFile as SpillTarget;
    for (let place = 0; place < 2 * this.partitions; place++) {
      let views: Uint8Array[] = [];
      const start = this.#spillPosition;
      for (let page = this.#firstPages[place] as number; page >= 0; page = this.#pages[2 * page + 1] as number) {
        views.push(this.#page(page));
        if (views.length === viewsPerWrite) {
          this.#spillPosition += writeAll(target, views, this.#spillPosition);
          views = [];
        }
      }
      if (views.length > 0) this.#spillPosition += writeAll(target, views, this.#spillPosition);
      if (this.#spillPosition > start) this.#spilled[place]?.push(start, this.#spillPosition - start);
    }
    this.#firstPages.fill(-1);
    this.#lastPages.fill(-1);
    this.#usedPages = 0;
  }

  #addBlock(): Uint8Array {
    const block = this.takeBlock(pageBytes * pagesPerBlock);
    this.#blocks.push(block);
    const pages = 2 * pagesPerBlock * this.#blocks.length;
    if (pages > this.#pages.length) {
      const larger = new Int32Array(2 * pages);
      larger.set(this.#pages);
      this.#pages = larger;
    }
    return block;
  }

  #page(page: number): Uint8Array {
    const start = (page % pagesPerBlock) * pageBytes;
    const block = this.#blocks[Math.floor(page / pagesPerBlock)] as Uint8Array;
    return block.subarray(start, start + (this.#pages[2 * page] as number));
  }
}

function placeOf(partitions: number, side: Side, partition: number): number {
  return side === 'source' ? partition : partitions + partition;
}

/**
 * @returns how many bytes were written: all of them
 * @throws UserError if the disk does not take them
 */
export function writeAll({ file, folder }: SpillTarget, views: readonly Uint8Array[], position: number): number {
  let at = position;
  let left = views;
  try {
    while (left.length > 0) {
      let written = writevSync(file, left, at);
      at += written;
      // What was not taken is written in another call.
      const next = left.findIndex((view) => {
        if (written < view.length) return true;
        written -= view.length;
        return false;
      });
      left = next < 0 ? [] : [(left[next] as Uint8Array).subarray(written), ...left.slice(next + 1)];
    }
    return at - position;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    const what = code === 'ENOSPC' ? 'is full' : `cannot be written (${code})`;
    throw new UserError(
      `${folder}, the folder for temporary files, ${what}. Free space, name another folder, or allow the comparison more memory.`,
      folder,
    );
  }
}

/** Bytes of all tuples that a lane holds of a partition. */
export function partitionBytes(lane: LaneDirectory, side: Side, partition: number): number {
  const place = placeOf(lane.partitions, side, partition);
  const spilled = lane.spilled[place] as readonly number[];
  let bytes = 0;
  for (let i = 1; i < spilled.length; i += 2) bytes += spilled[i] as number;
  for (let page = lane.firstPages[place] as number; page >= 0; page = lane.pages[2 * page + 1] as number) {
    bytes += lane.pages[2 * page] as number;
  }
  return bytes;
}

/** Copies a lane's tuples of a partition to the beginning of `target`, in file order. @returns how many bytes */
export function readPartition(lane: LaneDirectory, side: Side, partition: number, target: Uint8Array): number {
  const place = placeOf(lane.partitions, side, partition);
  const spilled = lane.spilled[place] as readonly number[];
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
  for (let page = lane.firstPages[place] as number; page >= 0; page = lane.pages[2 * page + 1] as number) {
    const length = lane.pages[2 * page] as number;
    const block = lane.blocks[Math.floor(page / pagesPerBlock)] as Uint8Array;
    const start = (page % pagesPerBlock) * pageBytes;
    target.set(block.subarray(start, start + length), filled);
    filled += length;
  }
  return filled;
}
