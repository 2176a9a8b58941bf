/**
 * Walks JSON (RFC 8259) byte by byte, without making strings or objects of it: where a string, a value, a run of
 * white space ends. Bytes from 0x80 on are taken as they are, since kcat copies them into its strings unchecked.
 * Nothing here recurses: a value may be nested as deep as memory lasts.
 */

import { LF, toByteText } from './bytes.js';
import { type MemberName, type MemberNames, nextName } from './memberNames.js';

/** Instead of a position: the text ends before what was looked for does. */
export const incomplete = -1;
/** Instead of a position: this is no JSON; `JsonText.errorAt` says where. */
export const malformed = -2;

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** Bytes of a string that are looked at one by one before the rest is left to the native search. */
const nearBytes = 24;

/** Bytes that may stand in a number, `true`, `false` or `null`. */
const isScalarByte = new Uint8Array(256);
for (const c of '+-.0123456789Eaeflnrstu') isScalarByte[c.charCodeAt(0)] = 1;
const scalar = /^(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null)$/;
/** Longest number that is checked; longer ones are believed. */
const longestScalar = 400;

const inArray = 0;
const inObject = 1;

/** Where a byte comes next: asked for again only once it is passed, so that rare ones cost nothing. */
class NextByte {
  #from = 0;
  #next = -1;

  constructor(private readonly byte: number) {}

  forget(): void {
    this.#from = 0;
    this.#next = -1;
  }

  /** Its position from `at` on, or the end of the bytes. */
  find(bytes: Uint8Array, at: number): number {
    if (at >= this.#from && at <= this.#next) return this.#next;
    const found = bytes.indexOf(this.byte, at);
    this.#from = at;
    this.#next = found < 0 ? bytes.length : found;
    return this.#next;
  }
}

export class JsonText {
  bytes: Uint8Array = new Uint8Array(0);
  /** Line feeds passed by as white space; the caller sets it back. */
  lineFeeds = 0;
  /** Where the text stopped being JSON, after `malformed`. */
  errorAt = 0;
  /** Whether the last string that `stringEnd` went through has escapes. */
  hasEscapes = false;
  readonly #backslash = new NextByte(BACKSLASH);
  readonly #lineFeed = new NextByte(LF);
  #nesting = new Uint8Array(64);
  /** Where the name of the member that `#memberValue` went through last ends. */
  #nameEnd = 0;

  /** Starts on other bytes. */
  reset(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.#backslash.forget();
    this.#lineFeed.forget();
  }

  /** Position of the first byte from `at` on that is no white space, or the end of the bytes. */
  spaceEnd(at: number): number {
    const bytes = this.bytes;
    let i = at;
    for (; i < bytes.length; i++) {
      const c = bytes[i] as number;
      if (c === LF) this.lineFeeds++;
      else if (c !== 0x20 && c !== 0x0d && c !== 0x09) break;
    }
    return i;
  }

  /**
   * Position of the quote that ends the string whose first byte (behind its opening quote) is at `at`. A line feed in
   * it is an error: no tool leaves one unescaped, so the string was cut there.
   */
  stringEnd(at: number): number {
    const bytes = this.bytes;
    this.hasEscapes = false;
    const near = Math.min(bytes.length, at + nearBytes);
    for (let i = at; i < near; i++) {
      const c = bytes[i] as number;
      if (c === QUOTE) return i;
      if (c === BACKSLASH) return this.#escapedStringEnd(i);
      if (c === LF) return this.fail(i);
    }
    if (near === bytes.length) return incomplete;
    // With a backslash close by, the native searches cost more than they save.
    const backslash = this.#backslash.find(bytes, near);
    if (backslash < near + nearBytes) return this.#escapedStringEnd(near);
    const lineFeed = this.#lineFeed.find(bytes, near);
    const found = bytes.indexOf(QUOTE, near);
    const first = Math.min(found < 0 ? bytes.length : found, backslash, lineFeed);
    if (first === bytes.length) return incomplete;
    if (first === found) return found;
    return first === lineFeed ? this.fail(first) : this.#escapedStringEnd(first);
  }

  /** Position behind the value that begins at `at`. */
  valueEnd(at: number): number {
    const c = this.bytes[at];
    if (c === undefined) return incomplete;
    if (c === QUOTE) {
      const quote = this.stringEnd(at + 1);
      return quote < 0 ? quote : quote + 1;
    }
    return c === OPEN_BRACE || c === OPEN_BRACKET ? this.#nestedEnd(at) : this.#scalarEnd(at);
  }

  /**
   * Goes through the object at `at` and returns the position behind it. `take` is called with what each member's name
   * means, and returns where its value, which begins at `valueAt`, ends.
   */
  objectEnd<T>(at: number, names: MemberNames<T>, take: (meaning: T, valueAt: number) => number): number {
    const bytes = this.bytes;
    let i = this.spaceEnd(at + 1);
    if (bytes[i] === CLOSE_BRACE) return i + 1;
    let last: MemberName<T> | null = names.before;
    for (;;) {
      if (i === bytes.length) return incomplete;
      const known: MemberName<T> | null = last === null ? null : nextName(last, bytes, i);
      let valueAt: number;
      let meaning: T;
      if (known !== null) {
        valueAt = i + known.bytes.length;
        meaning = known.meaning;
      } else {
        valueAt = this.#memberValue(i);
        if (valueAt < 0) return valueAt;
        meaning = names.meaningOf(bytes, i + 1, this.#nameEnd);
      }
      if (last !== null) last = known ?? names.remember(last, bytes, i, valueAt, meaning);
      if (valueAt >= bytes.length) return incomplete;
      i = take(meaning, valueAt);
      if (i < 0) return i;
      i = this.spaceEnd(i);
      if (i === bytes.length) return incomplete;
      if (bytes[i] === CLOSE_BRACE) return i + 1;
      if (bytes[i] !== COMMA) return this.fail(i);
      i = this.spaceEnd(i + 1);
    }
  }

  /** Position of the value of the member at `at`. */
  #memberValue(at: number): number {
    const bytes = this.bytes;
    if (bytes[at] !== QUOTE) return this.fail(at);
    const quote = this.stringEnd(at + 1);
    if (quote < 0) return quote;
    this.#nameEnd = quote;
    const colon = this.spaceEnd(quote + 1);
    if (colon === bytes.length) return incomplete;
    if (bytes[colon] !== COLON) return this.fail(colon);
    const value = this.spaceEnd(colon + 1);
    return value === bytes.length ? incomplete : value;
  }

  /** Notes where the text stopped being JSON. */
  fail(at: number): typeof malformed {
    this.errorAt = at;
    return malformed;
  }

  /** As `stringEnd`, from the string's first backslash on, or from shortly before it. */
  #escapedStringEnd(at: number): number {
    const bytes = this.bytes;
    this.hasEscapes = true;
    let i = at;
    while (i < bytes.length) {
      const c = bytes[i] as number;
      if (c === QUOTE) return i;
      if (c === LF) return this.fail(i);
      if (c === BACKSLASH && bytes[++i] === LF) return this.fail(i);
      i++;
    }
    return incomplete;
  }

  /** A number or a word is known to be whole only by the byte behind it. */
  #scalarEnd(at: number): number {
    const bytes = this.bytes;
    let i = at;
    // Nearly all are whole numbers.
    while (i < bytes.length && (bytes[i] as number) >= 0x30 && (bytes[i] as number) <= 0x39) i++;
    const isWhole = i > at && (bytes[at] !== 0x30 || i === at + 1);
    if (i < bytes.length && isWhole && isScalarByte[bytes[i] as number] === 0) return i;
    while (i < bytes.length && isScalarByte[bytes[i] as number] === 1) i++;
    if (i === bytes.length) return incomplete;
    if (i === at) return this.fail(i);
    if (i - at > longestScalar || scalar.test(toByteText(bytes.subarray(at, i)))) return i;
    return this.fail(at);
  }

  /** Position behind the object or array at `at`; checks its structure, so that a cut one is found out soon. */
  #nestedEnd(at: number): number {
    const bytes = this.bytes;
    let depth = 0;
    let expected: 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | 'commaOrEnd' = 'value';
    let i = at;
    for (;;) {
      i = this.spaceEnd(i);
      if (i === bytes.length) return incomplete;
      const c = bytes[i];
      const isObject = depth > 0 && this.#nesting[depth - 1] === inObject;
      if (c === (isObject ? CLOSE_BRACE : CLOSE_BRACKET) && depth > 0) {
        if (expected === 'value' || expected === 'name') return this.fail(i);
        i++;
        if (--depth === 0) return i;
        expected = 'commaOrEnd';
      } else if (expected === 'commaOrEnd') {
        if (c !== COMMA) return this.fail(i);
        i++;
        expected = isObject ? 'name' : 'value';
      } else if (expected === 'name' || expected === 'nameOrEnd') {
        if (c !== QUOTE) return this.fail(i);
        const quote = this.stringEnd(i + 1);
        if (quote < 0) return quote;
        i = this.spaceEnd(quote + 1);
        if (i === bytes.length) return incomplete;
        if (bytes[i] !== COLON) return this.fail(i);
        i++;
        expected = 'value';
      } else if (c === OPEN_BRACE || c === OPEN_BRACKET) {
        this.#open(depth++, c === OPEN_BRACE ? inObject : inArray);
        i++;
        expected = c === OPEN_BRACE ? 'nameOrEnd' : 'valueOrEnd';
      } else {
        i = this.valueEnd(i);
        if (i < 0) return i;
        expected = 'commaOrEnd';
      }
    }
  }

  #open(depth: number, kind: number): void {
    if (depth === this.#nesting.length) {
      const larger = new Uint8Array(2 * depth);
      larger.set(this.#nesting);
      this.#nesting = larger;
    }
    this.#nesting[depth] = kind;
  }
}
