/**
 * The prefix of a console-consumer record: the columns that announce themselves (`CreateTime:1690000000000`,
 * `Partition:0`, `Offset:42` …), each followed by the separator. A record starts where the whole prefix matches.
 * Grammar: Apache Kafka's DefaultMessageFormatter, 2.7 and later.
 */
import type { Column } from '../comparison.js';
import type { TimestampType } from '../record.js';

/** The columns that announce themselves, in the order in which they are printed. */
export const prefixColumns = ['timestamp', 'partition', 'offset', 'delivery', 'epoch'] as const;
type PrefixColumn = (typeof prefixColumns)[number];

interface Alternative {
  readonly text: Uint8Array;
  readonly number: boolean;
  readonly timestampType: TimestampType;
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const numbered = (text: string, timestampType: TimestampType = 'none'): Alternative => ({
  text: ascii(text),
  number: true,
  timestampType,
});
const plain = (text: string): Alternative => ({ text: ascii(text), number: false, timestampType: 'none' });

const alternatives: Readonly<Record<PrefixColumn, readonly Alternative[]>> = {
  timestamp: [
    numbered('CreateTime:', 'CreateTime'),
    numbered('LogAppendTime:', 'LogAppendTime'),
    plain('NO_TIMESTAMP'),
  ],
  partition: [numbered('Partition:')],
  offset: [numbered('Offset:')],
  delivery: [plain('Delivery:NOT_PRESENT'), plain('Delivery:NONE'), numbered('Delivery:')],
  epoch: [plain('Epoch:NOT_PRESENT'), numbered('Epoch:')],
};

/** `partial`: the bytes end before the prefix does. */
export type PrefixMatch = 'no' | 'partial' | 'whole';

/** Matches prefixes of one layout; the fields describe the last one that matched whole. */
export class RecordPrefix {
  timestampType: TimestampType = 'none';
  /** -1 for none. */
  timestamp = -1;
  partition = -1;
  offset = -1;
  /** Position behind the prefix's last separator. */
  end = 0;
  readonly #columns: readonly PrefixColumn[];
  readonly #firstBytes: readonly number[];
  #position = 0;
  #number = 0;

  constructor(
    columns: readonly Column[],
    private readonly separator: Uint8Array,
  ) {
    this.#columns = prefixColumns.filter((column) => columns.includes(column));
    const first = this.#columns[0];
    this.#firstBytes = first === undefined ? [] : alternatives[first].map(({ text }) => text[0] as number);
  }

  /** Matches at `start`; `end` is where the line (or what there is of it) stops. */
  match(bytes: Uint8Array, start: number, end: number): PrefixMatch {
    if (start < end && !this.#firstBytes.includes(bytes[start] as number)) return 'no';
    this.#position = start;
    this.timestampType = 'none';
    this.timestamp = this.partition = this.offset = -1;
    for (const column of this.#columns) {
      const result = this.#column(bytes, end, column);
      if (result !== 'whole') return result;
      const separator = this.#text(bytes, end, this.separator);
      if (separator !== 'whole') return separator;
    }
    this.end = this.#position;
    return 'whole';
  }

  #column(bytes: Uint8Array, end: number, column: PrefixColumn): PrefixMatch {
    const start = this.#position;
    let best: PrefixMatch = 'no';
    for (const alternative of alternatives[column]) {
      this.#position = start;
      let result = this.#text(bytes, end, alternative.text);
      if (result === 'whole' && alternative.number) result = this.#digits(bytes, end);
      if (result === 'whole') {
        this.#keep(column, alternative);
        return 'whole';
      }
      if (result === 'partial') best = 'partial';
    }
    return best;
  }

  #keep(column: PrefixColumn, alternative: Alternative): void {
    if (column === 'timestamp' && alternative.number && this.#number >= 0) {
      this.timestampType = alternative.timestampType;
      this.timestamp = this.#number;
    } else if (column === 'partition') this.partition = this.#number;
    else if (column === 'offset') this.offset = this.#number;
  }

  #text(bytes: Uint8Array, end: number, text: Uint8Array): PrefixMatch {
    const length = Math.min(text.length, end - this.#position);
    for (let i = 0; i < length; i++) if (bytes[this.#position + i] !== text[i]) return 'no';
    this.#position += length;
    return length === text.length ? 'whole' : 'partial';
  }

  #digits(bytes: Uint8Array, end: number): PrefixMatch {
    let position = this.#position;
    const negative = bytes[position] === 0x2d && position < end;
    if (negative) position++;
    const first = position;
    let number = 0;
    while (position < end) {
      const digit = (bytes[position] as number) - 0x30;
      if (digit < 0 || digit > 9) break;
      number = number * 10 + digit;
      position++;
    }
    if (position === first) return position === end ? 'partial' : 'no';
    this.#position = position;
    this.#number = negative ? -number : number;
    return 'whole';
  }
}

const anchorPatterns: Readonly<Record<PrefixColumn, string>> = {
  timestamp: '(?:NO_TIMESTAMP|(?:CreateTime|LogAppendTime):-?\\d+)',
  partition: 'Partition:-?\\d+',
  offset: 'Offset:-?\\d+',
  delivery: 'Delivery:(?:\\d+|NOT_PRESENT|NONE)',
  epoch: 'Epoch:(?:\\d+|NOT_PRESENT)',
};
/** By what stands before the column: nothing, an unknown separator, or the named one. */
const compiled = new Map<string, Readonly<Record<PrefixColumn, RegExp>>>();

function patternsAfter(gap: string): Readonly<Record<PrefixColumn, RegExp>> {
  let patterns = compiled.get(gap);
  if (patterns === undefined) {
    const made = prefixColumns.map((column) => [column, new RegExp(`^${gap}${anchorPatterns[column]}`)]);
    patterns = Object.fromEntries(made) as Record<PrefixColumn, RegExp>;
    compiled.set(gap, patterns);
  }
  return patterns;
}

const unknownGap = '([^]{1,32}?)';
const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** What a line begins with, if it is a record. */
export interface Anchors {
  /** In the order of the line; empty if it is no record start. */
  readonly columns: readonly PrefixColumn[];
  /** What stands between the first two, in latin1; null if there are no two and none was given. */
  readonly separator: string | null;
  /** Behind the last of them. */
  readonly rest: string;
}

/**
 * The columns that announce themselves at the start of a line, for detection.
 * @param text the line in latin1
 * @param separator in latin1; null to take what stands between the first two such columns
 */
export function readAnchors(text: string, separator: string | null): Anchors {
  const columns: PrefixColumn[] = [];
  let rest = text;
  let between = separator;
  for (const column of prefixColumns) {
    const gap = columns.length === 0 ? '' : between === null ? unknownGap : quoted(between);
    const match = patternsAfter(gap)[column].exec(rest);
    if (match === null) continue;
    if (columns.length > 0) between ??= match[1] as string;
    columns.push(column);
    rest = rest.slice(match[0].length);
  }
  return { columns, separator: between, rest };
}
