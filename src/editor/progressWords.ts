/** How far a running comparison is, in words: for the notification and the tree. */
import { byteSize } from '../core/words/numbers.js';
import { duration } from '../core/words/time.js';
import type { Progress } from '../engine/compareDumps.js';

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

/** The first moments of a run say nothing about its speed. */
const settledAfterMs = 500;

/** @param elapsedMs time since the comparison was started */
export function progressWords({ phase, bytesDone, bytesTotal }: Progress, elapsedMs: number): ProgressWords {
  if (phase === 'comparing')
    return { percent: 100, done: `${byteSize(bytesTotal)} read, comparing`, rate: '', left: '' };
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
