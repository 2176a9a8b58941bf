/**
 * The answer in words: one sentence that a tired person understands, then why. Tree, page, command line and exports
 * all say these.
 */
import type { Comparison, DumpSummary } from '../comparison.js';
import { dumpSpan } from '../dumpSpan.js';
import { dumpTimes } from '../timeline.js';
import { countsWords } from './countsInWords.js';
import { whyNotComparable } from './dumpWords.js';
import { lateWords } from './lateWords.js';
import { lossWords, onlyOnMirrorWords } from './lossWords.js';
import { count, counted } from './numbers.js';
import { keylessWords, unmatchedWords } from './recordWords.js';
import { momentsWithin, type TimeZoneChoice } from './time.js';

export interface VerdictWords {
  /** The verdict in one sentence: `Different: 140 of 187 keys.` */
  readonly headline: string;
  /** Why, in whole sentences, the most important first. */
  readonly details: readonly string[];
}

export function verdictWords(comparison: Comparison, zone: TimeZoneChoice = {}): VerdictWords {
  if (comparison.verdict === 'equivalent') {
    return { headline: equivalentHeadline(comparison), details: countsWords(comparison) };
  }
  const moment = momentsWithin(dumpTimes(comparison), zone);
  // What lies before the end is the real loss; keys that only the mirror has are none, and come last.
  const details = [
    ...noKeyWords(comparison),
    ...lossWords(comparison, momentsWithin(spanOf(comparison.source), zone)),
    ...lateWords(comparison, 'afterMirrorEnd', moment),
    ...lateWords(comparison, 'afterSourceEnd', moment),
    ...onlyOnMirrorWords(comparison),
    ...(comparison.options.cleanupPolicy === 'delete' ? unmatchedWords(comparison) : keylessWords(comparison)),
    ...(comparison.timestampsComparable || comparison.differences.length === 0
      ? []
      : [`${whyNotComparable(comparison)}; late records cannot be told from lost ones.`]),
  ];
  return { headline: differentHeadline(comparison), details };
}

function spanOf(dump: DumpSummary): { from: number; to: number } | null {
  const { start, end } = dumpSpan(dump);
  return start === null || end === null ? null : { from: start, to: end + 1 };
}

function differentHeadline({ keys, options }: Comparison): string {
  const differing = keys.missing + keys.extra + keys.modified;
  const total = differing + keys.same + keys.deleted;
  const inPartition = options.byPartition ? ', each in its partition' : '';
  if (differing === total && total > 0) {
    return `Different: ${total === 1 ? 'the only key' : `all ${counted(total, 'key')}`}${inPartition}.`;
  }
  if (differing > 0) return `Different: ${count(differing)} of ${counted(total, 'key')}${inPartition}.`;
  if (total === 0) return 'Different: not every record is on both sides; none of them has a key.';
  const agree = total === 1 ? 'the only key agrees' : `all ${counted(total, 'key')} agree`;
  return `Different: ${agree}${inPartition}, but not every record is on both sides.`;
}

function noKeyWords({ source, mirror }: Comparison): string[] {
  if ((source.keys === 0) === (mirror.keys === 0)) return [];
  return [`The ${source.keys === 0 ? 'source' : 'mirror'} has no key at all.`];
}

function equivalentHeadline({ keys, source, mirror, options }: Comparison): string {
  const inPartition = options.byPartition ? ', each in its partition' : '';
  if (keys.same > 0) {
    const whose = keys.same === 1 ? 'the only key' : `all ${counted(keys.same, 'key')}`;
    return `Equivalent: the mirror holds the latest value of ${whose}${inPartition}.`;
  }
  if (keys.deleted > 0) return `Equivalent: ${counted(keys.deleted, 'key')}, deleted on both sides.`;
  const keyless = source.keyless + mirror.keyless;
  return keyless > 0
    ? 'Equivalent: both sides hold the same keyless records.'
    : 'Equivalent: neither side holds a record to compare.';
}
