/** What stands between the quotes of a JSON string, as the bytes that it means. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const replacement = 0xfffd;

/** What follows a backslash → the byte that both mean; 0 for no escape, and for `\u`, which is another matter. */
const simpleEscapes = new Uint8Array(256);
for (const [letter, byte] of [
  ...(['"', '\\', '/'] as const).map((c) => [c, c.charCodeAt(0)] as const),
  ...([
    ['b', 8],
    ['f', 12],
    ['n', 10],
    ['r', 13],
    ['t', 9],
  ] as const),
]) {
  simpleEscapes[letter.charCodeAt(0)] = byte;
}

/** What an unescaped string shows of the tool that wrote it. */
export interface Unescaped {
  /** It has U+FFFD, or half a surrogate pair, in which a tool has lost bytes. */
  hasReplacement: boolean;
}

/**
 * Unescapes `bytes[start, end)` where it stands, since no escape is shorter than what it means: `\uXXXX` becomes UTF-8,
 * a surrogate pair one character of four bytes, and half a pair U+FFFD, as Go and JavaScript write it. All other bytes
 * stay as they are, UTF-8 or not.
 * @returns the end of the unescaped bytes, or -1 if there is an escape that JSON does not know
 */
export function unescapeInPlace(bytes: Uint8Array, start: number, end: number, found: Unescaped): number {
  let from = start;
  while (from < end && bytes[from] !== BACKSLASH) from++;
  let to = from;
  while (from < end) {
    const c = bytes[from] as number;
    if (c !== BACKSLASH) {
      bytes[to++] = c;
      from++;
      continue;
    }
    const letter = from + 1 < end ? (bytes[from + 1] as number) : QUOTE;
    const simple = from + 1 < end ? (simpleEscapes[letter] as number) : 0;
    if (simple !== 0) {
      bytes[to++] = simple;
      from += 2;
      continue;
    }
    let unit = letter === 0x75 ? hex4(bytes, from + 2, end) : -1;
    if (unit < 0) return -1;
    from += 6;
    if (unit >= 0xd800 && unit <= 0xdbff && bytes[from] === BACKSLASH && bytes[from + 1] === 0x75) {
      const low = hex4(bytes, from + 2, end);
      if (low >= 0xdc00 && low <= 0xdfff) {
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        from += 6;
      }
    }
    if (unit >= 0xd800 && unit <= 0xdfff) unit = replacement;
    if (unit === replacement) found.hasReplacement = true;
    to = writeUtf8(bytes, to, unit);
  }
  return to;
}

/** The number that four hexadecimal digits at `at` mean, or -1. */
function hex4(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end) return -1;
  let number = 0;
  for (let i = at; i < at + 4; i++) {
    const c = bytes[i] as number;
    const digit =
      c >= 0x30 && c <= 0x39 ? c - 0x30 : c >= 0x41 && c <= 0x46 ? c - 0x37 : c >= 0x61 && c <= 0x66 ? c - 0x57 : -1;
    if (digit < 0) return -1;
    number = number * 16 + digit;
  }
  return number;
}

/** @returns the position behind the character */
function writeUtf8(bytes: Uint8Array, at: number, character: number): number {
  let to = at;
  if (character < 0x80) {
    bytes[to++] = character;
    return to;
  }
  if (character < 0x800) bytes[to++] = 0xc0 | (character >> 6);
  else {
    if (character < 0x10000) bytes[to++] = 0xe0 | (character >> 12);
    else {
      bytes[to++] = 0xf0 | (character >> 18);
      bytes[to++] = 0x80 | ((character >> 12) & 0x3f);
    }
    bytes[to++] = 0x80 | ((character >> 6) & 0x3f);
  }
  bytes[to++] = 0x80 | (character & 0x3f);
  return to;
}
