/** The counts that every scanner keeps, from zero. */
import { nothingScanned, type ScanTotals } from './format.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Distinct notices kept to be shown. */
const noiseTextsKept = 5;

export class TotalsCounter {
  readonly totals: Writable<ScanTotals> = { ...nothingScanned };
  readonly #noiseTexts = new Set<string>();
  /** The last line counted as unreadable, and the last one counted as unrecognized. */
  #unreadableLine = 0;
  #unrecognizedLine = 0;

  noise(text: string, line: number): void {
    this.totals.noiseLines++;
    this.totals.firstNoiseLine ??= line;
    if (this.#noiseTexts.size < noiseTextsKept) this.#noiseTexts.add(text);
    this.totals.noiseTexts = [...this.#noiseTexts];
  }

  /** Counts a line once, however many pieces of it belong to no record. */
  unrecognized(line: number): void {
    if (line === this.#unrecognizedLine) return;
    this.#unrecognizedLine = line;
    this.totals.unrecognizedLines++;
    this.totals.firstUnrecognizedLine ??= line;
  }

  /** Counts a line once, however many pieces of it look like a record. */
  unreadable(line: number): void {
    if (line === this.#unreadableLine) return;
    this.#unreadableLine = line;
    this.totals.unreadableRecords++;
    this.totals.firstUnreadableLine ??= line;
  }
}
