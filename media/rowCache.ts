/** The rows that pass one filter, fetched from the host in blocks as they come into sight. */
import type { DifferenceRow, RowFilter, RowPage } from '../src/editor/resultProtocol.js';

const blockSize = 100;
/** Blocks that are kept; older ones are fetched again when they are needed. */
const maxBlocks = 40;

export type RequestRows = (filter: RowFilter, first: number, count: number) => void;

export class RowCache {
  readonly filter: RowFilter;
  readonly #request: RequestRows;
  /** By number of the block; null while it is on its way. Oldest first. */
  readonly #blocks = new Map<number, readonly DifferenceRow[] | null>();

  constructor(filter: RowFilter, request: RequestRows) {
    this.filter = filter;
    this.#request = request;
  }

  /** Undefined while the row is on its way. */
  row(position: number): DifferenceRow | undefined {
    return this.#blocks.get(Math.floor(position / blockSize))?.[position % blockSize];
  }

  /** Asks for the rows from `first` to before `end` that are not here yet. */
  want(first: number, end: number): void {
    for (let block = Math.floor(first / blockSize); block * blockSize < end; block++) {
      if (this.#blocks.has(block)) continue;
      this.#blocks.set(block, null);
      this.#request(this.filter, block * blockSize, blockSize);
    }
  }

  receive({ first, rows }: RowPage): void {
    const block = first / blockSize;
    // Set anew, it becomes the youngest.
    this.#blocks.delete(block);
    this.#blocks.set(block, rows);
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= maxBlocks) break;
      this.#blocks.delete(oldest);
    }
  }
}
