/**
 * Follows a JSON object or array over the lines it is printed on, to find where it ends. Takes it line by line: no
 * token of JSON holds a line break. Grammar: RFC 8259; numbers and words are not looked at closely.
 */
import type { ValueFollower } from './recordGrammar.js';

/** What may come next. */
type Expected = 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d;
/** Bytes of numbers, `true`, `false` and `null`. */
const isPlain = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  byte === 0x2d ||
  byte === 0x2b ||
  byte === 0x2e ||
  byte === 0x45;

export class JsonExtent {
  /** The closing brackets still to come, outermost first. */
  #open: number[] = [];
  #expected: Expected = 'value';

  /** Begins with the text's first line. @returns whether it is the beginning of an object or array that goes on */
  begin(bytes: Uint8Array, start: number, end: number): boolean {
    const first = bytes[start];
    if (start >= end || (first !== openBrace && first !== openBracket)) return false;
    this.#open = [];
    this.#expected = 'value';
    return this.line(bytes, start, end) === 'open';
  }

  /** Goes on with the next line. */
  line(bytes: Uint8Array, start: number, end: number): 'open' | 'closed' | 'broken' {
    for (let at = start; at < end; ) {
      const byte = bytes[at] as number;
      if (isSpace(byte)) {
        at++;
      } else if (byte === quote) {
        if (!this.#takeString()) return 'broken';
        at = stringEnd(bytes, at, end);
        if (at < 0) return 'broken';
      } else if (isPlain(byte)) {
        if (!this.#takeValue()) return 'broken';
        while (at < end && isPlain(bytes[at] as number)) at++;
      } else {
        if (!this.#takeMark(byte)) return 'broken';
        at++;
      }
    }
    return this.#expected === 'nothing' ? 'closed' : 'open';
  }

  #takeString(): boolean {
    if (this.#expected !== 'name' && this.#expected !== 'nameOrEnd') return this.#takeValue();
    this.#expected = 'colon';
    return true;
  }

  #takeValue(): boolean {
    if (this.#expected !== 'value' && this.#expected !== 'valueOrEnd') return false;
    this.#expected = this.#open.length === 0 ? 'nothing' : 'commaOrEnd';
    return true;
  }

  #takeMark(byte: number): boolean {
    const expected = this.#expected;
    if (byte === openBrace || byte === openBracket) {
      if (expected !== 'value' && expected !== 'valueOrEnd') return false;
      this.#open.push(byte === openBrace ? closeBrace : closeBracket);
      this.#expected = byte === openBrace ? 'nameOrEnd' : 'valueOrEnd';
      return true;
    }
    if (byte === closeBrace || byte === closeBracket) {
      const mayEnd = expected === 'commaOrEnd' || expected === (byte === closeBrace ? 'nameOrEnd' : 'valueOrEnd');
      if (!mayEnd || this.#open.pop() !== byte) return false;
      this.#expected = this.#open.length === 0 ? 'nothing' : 'commaOrEnd';
      return true;
    }
    if (byte === comma && expected === 'commaOrEnd') {
      this.#expected = this.#open.at(-1) === closeBrace ? 'name' : 'value';
      return true;
    }
    if (byte === colon && expected === 'colon') {
      this.#expected = 'value';
      return true;
    }
    return false;
  }
}

/** Position behind the string that begins at `start`, or -1 if it does not end on its line. */
function stringEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    if (bytes[at] === backslash) at++;
    else if (bytes[at] === quote) return at + 1;
  }
  return -1;
}

/** Follows values that are JSON behind the separator. */
export class JsonValueFollower implements ValueFollower {
  readonly #extent = new JsonExtent();

  /** @param valueStart finds where the value begins in a record's body, -1 if nowhere */
  constructor(private readonly valueStart: (bytes: Uint8Array, bodyStart: number, end: number) => number) {}

  begin(bytes: Uint8Array, bodyStart: number, end: number): boolean {
    const start = this.valueStart(bytes, bodyStart, end);
    return start >= 0 && this.#extent.begin(bytes, start, end);
  }

  line(bytes: Uint8Array, start: number, end: number): 'open' | 'closed' | 'broken' {
    return this.#extent.line(bytes, start, end);
  }
}
