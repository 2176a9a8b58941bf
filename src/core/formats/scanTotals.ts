/** The counts that every scanner keeps, from zero. */
import { nothingScanned, type ScanTotals } from './format.js';
import { noiseTextsKept } from './totals.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export class TotalsCounter {
  readonly totals: Writable<ScanTotals> = { ...nothingScanned };
  /** The last line counted as unreadable, and the last one counted as unrecognized. */
  #unreadableLine = 0;
  #unrecognizedLine = 0;

  noise(text: string, line: number): void {
    const { totals } = this;
    totals.noiseLines++;
    totals.firstNoiseLine ??= line;
    if (totals.noiseTexts.length === noiseTextsKept || totals.noiseTexts.includes(text)) return;
    totals.noiseTexts = [...totals.noiseTexts, text];
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
