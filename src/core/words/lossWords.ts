/** Sentences about the real loss: keys that differ although neither side had ended, and where and when that was. */
import type { Comparison, DumpSummary } from '../comparison.js';
import { differenceKinds } from '../differenceGroups.js';
import type { Tally } from '../differenceTally.js';
import { type DumpSpan, dumpSpan } from '../dumpSpan.js';
import { olderKeys } from '../olderKeys.js';
import type { ComparisonOptions } from '../options.js';
import type { Side } from '../record.js';
import { count, counted, listed } from './numbers.js';
import type { MomentWriter } from './time.js';

/** Keys of which it is said that one partition or one stretch of time holds all: of fewer, that is mere chance. */
export const fewestForPattern = 3;

/** Keys lie close together in time if they fit into this part of the time that their dump spans. */
const closeShare = 1 / 4;

/**
 * None if nothing was lost in time.
 *
 * @param moment writes moments of the source: they tell something also where they cannot be held against the mirror's
 */
export function lossWords(comparison: Comparison, moment: MomentWriter): string[] {
  const { lost, all, onlyOnMirror } = comparison.differences.overview;
  if (lost.count === 0) return [];
  const isApart = all.count > lost.count + onlyOnMirror.count;
  const first = isApart ? ' Look at these first: they were written before the other side’s end.' : '';
  const kinds = differenceKinds
    .filter((kind) => lost.kinds[kind] > 0)
    .map((kind) => `${count(lost.kinds[kind])} ${kind}`);
  return [
    `${capitalized(listed(kinds))} ${lost.count === 1 ? 'key' : 'keys'}.${first}`,
    ...concentrationWords(comparison, moment),
    ...deleteWords(lost),
    ...olderWords(comparison),
  ];
}

/** Whether one partition, or one stretch of time, holds all of them. */
function concentrationWords({ source, differences }: Comparison, moment: MomentWriter): string[] {
  const { lost } = differences.overview;
  if (lost.count < fewestForPattern) return [];
  const span = dumpSpan(source);
  const [only] = lost.partitions;
  const partition = lost.partitions.length === 1 && source.partitions.length > 1 ? (only?.partition ?? null) : null;
  const interval = closeInterval(span, lost, moment);
  const end = partition === null ? span.end : span.endOf(partition);
  const atEnd =
    interval === null || lost.times?.last !== end
      ? ''
      : `, where ${partition === null ? 'its dump' : 'that partition'} ends`;
  if (partition === null) return interval === null ? [] : [`All were ${interval}${atEnd}.`];
  return [`All are in partition ${partition}${interval === null ? '' : `, ${interval}${atEnd}`}.`];
}

/** `last written at the source between 10:02:11 and 10:04:50`; null if they lie too far apart. */
function closeInterval({ start, end }: DumpSpan, { times }: Tally, moment: MomentWriter): string | null {
  if (start === null || end === null || times === null) return null;
  const { first, last } = times;
  if (last - first > (end - start) * closeShare) return null;
  const when = moment(first) === moment(last) ? `at ${moment(first)}` : `between ${moment(first)} and ${moment(last)}`;
  return `last written at the source ${when}`;
}

function deleteWords({ deletedAtSource, deletedOnMirror }: Tally): string[] {
  const areDeleted = (keys: number): string => `${count(keys)} of them ${keys === 1 ? 'is' : 'are'} deleted`;
  return [
    ...(deletedAtSource > 0 ? [`${areDeleted(deletedAtSource)} at the source, with a value on the mirror.`] : []),
    ...(deletedOnMirror > 0 ? [`${areDeleted(deletedOnMirror)} on the mirror, with a value at the source.`] : []),
  ];
}

/** Of keys that one side has no record of at all, and whose partition there begins later. */
function olderWords(comparison: Comparison): string[] {
  const keys = olderKeys(comparison, 'source');
  if (keys === 0) return [];
  const { options, mirror } = comparison;
  return [`${count(keys)} of the missing ${keys === 1 ? 'is' : 'are'} ${olderThan('mirror', mirror, options, keys)}.`];
}

function olderThan(
  side: Side,
  { partitions }: DumpSummary,
  { cleanupPolicy }: ComparisonOptions,
  keys: number,
): string {
  const [its, it] = keys === 1 ? ['its', 'it'] : ['their', 'them'];
  const partition = partitions.length > 1 ? ` of ${its} partition` : '';
  const why = cleanupPolicy === 'compact,delete' ? `: retention has removed ${it} there` : '';
  return `older than everything that the ${side} holds${partition}${why}`;
}

/** Keys that only the mirror has, in time: no loss, so they come last. */
export function onlyOnMirrorWords(comparison: Comparison): string[] {
  const { options, source, differences } = comparison;
  const { count: keys } = differences.overview.onlyOnMirror;
  if (keys === 0) return [];
  const older = olderKeys(comparison, 'mirror');
  const also = older === 0 ? '' : `, ${count(older)} of them ${olderThan('source', source, options, older)}`;
  return [`${counted(keys, 'key')} ${keys === 1 ? 'is' : 'are'} only on the mirror${also}.`];
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
