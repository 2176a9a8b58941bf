/**
 * Bytes written one after the other into a buffer that grows: the rows of long lists are made in it, so that nothing of
 * an ordinary row becomes a string or an object first.
 */

const utf8 = new TextEncoder();
const firstBytes = 1 << 16;
/** More digits than this have two parts: each is a small integer, which divides quickly. */
const partDigits = 8;
const partLimit = 10 ** partDigits;
const mostDigits = 16;
const digitZero = 0x30;
const minus = 0x2d;

export class ByteWriter {
  /** What has been written, then room. Anybody may write on, behind `reserve`, and move `length`. */
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  /** @param buffer to begin with; it is the writer's */
  constructor(buffer: ArrayBuffer = new ArrayBuffer(firstBytes)) {
    this.bytes = new Uint8Array(buffer);
  }

  /** Not copied: what is written after `clear` overwrites it. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  /** Makes room for so many bytes beyond `length`; `bytes` is another array where there was none. */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    larger.set(this.written);
    this.bytes = larger;
  }

  part(part: Uint8Array): void {
    this.reserve(part.length);
    this.bytes.set(part, this.length);
    this.length += part.length;
  }

  text(text: string): void {
    this.reserve(3 * text.length);
    this.length += utf8.encodeInto(text, this.bytes.subarray(this.length)).written;
  }

  /** As JSON has it. */
  number(number: number): void {
    if (!Number.isSafeInteger(number)) {
      this.text(JSON.stringify(number));
      return;
    }
    this.reserve(1 + mostDigits);
    if (number < 0) this.bytes[this.length++] = minus;
    const digits = Math.abs(number);
    const front = Math.floor(digits / partLimit);
    const back = digits - front * partLimit;
    if (front > 0) this.#digits(front, digitsOf(front));
    this.#digits(back, front > 0 ? partDigits : digitsOf(back));
  }

  /** @param number below `partLimit` */
  #digits(number: number, count: number): void {
    const { bytes, length } = this;
    let rest = number | 0;
    for (let at = length + count - 1; at >= length; at--) {
      const tenth = (rest / 10) | 0;
      bytes[at] = digitZero + (rest - 10 * tenth);
      rest = tenth;
    }
    this.length += count;
  }
}

function digitsOf(number: number): number {
  let count = 1;
  for (let bound = 10; number >= bound; bound *= 10) count++;
  return count;
}
