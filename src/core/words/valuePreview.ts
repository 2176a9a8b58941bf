/** A value on one line, with what is not there said in words. */
import { decodeBytes, hexOf } from '../utf8.js';
import { byteSize } from './numbers.js';
import { excerpt, visible } from './text.js';

/** `deleted` for a tombstone (null), `empty`, or the value's first `characters`, with its size if it is cut. */
export function valuePreview(value: Uint8Array | null, characters = 200): string {
  if (value === null) return 'deleted';
  if (value.length === 0) return 'empty';
  // A character takes at most four bytes. What a long value goes on with is not worth decoding.
  const start = value.subarray(0, characters * 4 + 4);
  const { text, base64 } = decodeBytes(start);
  if (start.length === value.length && base64 !== null) {
    return excerpt(`${byteSize(value.length)}, not UTF-8: ${hexOf(start)}`, characters);
  }
  // Line breaks are common and take the indentation with them; other controls are spelled out.
  const line = text.replace(/\r?\n[ \t]*/g, '↵');
  const isCut = line.length > characters && [...line].length > characters;
  return isCut ? `${excerpt(line, characters)} (${byteSize(value.length)})` : visible(line);
}
