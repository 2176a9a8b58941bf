/** Tells how far the lanes are, from what they have noted down in shared memory: asking does not disturb them. */
import type { Outcome } from '../core/comparison.js';
import { type FoundKey, firstFoundLimit, type Progress } from '../core/progress.js';
import { type ControlBlock, outcomeCells } from './controlBlock.js';

const intervalMs = 50;

export class ProgressReporter {
  #phase: Progress['phase'] = 'reading';
  readonly #timer: NodeJS.Timeout;
  #found: (index: number) => FoundKey | null = () => null;
  #first: readonly FoundKey[] = [];

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

  /**
   * Both dumps are read.
   * @param found describes a differing key by its 0-based number, null if there are not so many yet
   */
  readingIsDone(found: (index: number) => FoundKey | null): void {
    this.#report();
    this.#phase = 'comparing';
    this.#found = found;
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
      found: this.#phase === 'reading' ? null : { counts: countsOf(outcomes), first: this.#firstFound() },
    });
  }

  #firstFound(): readonly FoundKey[] {
    while (this.#first.length < firstFoundLimit) {
      const key = this.#found(this.#first.length);
      if (key === null) break;
      this.#first = [...this.#first, key];
    }
    return this.#first;
  }
}

function countsOf(outcomes: readonly number[]): Record<Outcome, number> {
  return Object.fromEntries(outcomeCells.map((name, i) => [name, outcomes[i]])) as Record<Outcome, number>;
}
