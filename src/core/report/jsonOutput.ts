/**
 * JSON text that is safe to print. JSON.stringify leaves characters as they are that drive a terminal or cannot be
 * seen (0x80 to 0x9f, marks that turn the direction of writing …); as escapes they are still the same JSON.
 */
import { unseen } from '../words/text.js';

const utf8 = new TextEncoder();

export function jsonOutput(value: unknown, indent = 0): string {
  return escaped(JSON.stringify(value, null, indent));
}

function escaped(json: string): string {
  // Most of it is ASCII without controls, which is told ten times faster than by looking at every character.
  if (utf8.encode(json).length === json.length && !json.includes('\u007f')) return json;
  return json.replace(unseen, (character) =>
    // The line ends of the layout are the only controls that JSON.stringify has left.
    character === '\n' ? character : inEscapes(character),
  );
}

/** As `\uHHHH` for each code unit. */
export function inEscapes(character: string): string {
  return Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
}
