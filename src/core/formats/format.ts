/**
 * What a dump format is to the engine: bytes in, records out. A new format is one file beside this one that makes a
 * `DumpScanner`, and a line in detect.ts; nothing behind the sink knows formats apart.
 */
import type { WarningCode } from '../comparison.js';
import type { RecordView } from '../record.js';

/** Receives the records of a dump in file order. Views are valid only during the call. */
export interface RecordSink {
  record(view: RecordView): void;
  /** The dump ends in the middle of this record: whatever follows its key is not to be trusted. */
  cutRecord(view: RecordView): void;
}

/** How often something was found, and on which line first (1-based). */
export interface Tally {
  readonly count: number;
  readonly firstLine: number;
}

/** What only some formats can find, told to the user in a warning of the same code. */
export type Oddity = Extract<
  WarningCode,
  'replacement-characters' | 'skipped-messages' | 'aborted-transactions' | 'sizes-disagree'
>;

/** What a scan found besides records. Lines are 1-based. */
export interface ScanTotals {
  readonly lines: number;
  /** Lines inside records behind their first. */
  readonly continuationLines: number;
  readonly noiseLines: number;
  readonly firstNoiseLine: number | null;
  /** The first few distinct texts of noise lines. */
  readonly noiseTexts: readonly string[];
  /** Lines before the first record that are neither record nor known notice. */
  readonly unrecognizedLines: number;
  readonly firstUnrecognizedLine: number | null;
  /** Records whose key cannot be told from their value, since the separator is missing. */
  readonly unreadableRecords: number;
  readonly firstUnreadableLine: number | null;
  /** The dump ends in the middle of a record whose key cannot be read; its line. */
  readonly unknownCutLine: number | null;
  /** `Processed a total of N messages`, if the dump has such a line. */
  readonly processedTotal: { readonly count: number; readonly line: number } | null;
  readonly oddities: Readonly<Partial<Record<Oddity, Tally>>>;
  /** Every byte of the dump is in one of these three; line ends inside a record count as its own. */
  readonly recordBytes: number;
  readonly setAsideBytes: number;
  readonly lineEndBytes: number;
}

/** The totals of a scan that has found nothing: a format fills in what it knows. */
export const nothingScanned: ScanTotals = {
  lines: 0,
  continuationLines: 0,
  noiseLines: 0,
  firstNoiseLine: null,
  noiseTexts: [],
  unrecognizedLines: 0,
  firstUnrecognizedLine: null,
  unreadableRecords: 0,
  firstUnreadableLine: null,
  unknownCutLine: null,
  processedTotal: null,
  oddities: {},
  recordBytes: 0,
  setAsideBytes: 0,
  lineEndBytes: 0,
};

/** Those that were found at all. */
export function oddities(found: Readonly<Partial<Record<Oddity, Tally>>>): ScanTotals['oddities'] {
  return Object.fromEntries(Object.entries(found).filter(([, { count }]) => count > 0));
}

/** Takes a dump's bytes piece by piece, in order. */
export interface DumpScanner {
  push(chunk: Uint8Array): void;
  /** No more bytes will come: delivers what is left. */
  end(): ScanTotals;
}

/** Where the first byte pushed stands in the dump. */
export interface ScanStart {
  readonly byteOffset: number;
  readonly line: number;
}
