/**
 * The answer in words: one sentence that a tired person understands, then why. Tree, page, command line and exports
 * all say these.
 */
import type { Cause, Comparison, Late } from '../comparison.js';
import { type DifferenceKind, groupDifferences, type SectionKind } from '../differenceGroups.js';
import { recordsOutsideMatched } from '../verdict.js';
import { countsWords } from './countsInWords.js';
import { count, counted, listed } from './numbers.js';
import { clockTime, dateAndTime, type TimeZoneChoice } from './time.js';

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
  const { keys, keylessDifferences: keyless } = comparison;
  const details: string[] = [];
  const inTime = kindCounts(comparison, 'inTime');
  const inTimeCount = sumOf(inTime);
  const lateCount = comparison.differences.length - inTimeCount;
  const mirrorEnd = lateWords(comparison, 'afterMirrorEnd', zone);
  const sourceEnd = lateWords(comparison, 'afterSourceEnd', zone);

  // What lies before the end is the real loss: keys only on the mirror are none, and come last.
  const onlyOnMirror = inTime.get('extra') ?? 0;
  const lost = inTimeCount - onlyOnMirror;
  if (lost > 0) {
    const kinds = [...inTime].filter(([kind]) => kind !== 'extra').map(([kind, number]) => `${count(number)} ${kind}`);
    const where = lateCount > 0 ? ' Look at these first: they were written before the other side’s end.' : '';
    details.push(`${capitalized(listed(kinds))} ${lost === 1 ? 'key' : 'keys'}.${where}`);
  }
  details.push(...mirrorEnd, ...sourceEnd);
  if (onlyOnMirror > 0) {
    details.push(`${countedAre(onlyOnMirror, 'key')} only on the mirror.`);
  }
  if (keyless.onlyInSource > 0) {
    details.push(`${countedAre(keyless.onlyInSource, 'keyless record')} missing on the mirror.`);
  }
  if (keyless.onlyInMirror > 0) {
    details.push(`${countedAre(keyless.onlyInMirror, 'keyless record')} only on the mirror.`);
  }
  const outside = recordsOutsideMatched(comparison.ledger, keyless);
  if (comparison.options.cleanupPolicy === 'delete' && outside > 0) {
    details.push(
      `${counted(outside, 'record')} ${outside === 1 ? 'has' : 'have'} no counterpart on the other side; with cleanup policy delete every record must be there.`,
    );
  }
  if (!comparison.timestampsComparable && comparison.differences.length > 0) {
    details.push(`${whyNotComparable(comparison)}, so late records cannot be told from lost ones.`);
  }
  const total = keys.same + keys.deleted + keys.missing + keys.extra + keys.modified;
  const differing = keys.missing + keys.extra + keys.modified;
  const headline =
    differing > 0
      ? `Different: ${count(differing)} of ${counted(total, 'key')}.`
      : `Different: ${total === 1 ? 'the only key agrees' : `all ${counted(total, 'key')} agree`}, but not every record is on both sides.`;
  return { headline, details };
}

function equivalentHeadline({ keys, source, mirror }: Comparison): string {
  if (keys.same > 0) {
    return `Equivalent: the mirror holds the latest value of ${keys.same === 1 ? 'the only key' : `all ${counted(keys.same, 'key')}`}.`;
  }
  if (keys.deleted > 0) return `Equivalent: ${counted(keys.deleted, 'key')}, deleted on both sides.`;
  const keyless = source.keyless + mirror.keyless;
  return keyless > 0
    ? 'Equivalent: both sides hold the same keyless records.'
    : 'Equivalent: neither side holds a record to compare.';
}

/** Keys of each kind that the section has, in the order in which kinds are shown. */
function kindCounts(comparison: Comparison, section: SectionKind): ReadonlyMap<DifferenceKind, number> {
  const found = groupDifferences(comparison).find(({ kind }) => kind === section);
  return new Map(found?.groups.map(({ kind, indexes }) => [kind, indexes.length]));
}

function sumOf(counts: ReadonlyMap<DifferenceKind, number>): number {
  return [...counts.values()].reduce((sum, number) => sum + number, 0);
}

/** Sentences about the keys written after one side's end; none if there are none. */
function lateWords(comparison: Comparison, late: Late, zone: TimeZoneChoice): string[] {
  const counts = kindCounts(comparison, late);
  const total = sumOf(counts);
  if (total === 0) return [];
  const isMirrorEnd = late === 'afterMirrorEnd';
  const ended = isMirrorEnd ? comparison.mirror : comparison.source;
  const [endedName, otherName] = isMirrorEnd ? ['mirror', 'source'] : ['source', 'mirror'];
  const partitions = comparison.differences.overview.late[late];
  const ends = ended.partitions.flatMap(({ lastTimestamp }) => (lastTimestamp === null ? [] : [lastTimestamp]));
  const end = ends.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const who = lateKeyCounts(comparison, counts);
  const written = isMirrorEnd ? 'were written at the source' : 'were written to the mirror';
  const verb = total === 1 ? written.replace('were', 'was') : written;
  const meaning = isMirrorEnd
    ? 'The mirror stopped there, or was dumped too early.'
    : 'The source was dumped earlier, or someone else writes to the mirror.';
  if (partitions.every(({ firstTimestamp }) => firstTimestamp > end)) {
    return [`The ${endedName} ends at ${clockTime(end, zone)}; ${who} ${verb} after that.`, meaning];
  }
  return [
    `${stoppedPartitions(comparison, late, zone)} while the ${otherName} went on: ${who} ${verb} after that.`,
    meaning,
  ];
}

/** `all 115 stale and 23 missing keys`, or `12 of 115 stale and all 23 missing keys`. */
function lateKeyCounts(comparison: Comparison, lateCounts: ReadonlyMap<DifferenceKind, number>): string {
  const parts: string[] = [];
  let allOfAll = true;
  for (const [kind, late] of lateCounts) {
    const total = isCause(kind) ? comparison.causes[kind] : comparison.keys[kind];
    allOfAll &&= late === total;
    parts.push(late === total ? `${count(late)} ${kind}` : `${count(late)} of ${count(total)} ${kind}`);
  }
  // What is lost outright weighs more, but what there is most of is said first.
  parts.sort((a, b) => leading(b) - leading(a));
  const sum = sumOf(lateCounts);
  if (sum === 1 && allOfAll) return `the ${(parts[0] as string).replace(/^1 /, '')} key`;
  return `${allOfAll && sum > 2 ? 'all ' : ''}${listed(parts)} keys`;
}

function isCause(kind: DifferenceKind): kind is Cause {
  return kind !== 'missing' && kind !== 'extra';
}

function leading(part: string): number {
  return Number((part.split(' ')[0] as string).replaceAll(',', ''));
}

/** `Partition 3 of the mirror ends at 09:12:00 and partition 5 at 09:14:02`: those of the late keys, the earliest first. */
function stoppedPartitions(comparison: Comparison, late: Late, zone: TimeZoneChoice): string {
  const isMirrorEnd = late === 'afterMirrorEnd';
  const ended = isMirrorEnd ? comparison.mirror : comparison.source;
  const concerned = new Set(comparison.differences.overview.late[late].map(({ partition }) => partition));
  const stopped = ended.partitions
    .filter(({ partition, lastTimestamp }) => concerned.has(partition) && lastTimestamp !== null)
    .sort((a, b) => (a.lastTimestamp as number) - (b.lastTimestamp as number));
  const name = isMirrorEnd ? 'mirror' : 'source';
  const named = stopped.slice(0, 3).map(({ partition, lastTimestamp }, i) => {
    const at = clockTime(lastTimestamp as number, zone);
    return i === 0 ? `Partition ${partition} of the ${name} ends at ${at}` : `partition ${partition} at ${at}`;
  });
  if (stopped.length > 3) named.push(`${counted(stopped.length - 3, 'more partition')}`);
  return listed(named);
}

/** Why moments of the two dumps cannot be held against each other. */
export function whyNotComparable({ source, mirror }: Comparison): string {
  const untimed = [source, mirror].some(({ timestampTypes }) => timestampTypes.includes('none'));
  if (untimed) return 'Not every record has a timestamp';
  if (mirror.timestampTypes.includes('LogAppendTime') && !source.timestampTypes.includes('LogAppendTime')) {
    return 'Timestamps are not comparable (the mirror’s topic stamps LogAppendTime)';
  }
  return 'Timestamps are not comparable (the copy does not keep them)';
}

/** Where each side begins and ends, with date and zone. */
export function spanWords(dump: Comparison['source'], zone: TimeZoneChoice = {}): string | null {
  const firsts = dump.partitions.flatMap(({ firstTimestamp }) => (firstTimestamp === null ? [] : [firstTimestamp]));
  const lasts = dump.partitions.flatMap(({ lastTimestamp }) => (lastTimestamp === null ? [] : [lastTimestamp]));
  if (firsts.length === 0) return null;
  const first = firsts.reduce((a, b) => Math.min(a, b));
  const last = lasts.reduce((a, b) => Math.max(a, b));
  return `${dateAndTime(first, zone)} to ${dateAndTime(last, zone)}`;
}

/** `1 key is`, `2 keys are`. */
function countedAre(number: number, noun: string): string {
  return `${counted(number, noun)} ${number === 1 ? 'is' : 'are'}`;
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
