/**
 * Sentences about the keys written after one side's end: the partitions that stopped before the others first, then
 * the end of the whole dump, which is named only if it holds for every key that is left.
 */
import type { Comparison, Late } from '../comparison.js';
import { type DifferenceKind, differenceKinds } from '../differenceGroups.js';
import { type PartitionTally, sumOf, type Tally } from '../differenceTally.js';
import { dumpSpan } from '../dumpSpan.js';
import { endedSide, type StoppedPartition, stoppedPartitions } from '../partitionEnds.js';
import type { Side } from '../record.js';
import { fewestForPattern } from './lossWords.js';
import { count, counted, listed } from './numbers.js';
import { duration, type MomentWriter } from './time.js';

/** None if no key is late in that way. */
export function lateWords(comparison: Comparison, late: Late, moment: MomentWriter): string[] {
  const stopped = stoppedPartitions(comparison, late);
  const isStopped = new Set<number | null>(stopped.map(({ partition }) => partition));
  const { all, [late]: fate } = comparison.differences.overview;
  const rest = fate.partitions.filter(({ partition }) => !isStopped.has(partition));
  return [...stoppedWords(all, stopped, late, moment), ...wholeEndWords(comparison, late, rest, moment)];
}

function stoppedWords(all: Tally, stopped: readonly StoppedPartition[], late: Late, moment: MomentWriter): string[] {
  const [first] = stopped;
  if (first === undefined) return [];
  const named = stopped.slice(0, 3).map(({ partition, end }, i) => {
    return i === 0
      ? `Partition ${partition} of the ${first.side} stopped at ${moment(end)}`
      : `partition ${partition} at ${moment(end)}`;
  });
  if (stopped.length > 3) named.push(counted(stopped.length - 3, 'more partition'));
  const keys = keysWrittenAfter(sumOf(stopped.map((partition) => partition.late)), all, late);
  return [`${listed(named)} while the others went on; ${keys}.`];
}

function wholeEndWords(
  comparison: Comparison,
  late: Late,
  rest: readonly PartitionTally[],
  moment: MomentWriter,
): string[] {
  const tally = sumOf(rest);
  if (tally.count === 0) return [];
  const spans = { source: dumpSpan(comparison.source), mirror: dumpSpan(comparison.mirror) };
  const side = endedSide(late);
  const end = spans[side].end as number;
  const keys = keysWrittenAfter(tally, comparison.differences.overview.all, late);
  const where = onePartition(comparison, side, rest);
  if (late === 'afterMirrorEnd') {
    const distance = duration((spans.source.end as number) - end);
    return [
      `The mirror ends at ${moment(end)}, ${distance} before the source; ${keys}${where}.`,
      'The mirror stopped there, or was dumped too early.',
    ];
  }
  // A pause before them speaks for someone who came later, not for a source that was dumped earlier.
  const pause = (tally.times?.first ?? end) - end;
  const later = pause >= 60_000 ? `, the first ${duration(pause)} later` : '';
  return [
    `The source ends at ${moment(end)}; ${keys}${where}${later}.`,
    'The source was dumped earlier, or someone else writes to the mirror.',
  ];
}

/** `, all in partition 3`, where the dump has others, too. */
function onePartition(comparison: Comparison, side: Side, tallies: readonly PartitionTally[]): string {
  const [first] = tallies;
  if (first === undefined || tallies.length > 1 || first.partition === null || first.count < fewestForPattern)
    return '';
  return comparison[side].partitions.length > 1 ? `, all in partition ${first.partition}` : '';
}

function keysWrittenAfter(tally: Tally, all: Tally, late: Late): string {
  const where = late === 'afterMirrorEnd' ? 'written at the source' : 'written to the mirror';
  return `${shareOfKeys(tally, all)} ${tally.count === 1 ? 'was' : 'were'} ${where} after that`;
}

/** `all 115 stale and 23 missing keys`, or `12 of 115 stale and 23 missing keys`; what there is most of first. */
function shareOfKeys(some: Tally, all: Tally): string {
  const present = differenceKinds.filter((kind) => some.kinds[kind] > 0);
  present.sort((a, b) => some.kinds[b] - some.kinds[a]);
  const isAll = (kind: DifferenceKind): boolean => some.kinds[kind] === all.kinds[kind];
  const areAll = present.every(isAll);
  if (some.count === 1 && areAll) return `the ${present[0]} key`;
  const parts = present.map((kind) =>
    isAll(kind)
      ? `${count(some.kinds[kind])} ${kind}`
      : `${count(some.kinds[kind])} of ${count(all.kinds[kind])} ${kind}`,
  );
  return `${areAll && some.count > 2 ? 'all ' : ''}${listed(parts)} keys`;
}
