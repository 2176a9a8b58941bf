/**
 * JSON text that is safe to print. JSON.stringify leaves characters as they are that drive a terminal or cannot be
 * seen (0x80 to 0x9f, marks that turn the direction of writing …); as escapes they are still the same JSON.
 */
import { unseen } from '../words/text.js';

export function jsonOutput(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(unseen, (character) =>
    // The line ends of the layout are the only controls that JSON.stringify has left.
    character === '\n' ? character : inEscapes(character),
  );
}

/** As `\uHHHH` for each code unit. */
function inEscapes(character: string): string {
  return Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
}
