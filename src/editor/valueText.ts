/** Values of records as whole documents, for the value diff. */
import { hexOf } from '../core/utf8.js';
import { byteSize } from '../core/words/numbers.js';
import { visible } from '../core/words/text.js';
import { prettyJson } from './prettyJson.js';

/** How a value is laid out in a document. */
export type ValueLayout = 'json' | 'text' | 'hex';

/** A value's layout, and the first byte that is shown of a value too large to be shown whole. */
export interface ValueView {
  readonly layout: ValueLayout;
  readonly from: number;
}

/** Bytes of a value that a document shows. */
const documentBytes = { json: 2 * 1024 * 1024, text: 2 * 1024 * 1024, hex: 256 * 1024 } as const;
/** What is shown before the first difference of two values too large to be shown whole. */
const bytesBeforeDifference = 4096;
const hexBytesPerLine = 16;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * How the values of both sides are best shown beside each other; null for a side that has none. Both get one layout,
 * so that only what differs is marked. An empty value goes with any.
 */
export function chooseView(source: Uint8Array | null, mirror: Uint8Array | null): ValueView {
  const values = [source, mirror].filter((value) => value !== null && value.length > 0) as Uint8Array[];
  const largest = Math.max(0, ...values.map((value) => value.length));
  if (largest > documentBytes.text) {
    const difference = source === null || mirror === null ? 0 : firstDifference(source, mirror);
    const near = Math.max(0, difference - bytesBeforeDifference);
    const layout = values.every((value) => decode(value) !== null) ? 'text' : 'hex';
    if (difference < documentBytes[layout] / 2) return { layout, from: 0 };
    return {
      layout,
      from: layout === 'hex' ? near - (near % hexBytesPerLine) : characterStart(values[0] as Uint8Array, near),
    };
  }
  const texts = values.map(decode);
  if (texts.some((text) => text === null)) return { layout: 'hex', from: 0 };
  const laidOut = (texts as string[]).map(prettyJson);
  // Values that differ only in white space would look the same laid out.
  const tellsApart = laidOut.length < 2 || laidOut[0] !== laidOut[1];
  return { layout: laidOut.every((text) => text !== null) && tellsApart ? 'json' : 'text', from: 0 };
}

/** The document of a value. What cannot be shown is said in parentheses. */
export function valueDocument(value: Uint8Array, { layout, from }: ValueView): string {
  if (value.length === 0) return '(empty: a value of zero bytes)';
  const end = shownEnd(value, layout, from);
  const shown = value.subarray(from, end);
  const before = from > 0 ? `(${byteSize(from)} before this are not shown)\n` : '';
  const after =
    end < value.length ? `\n(${byteSize(value.length - end)} more are not shown, of ${byteSize(value.length)})\n` : '';
  return `${before}${layOut(shown, layout, from)}${after}`;
}

function layOut(shown: Uint8Array, layout: ValueLayout, from: number): string {
  if (layout === 'hex') return hexDump(shown, from);
  const text = lenientUtf8.decode(shown);
  return visibleDocument(layout === 'json' ? (prettyJson(text) ?? text) : text);
}

function shownEnd(value: Uint8Array, layout: ValueLayout, from: number): number {
  const end = from + documentBytes[layout];
  if (end >= value.length) return value.length;
  return layout === 'hex' ? end : characterStart(value, end);
}

/**
 * An editor would take a carriage return for a line break, and swallow a byte order mark at the start: both are
 * spelled out.
 */
function visibleDocument(text: string): string {
  const shown = text.replaceAll('\r', '␍');
  return shown.startsWith('\uFEFF') ? `${visible('\uFEFF')}${shown.slice(1)}` : shown;
}

/** The bytes as text, or null where they are not UTF-8. */
function decode(value: Uint8Array): string | null {
  try {
    return strictUtf8.decode(value);
  } catch {
    return null;
  }
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a[at] === b[at]) at++;
  return at;
}

/** The start of the UTF-8 character that a position lies in. */
function characterStart(value: Uint8Array, position: number): number {
  let start = position;
  while (start > 0 && start < value.length && ((value[start] as number) & 0xc0) === 0x80) start--;
  return start;
}

/** `00000010  7b 22 61 22 …  {"a"…`, as hexdump prints it. */
function hexDump(bytes: Uint8Array, from: number): string {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; start += hexBytesPerLine) {
    const row = bytes.subarray(start, start + hexBytesPerLine);
    const characters = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    const position = (from + start).toString(16).padStart(8, '0');
    lines.push(`${position}  ${hexOf(row).padEnd(hexBytesPerLine * 3 - 1)}  ${characters.join('')}`);
  }
  return `${lines.join('\n')}\n`;
}
