/** Words about the two dumps: from when to when, whether their times can be compared, and how they were compared. */
import type { Comparison, DumpSummary } from '../comparison.js';
import { dumpSpan } from '../dumpSpan.js';
import { listed } from './numbers.js';
import { visible } from './text.js';
import { dateAndTime, duration, type TimeZoneChoice } from './time.js';

/** Where a dump begins and ends, with date and zone; null where it has no timestamps. */
export function spanWords(dump: DumpSummary, zone: TimeZoneChoice): string | null {
  const { start, end } = dumpSpan(dump);
  return start === null || end === null ? null : `${dateAndTime(start, zone)} to ${dateAndTime(end, zone)}`;
}

/** Which dump is shorter in time, and by how much; null if that cannot be told or they end together. */
export function shorterDumpWords(comparison: Comparison): string | null {
  if (!comparison.timestampsComparable) return null;
  const { end: source } = dumpSpan(comparison.source);
  const { end: mirror } = dumpSpan(comparison.mirror);
  if (source === null || mirror === null || source === mirror) return null;
  const [shorter, longer] = source < mirror ? ['source', 'mirror'] : ['mirror', 'source'];
  return `The ${shorter} ends ${duration(source - mirror)} before the ${longer}.`;
}

/** Why moments of the two dumps cannot be held against each other. */
export function whyNotComparable({ source, mirror, keys }: Comparison): string {
  const untimed = [source, mirror].some(({ timestampTypes }) => timestampTypes.includes('none'));
  if (untimed) return 'Not every record has a timestamp';
  if (keys.same === 0)
    return 'No key is the same on both sides, so it cannot be told whether the copy keeps timestamps';
  if (mirror.timestampTypes.includes('LogAppendTime') && !source.timestampTypes.includes('LogAppendTime')) {
    return 'Timestamps are not comparable (the mirror’s topic stamps LogAppendTime)';
  }
  return 'Timestamps are not comparable (the copy does not keep them)';
}

/** How keys, values and records were compared, in one sentence. */
export function howCompared({ options, timestampsComparable }: Comparison): string {
  const ignored = options.ignoredPaths.map((path) => visible(path));
  const values =
    options.valueComparison === 'exact'
      ? 'Compared by bytes'
      : `Keys compared by bytes, values as JSON${ignored.length === 0 ? '' : ` without ${listed(ignored)}`}`;
  const policy = {
    compact: 'topics compacted: only the latest value of a key counts',
    delete: 'cleanup policy delete: every record counts',
    'compact,delete': 'topics compacted, with retention: only the latest value of a key counts',
  }[options.cleanupPolicy];
  const times = timestampsComparable
    ? 'the two sides’ timestamps are comparable'
    : 'the two sides’ timestamps are not comparable, so nothing is told from time';
  return [values, ...(options.byPartition ? ['each key within its partition'] : []), policy, `${times}.`].join('; ');
}
