/**
 * The findings of a group that come first in report order: of any number of rows those with the smallest places, so that
 * a report that lists a thousand of a million need not put a million in order.
 */
import { rowLength } from './findings.js';

const firstCapacity = 64;

/** A heap with the last of them on top, which the next one replaces that comes before it. */
export class FirstRows {
  /** Slots, the heap. */
  #heap = new Uint32Array(firstCapacity);
  // By slot.
  #places = new Float64Array(firstCapacity);
  #numbers = new Uint32Array(firstCapacity);
  #rows = new Float64Array(firstCapacity * rowLength);
  #length = 0;
  /** Rows whose places are not below this are none of the first. */
  end: number;

  /** @param limit rows to be kept */
  constructor(private readonly limit: number) {
    this.end = limit > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  get length(): number {
    return this.#length;
  }

  /** Of all that are kept, in no order. */
  get places(): Float64Array {
    return this.#places.subarray(0, this.#length);
  }

  /** In the order of `places`: the numbers by which they were added. */
  get numbers(): Uint32Array {
    return this.#numbers.subarray(0, this.#length);
  }

  /** In the order of `places`, one after the other. */
  get rows(): Float64Array {
    return this.#rows.subarray(0, this.#length * rowLength);
  }

  /**
   * @param place below `end`; no two are the same
   * @param start of the row in its chunk
   */
  add(place: number, number: number, chunk: Float64Array, start: number): void {
    const isFull = this.#length === this.limit;
    if (!isFull && this.#length === this.#heap.length) this.#grow();
    const slot = isFull ? (this.#heap[0] as number) : this.#length++;
    this.#places[slot] = place;
    this.#numbers[slot] = number;
    for (let i = 0; i < rowLength; i++) this.#rows[slot * rowLength + i] = chunk[start + i] as number;
    if (isFull) this.#sink(slot, place);
    else this.#rise(slot, place);
    if (this.#length === this.limit) this.end = this.#placeAt(0);
  }

  #placeAt(position: number): number {
    return this.#places[this.#heap[position] as number] as number;
  }

  /** From the top down to where it belongs. */
  #sink(slot: number, place: number): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#length) break;
      if (child + 1 < this.#length && this.#placeAt(child + 1) > this.#placeAt(child)) child++;
      if (this.#placeAt(child) < place) break;
      this.#heap[at] = this.#heap[child] as number;
      at = child;
    }
    this.#heap[at] = slot;
  }

  /** From the end up to where it belongs. */
  #rise(slot: number, place: number): void {
    let at = this.#length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#placeAt(parent) > place) break;
      this.#heap[at] = this.#heap[parent] as number;
      at = parent;
    }
    this.#heap[at] = slot;
  }

  #grow(): void {
    const capacity = Math.min(this.limit, 4 * this.#heap.length);
    const heap = new Uint32Array(capacity);
    const places = new Float64Array(capacity);
    const numbers = new Uint32Array(capacity);
    const rows = new Float64Array(capacity * rowLength);
    heap.set(this.#heap);
    places.set(this.#places);
    numbers.set(this.#numbers);
    rows.set(this.#rows);
    this.#heap = heap;
    this.#places = places;
    this.#numbers = numbers;
    this.#rows = rows;
  }
}
