/**
 * Text from a dump, made fit for the eye: keys and values are hostile input and may hold anything, also sequences
 * that drive a terminal or turn the direction of writing.
 */

/**
 * Controls, line and paragraph separators, marks that turn the direction of writing, and what takes no room: keys that
 * differ only by such characters must not look alike.
 */
export const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

function symbolFor(character: string): string {
  const code = character.codePointAt(0) as number;
  // Unicode's control pictures: ␀ … ␟ and ␡.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  const hex = code.toString(16).padStart(4, '0');
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`;
}

/** The text on one line, with what cannot be seen made visible; nothing in it can drive a terminal. */
export function visible(text: string): string {
  return text.replace(unseen, symbolFor);
}

/** `visible`, cut to `length` characters with an ellipsis. */
export function excerpt(text: string, length = 80): string {
  // Surrogate pairs must not be cut in two.
  const characters = [...text.slice(0, 2 * length + 2)];
  const isCut = characters.length > length || text.length > 2 * length + 2;
  return visible(isCut ? `${characters.slice(0, length).join('')}…` : text);
}
