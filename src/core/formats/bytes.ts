/** Looking at bytes, on the hot path of every scanner: no allocation, no copies. */

export const LF = 0x0a;
export const CR = 0x0d;

/** Position of `wanted` in `bytes[start, end)`, or -1. `wanted` is not empty. */
export function findBytes(bytes: Uint8Array, wanted: Uint8Array, start: number, end: number): number {
  const first = wanted[0] as number;
  const length = wanted.length;
  const last = end - length;
  for (let i = start; i <= last; i++) {
    if (bytes[i] !== first) continue;
    let k = 1;
    while (k < length && bytes[i + k] === wanted[k]) k++;
    if (k === length) return i;
  }
  return -1;
}

/** Last position of `wanted` in `bytes[start, end)`, or -1. `wanted` is not empty. */
export function findLastBytes(bytes: Uint8Array, wanted: Uint8Array, start: number, end: number): number {
  for (let i = end - wanted.length; i >= start; i--) {
    if (startsWith(bytes, i, end, wanted)) return i;
  }
  return -1;
}

/** Whether `bytes[start, end)` begins with `wanted`. */
export function startsWith(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array): boolean {
  const length = wanted.length;
  if (end - start < length) return false;
  for (let i = 0; i < length; i++) if (bytes[start + i] !== wanted[i]) return false;
  return true;
}

/** Whether `bytes[start, end)` is `wanted`; never if that is null. */
export function isText(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array | null): boolean {
  return wanted !== null && end - start === wanted.length && startsWith(bytes, start, end, wanted);
}

const utf8 = new TextEncoder();

export const toBytes = (text: string): Uint8Array => utf8.encode(text);

/**
 * One character a byte, for regular expressions over bytes. Not TextDecoder: its `latin1` is windows-1252, which moves
 * 27 of the bytes elsewhere.
 */
export function toByteText(bytes: Uint8Array): string {
  let text = '';
  // Pieces keep the argument lists small.
  for (let i = 0; i < bytes.length; i += 4096) {
    // Not spread, which goes through an iterator and takes twice as long.
    text += String.fromCharCode.apply(null, bytes.subarray(i, i + 4096) as unknown as number[]);
  }
  return text;
}

/** The UTF-8 text whose bytes `byteText` holds. */
export function fromByteText(byteText: string): string {
  return new TextDecoder().decode(Uint8Array.from(byteText, (character) => character.charCodeAt(0)));
}

/** Whether it is a JSON object or array: numbers and words are JSON by chance too often. */
export function isJsonText(byteText: string): boolean {
  if (!/^\s*[[{]/.test(byteText)) return false;
  try {
    JSON.parse(byteText);
    return true;
  } catch {
    return false;
  }
}
