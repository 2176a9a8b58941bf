/** Base64 (RFC 4648), in which some tools print what is not text. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const notInAlphabet = 0xff;
const sixBits = new Uint8Array(256).fill(notInAlphabet);
for (let i = 0; i < alphabet.length; i++) sixBits[alphabet.charCodeAt(i)] = i;
const PADDING = 0x3d;

/**
 * Decodes `bytes[start, end)` where it stands; line ends and spaces between the characters are passed over.
 * @returns the end of the decoded bytes, or -1 if that is no base64
 */
export function decodeBase64InPlace(bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  let held = 0;
  let bits = 0;
  let characters = 0;
  let padding = 0;
  for (let i = start; i < end; i++) {
    const c = bytes[i] as number;
    if (c === 0x20 || c === 0x0a || c === 0x0d) continue;
    characters++;
    if (c === PADDING) {
      padding++;
      continue;
    }
    const six = sixBits[c] as number;
    if (six === notInAlphabet || padding > 0) return -1;
    held = (held << 6) | six;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[to++] = (held >> bits) & 0xff;
      held &= (1 << bits) - 1;
    }
  }
  return characters % 4 === 0 && padding <= 2 && held === 0 ? to : -1;
}
