/** Finds `key.separator` where only one column announces itself: it stands behind that column and behind the key. */
import { fromByteText } from './bytes.js';

const longestSeparatorBytes = 32;
/** Records whose beginnings are tried as separators; all of them vote. */
const triedRecords = 20;
/** Share of the records that must agree on a separator. */
const majority = 0.5;

/** No letter, digit, quote or bracket: with those a key or a JSON value may begin, and a separator seldom. */
const separatorLike = /^[^\p{L}\p{N}\p{M}\p{Pi}\p{Pf}"'`_(){}[\]<>\ufffd]+$/u;
const bracketed = /^(?:<[^<>]+>|\[[^[\]]+\]|\{[^{}]+\}|\([^()]+\))$/u;

/**
 * The separator that most of the records agree on, or null. Of several texts that are shared (a separator and the
 * beginning of keys that all begin alike), the longest one that looks like a separator is taken.
 * @param rests what stands behind the column, one character a byte, a record each
 */
export function rankSeparators(rests: readonly string[]): string | null {
  const candidates = new Set<string>();
  for (const rest of rests.slice(0, triedRecords)) {
    for (let length = 1; length <= longestSeparatorBytes && length <= rest.length; length++) {
      candidates.add(rest.slice(0, length));
    }
  }
  let best: { separator: string; records: number; rank: number } | null = null;
  for (const separator of candidates) {
    const { length } = separator;
    const records = rests.filter((rest) => rest.startsWith(separator) && rest.indexOf(separator, length) >= 0).length;
    const text = fromByteText(separator);
    const rank = separatorLike.test(text) ? 2 : bracketed.test(text) ? 1 : 0;
    const isBetter =
      best === null ||
      records > best.records ||
      (records === best.records && (rank > best.rank || (rank === best.rank && length > best.separator.length)));
    if (isBetter) best = { separator, records, rank };
  }
  return best === null || best.records === 0 || best.records < majority * rests.length ? null : best.separator;
}
