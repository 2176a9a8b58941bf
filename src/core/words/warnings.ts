/** The warnings about one dump: everything assumed, dropped or odd, each as one plain sentence with its first line. */
import type { DumpFormat, Warning, WarningCode } from '../comparison.js';
import type { Oddity, ScanTotals, Tally } from '../formats/format.js';
import { counted, listed } from './numbers.js';
import { excerpt, visible } from './text.js';

/** What is known about a dump once both were compared. */
export interface DumpFacts {
  readonly totals: ScanTotals;
  readonly format: DumpFormat;
  readonly nullLiteral: string | null;
  readonly crlf: boolean;
  readonly records: number;
  readonly tombstones: number;
  readonly keyless: number;
  readonly firstNullLine: number | null;
  /** Records set aside with a cut record. */
  readonly truncated: number;
  /** The cut record whose key could be read. */
  readonly cut: { readonly line: number; readonly key: string | null } | null;
  readonly keysInSeveralPartitions: { readonly count: number; readonly firstLine: number | null };
  readonly keysInAnotherPartition: { readonly count: number; readonly firstLine: number | null };
  readonly printedTwice: { readonly count: number; readonly firstLine: number | null };
}

const oddityWords: Readonly<Record<Oddity, (count: number) => string>> = {
  'replacement-characters': (count) =>
    `${counted(count, 'line')} with U+FFFD, “\ufffd”: the tool that wrote the dump lost bytes there, so keys and values that differ may look alike.`,
  'skipped-messages': (count) =>
    `${counted(count, 'record')} given up halfway by the consumer (--skip-message-on-error), with the next one on the same line, and set aside.`,
  'aborted-transactions': (count) =>
    `${counted(count, 'record')} of aborted or unfinished transactions read: a consumer with --isolation-level read_committed does not print them.`,
  'sizes-disagree': (count) =>
    `${counted(count, 'record')} whose key or value is not as long as the dump says: their bytes were no text and were lost, or line ends were changed.`,
};

/** Null where the dump prints nulls as what they are. */
function whatNullsAreAssumedFrom({ format, nullLiteral }: DumpFacts): string | null {
  if (format === 'rpk') return 'keys and values that rpk left out: empty keys, too, and in older versions empty values';
  if (nullLiteral === null) return null;
  return nullLiteral === ''
    ? 'an empty text, as which null and empty both print'
    : `the text “${visible(nullLiteral)}”`;
}

export function warningsOf(facts: DumpFacts): Warning[] {
  const { totals } = facts;
  const warnings: Warning[] = [];
  const warn = (code: WarningCode, line: number | null, message: string): void => {
    warnings.push({ code, line, message });
  };

  if (facts.cut !== null) {
    const whose = facts.cut.key === null ? 'It has no key' : `Its key “${visible(facts.cut.key)}” is not compared`;
    warn(
      'truncated-tail',
      facts.cut.line,
      `The dump ends in the middle of a record. ${whose}; ${counted(facts.truncated, 'record')} of this dump set aside.`,
    );
  } else if (facts.truncated > 0) {
    warn(
      'truncated-tail',
      null,
      `${counted(facts.truncated, 'record')} of this dump set aside: the other dump ends in the middle of a record of their key.`,
    );
  }
  if (totals.unknownCutLine !== null) {
    warn(
      'truncated-tail',
      totals.unknownCutLine,
      'The dump ends in the middle of a record whose key cannot be read: the last key is unknown.',
    );
  }
  const read = facts.records + facts.truncated;
  const printed = totals.processedTotal;
  if (printed !== null && printed.count !== read) {
    warn(
      'count-mismatch',
      printed.line,
      `The consumer says that it processed ${counted(printed.count, 'message')}, but ${counted(read, 'record')} can be read here.`,
    );
  }
  if (totals.unreadableRecords > 0) {
    warn(
      'unreadable-records',
      totals.firstUnreadableLine,
      `${counted(totals.unreadableRecords, 'record')} without a key, or broken, left out.`,
    );
  }
  if (totals.unrecognizedLines > 0) {
    warn(
      'unrecognized-lines',
      totals.firstUnrecognizedLine,
      `${counted(totals.unrecognizedLines, 'line')} belong to no record and were set aside.`,
    );
  }
  if (totals.noiseLines > 0) {
    warn(
      'noise-set-aside',
      totals.firstNoiseLine,
      `${counted(totals.noiseLines, 'notice line')} of the consumer set aside: ${totals.noiseTexts.map((text) => `“${excerpt(text, 60)}”`).join(', ')}${totals.noiseLines > totals.noiseTexts.length ? ' …' : ''}.`,
    );
  }
  for (const [code, { count, firstLine }] of Object.entries(totals.oddities) as [Oddity, Tally][]) {
    warn(code, firstLine, oddityWords[code](count));
  }
  const nulls = [
    ...(facts.tombstones > 0 ? [counted(facts.tombstones, 'tombstone')] : []),
    ...(facts.keyless > 0 ? [counted(facts.keyless, 'record without key', 'records without key')] : []),
  ];
  const assumedFrom = whatNullsAreAssumedFrom(facts);
  if (nulls.length > 0 && assumedFrom !== null) {
    warn('assumed-nulls', facts.firstNullLine, `${listed(nulls)} assumed from ${assumedFrom}.`);
  }
  if (facts.crlf) {
    warn('crlf-stripped', 1, 'Lines end in CR LF; one CR was taken off each line, also inside values.');
  }
  const several = facts.keysInSeveralPartitions;
  if (several.count > 0) {
    warn(
      'keys-in-several-partitions',
      several.firstLine,
      `${counted(several.count, 'key')} in several partitions: Kafka gives no order there, the latest timestamp counts.`,
    );
  }
  const moved = facts.keysInAnotherPartition;
  if (moved.count > 0) {
    warn(
      'key-partition-changed',
      moved.firstLine,
      `${counted(moved.count, 'key')} in another partition than at the source: the partitioner or the partition count differs.`,
    );
  }
  if (facts.printedTwice.count > 0) {
    warn(
      'offset-printed-twice',
      facts.printedTwice.firstLine,
      `${counted(facts.printedTwice.count, 'key')} with the same partition and offset twice: a record was printed twice.`,
    );
  }
  return warnings;
}
