/** Compares two values as JSON, read again from their dumps in the middle of a join: only finals that differ in bytes. */
import { parseIgnoredPaths } from '../core/ignoredPaths.js';
import { sameJson } from '../core/jsonValue.js';
import type { MatchesAsJson } from './judgeKey.js';
import type { LaneJob } from './laneProtocol.js';
import { readContentsAt } from './recordAt.js';

export function jsonMatcher({ source, mirror, options }: LaneJob): MatchesAsJson {
  const ignored = parseIgnoredPaths(options.ignoredPaths);
  return (sourceByteOffset, mirrorByteOffset) => {
    const [a, b] = [readContentsAt(source, sourceByteOffset).value, readContentsAt(mirror, mirrorByteOffset).value];
    return a !== null && b !== null && sameJson(a, b, ignored);
  };
}
