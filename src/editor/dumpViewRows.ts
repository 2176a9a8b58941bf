/** Records and lines of a dump as the rows of its view: safe to look at, and cut to what a row can show. */
import type { RecordLocation, RecordView } from '../core/record.js';
import { visible } from '../core/words/text.js';
import type { RowMaker } from '../engine/dumpPager.js';
import type { CutText, DumpRow, SearchText } from './dumpViewProtocol.js';

/** Characters that a cell shows. */
const keyCharacters = 200;
const valueCharacters = 600;
/** Bytes that are looked through for what a cell shows. */
const lookedAtBytes = 1 << 16;
/** Characters before a match that a cut text begins with. */
const beforeMatch = 40;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** @param search a text that is cut begins shortly before the first match, so that it can be seen */
export function rowMaker(search: SearchText): RowMaker<DumpRow> {
  return {
    record: (view, location) => recordRow(view, location, search),
    line: (bytes, location) => ({ kind: 'line', ...location, text: cutText(bytes, valueCharacters, search) }),
  };
}

function recordRow(view: RecordView, location: RecordLocation, search: SearchText): DumpRow {
  const printed = (number: number): number | null => (number < 0 ? null : number);
  const part = (start: number, end: number, characters: number): CutText =>
    cutText(view.bytes.subarray(start, end), characters, search);
  return {
    kind: 'record',
    ...location,
    timestamp: printed(view.timestamp),
    partition: printed(view.partition),
    offset: printed(view.offset),
    key: view.isKeyless ? null : part(view.keyStart, view.keyEnd, keyCharacters),
    value: view.isTombstone ? null : part(view.valueStart, view.valueEnd, valueCharacters),
  };
}

export function cutText(bytes: Uint8Array, characters: number, search: SearchText): CutText {
  const text = utf8.decode(bytes.subarray(0, lookedAtBytes));
  const match = search.text === '' ? -1 : positionOf(text, search);
  const start = match + search.text.length <= characters ? 0 : Math.max(0, match - beforeMatch);
  const end = start + characters;
  const isCut = start > 0 || end < text.length || bytes.length > lookedAtBytes;
  const shown = text.slice(wholeCharacter(text, start), wholeCharacter(text, end));
  const line = visible(shown.replace(/\r?\n/g, '↵'));
  return {
    text: `${start > 0 ? '…' : ''}${line}${end < text.length || bytes.length > lookedAtBytes ? '…' : ''}`,
    bytes: bytes.length,
    isCut,
  };
}

/** As the search of the whole dump finds it: A to Z whatever the case, all else as it is written. */
function positionOf(text: string, { text: wanted, matchCase }: SearchText): number {
  return matchCase ? text.indexOf(wanted) : foldCase(text).indexOf(foldCase(wanted));
}

function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Surrogate pairs must not be cut in two. */
function wholeCharacter(text: string, position: number): number {
  const code = text.charCodeAt(position);
  return code >= 0xdc00 && code < 0xe000 ? position - 1 : position;
}
