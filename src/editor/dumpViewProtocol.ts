/**
 * The messages between the page of a dump view (media/dumpView.ts) and its host (dumpViewConversation.ts). Types only:
 * everything must survive `postMessage`. Bytes are 0-based places in the dump, lines 1-based, moments milliseconds
 * since 1970 UTC.
 */
import type { Column } from '../core/comparison.js';
import type { DifferenceKind } from '../core/differenceGroups.js';

/** A text as one line that is safe to look at. */
export interface CutText {
  readonly text: string;
  /** Size of the whole in the dump. */
  readonly bytes: number;
  readonly isCut: boolean;
}

interface RowPlace {
  readonly byteOffset: number;
  readonly byteLength: number;
  /** Lines before it in its page. */
  readonly line: number;
  readonly lineCount: number;
}

export interface RecordRow extends RowPlace {
  readonly kind: 'record';
  /** Null for none, or where they are not printed. */
  readonly timestamp: number | null;
  readonly partition: number | null;
  readonly offset: number | null;
  /** Null for a record without a key. */
  readonly key: CutText | null;
  /** Null for a tombstone. */
  readonly value: CutText | null;
}

/** A line that belongs to no record. */
export interface LineRow extends RowPlace {
  readonly kind: 'line';
  readonly text: CutText;
}

export type DumpRow = RecordRow | LineRow;

/** A record that is the last of a differing key. */
export interface RowMark {
  readonly byteOffset: number;
  /** Position in `Comparison.differences`. */
  readonly index: number;
  readonly kind: DifferenceKind;
}

/** Rows that follow each other, of which the first starts at `byteOffset`; the next page starts at `end`. */
export interface DumpViewPage {
  readonly byteOffset: number;
  readonly end: number;
  readonly lineEnds: number;
  /** Line of the first row; null while it is not known. */
  readonly firstLine: number | null;
  readonly rows: readonly DumpRow[];
  readonly marks: readonly RowMark[];
}

export interface DumpInfo {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Where the first row starts. */
  readonly start: number;
  /** Empty where lines are shown as they are. */
  readonly columns: readonly Column[];
  /** Why no records are shown; null where they are. */
  readonly problem: string | null;
}

export type SearchState =
  | { readonly kind: 'running'; readonly percent: number }
  | { readonly kind: 'found'; readonly isWrapped: boolean }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly message: string };

/** A record, as much of it as can be looked at. Line breaks are kept. */
export interface RecordDetails {
  readonly byteOffset: number;
  readonly key: string | null;
  readonly value: string | null;
  /** The value goes on beyond what is shown. */
  readonly isCut: boolean;
}

export type Direction = 'next' | 'previous';

/** What the page looks for, and marks in its rows. */
export interface SearchText {
  /** Empty for none. */
  readonly text: string;
  readonly matchCase: boolean;
}

/** From the page. */
export type DumpViewMessage =
  /** `at` is what the page showed when it was hidden; null for a page that is new. */
  | { readonly type: 'ready'; readonly at: number | null }
  | {
      readonly type: 'pages';
      /** Handed back with the pages. */
      readonly query: number;
      /** `near` any byte, or the page that starts, or ends, exactly there. */
      readonly place: 'near' | 'from' | 'before';
      readonly at: number;
      readonly search: SearchText;
    }
  /** Asks for the line of a page's first row. */
  | { readonly type: 'line'; readonly at: number }
  | { readonly type: 'search'; readonly search: SearchText; readonly direction: Direction; readonly from: number }
  | { readonly type: 'cancelSearch' }
  | { readonly type: 'goToLine'; readonly line: number }
  | { readonly type: 'difference'; readonly direction: Direction; readonly from: number }
  | { readonly type: 'details' | 'openValue'; readonly byteOffset: number; readonly byteLength: number }
  | { readonly type: 'diffValues'; readonly index: number };

/** To the page. */
export type DumpViewHostMessage =
  | { readonly type: 'opened'; readonly dump: DumpInfo }
  | { readonly type: 'pages'; readonly query: number; readonly pages: readonly DumpViewPage[] }
  /** Go to the row that holds this byte: the pages around it come along. */
  | {
      readonly type: 'jump';
      readonly byteOffset: number;
      /** What led there: `difference 3 of 12`; empty if nothing is to be said. */
      readonly words: string;
      readonly pages: readonly DumpViewPage[];
    }
  | { readonly type: 'line'; readonly at: number; readonly line: number }
  /** Up to where lines are counted; `isDone` when all are. */
  | { readonly type: 'counted'; readonly bytes: number; readonly isDone: boolean }
  | { readonly type: 'search'; readonly state: SearchState }
  | { readonly type: 'details'; readonly details: RecordDetails }
  /** Whether there are differences to go to; marks are to be asked for again. */
  | { readonly type: 'differences'; readonly total: number }
  | { readonly type: 'act'; readonly action: PageAction }
  | { readonly type: 'failed'; readonly message: string };

/** What a command of VS Code asks of the page that has the focus. */
export type PageAction = 'find' | 'goToLine' | 'nextDifference' | 'previousDifference';

/** What the page leaves behind for when it is shown again, in this window or the next. */
export interface SavedDumpView {
  /** First byte of the row at the top. */
  readonly at: number;
}
