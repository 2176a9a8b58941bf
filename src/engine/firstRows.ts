/**
 * The findings of a group that come first in report order: of any number of rows those with the smallest places, so that
 * a report that lists a thousand of a million need not put a million in order.
 */
import { rowLength } from './findings.js';

const firstCapacity = 64;

/** Takes twice as many as are wanted before it looks which of them those are: rows come in no order, and few come late. */
export class FirstRows {
  // One entry a row, in no order.
  #places = new Float64Array(firstCapacity);
  #numbers = new Uint32Array(firstCapacity);
  #rows = new Float64Array(firstCapacity * rowLength);
  #length = 0;
  /** Rows whose places are not below this are none of the first. */
  end: number;

  /** @param limit rows that are wanted */
  constructor(private readonly limit: number) {
    this.end = limit > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  /**
   * @param place below `end`; no two are the same
   * @param number told by `finish`
   * @param start of the row in its chunk
   */
  add(place: number, number: number, chunk: Float64Array, start: number): void {
    if (this.#length === this.#places.length) this.#makeRoom();
    const at = this.#length++;
    this.#places[at] = place;
    this.#numbers[at] = number;
    const to = at * rowLength;
    for (let i = 0; i < rowLength; i++) this.#rows[to + i] = chunk[start + i] as number;
  }

  /** The first `limit` rows or all, if there are fewer; in no order, one entry a row. */
  finish(): { readonly places: Float64Array; readonly numbers: Uint32Array; readonly rows: Float64Array } {
    this.#leaveFirst();
    return {
      places: this.#places.subarray(0, this.#length),
      numbers: this.#numbers.subarray(0, this.#length),
      rows: this.#rows.subarray(0, this.#length * rowLength),
    };
  }

  #makeRoom(): void {
    if (this.#length >= 2 * this.limit) {
      this.#leaveFirst();
      return;
    }
    const capacity = 4 * this.#length;
    this.#places = grown(this.#places, new Float64Array(capacity));
    this.#numbers = grown(this.#numbers, new Uint32Array(capacity));
    this.#rows = grown(this.#rows, new Float64Array(capacity * rowLength));
  }

  #leaveFirst(): void {
    if (this.#length <= this.limit) return;
    this.end = this.#places.slice(0, this.#length).sort()[this.limit - 1] as number;
    let left = 0;
    for (let at = 0; at < this.#length; at++) {
      const place = this.#places[at] as number;
      if (place > this.end) continue;
      this.#places[left] = place;
      this.#numbers[left] = this.#numbers[at] as number;
      this.#rows.copyWithin(left * rowLength, at * rowLength, (at + 1) * rowLength);
      left++;
    }
    this.#length = left;
  }
}

function grown<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
