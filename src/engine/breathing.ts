/** Lets timers, signals and messages of a busy thread have their turn. */
import { setImmediate } from 'node:timers/promises';

/** A thread that works longer than this without a pause is felt. */
const longestMs = 20;

/** Called now and then in the middle of long work; waits only if the last pause was too long ago. */
export class Breathing {
  #since = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.#since < longestMs) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
