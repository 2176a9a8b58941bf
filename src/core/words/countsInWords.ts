/** Why the record counts of two equivalent topics differ, in words. */
import type { Comparison, LedgerSide } from '../comparison.js';
import type { Side } from '../record.js';
import { count, counted, listed } from './numbers.js';

/** One or two sentences; says `compacted` of older versions, since every key is same or deleted. */
export function countsWords(comparison: Comparison): string[] {
  const { source, mirror, ledger, keylessDifferences } = comparison;
  const again = ledger.mirror.repeated + keylessDifferences.repeatedInMirror;
  const twice = ledger.source.repeated + keylessDifferences.repeatedInSource;
  const moreOnMirror = [
    ...removedWords('source', ledger.mirror),
    ...(again === 0
      ? []
      : [`${counted(again, 'record')} ${again === 1 ? 'was' : 'were'} delivered again to the mirror`]),
  ];
  const moreInSource = [
    ...removedWords('mirror', ledger.source),
    ...(twice === 0 ? [] : [`the source holds ${counted(twice, 'record')} twice`]),
  ];
  const difference = mirror.records - source.records;
  if (difference === 0 && moreOnMirror.length === 0)
    return [`Both hold the same ${source.records === 1 ? 'record' : counted(source.records, 'record')}.`];
  const [reasons, against] = difference >= 0 ? [moreOnMirror, moreInSource] : [moreInSource, moreOnMirror];
  const more =
    difference === 0
      ? `Both hold ${counted(source.records, 'record')}, not all the same: `
      : `It has ${count(Math.abs(difference))} ${Math.abs(difference) === 1 ? 'record' : 'records'} ${difference > 0 ? 'more' : 'less'} because `;
  const but = against.length === 0 ? '' : `, while ${against.join(', and ')}`;
  return [`${more}${reasons.join(', and ')}${but}.`];
}

/** `the source has compacted 12 older versions and dropped 1 expired tombstone`: what is left on the other side. */
function removedWords(by: Side, left: LedgerSide): string[] {
  const removed = [
    ...(left.superseded === 0 ? [] : [`compacted ${counted(left.superseded, 'older version')}`]),
    ...(left.expiredTombstones === 0 ? [] : [`dropped ${counted(left.expiredTombstones, 'expired tombstone')}`]),
  ];
  return removed.length === 0 ? [] : [`the ${by} has ${listed(removed)}`];
}
