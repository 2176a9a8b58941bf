/** JSON values of generated topics, and ways in which a copier writes them anew: some keep what they say, some do not. */
import type { Random } from './random.js';
import { isJson, type PathSteps } from './referenceJson.js';
import { type ByteString, toByteString, toText } from './referenceReader.js';

/** Places that a comparison of such values may leave out. */
export const documentPlaces: readonly [PathSteps, ...PathSteps[]] = [
  ['updatedAt'],
  ['items', null, 'at'],
  ['items', 0],
  ['items', null, null],
  ['no such member'],
  [null, 'rev'],
];

const spaces = [' ', '\n', '\t ', ''] as const;

/** A value for one write; now and then one that JSON.parse would not give back, or that is no JSON at all. */
export function makeDocument(random: Random, revision: number): ByteString {
  const items = Array.from(
    { length: random.between(0, 3) },
    (_, i) => `{"at": ${revision + i}, "n": ${random.pick(['1.50', '-0', '2e2', '12345678901234567890', '""'])}}`,
  );
  const members = [
    `"id": "${random.pick(['a', 'é', '\u{1f600}', '\\u00e9', 'b\\n'])}"`,
    `"rev": ${random.pick([revision, revision, 1])}`,
    `"updatedAt": ${1000 * revision}`,
    `"items": [${items.join(', ')}]`,
    ...(random.chance(0.1) ? [`"rev": ${revision + 1}`] : []),
  ];
  const end = random.chance(0.05) ? '' : '}';
  return toByteString(`{${members.join(', ')}${end}`);
}

/** The value as it arrives at the mirror; as it is if it is no JSON. */
export function rewriteDocument(random: Random, value: ByteString): ByteString {
  const text = toText(value);
  if (!isJson(text)) return value;
  const kind = random.between(0, 7);
  if (kind <= 1) return toByteString(text.replaceAll(/("(?:updatedAt|at)":\s*)\d+/g, '$15'));
  if (kind === 2) return toByteString(reordered(text));
  if (kind === 3) return toByteString(text.replace(/"rev":\s*\d+/, '"rev": 0'));
  return toByteString(rewriteJson(text, random.between(0, 59), spaces));
}

/** By way of what a program makes of it: long numbers lose digits, repeated members are gone. */
function reordered(text: string): string {
  const value: unknown = JSON.parse(text);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.fromEntries(Object.entries(value).toReversed()));
}

/** The same value with white space around its tokens, strings in escapes, numbers shifted: `seed` says what of these. */
export function rewriteJson(json: string, seed: number, whiteSpaces: readonly string[]): string {
  const space = whiteSpaces[seed % whiteSpaces.length] ?? '';
  return json.replace(/"(?:[^"\\]|\\.)*"|-?[0-9][-+.eE0-9]*|[[\]{}:,]/g, (token) => {
    if (token.startsWith('"')) return seed % 3 === 0 ? inEscapes(JSON.parse(token)) : token;
    if (!/[0-9]/.test(token)) return space + token + space;
    const [mantissa, exponent = '0'] = token.split(/[eE]/) as [string, string?];
    if (seed % 5 === 0) return `${mantissa}${mantissa.includes('.') ? '0' : '.000'}E${exponent}`;
    return mantissa.includes('.') || /^-?0/.test(mantissa) ? token : `${mantissa}00e${Number(exponent) - 2}`;
  });
}

function inEscapes(text: string): string {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, '0'));
  return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}
