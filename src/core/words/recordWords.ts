/** Sentences about records, where keys are not all that counts: records without a key, and cleanup policy delete. */
import type { Comparison, UnmatchedReason } from '../comparison.js';
import type { Side } from '../record.js';
import { count, counted } from './numbers.js';

/** Records without a key that are on one side only. With `delete`, `unmatchedWords` counts them among the others. */
export function keylessWords({ keylessDifferences: { onlyInSource, onlyInMirror } }: Comparison): string[] {
  return [
    ...(onlyInSource > 0 ? [`${countedAre(onlyInSource, 'keyless record')} missing on the mirror.`] : []),
    ...(onlyInMirror > 0 ? [`${countedAre(onlyInMirror, 'keyless record')} only on the mirror.`] : []),
  ];
}

/** Every record that has no counterpart, as lost, removed by retention, or delivered again. */
export function unmatchedWords(comparison: Comparison): string[] {
  const removed = { source: 0, mirror: 0 };
  for (const { side, reason } of comparison.unmatchedRecords) if (reason === 'retention') removed[side]++;
  return (['source', 'mirror'] as const).flatMap((side) => {
    const { repeated, others } = withoutCounterpart(comparison, side);
    const where = side === 'source' ? 'of the source have no counterpart on the mirror' : 'are only on the mirror';
    const there = side === 'source' ? 'mirror' : 'source';
    const retention =
      removed[side] === 0
        ? ''
        : `; ${olderWords(removed[side], others)} older than everything that the ${there} holds: retention has removed ${removed[side] === 1 ? 'it' : 'them'} there`;
    return [
      ...(others === 0 ? [] : [`${singular(`${counted(others, 'record')} ${where}`, others)}${retention}.`]),
      ...(repeated === 0
        ? []
        : [
            side === 'mirror'
              ? `${counted(repeated, 'record')} ${repeated === 1 ? 'was' : 'were'} delivered again to the mirror: its consumers read ${repeated === 1 ? 'it' : 'them'} twice.`
              : `The source holds ${counted(repeated, 'record')} twice.`,
          ]),
    ];
  });
}

/** Records of a side outside the matched ones: repeated, and all the others. */
function withoutCounterpart({ ledger, keylessDifferences: keyless }: Comparison, side: Side) {
  const { superseded, repeated, expiredTombstones, notInOther } = ledger[side];
  const [only, keylessRepeated] =
    side === 'source'
      ? [keyless.onlyInSource, keyless.repeatedInSource]
      : [keyless.onlyInMirror, keyless.repeatedInMirror];
  return { repeated: repeated + keylessRepeated, others: superseded + expiredTombstones + notInOther + only };
}

export const unmatchedLabels: Readonly<Record<UnmatchedReason, string>> = {
  lost: 'no counterpart on the other side',
  repeated: 'delivered again',
  retention: 'removed by retention on the other side',
};

/** `1 key is`, `2 keys are`. */
function countedAre(number: number, noun: string): string {
  return `${counted(number, noun)} ${number === 1 ? 'is' : 'are'}`;
}

function singular(sentence: string, number: number): string {
  return number === 1 ? sentence.replace(' have ', ' has ').replace(' are ', ' is ') : sentence;
}

/** `it is`, `all of them are`, `3 of them are`. */
function olderWords(older: number, all: number): string {
  if (all === 1) return 'it is';
  return `${older === all ? 'all' : count(older)} of them ${older === 1 ? 'is' : 'are'}`;
}
