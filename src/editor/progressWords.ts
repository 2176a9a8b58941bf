/** How far a running comparison is, in words: for the notification and the tree. */

import type { DifferenceOutcome } from '../core/comparison.js';
import type { FoundSoFar, Progress } from '../core/progress.js';
import { byteSize, count } from '../core/words/numbers.js';
import { duration } from '../core/words/time.js';

export interface ProgressWords {
  /** 0 to 100. */
  readonly percent: number;
  /** `1.2 GB of 3 GB`; `3 GB read, comparing` when the dumps are read and the keys are compared. */
  readonly done: string;
  /** `210 MB/s`; empty until it can be told. */
  readonly rate: string;
  /** `8 s left`; empty until it can be told. */
  readonly left: string;
}

type ReadSoFar = Pick<Progress, 'phase' | 'bytesDone' | 'bytesTotal'>;

/** The first moments of a run say nothing about its speed. */
const settledAfterMs = 500;

/** @param elapsedMs time since the comparison was started */
export function progressWords({ phase, bytesDone, bytesTotal }: ReadSoFar, elapsedMs: number): ProgressWords {
  if (phase === 'comparing')
    return { percent: 100, done: `${byteSize(bytesTotal)} read, comparing`, rate: '', left: '' };
  // How much there is to be read is known only once everything is unpacked.
  if (phase === 'unpacking') return { percent: 0, done: `${byteSize(bytesDone)} unpacked`, rate: '', left: '' };
  const share = bytesTotal === 0 ? 1 : bytesDone / bytesTotal;
  const settled = elapsedMs >= settledAfterMs && bytesDone > 0;
  const bytesPerMs = bytesDone / elapsedMs;
  const msLeft = (bytesTotal - bytesDone) / bytesPerMs;
  return {
    percent: Math.floor(share * 100),
    done: `${byteSize(bytesDone)} of ${byteSize(bytesTotal)}`,
    rate: settled ? `${byteSize(Math.round(bytesPerMs * 1000))}/s` : '',
    left: settled && msLeft >= 1000 ? `${duration(Math.round(msLeft))} left` : '',
  };
}

/** `42 % · 1.2 GB of 3 GB · 210 MB/s · 8 s left`. */
export function progressSentence({ percent, done, rate, left }: ProgressWords): string {
  return [`${percent} %`, done, rate, left].filter((part) => part !== '').join(' · ');
}

/** `1,200 missing · 7 modified`, what the mirror lacks first; `no difference` while there is none. */
export function foundWords({ counts }: FoundSoFar): string {
  const outcomes: readonly DifferenceOutcome[] = ['missing', 'modified', 'extra'];
  const found = outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${count(counts[outcome])} ${outcome}`);
  return found.length === 0 ? 'no difference' : found.join(' · ');
}

/** Keys compared so far, those that agree too. */
export function keysCompared({ counts }: FoundSoFar): number {
  return Object.values(counts).reduce((sum, number) => sum + number, 0);
}
