/**
 * Looks through millions of rows on the extension host's own thread without holding it up: in slices, between which
 * everything else has its turn.
 */
import { setImmediate } from 'node:timers/promises';

const sliceMs = 10;
/** Rows between two looks at the clock. */
const rowsAtATime = 2048;

/** The slices of one piece of work, which may go through several lists. */
export class Slices {
  #end = performance.now() + sliceMs;

  /** @param isWanted asked between slices: whether anybody still waits for the answer */
  constructor(private readonly isWanted: () => boolean) {}

  get isOver(): boolean {
    return performance.now() > this.#end;
  }

  /** Lets everything else have its turn; false if nobody waits any longer. */
  async next(): Promise<boolean> {
    await setImmediate();
    this.#end = performance.now() + sliceMs;
    return this.isWanted();
  }
}

/** The indexes that pass, in their order; null as soon as nobody waits for them any longer. */
export async function filterInSlices(
  indexes: Uint32Array,
  passes: (index: number) => boolean,
  slices: Slices,
): Promise<Uint32Array | null> {
  const found = new Uint32Array(indexes.length);
  let length = 0;
  for (let at = 0; at < indexes.length; at++) {
    if (at % rowsAtATime === 0 && slices.isOver && !(await slices.next())) return null;
    const index = indexes[at] as number;
    if (passes(index)) found[length++] = index;
  }
  return found.slice(0, length);
}
