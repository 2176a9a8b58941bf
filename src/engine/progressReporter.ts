/** Tells how far the lanes are, from what they have noted down in shared memory: asking does not disturb them. */
import type { Outcome } from '../core/comparison.js';
import type { Progress } from '../core/progress.js';
import { type ControlBlock, outcomeCells } from './controlBlock.js';

const intervalMs = 50;

export class ProgressReporter {
  #phase: Progress['phase'] = 'reading';
  readonly #timer: NodeJS.Timeout;

  /**
   * @param bytesTotal of both dumps
   * @param warnings so far
   */
  constructor(
    private readonly control: ControlBlock,
    private readonly bytesTotal: number,
    private readonly warnings: number,
    private readonly onProgress: (progress: Progress) => void,
  ) {
    this.#timer = setInterval(() => this.#report(), intervalMs);
    this.#report();
  }

  /** Both dumps are read. */
  readingIsDone(): void {
    this.#report();
    this.#phase = 'comparing';
    this.#report();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #report(): void {
    const { bytes, records, outcomes } = this.control.progress();
    this.onProgress({
      phase: this.#phase,
      bytesDone: Math.min(bytes, this.bytesTotal),
      bytesTotal: this.bytesTotal,
      records,
      warnings: this.warnings,
      found: this.#phase === 'reading' ? null : { counts: countsOf(outcomes), first: [] },
    });
  }
}

function countsOf(outcomes: readonly number[]): Record<Outcome, number> {
  return Object.fromEntries(outcomeCells.map((name, i) => [name, outcomes[i]])) as Record<Outcome, number>;
}
