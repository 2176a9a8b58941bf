/**
 * A JSON string straight from the bytes of a text, as `jsonOutput` would print it: what drives a terminal or cannot be
 * seen is escaped. Most bytes are copied; each character beyond ASCII is looked at as a string once, and remembered.
 */
import { unseen } from '../words/text.js';
import type { ByteWriter } from './byteWriter.js';
import { inEscapes } from './jsonOutput.js';

const utf8 = new TextEncoder();
const quotationMark = 0x22;
const backslash = 0x5c;
/** Bytes that a byte of text becomes at most: a control is printed as `\u0001`. */
const mostPerByte = 6;

/** What is done with a byte of text: it is copied, its character has to be looked at, or it is escaped by this letter. */
const copied = 0;
const lookedAt = 1;
const ways = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80) return lookedAt;
  const printed = printedAs(byte);
  if (printed.length === 1) return copied;
  return printed.length === 2 ? printed.charCodeAt(1) : lookedAt;
});

/** By code point: 1 once the character is known to be printed as it is. */
const isPlain = new Uint8Array(0x110000);
/** Of characters that are not, by code point. */
const escapes = new Map<number, Uint8Array>();

/**
 * Writes the string with its quotation marks.
 * @param text UTF-8
 * @returns false if it is not UTF-8: then nothing has been written
 */
export function writeJsonText(writer: ByteWriter, text: Uint8Array): boolean {
  writer.reserve(mostPerByte * text.length + 2);
  const { bytes } = writer;
  const end = text.length;
  let to = writer.length;
  bytes[to++] = quotationMark;
  for (let at = 0; ; ) {
    // By fours, which takes a third less time: those of the last four that are not to be copied are overwritten.
    for (; at + 4 <= end; at += 4, to += 4) {
      const a = text[at] as number;
      const b = text[at + 1] as number;
      const c = text[at + 2] as number;
      const d = text[at + 3] as number;
      bytes[to] = a;
      bytes[to + 1] = b;
      bytes[to + 2] = c;
      bytes[to + 3] = d;
      if (((ways[a] as number) | (ways[b] as number) | (ways[c] as number) | (ways[d] as number)) !== copied) break;
    }
    while (at < end && ways[text[at] as number] === copied) bytes[to++] = text[at++] as number;
    if (at === end) break;

    const letter = ways[text[at] as number] as number;
    if (letter !== lookedAt) {
      bytes[to++] = backslash;
      bytes[to++] = letter;
      at++;
      continue;
    }
    const codePoint = codePointAt(text, at);
    if (codePoint === notUtf8) return false;
    const next = at + utf8Length(codePoint);
    const escaped = isPlain[codePoint] === 1 ? null : escapeOf(codePoint);
    if (escaped === null) while (at < next) bytes[to++] = text[at++] as number;
    else for (let i = 0; i < escaped.length; i++) bytes[to++] = escaped[i] as number;
    at = next;
  }
  bytes[to++] = quotationMark;
  writer.length = to;
  return true;
}

/** Null for a character that is printed as it is. */
function escapeOf(codePoint: number): Uint8Array | null {
  const known = escapes.get(codePoint);
  if (known !== undefined) return known;
  const printed = printedAs(codePoint);
  if (printed === String.fromCodePoint(codePoint)) {
    isPlain[codePoint] = 1;
    return null;
  }
  const escaped = utf8.encode(printed);
  escapes.set(codePoint, escaped);
  return escaped;
}

function printedAs(codePoint: number): string {
  const character = String.fromCodePoint(codePoint);
  const json = JSON.stringify(character).slice(1, -1);
  return json === character && character.search(unseen) === 0 ? inEscapes(character) : json;
}

const notUtf8 = -1;

/** The code point at `at`, decoded as strictly as by https://encoding.spec.whatwg.org/#utf-8-decoder */
function codePointAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return lead;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (lead < 0xc2 || lead > 0xf4 || at + length > bytes.length) return notUtf8;
  // Of the first byte, the bits behind those that tell the length.
  let codePoint = lead & (0x7f >> length);
  for (let i = at + 1; i < at + length; i++) {
    const byte = bytes[i] as number;
    if ((byte & 0xc0) !== 0x80) return notUtf8;
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return utf8Length(codePoint) !== length || isSurrogate || codePoint > 0x10ffff ? notUtf8 : codePoint;
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
