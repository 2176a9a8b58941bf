/**
 * The scalars of JSON text (RFC 8259) in a form in which equal texts are equal values: strings by their decoded code
 * units, numbers by their exact decimal value. Nothing is rounded to a double, and no exponent is ever written out.
 */

const minus = 0x2d;
const plus = 0x2b;
const point = 0x2e;
const backslash = 0x5c;

/** An exponent below 10^15 is added up exactly in a double. */
const exactExponentDigits = 15;

/** Digits of an exponent from which on a text is no JSON to us: nobody means it, and it would only cost time. */
const mostExponentDigits = 100_000;

/** A scalar, and the position behind it in the text. */
export interface ScannedText {
  readonly text: string;
  readonly end: number;
}

/**
 * Reads the string whose opening quote stands at `start`.
 *
 * @param quote code unit that opens and closes it: `"` in JSON, also `'` in JSON paths
 * @returns its decoded code units, lone surrogates among them; null where it is no whole string
 */
export function scanString(json: string, start: number, quote = 0x22): ScannedText | null {
  let text = '';
  let from = start + 1;
  for (let at = from; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === quote) return { text: text + json.slice(from, at), end: at + 1 };
    if (code < 0x20) return null;
    if (code !== backslash) continue;
    const escaped = unescaped(json, at + 1, quote);
    if (escaped === null) return null;
    text += json.slice(from, at) + escaped.text;
    from = escaped.end;
    at = escaped.end - 1;
  }
  return null;
}

/** What the escape sequence stands for whose letter is at `at`, behind the backslash. */
function unescaped(json: string, at: number, quote: number): ScannedText | null {
  const letter = json.charAt(at);
  const end = at + 1;
  switch (letter) {
    case '\\':
    case '/':
      return { text: letter, end };
    case 'b':
      return { text: '\b', end };
    case 'f':
      return { text: '\f', end };
    case 'n':
      return { text: '\n', end };
    case 'r':
      return { text: '\r', end };
    case 't':
      return { text: '\t', end };
    case 'u': {
      const hex = json.slice(end, end + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) return null;
      return { text: String.fromCharCode(Number.parseInt(hex, 16)), end: end + 4 };
    }
    default:
      return letter !== '' && letter.charCodeAt(0) === quote ? { text: letter, end } : null;
  }
}

/**
 * Reads the number at `start`.
 *
 * @returns its value as `digits` `e` `exponent`, with a minus if it is negative: digits without zeros at either end,
 *   so that every value has one text (`1`, `1.0` and `10e-1` are `1e0`); zero, of either sign, is `0`; null where
 *   there is no number
 */
export function scanNumber(json: string, start: number): ScannedText | null {
  const isNegative = json.charCodeAt(start) === minus;
  const whole = isNegative ? start + 1 : start;
  const wholeEnd = digitsEnd(json, whole);
  // Neither nothing nor a zero before other digits.
  if (wholeEnd === whole || (wholeEnd > whole + 1 && json.charCodeAt(whole) === 0x30)) return null;
  let end = wholeEnd;
  let fraction = '';
  if (json.charCodeAt(end) === point) {
    const fractionEnd = digitsEnd(json, end + 1);
    if (fractionEnd === end + 1) return null;
    fraction = json.slice(end + 1, fractionEnd);
    end = fractionEnd;
  }
  let exponent: { readonly isNegative: boolean; readonly digits: string } = { isNegative: false, digits: '' };
  if ((json.charCodeAt(end) | 0x20) === 0x65) {
    const sign = json.charCodeAt(end + 1);
    const from = sign === minus || sign === plus ? end + 2 : end + 1;
    end = digitsEnd(json, from);
    if (end === from) return null;
    exponent = { isNegative: sign === minus, digits: withoutLeadingZeros(json.slice(from, end)) };
    if (exponent.digits.length > mostExponentDigits) return null;
  }
  const digits = withoutLeadingZeros(json.slice(whole, wholeEnd) + fraction);
  if (digits === '') return { text: '0', end };
  const length = lengthWithoutTrailingZeros(digits);
  const power = sumText(exponent, digits.length - length - fraction.length);
  return { text: `${isNegative ? '-' : ''}${digits.slice(0, length)}e${power}`, end };
}

/** Position of the first character from `at` on that is no digit. */
function digitsEnd(json: string, at: number): number {
  let end = at;
  for (let code = json.charCodeAt(end); code >= 0x30 && code <= 0x39; code = json.charCodeAt(end)) end++;
  return end;
}

function withoutLeadingZeros(digits: string): string {
  let from = 0;
  while (digits.charCodeAt(from) === 0x30) from++;
  return digits.slice(from);
}

function lengthWithoutTrailingZeros(digits: string): number {
  let length = digits.length;
  while (digits.charCodeAt(length - 1) === 0x30) length--;
  return length;
}

/** The exponent plus a few, as a whole number in decimal. */
function sumText(exponent: { readonly isNegative: boolean; readonly digits: string }, more: number): string {
  const { isNegative, digits } = exponent;
  if (digits.length <= exactExponentDigits) return String((isNegative ? -1 : 1) * Number(digits) + more);
  const size = BigInt(digits);
  return String((isNegative ? -size : size) + BigInt(more));
}
