/**
 * A few numbers in shared memory by which threads divide the work, are told to stop, and show how far they are, without
 * a message: a thread in the middle of a scan reads none.
 */
import { CancelledError } from '../core/errors.js';

const cancelledCell = 0;
const nextChunkCell = 1;
const nextPartitionCell = 2;
const integerCells = 4;
/** Of each lane: bytes, records, and keys so far of each outcome. */
const laneCells = 8;

export const outcomeCells = ['same', 'deleted', 'missing', 'extra', 'modified'] as const;

export class ControlBlock {
  readonly #integers: Int32Array;
  readonly #numbers: Float64Array;

  static create(lanes: number): SharedArrayBuffer {
    return new SharedArrayBuffer(4 * integerCells + 8 * laneCells * lanes);
  }

  constructor(readonly memory: SharedArrayBuffer) {
    this.#integers = new Int32Array(memory, 0, integerCells);
    this.#numbers = new Float64Array(memory, 4 * integerCells);
  }

  cancel(): void {
    Atomics.store(this.#integers, cancelledCell, 1);
  }

  /** @throws CancelledError once it is cancelled */
  throwIfCancelled(): void {
    if (Atomics.load(this.#integers, cancelledCell) !== 0) throw new CancelledError();
  }

  /** The next chunk that nobody has taken, 0-based. */
  takeChunk(): number {
    return Atomics.add(this.#integers, nextChunkCell, 1);
  }

  /** The next hash partition that nobody has taken, 0-based. */
  takePartition(): number {
    return Atomics.add(this.#integers, nextPartitionCell, 1);
  }

  /** How far the join is, in hash partitions. */
  get partitionsTaken(): number {
    return Atomics.load(this.#integers, nextPartitionCell);
  }

  addProgress(lane: number, bytes: number, records: number): void {
    this.#add(lane, 0, bytes);
    this.#add(lane, 1, records);
  }

  addOutcomes(lane: number, counts: ArrayLike<number>): void {
    for (let i = 0; i < outcomeCells.length; i++) this.#add(lane, 2 + i, counts[i] as number);
  }

  /** Of all lanes together. */
  progress(): { bytes: number; records: number; outcomes: number[] } {
    const sum = (cell: number): number => {
      let total = 0;
      for (let at = cell; at < this.#numbers.length; at += laneCells) total += this.#numbers[at] as number;
      return total;
    };
    return { bytes: sum(0), records: sum(1), outcomes: outcomeCells.map((_, i) => sum(2 + i)) };
  }

  #add(lane: number, cell: number, amount: number): void {
    const at = lane * laneCells + cell;
    this.#numbers[at] = (this.#numbers[at] as number) + amount;
  }
}
