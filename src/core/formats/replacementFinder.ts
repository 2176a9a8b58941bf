/**
 * Counts the lines that hold U+FFFD: the tool that wrote the dump put it where bytes were no text, so keys that differ
 * there look alike. Looks at whole blocks at native speed, since hardly any dump has one.
 */
import type { Tally } from './format.js';

/** U+FFFD in UTF-8 is EF BF BD. */
const first = 0xef;
const second = 0xbf;
const third = 0xbd;

export class ReplacementFinder {
  readonly lines: { -readonly [K in keyof Tally]: Tally[K] } = { count: 0, firstLine: 0 };
  /** Position of the next one; infinite if what was searched has none. */
  next = Number.POSITIVE_INFINITY;
  #searched = 0;

  /** Searches what came in since the last call, up to `end`. */
  search(bytes: Uint8Array, end: number): void {
    if (this.next !== Number.POSITIVE_INFINITY) return;
    const filled = bytes.subarray(0, end);
    for (let at = filled.indexOf(first, this.#searched); at >= 0; at = filled.indexOf(first, at + 1)) {
      if (at + 2 >= end) {
        // Told only when the bytes behind it are there.
        this.#searched = at;
        return;
      }
      if (filled[at + 1] === second && filled[at + 2] === third) {
        this.next = at;
        return;
      }
    }
    this.#searched = end;
  }

  /** Counts the line that ends at `lineEnd`, which holds one, and looks for the next behind it. */
  count(filled: Uint8Array, lineEnd: number, line: number): void {
    this.add(line);
    this.#pass(filled, lineEnd);
  }

  /** Counts one that was found in another way. */
  add(line: number): void {
    if (this.lines.count++ === 0) this.lines.firstLine = line;
  }

  /** Whether one is in `filled[start, end)`; those before `end` are done with. */
  isIn(filled: Uint8Array, start: number, end: number): boolean {
    if (this.next < start) this.#pass(filled, start);
    const isIn = this.next < end;
    if (isIn) this.#pass(filled, end);
    return isIn;
  }

  #pass(filled: Uint8Array, end: number): void {
    this.next = Number.POSITIVE_INFINITY;
    this.#searched = end;
    this.search(filled, filled.length);
  }

  /** The buffer dropped its first `moved` bytes. */
  move(moved: number): void {
    this.next -= moved;
    this.#searched = Math.max(0, this.#searched - moved);
  }
}
