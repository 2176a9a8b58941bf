/**
 * Looks through millions of rows on the extension host's own thread without holding it up: in slices, between which
 * everything else has its turn.
 */
import { setImmediate } from 'node:timers/promises';

const sliceMs = 10;
/** Rows between two looks at the clock. */
const rowsAtATime = 2048;

/**
 * The indexes that pass, in their order; null as soon as the answer is no longer wanted.
 * @param isWanted asked between slices
 */
export async function filterInSlices(
  indexes: Uint32Array,
  passes: (index: number) => boolean,
  isWanted: () => boolean,
): Promise<Uint32Array | null> {
  const found = new Uint32Array(indexes.length);
  let length = 0;
  let sliceEnd = performance.now() + sliceMs;
  for (let at = 0; at < indexes.length; at++) {
    if (at % rowsAtATime === 0 && performance.now() > sliceEnd) {
      await setImmediate();
      if (!isWanted()) return null;
      sliceEnd = performance.now() + sliceMs;
    }
    const index = indexes[at] as number;
    if (passes(index)) found[length++] = index;
  }
  return found.slice(0, length);
}
