/**
 * The messages between the result page (media/) and its host (resultPanel.ts), and what they carry. Types only:
 * everything must survive `postMessage`. Moments are milliseconds since 1970 UTC, and the page writes them in the
 * reader's zone.
 */
import type { DifferenceOutcome, Outcome, WarningCode } from '../core/comparison.js';
import type { DifferenceKind, SectionKind } from '../core/differenceGroups.js';
import type { LedgerBar, LedgerPart } from '../core/ledgerBars.js';
import type { Side } from '../core/record.js';
import type { Interval, Timeline } from '../core/timeline.js';

/** A dump as the page names it. */
export interface DumpName {
  readonly uri: string;
  /** The file name, with its folder where both files are called the same. */
  readonly name: string;
  readonly path: string;
}

export type PairNames = Readonly<Record<Side, DumpName>>;

export type PageState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'running'; readonly pair: PairNames; readonly progress: RunProgress | null }
  | {
      readonly kind: 'failed';
      readonly pair: PairNames;
      readonly message: string;
      /** The dump at fault, and where in it the fault lies, if that is known. */
      readonly side: Side | null;
      readonly place: LinePlace | null;
    }
  | { readonly kind: 'cancelled'; readonly pair: PairNames }
  | { readonly kind: 'done'; readonly pair: PairNames; readonly summary: ResultSummary };

export interface RunProgress {
  readonly phase: 'unpacking' | 'reading' | 'comparing';
  /** 0 to 100. */
  readonly percent: number;
  /** Records read so far, of both dumps. */
  readonly records: number;
  /** How far it is, how fast and how long still, each in words: `1.2 GB of 3 GB`. */
  readonly words: readonly string[];
  readonly warnings: number;
  /** Null until the first keys are compared. */
  readonly found: FoundSummary | null;
}

/** What a comparison under way has found so far. */
export interface FoundSummary {
  readonly keysCompared: number;
  /** `1,200 missing · 7 modified`. */
  readonly words: string;
  /** The first ones. */
  readonly keys: readonly FoundRow[];
}

export interface FoundRow {
  readonly key: KeyText;
  readonly outcome: DifferenceOutcome;
  readonly lines: Readonly<Record<Side, number | null>>;
}

/** A line of a dump, 1-based. */
export interface LinePlace {
  readonly side: Side;
  readonly line: number;
}

/** All of a result but the rows of the table, which come in pages. */
export interface ResultSummary {
  readonly isEquivalent: boolean;
  readonly headline: string;
  readonly details: readonly string[];
  /** JSON paths that were chosen to be ignored in this pair. */
  readonly ignoredFields: readonly string[];
  readonly ledger: LedgerSummary;
  readonly keys: KeySummary;
  /** What to look into next, the most pressing first. */
  readonly checks: readonly CheckLine[];
  readonly literal: readonly CountLine[];
  /** From the first to the last timestamp of both dumps; null if there is none. */
  readonly times: Interval | null;
  readonly timeline: Timeline | null;
  readonly differences: DifferencesSummary;
  readonly severalPartitions: SeveralPartitionsSummary;
  readonly notes: readonly Note[];
  readonly reading: readonly ReadingLine[];
  /** Whether anything about reading this dump was chosen for the pair. */
  readonly isReadingChosen: Readonly<Record<Side, boolean>>;
  /** Null for dumps that print no partitions. */
  readonly partitions: readonly PartitionLine[] | null;
  /** How records were compared, in a sentence. */
  readonly howCompared: string;
}

/** What usually leads to something, and where to look; each goes on after that word. */
export interface CheckLine {
  readonly about: string;
  readonly usually: string;
  readonly check: string;
}

/** What is to be said of the keys of one kind in one section. */
export interface GroupExplanation extends Omit<CheckLine, 'about'> {
  readonly section: SectionKind;
  readonly kind: DifferenceKind;
  readonly title: string;
  readonly meaning: string;
}

export interface CountLine {
  readonly count: number;
  readonly label: string;
}

export interface LedgerSummary {
  readonly title: string;
  readonly bars: readonly [source: LedgerBar, mirror: LedgerBar];
  /** The terms that occur on either side. */
  readonly terms: readonly LedgerTerm[];
  readonly approximateKeys: number;
}

export interface LedgerTerm {
  readonly part: LedgerPart;
  readonly records: Readonly<Record<Side, number>>;
  readonly labels: Readonly<Record<Side, string>>;
}

/** A count of keys; with `kinds` it leads to the rows of these. */
export interface KeyCount {
  readonly id: Outcome | DifferenceKind;
  readonly count: number;
  readonly title: string;
  readonly meaning: string;
  /** Empty where the keys are not listed, since they do not differ. */
  readonly kinds: readonly DifferenceKind[];
}

export interface KeySummary {
  readonly outcomes: readonly KeyCount[];
  /** Why keys are modified; empty if none is. */
  readonly causes: readonly KeyCount[];
  /** Records without a key that are surplus on one side; empty if there are none. */
  readonly keyless: readonly CountLine[];
}

export interface DifferencesSummary {
  readonly total: number;
  /** In the order of the rows. */
  readonly sections: readonly SectionSummary[];
  readonly kinds: readonly KeyCount[];
  /** One for each group that has keys, in the order of the rows. */
  readonly explanations: readonly GroupExplanation[];
  /** Ascending; empty if there are no two to choose from. */
  readonly partitions: readonly { readonly partition: number; readonly count: number }[];
}

export interface SectionSummary {
  readonly kind: SectionKind;
  readonly title: string;
  readonly meaning: string;
  readonly count: number;
  /** The end it is about, where all its keys have the same; null otherwise. */
  readonly end: number | null;
}

export interface SeveralPartitionsSummary {
  readonly total: number;
  /** The first ones. */
  readonly keys: readonly SeveralPartitionsRow[];
}

export interface SeveralPartitionsRow {
  readonly key: KeyText;
  readonly outcome: string;
  readonly partitions: Readonly<Record<Side, readonly number[]>>;
  readonly lines: Readonly<Record<Side, number | null>>;
}

/** A warning about a dump. */
export interface Note {
  readonly code: WarningCode;
  readonly side: Side;
  readonly line: number | null;
  readonly message: string;
}

/** One line of "Read as": the same question answered for both dumps. */
export interface ReadingLine {
  readonly label: string;
  readonly values: Readonly<Record<Side, string>>;
  /** Who says so where the dump itself does not: `chosen`, `from the settings`, `assumed`; otherwise empty. */
  readonly origins: Readonly<Record<Side, string>>;
  /** The line beside which how the dumps are read can be changed. */
  readonly isFormat: boolean;
}

export interface PartitionLine {
  readonly partition: number | null;
  readonly sides: Readonly<Record<Side, PartitionSide | null>>;
}

export interface PartitionSide {
  readonly records: number;
  readonly firstTimestamp: number | null;
  readonly lastTimestamp: number | null;
}

/** A key as one line that is safe to look at. */
export interface KeyText {
  /** Invisible characters are replaced, and what is beyond the display limit is left away. */
  readonly text: string;
  /** Length of the whole key in UTF-16 units. */
  readonly length: number;
  /** The bytes of a key that is not UTF-8. */
  readonly base64: string | null;
}

/** A row of the table. */
export interface DifferenceRow {
  /** Position in `Comparison.differences`. */
  readonly index: number;
  readonly key: KeyText;
  readonly kind: DifferenceKind;
  /** `23 min behind`; empty if unknown. */
  readonly distance: string;
  readonly behind: number | null;
  readonly behindMs: number | null;
  readonly evidence: 'record' | 'timestamp' | null;
  readonly source: RowRecord | null;
  readonly mirror: RowRecord | null;
}

export interface RowRecord {
  readonly line: number;
  readonly partition: number | null;
  readonly offset: number | null;
  readonly timestamp: number | null;
  readonly occurrences: number;
  readonly tombstone: boolean;
}

/** Which rows the table shows; all conditions must hold. */
export interface RowFilter {
  /** Part of the key, upper and lower case alike; empty for all. */
  readonly search: string;
  /** Empty for all. */
  readonly kinds: readonly DifferenceKind[];
  readonly section: SectionKind | null;
  readonly partition: number | null;
  /** When the key was last written. */
  readonly interval: Interval | null;
}

/** The rows from `first` on, of those that pass the filter. */
export interface RowPage {
  readonly first: number;
  readonly rows: readonly DifferenceRow[];
  /** Rows that pass the filter. */
  readonly total: number;
  /** How many of them each section holds, in the order of the rows; no empty ones. */
  readonly sections: readonly { readonly kind: SectionKind; readonly count: number }[];
}

/** Actions on one differing key. */
export type DifferenceAction = 'openSourceLine' | 'openMirrorLine' | 'diffValues' | 'ignoreField';

/** Actions on the comparison as a whole. */
export type PageCommand =
  | 'swapSides'
  | 'compareAgain'
  | 'cancel'
  | 'compareFiles'
  | 'exportReport'
  | 'stopIgnoring'
  | 'changeSettings';

/** Actions on how one dump is read. */
export type ReadingAction = 'changeReading' | 'readAsDetected';

/**
 * From the page. `version` is the one of the state that the page shows: what was meant for an outdated comparison is
 * ignored.
 */
export type PageMessage =
  | { readonly type: 'ready'; readonly timeZone: string }
  | {
      readonly type: 'rows';
      readonly version: number;
      /** Handed back with the rows. */
      readonly query: number;
      readonly filter: RowFilter;
      readonly first: number;
      readonly count: number;
    }
  | { readonly type: 'timeline'; readonly version: number; readonly within: Interval | null }
  | { readonly type: 'difference'; readonly version: number; readonly action: DifferenceAction; readonly index: number }
  | { readonly type: 'openLine'; readonly version: number; readonly side: Side; readonly line: number }
  | { readonly type: 'reading'; readonly version: number; readonly action: ReadingAction; readonly side: Side }
  | { readonly type: 'command'; readonly command: PageCommand };

/** To the page. A new `version` is a new state; the same one again is news of the same run. */
export type HostMessage =
  | { readonly type: 'state'; readonly version: number; readonly state: PageState }
  | { readonly type: 'rows'; readonly version: number; readonly query: number; readonly page: RowPage }
  | { readonly type: 'timeline'; readonly version: number; readonly timeline: Timeline | null };

/** What the page leaves behind for when it is shown again, in this window or the next. */
export interface SavedPage {
  readonly source: string;
  readonly mirror: string;
  readonly filter: RowFilter;
  /** The chart's interval, when it is zoomed. */
  readonly zoom: Interval | null;
  /** Pixels that the page is scrolled by. */
  readonly pageTop: number;
  /** The row of the table at the top of its window. */
  readonly tableRow: number;
}
