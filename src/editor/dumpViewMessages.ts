/**
 * Checks what the page of a dump view sends: it shows text from dumps and is trusted no further than its messages can
 * be understood. Nothing here throws; what does not fit is null.
 */
import type { Direction, DumpViewMessage, SearchText } from './dumpViewProtocol.js';
import { isCount, isObject, oneOf } from './pageMessages.js';

const maxSearchLength = 10_000;
const places = ['near', 'from', 'before'] as const;
const directions: readonly Direction[] = ['next', 'previous'];

export function parseDumpViewMessage(message: unknown): DumpViewMessage | null {
  if (!isObject(message)) return null;
  const type = message['type'];
  switch (type) {
    case 'ready': {
      const { at } = message;
      return at === null || isCount(at) ? { type, at } : null;
    }
    case 'pages': {
      const { query, at } = message;
      const place = oneOf(places, message['place']);
      const search = parseSearch(message['search']);
      if (!isCount(query) || !isCount(at) || place === undefined || search === null) return null;
      return { type, query, place, at, search };
    }
    case 'line': {
      const { at } = message;
      return isCount(at) ? { type, at } : null;
    }
    case 'search': {
      const { from } = message;
      const direction = oneOf(directions, message['direction']);
      const search = parseSearch(message['search']);
      if (!isPosition(from) || direction === undefined || search === null || search.text === '') return null;
      return { type, search, direction, from };
    }
    case 'cancelSearch':
      return { type };
    case 'goToLine': {
      const { line } = message;
      return isCount(line) && line > 0 ? { type, line } : null;
    }
    case 'difference': {
      const { from } = message;
      const direction = oneOf(directions, message['direction']);
      return isPosition(from) && direction !== undefined ? { type, direction, from } : null;
    }
    case 'details':
    case 'openValue': {
      const { byteOffset, byteLength } = message;
      return isCount(byteOffset) && isCount(byteLength) ? { type, byteOffset, byteLength } : null;
    }
    case 'diffValues': {
      const { index } = message;
      return isCount(index) ? { type, index } : null;
    }
    default:
      return null;
  }
}

function parseSearch(search: unknown): SearchText | null {
  if (!isObject(search)) return null;
  const { text, matchCase } = search;
  if (typeof text !== 'string' || text.length > maxSearchLength || typeof matchCase !== 'boolean') return null;
  return { text, matchCase };
}

/** A byte of the dump, or -1 for what is before the first. */
function isPosition(value: unknown): value is number {
  return value === -1 || isCount(value);
}
