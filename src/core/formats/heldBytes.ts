/** The bytes of a dump that a scanner is not done with, in one piece, however they came in. */
export class HeldBytes {
  /** What is held, and nothing behind it. */
  bytes: Uint8Array = new Uint8Array(0);
  #buffer: Uint8Array = new Uint8Array(0);

  /** @param offset position in the dump of `bytes[0]` */
  constructor(public offset: number) {}

  /**
   * Takes more bytes; those before `done` may be given up for that, and memory grows only if what is left does not fit.
   * @returns how far what is held has moved towards the beginning of `bytes`
   */
  append(chunk: Uint8Array, done: number): number {
    const length = this.bytes.length;
    let moved = 0;
    if (length + chunk.length > this.#buffer.length) {
      const kept = length - done;
      const isTooSmall = kept + chunk.length > this.#buffer.length;
      const target = isTooSmall ? new Uint8Array(2 * (kept + chunk.length)) : this.#buffer;
      target.set(this.#buffer.subarray(done, length));
      this.#buffer = target;
      this.offset += done;
      moved = done;
    }
    this.#buffer.set(chunk, length - moved);
    this.bytes = this.#buffer.subarray(0, length - moved + chunk.length);
    return moved;
  }
}
