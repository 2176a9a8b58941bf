/**
 * The prefix of a console-consumer record: the columns that announce themselves (`CreateTime:1690000000000`,
 * `Partition:0`, `Offset:42` …), each followed by the separator. A record starts where the whole prefix matches.
 * Grammar: Apache Kafka's DefaultMessageFormatter, 2.7 and later.
 */
import type { Column } from '../comparison.js';
import type { TimestampType } from '../record.js';
import { toBytes } from './bytes.js';
import type { StartMatch } from './recordGrammar.js';

/** The columns that announce themselves, in the order in which they are printed. */
export const prefixColumns = ['timestamp', 'partition', 'offset', 'delivery', 'epoch'] as const;
type PrefixColumn = (typeof prefixColumns)[number];

interface Alternative {
  readonly text: Uint8Array;
  /** A number follows the text. */
  readonly number: boolean;
  readonly timestampType: TimestampType;
}

const numbered = (text: string, timestampType: TimestampType = 'none'): Alternative => ({
  text: toBytes(text),
  number: true,
  timestampType,
});
const plain = (text: string): Alternative => ({ text: toBytes(text), number: false, timestampType: 'none' });

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
  readonly #alternatives: readonly (readonly Alternative[])[];
  /** By byte: whether a prefix may begin with it. */
  readonly #isFirstByte = new Uint8Array(256);
  readonly #isOneColumn: boolean;
  #position = 0;
  #number = 0;

  constructor(
    columns: readonly Column[],
    private readonly separator: Uint8Array,
  ) {
    this.#columns = prefixColumns.filter((column) => columns.includes(column));
    this.#alternatives = this.#columns.map((column) => alternatives[column]);
    this.#isOneColumn = this.#columns.length === 1;
    for (const { text } of this.#alternatives[0] ?? []) this.#isFirstByte[text[0] as number] = 1;
  }

  /** Matches at `start`; `end` is where the line (or what there is of it) stops. */
  match(bytes: Uint8Array, start: number, end: number): StartMatch {
    if (this.#columns.length === 0) return 'no';
    if (start < end && this.#isFirstByte[bytes[start] as number] === 0) return 'no';
    this.#position = start;
    this.timestampType = 'none';
    this.timestamp = this.partition = this.offset = -1;
    for (let i = 0; i < this.#columns.length; i++) {
      const result = this.#column(bytes, end, i);
      if (result !== 'whole') return result;
      const separator = this.#text(bytes, end, this.separator);
      if (separator !== 'whole') return separator;
    }
    this.end = this.#position;
    return 'whole';
  }

  /** Whether a prefix stands at `start` that text can hardly be by chance: not the one word NO_TIMESTAMP. */
  isTelling(bytes: Uint8Array, start: number, end: number): boolean {
    if (start >= end || this.#isFirstByte[bytes[start] as number] === 0) return false;
    return this.match(bytes, start, end) === 'whole' && !(this.#isOneColumn && this.timestampType === 'none');
  }

  #column(bytes: Uint8Array, end: number, index: number): StartMatch {
    const start = this.#position;
    const choices = this.#alternatives[index] as readonly Alternative[];
    let best: StartMatch = 'no';
    for (let i = 0; i < choices.length; i++) {
      const alternative = choices[i] as Alternative;
      this.#position = start;
      let result = this.#text(bytes, end, alternative.text);
      if (result === 'whole' && alternative.number) result = this.#digits(bytes, end);
      if (result === 'whole') {
        this.#keep(this.#columns[index] as PrefixColumn, alternative);
        return 'whole';
      }
      if (result === 'partial') best = 'partial';
    }
    return best;
  }

  #keep(column: PrefixColumn, alternative: Alternative): void {
    if (column === 'timestamp') {
      if (!alternative.number || this.#number < 0) return;
      this.timestampType = alternative.timestampType;
      this.timestamp = this.#number;
    } else if (column === 'partition') this.partition = this.#number;
    else if (column === 'offset') this.offset = this.#number;
  }

  #text(bytes: Uint8Array, end: number, text: Uint8Array): StartMatch {
    const position = this.#position;
    const length = Math.min(text.length, end - position);
    for (let i = 0; i < length; i++) if (bytes[position + i] !== text[i]) return 'no';
    this.#position = position + length;
    return length === text.length ? 'whole' : 'partial';
  }

  #digits(bytes: Uint8Array, end: number): StartMatch {
    let position = this.#position;
    const isNegative = position < end && bytes[position] === 0x2d;
    if (isNegative) position++;
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
    this.#number = isNegative ? -number : number;
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
