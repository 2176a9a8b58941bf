/** Why the record counts of two equivalent topics differ, in words. */
import type { Comparison } from '../comparison.js';
import { count, counted, listed } from './numbers.js';

/** One or two sentences; says `compacted` of older versions, since every key is same or deleted. */
export function countsWords(comparison: Comparison): string[] {
  const { source, mirror, ledger, keylessDifferences } = comparison;
  const deliveredAgain = ledger.mirror.repeated + keylessDifferences.repeatedInMirror;
  const moreOnMirror = [
    ...part(ledger.mirror.superseded, 'older version', (what) => `the source has compacted ${what}`),
    ...part(
      deliveredAgain,
      'record',
      (what) => `${what} ${deliveredAgain === 1 ? 'was' : 'were'} delivered again to the mirror`,
    ),
    ...part(ledger.mirror.expiredTombstones, 'expired tombstone', (what) => `the source has dropped ${what}`),
  ];
  const moreInSource = [
    ...part(ledger.source.superseded, 'older version', (what) => `the mirror has compacted ${what}`),
    ...part(
      ledger.source.repeated + keylessDifferences.repeatedInSource,
      'record',
      (what) => `the source holds ${what} twice`,
    ),
    ...part(ledger.source.expiredTombstones, 'expired tombstone', (what) => `the mirror has dropped ${what}`),
  ];
  const difference = mirror.records - source.records;
  if (difference === 0 && moreOnMirror.length === 0)
    return [`Both hold the same ${source.records === 1 ? 'record' : counted(source.records, 'record')}.`];
  const [reasons, against] = difference >= 0 ? [moreOnMirror, moreInSource] : [moreInSource, moreOnMirror];
  const more =
    difference === 0
      ? `Both hold ${counted(source.records, 'record')}, not all the same: `
      : `It has ${count(Math.abs(difference))} ${Math.abs(difference) === 1 ? 'record' : 'records'} ${difference > 0 ? 'more' : 'less'} because `;
  const but = against.length === 0 ? '' : `, while ${listed(against)}`;
  return [`${more}${listed(reasons)}${but}.`];
}

function part(n: number, noun: string, say: (what: string) => string): string[] {
  return n === 0 ? [] : [say(counted(n, noun))];
}
