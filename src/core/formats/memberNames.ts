/**
 * Names of the members of JSON objects and what they mean. Objects of one dump have their members in one order, nearly
 * always, so each name is first held against the one that came there last time: one comparison of bytes, where finding
 * the name's end, the colon and the meaning takes four.
 */
import { LF, startsWith, toBytes } from './bytes.js';

/** A name that was met, with the colon and what else stands between it and its value. */
export interface MemberName<T> {
  readonly bytes: Uint8Array;
  readonly meaning: T;
  /** The name that came behind it last. */
  next: MemberName<T> | null;
  /** 0-based place in the object. */
  readonly place: number;
}

/** Members whose order is remembered; hostile objects have millions. */
const mostRemembered = 50;
const longestRemembered = 100;

/** The name at `at` if it is one of the next two that are to be expected: one member may be left out. */
export function nextName<T>(last: MemberName<T>, bytes: Uint8Array, at: number): MemberName<T> | null {
  const next = last.next;
  if (next === null) return null;
  if (startsWith(bytes, at, bytes.length, next.bytes)) return next;
  const other = next.next;
  return other !== null && startsWith(bytes, at, bytes.length, other.bytes) ? other : null;
}

export abstract class MemberNames<T> {
  /** Stands before the first name. */
  readonly before: MemberName<T>;

  constructor(noMeaning: T) {
    this.before = { bytes: new Uint8Array(0), meaning: noMeaning, next: null, place: -1 };
  }

  /** What the name `bytes[start, end)` means. */
  abstract meaningOf(bytes: Uint8Array, start: number, end: number): T;

  /** Remembers that the name in `bytes[start, valueAt)` came behind `last`; null where nothing more is remembered. */
  remember(last: MemberName<T>, bytes: Uint8Array, start: number, valueAt: number, meaning: T): MemberName<T> | null {
    const place = last.place + 1;
    if (place >= mostRemembered) return null;
    // Line feeds before the value have to be counted each time.
    const isPlain = valueAt - start <= longestRemembered && !bytes.subarray(start, valueAt).includes(LF);
    if (!isPlain) return null;
    last.next = { bytes: bytes.slice(start, valueAt), meaning, next: last.next, place };
    return last.next;
  }
}

/** Names known beforehand; any other means null. */
export class NameTable<T> extends MemberNames<T | null> {
  readonly #byLength: { readonly name: Uint8Array; readonly meaning: T }[][] = [];

  constructor(names: Readonly<Record<string, T>>) {
    super(null);
    for (const [text, meaning] of Object.entries(names)) {
      const name = toBytes(text);
      while (this.#byLength.length <= name.length) this.#byLength.push([]);
      this.#byLength[name.length]?.push({ name, meaning });
    }
  }

  override meaningOf(bytes: Uint8Array, start: number, end: number): T | null {
    for (const { name, meaning } of this.#byLength[end - start] ?? []) {
      if (startsWith(bytes, start, end, name)) return meaning;
    }
    return null;
  }
}
