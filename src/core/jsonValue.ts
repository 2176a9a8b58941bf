/**
 * Whether two values are the same JSON (RFC 8259): white space and the order of members do not count, strings are
 * compared by their decoded code units, numbers by their exact decimal value.
 *
 * Members of one name: what a program makes of `{"a":1,"a":2}` depends on its parser (RFC 8259, section 4), so
 * nothing is chosen for it. A name that is repeated must be repeated on the other side, with the same values in the
 * same order; only so does no reader see a difference that is not reported.
 *
 * Neither reading nor comparing recurses: nesting is limited by memory alone, of which a value takes a few dozen
 * times its length while it is compared.
 */
import { followPaths, type IgnoredPaths, type PathsFromHere } from './ignoredPaths.js';
import { scanNumber, scanString } from './jsonText.js';

/** A scalar as text that begins with its type (see `Reader`), or an array or object. */
export type Value = string | Container;

/** An array (`names` is null), or an object with its members sorted by name, those of one name in their order. */
export interface Container {
  readonly names: readonly string[] | null;
  readonly values: readonly Value[];
}

/** Byte order marks stay, and are no JSON. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * @param ignored what stands at these paths, on either side, is taken out first: a member as if it were not there,
 *   an element of an array likewise, counted by its place before anything is taken out
 * @returns false if either is not JSON in UTF-8: then only their bytes can be compared
 */
export function sameJson(a: Uint8Array, b: Uint8Array, ignored: IgnoredPaths): boolean {
  const valueOfA = readJson(a, ignored);
  if (valueOfA === null) return false;
  const valueOfB = readJson(b, ignored);
  return valueOfB !== null && areEqual(valueOfA, valueOfB);
}

export function areEqual(a: Value, b: Value): boolean {
  const left: Value[] = [a];
  const right: Value[] = [b];
  for (let x = left.pop(), y = right.pop(); x !== undefined && y !== undefined; x = left.pop(), y = right.pop()) {
    if (typeof x === 'string' || typeof y === 'string') {
      if (x !== y) return false;
      continue;
    }
    if (x.values.length !== y.values.length || !haveEqualNames(x, y)) return false;
    for (const value of x.values) left.push(value);
    for (const value of y.values) right.push(value);
  }
  return true;
}

function haveEqualNames({ names: a }: Container, { names: b }: Container): boolean {
  if (a === null || b === null) return a === b;
  return a.every((name, i) => name === b[i]);
}

/** By their first letter. */
const literals: ReadonlyMap<string, string> = new Map(['true', 'false', 'null'].map((word) => [word.charAt(0), word]));

/** An array or object whose end has not been read yet. */
interface Open {
  /** Null in an array. */
  readonly names: string[] | null;
  readonly values: Value[];
  readonly paths: PathsFromHere;
  /** Elements or members read so far, those that are left out among them. */
  read: number;
  /** It is itself left out, or stands in what is: read, but not kept. */
  readonly isLeftOut: boolean;
}

/** Null if the bytes are no JSON text. */
export function readJson(bytes: Uint8Array, ignored: IgnoredPaths): Value | null {
  let json: string;
  try {
    json = decoder.decode(bytes);
  } catch {
    return null;
  }
  return new Reader(json, ignored).read();
}

class Reader {
  readonly #json: string;
  readonly #open: Open[] = [];
  #at = 0;
  /** Of the value that comes next: the paths that lead on from it; null if it is left out. */
  #paths: PathsFromHere | null;

  constructor(json: string, ignored: IgnoredPaths) {
    this.#json = json;
    this.#paths = ignored;
  }

  read(): Value | null {
    // Each round reads one value, or opens one; what that ends is closed, and the place of the next value found.
    for (;;) {
      this.#skipSpace();
      const character = this.#json.charAt(this.#at);
      if (character === '{' || character === '[') {
        this.#at++;
        this.#push(character === '{');
        this.#skipSpace();
        if (this.#json.charAt(this.#at) !== (character === '{' ? '}' : ']')) {
          if (!this.#enterNext()) return null;
          continue;
        }
      } else {
        const value = this.#scalar(character);
        if (value === null) return null;
        this.#keep(value);
        if (this.#open.length === 0) return this.#isAtEnd() ? value : null;
      }
      const whole = this.#closeAndGoOn();
      if (whole !== 'more') return whole;
    }
  }

  /** Closes what ends here; null if something else stands here, `more` if a value has to follow. */
  #closeAndGoOn(): Value | 'more' | null {
    for (;;) {
      this.#skipSpace();
      const open = this.#open.at(-1) as Open;
      const character = this.#json.charAt(this.#at);
      this.#at++;
      if (character === ',') {
        // Right behind the opening bracket, as in `[,1]`, it was refused before.
        return this.#enterNext() ? 'more' : null;
      }
      if (character !== (open.names === null ? ']' : '}')) return null;
      this.#open.pop();
      const { names, values } = open;
      const value: Container = names === null ? { names, values } : sortedByName(names, values);
      if (this.#open.length === 0) return this.#isAtEnd() ? value : null;
      if (!open.isLeftOut) (this.#open.at(-1) as Open).values.push(value);
    }
  }

  #push(isObject: boolean): void {
    const isLeftOut = this.#paths === null;
    this.#open.push({ names: isObject ? [] : null, values: [], paths: this.#paths ?? [], read: 0, isLeftOut });
  }

  /** Goes to the next element, or reads the next member's name and colon. False if there is none. */
  #enterNext(): boolean {
    const open = this.#open.at(-1) as Open;
    let step: string | number = open.read++;
    if (open.names !== null) {
      this.#skipSpace();
      if (this.#json.charAt(this.#at) !== '"') return false;
      const name = scanString(this.#json, this.#at);
      if (name === null) return false;
      this.#at = name.end;
      this.#skipSpace();
      if (this.#json.charAt(this.#at) !== ':') return false;
      this.#at++;
      step = name.text;
    }
    this.#paths = open.isLeftOut ? null : followPaths(open.paths, step);
    if (this.#paths !== null && typeof step === 'string') open.names?.push(step);
    return true;
  }

  #keep(value: Value): void {
    if (this.#paths !== null) this.#open.at(-1)?.values.push(value);
  }

  #scalar(character: string): string | null {
    const literal = literals.get(character);
    if (literal !== undefined) {
      if (!this.#json.startsWith(literal, this.#at)) return null;
      this.#at += literal.length;
      return literal;
    }
    const isString = character === '"';
    const found = isString ? scanString(this.#json, this.#at) : scanNumber(this.#json, this.#at);
    if (found === null) return null;
    this.#at = found.end;
    // A quote before strings keeps "1e0" and 1 apart; numbers and literals begin with other characters.
    return isString ? `"${found.text}` : found.text;
  }

  #isAtEnd(): boolean {
    this.#skipSpace();
    return this.#at === this.#json.length;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#json.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }
}

function sortedByName(names: readonly string[], values: readonly Value[]): Container {
  const isSorted = names.every((name, i) => i === 0 || (names[i - 1] as string) <= name);
  if (isSorted) return { names, values };
  // Sorting is stable: members of one name stay in their order.
  const order = names.map((_, i) => i).sort((i, j) => compareNames(names[i] as string, names[j] as string));
  return { names: order.map((i) => names[i] as string), values: order.map((i) => values[i] as Value) };
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
