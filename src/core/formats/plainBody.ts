/** The body of a record over several lines, cleaned of what stands between them and is not its own. */
import { CR, LF } from './bytes.js';

/**
 * A copy of `bytes[start, end)` without the gaps, and with `crlf` without a CR before any LF.
 * @param gaps `[start, end)` pairs, ascending, one behind the other
 */
export function plainBody(
  bytes: Uint8Array,
  start: number,
  end: number,
  gaps: readonly number[],
  crlf: boolean,
): Uint8Array {
  const body = new Uint8Array(end - start);
  let length = 0;
  let position = start;
  const copyUntil = (to: number): void => {
    for (let i = position; i < to; i++) {
      const byte = bytes[i] as number;
      if (crlf && byte === CR && bytes[i + 1] === LF) continue;
      body[length++] = byte;
    }
  };
  for (let i = 0; i < gaps.length; i += 2) {
    copyUntil(gaps[i] as number);
    position = gaps[i + 1] as number;
  }
  copyUntil(end);
  return body.subarray(0, length);
}
