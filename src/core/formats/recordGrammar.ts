/** What a format read by lines tells `LineScanner` about its records. */
import type { RecordView } from '../record.js';

export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** `partial`: the bytes end before it can be told. */
export type StartMatch = 'no' | 'partial' | 'whole';

/** `unreadable`: the key cannot be told. `restarts`: the record was given up and another one starts inside it. */
export type Split = 'read' | 'unreadable' | 'restarts';

/** What records of a format look like. `bytes[start, end)` is a line, its line end excluded. */
export interface RecordGrammar {
  /** Whether a record starts at `start`; `partial` if the line is the beginning of such a start. */
  matchStart(bytes: Uint8Array, start: number, end: number): StartMatch;
  /**
   * Puts what the last `matchStart` found into `view`, positions left out; or, with `isRestart`, what the last `split`
   * found at `restartAt`.
   * @returns where the record's body begins
   */
  begin(view: Writable<RecordView>, isRestart: boolean): number;
  /**
   * Finds key and value in the body `view.bytes[bodyStart, view.valueEnd)`, which may have moved since `matchStart`,
   * and sets the view's positions and nulls.
   * @param isCut the dump ends before the record does
   */
  split(view: Writable<RecordView>, bodyStart: number, isCut: boolean): Split;
  /** Where the next record starts if the last `split` gave `restarts`. */
  readonly restartAt: number;
  /** Whether a line that is no record start and none of the console consumer's notices is one of the format's own tool. */
  isNotice?(bytes: Uint8Array, start: number, end: number): boolean;
  /** For formats without prefixes: knows by what a value looks like that it goes on. */
  readonly follower?: ValueFollower;
}

/** Follows one value over several lines. */
export interface ValueFollower {
  /** Looks at the first line of a record's body. @returns whether the value must go on */
  begin(bytes: Uint8Array, bodyStart: number, end: number): boolean;
  /** `broken`: it is no such value after all, so each line behind its first is judged by itself. */
  line(bytes: Uint8Array, start: number, end: number): 'open' | 'closed' | 'broken';
}

/** A view to be filled again for every record. */
export function emptyView(): Writable<RecordView> {
  return {
    ...{ bytes: new Uint8Array(0), keyStart: 0, keyEnd: 0, valueStart: 0, valueEnd: 0, isKeyless: false },
    ...{ isTombstone: false, timestampType: 'none', timestamp: -1, partition: -1, offset: -1 },
    ...{ line: 0, lineCount: 0, byteOffset: 0, byteLength: 0, headBytes: 0 },
  };
}
