/** Keys and values are bytes; this is how they become text, and how nothing is lost when they are not text. */

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes as text; `base64` holds the bytes where the text cannot give them back. */
export interface DecodedBytes {
  /** UTF-8, with U+FFFD where the bytes are not. */
  readonly text: string;
  /** Null when the bytes are UTF-8. */
  readonly base64: string | null;
}

export function decodeBytes(bytes: Uint8Array): DecodedBytes {
  try {
    return { text: strict.decode(bytes), base64: null };
  } catch {
    return { text: lenient.decode(bytes), base64: toBase64(bytes) };
  }
}

function toBase64(bytes: Uint8Array): string {
  // btoa takes one character a byte; pieces keep the argument lists small.
  let binary = '';
  for (let i = 0; i < bytes.length; i += 4096) binary += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return btoa(binary);
}

/** `7b 22 61`. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** The bytes that `base64` of `decodeBytes` stands for. */
export function fromBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
