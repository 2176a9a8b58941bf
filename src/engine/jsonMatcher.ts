/** Compares two values as JSON, read again from their dumps in the middle of a join: only finals that differ in bytes. */
import { parseIgnoredPaths } from '../core/ignoredPaths.js';
import { sameJson } from '../core/jsonValue.js';
import { finalValue, tombstoneValue } from '../core/keyRecords.js';
import type { KeySides } from './keySides.js';
import type { LaneJob } from './laneProtocol.js';
import { readContentsAt } from './recordAt.js';
import type { Tuples } from './tuple.js';

/** Whether the values of two records, by byte offset in their dumps, are the same JSON. */
export type MatchesAsJson = (sourceByteOffset: number, mirrorByteOffset: number) => boolean;

export function jsonMatcher({
  source,
  mirror,
  options,
}: Pick<LaneJob, 'source' | 'mirror' | 'options'>): MatchesAsJson {
  const ignored = parseIgnoredPaths(options.ignoredPaths);
  return (sourceByteOffset, mirrorByteOffset) => {
    const [a, b] = [readContentsAt(source, sourceByteOffset).value, readContentsAt(mirror, mirrorByteOffset).value];
    return a !== null && b !== null && sameJson(a, b, ignored);
  };
}

/** Whether the two finals of a key are values that differ in bytes and match as JSON; never without a matcher. */
export function finalsMatchAsJson(
  { source, mirror }: KeySides,
  ofSource: Tuples,
  ofMirror: Tuples,
  matches: MatchesAsJson | null,
): boolean {
  if (matches === null || source === null || mirror === null) return false;
  const [a, b] = [finalValue(source), finalValue(mirror)];
  if (a === b || a === tombstoneValue || b === tombstoneValue) return false;
  return matches(ofSource.byteOffset(source.finalRow), ofMirror.byteOffset(mirror.finalRow));
}
