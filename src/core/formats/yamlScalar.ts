/**
 * Scalars as Go's yaml.v2 writes them (YAML 1.1, emitterc.go): plain, in single or double quotes, folded at 80
 * columns, or literal blocks. Not through a YAML 1.2 library, since to that a line separator (U+2028), which ends a
 * line in YAML 1.1, is an ordinary character, and the value would gain the spaces that indent the next line.
 */

/** A value of a mapping; `binary` is base64. */
export interface YamlScalar {
  readonly kind: 'null' | 'text' | 'binary';
  readonly text: string;
}

type Style = 'plain' | 'single' | 'double';

const nulls = new Set(['', 'null', '~', 'Null', 'NULL']);
const binaryTag = '!!binary ';
const breakPattern = /(\r\n|[\n\r\u0085\u2028\u2029])/;
const breaks = new Set(['\n', '\r', '\u0085', '\u2028', '\u2029']);
const blockHeader = /^\|(?:([-+])([1-9])?|([1-9])([-+])?)?[ \t]*$/;
/** What begins a collection, an alias, an anchor or a tag. */
const noScalar = /^[[{&*!>%@`]/;

const escapes: Readonly<Record<string, string>> = {
  ...{ '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b' },
  ...{ ' ': ' ', '"': '"', '/': '/', '\\': '\\', N: '\u0085', _: '\u00a0', L: '\u2028', P: '\u2029' },
};
const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const isBlank = (c: string | undefined): boolean => c === ' ' || c === '\t';
const isBreak = (c: string | undefined): boolean => c !== undefined && breaks.has(c);
/** Line and paragraph separators stay what they are, every other break is read as a line feed. */
const brokenBy = (found: string): string => (found === '\u2028' || found === '\u2029' ? found : '\n');

/**
 * Reads what stands behind the colon of a top-level member, to the end of its last line.
 * @returns null if that is no scalar of yaml.v2
 */
export function parseScalar(source: string): YamlScalar | null {
  let start = 0;
  while (isBlank(source[start])) start++;
  if (source.startsWith(binaryTag, start)) {
    const content = parseScalar(source.slice(start + binaryTag.length));
    return content === null ? null : { kind: 'binary', text: content.text };
  }
  const first = source[start];
  if (first === '|') return scalarOf(literalText(source.slice(start)));
  if (first === "'") return scalarOf(flowText(source, start + 1, 'single'));
  if (first === '"') return scalarOf(flowText(source, start + 1, 'double'));
  if (noScalar.test(source.slice(start, start + 1))) return null;
  const text = flowText(source, start, 'plain');
  return text !== null && nulls.has(text) ? { kind: 'null', text: '' } : scalarOf(text);
}

function scalarOf(text: string | null): YamlScalar | null {
  return text === null ? null : { kind: 'text', text };
}

/** The text of a scalar that is no block, from behind its opening quote; null if its closing quote is not the last. */
function flowText(source: string, start: number, style: Style): string | null {
  let text = '';
  /** Where what is not yet in `text` begins. */
  let pending = start;
  for (let i = start; i < source.length; ) {
    const c = source[i] as string;
    if (style === 'single' && c === "'" && source[i + 1] === "'") {
      text += source.slice(pending, i + 1);
      pending = i += 2;
    } else if ((style === 'single' && c === "'") || (style === 'double' && c === '"')) {
      return source.slice(i + 1).trim() === '' ? text + source.slice(pending, i) : null;
    } else if (style === 'double' && c === '\\') {
      text += source.slice(pending, i);
      const meant = escapeAt(source, i);
      if (meant === null) return null;
      text += meant.text;
      pending = i = meant.end;
    } else if (isBreak(c)) {
      text += withoutBlanksAtEnd(source, pending, i);
      const fold = foldAt(source, i);
      // What is behind the last line of a plain scalar is no part of it.
      if (style === 'plain' && fold.end === source.length) return text;
      text += fold.text;
      pending = i = fold.end;
    } else {
      i++;
    }
  }
  return style === 'plain' ? text + withoutBlanksAtEnd(source, pending, source.length) : null;
}

function withoutBlanksAtEnd(source: string, start: number, end: number): string {
  let last = end;
  while (last > start && isBlank(source[last - 1])) last--;
  return source.slice(start, last);
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

/** The breaks at `at` and the blanks between and behind them: one line feed is a space, more are all but the first. */
function foldAt(source: string, at: number): Piece {
  const found: string[] = [];
  let i = at;
  while (isBreak(source[i]) || isBlank(source[i])) {
    if (isBreak(source[i])) found.push(brokenBy(source[i] as string));
    i += source[i] === '\r' && source[i + 1] === '\n' ? 2 : 1;
  }
  if (found[0] !== '\n') return { text: found.join(''), end: i };
  return { text: found.length === 1 ? ' ' : found.slice(1).join(''), end: i };
}

function escapeAt(source: string, at: number): Piece | null {
  const letter = source[at + 1];
  if (letter === undefined) return null;
  if (isBreak(letter)) return { text: '', end: foldAt(source, at + 1).end };
  const digits = hexDigits[letter];
  if (digits === undefined) {
    const meant = escapes[letter];
    return meant === undefined ? null : { text: meant, end: at + 2 };
  }
  const end = at + 2 + digits;
  const hex = source.slice(at + 2, end);
  const character = /^[\da-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : -1;
  return character < 0 || character > 0x10ffff ? null : { text: String.fromCodePoint(character), end };
}

/** The text of a block that begins with its header, `|`, `|-`, `|+` or one with the width of its indentation. */
function literalText(source: string): string | null {
  const parts = source.split(breakPattern);
  const header = blockHeader.exec(parts[0] as string);
  if (header === null) return null;
  const chomping = header[1] ?? header[4];
  const given = header[2] ?? header[3];
  let indent = given === undefined ? -1 : Number(given);
  let text = '';
  /** Breaks behind the last line with something on it. */
  let pending = '';
  for (let i = 2; i < parts.length; i += 2) {
    const line = parts[i] as string;
    let blanks = 0;
    while (line[blanks] === ' ') blanks++;
    if (indent < 0 && blanks < line.length) indent = blanks;
    const content = indent < 0 ? '' : line.slice(Math.min(indent, blanks));
    if (content !== '') {
      text += pending + content;
      pending = '';
    }
    const found = parts[i + 1];
    if (found !== undefined) pending += brokenBy(found);
  }
  if (chomping === '+') return text + pending;
  return chomping === '-' || text === '' ? text : text + pending.slice(0, 1);
}
