/** How far a comparison is, and what it has found so far. Plain data: it crosses threads several times a second. */
import type { DifferenceOutcome, FinalRecord, KeyName, Outcome } from './comparison.js';

export interface Progress {
  /** `unpacking`: a dump is decoded into a temporary file; both may have to be, one after the other. */
  readonly phase: 'unpacking' | 'reading' | 'comparing';
  /** Of both dumps together; while unpacking, of the one that is. The total is 0 where nobody knows it, as of a pipe. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Records read so far, of both dumps. */
  readonly records: number;
  /** Warnings so far, about both dumps. */
  readonly warnings: number;
  /** Null until the first keys are compared. */
  readonly found: FoundSoFar | null;
}

/** The keys compared so far. Causes and late marks depend on the whole and come with the result. */
export interface FoundSoFar {
  readonly counts: Readonly<Record<Outcome, number>>;
  /** The first differing keys that were found, at most `firstFoundLimit`; they stay the same as more are found. */
  readonly first: readonly FoundKey[];
}

export const firstFoundLimit = 20;

/** A key that differs, before it is known why. */
export interface FoundKey extends KeyName {
  readonly outcome: DifferenceOutcome;
  /** Null when the key is absent there. */
  readonly source: FinalRecord | null;
  readonly mirror: FinalRecord | null;
}
