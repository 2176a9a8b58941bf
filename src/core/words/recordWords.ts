/** Sentences about records, where keys are not all that counts: records without a key, and cleanup policy delete. */
import type { Comparison, UnmatchedRecord } from '../comparison.js';
import type { Side } from '../record.js';
import { counted } from './numbers.js';

/** Records without a key that are on one side only. With `delete`, `unmatchedWords` counts them among the others. */
export function keylessWords({ keylessDifferences: { onlyInSource, onlyInMirror } }: Comparison): string[] {
  return [
    ...(onlyInSource > 0 ? [`${countedAre(onlyInSource, 'keyless record')} missing on the mirror.`] : []),
    ...(onlyInMirror > 0 ? [`${countedAre(onlyInMirror, 'keyless record')} only on the mirror.`] : []),
  ];
}

/** Every record that has no counterpart, as lost, removed by retention, or delivered again. */
export function unmatchedWords(comparison: Comparison): string[] {
  const counts = unmatchedCounts(comparison);
  return (['source', 'mirror'] as const).flatMap((side) => {
    const { lost, removed, repeated } = counts[side];
    return [...lostWords(lost, removed, side), ...(repeated === 0 ? [] : [repeatedWords(repeated, side)])];
  });
}

function lostWords(lost: number, removed: number, side: Side): string[] {
  const there = side === 'source' ? 'mirror' : 'source';
  const older = `older than everything that the ${there} holds: retention has removed ${removed === 1 ? 'it' : 'them'} there`;
  const only = side === 'source' ? 'of the source' : 'on the mirror';
  return [
    ...(lost === 0
      ? []
      : [
          side === 'source'
            ? `${countedAre(lost, 'record')} lost: the mirror has no counterpart.`
            : `${countedAre(lost, 'record')} only on the mirror.`,
        ]),
    ...(removed === 0 ? [] : [`${counted(removed, 'record')} ${only} ${removed === 1 ? 'is' : 'are'} ${older}.`]),
  ];
}

function repeatedWords(repeated: number, side: Side): string {
  if (side === 'source') return `The source holds ${counted(repeated, 'record')} twice.`;
  const [were, them] = repeated === 1 ? ['was', 'it'] : ['were', 'them'];
  return `${counted(repeated, 'record')} ${were} delivered again to the mirror: its consumers read ${them} twice.`;
}

/** Records of a side outside the matched ones. */
export type UnmatchedCounts = Readonly<Record<'lost' | 'removed' | 'repeated', number>>;

export function unmatchedCounts({
  ledger,
  keylessDifferences: keyless,
  unmatchedRecords,
}: Comparison): Readonly<Record<Side, UnmatchedCounts>> {
  const removed = { source: 0, mirror: 0 };
  for (const { side, reason } of unmatchedRecords) if (reason === 'retention') removed[side]++;
  const countsOf = (side: Side, only: number, keylessRepeated: number): UnmatchedCounts => {
    const { superseded, repeated, expiredTombstones, notInOther } = ledger[side];
    return {
      lost: superseded + expiredTombstones + notInOther + only - removed[side],
      removed: removed[side],
      repeated: repeated + keylessRepeated,
    };
  };
  return {
    source: countsOf('source', keyless.onlyInSource, keyless.repeatedInSource),
    mirror: countsOf('mirror', keyless.onlyInMirror, keyless.repeatedInMirror),
  };
}

/** Why one record has no counterpart, in a few words. */
export function unmatchedLabel({ reason, side }: Pick<UnmatchedRecord, 'reason' | 'side'>): string {
  if (reason === 'repeated') return 'delivered again';
  if (reason === 'retention') return `removed by retention ${side === 'source' ? 'on the mirror' : 'at the source'}`;
  return side === 'source' ? 'lost: not on the mirror' : 'only on the mirror';
}

/** `1 key is`, `2 keys are`. */
function countedAre(number: number, noun: string): string {
  return `${counted(number, noun)} ${number === 1 ? 'is' : 'are'}`;
}
