/**
 * Reads a console consumer's dump the simple way: everything in memory, line by line, with regular expressions.
 * Half of the oracle that the engine is tested against (the other half is reference.ts), so it shares no code with it.
 *
 * Bytes are held as strings with one character per byte (latin1), which makes them keys of a Map and lets
 * regular expressions work on dumps that are not UTF-8.
 */

/** Text whose characters are bytes, 0x00 to 0xff. */
export type ByteString = string;

export const toByteString = (text: string): ByteString => Buffer.from(text, 'utf8').toString('latin1');
export const bytesOf = (byteString: ByteString): Buffer => Buffer.from(byteString, 'latin1');
/** The text that is shown for bytes, with U+FFFD where they are not UTF-8. */
export const toText = (byteString: ByteString): string => bytesOf(byteString).toString('utf8');

export interface ReferenceRecord {
  /** Null for a keyless record. */
  readonly key: ByteString | null;
  /** Null for a tombstone. */
  readonly value: ByteString | null;
  /** Null for none: `NO_TIMESTAMP` or -1. */
  readonly timestamp: number | null;
  readonly partition: number;
  /** Null when the dump prints no offsets. */
  readonly offset: number | null;
  readonly line: number;
  readonly lineCount: number;
  readonly byteOffset: number;
  /** From the first byte of the prefix to the last of the value; noise lines in between are part of it. */
  readonly byteLength: number;
}

export interface ReferenceDump {
  readonly hasOffsets: boolean;
  /** In the order of the file, without `cut`. */
  readonly records: readonly ReferenceRecord[];
  /** The record that the end of the file cuts, if its key can be read. */
  readonly cut: ReferenceRecord | null;
  /** The file ends in a piece of a record whose key cannot be read. */
  readonly endsInPiece: boolean;
  readonly noiseLines: number;
  readonly continuationLines: number;
}

interface Line {
  readonly number: number;
  readonly byteOffset: number;
  /** Without the line end. */
  readonly text: ByteString;
  readonly isTerminated: boolean;
}

const byteOrderMark: ByteString = '\xef\xbb\xbf';

const noisePatterns: readonly RegExp[] = [
  /^Option --\S+ is deprecated and will be removed in a future version\. Use --\S+ instead\.$/,
  /^Processed a total of \d+ messages$/,
  /^Unable to write to standard out, closing consumer\.$/,
  /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\] [A-Z]+ .*\([^()]+\)$/,
  /^SLF4J: .*$/,
  /^The consumer rebalance protocol \(KIP-848\) is production-ready! .*$/,
];
const exceptionPattern = /^org\.apache\.kafka\.[\w.$]+Exception(?:: .*)?$/;
const stackFramePattern = /^\tat .+$/;

/** Contract: a dump with the columns timestamp, partition, maybe offset, key and value, and at least one record. */
export function readReferenceDump(dump: Buffer, separator: string, nullLiteral: string | null): ReferenceDump {
  const s = toByteString(separator);
  const nullText = nullLiteral === null ? null : toByteString(nullLiteral);
  const lines = splitLines(dump.toString('latin1'));
  const hasOffsets = printsOffsets(lines, s);
  const recordStart = recordStartPattern(s, hasOffsets);
  const recordLines = lines.filter((line) => line.isTerminated && recordStart.test(line.text));
  const hasCrlf = recordLines.length > 0 && recordLines.every((line) => line.text.endsWith('\r'));

  const drafts: { lines: Line[]; start: RegExpExecArray }[] = [];
  let noiseLines = 0;
  let continuationLines = 0;
  let endsInPiece = false;
  let isInsideStackTrace = false;
  for (const rawLine of lines) {
    const line = hasCrlf && rawLine.isTerminated ? { ...rawLine, text: rawLine.text.replace(/\r$/, '') } : rawLine;
    const start = recordStart.exec(line.text);
    const isException = exceptionPattern.test(line.text);
    const isNoise: boolean =
      isException ||
      (isInsideStackTrace && stackFramePattern.test(line.text)) ||
      noisePatterns.some((pattern) => pattern.test(line.text));
    if (start !== null) {
      drafts.push({ lines: [line], start });
    } else if (isNoise) {
      noiseLines++;
    } else if (!line.isTerminated && beginsLikeRecord(line.text, s, hasOffsets)) {
      endsInPiece = true;
    } else {
      const draft = drafts.at(-1);
      if (draft === undefined) throw new Error(`line ${line.number} comes before the first record`);
      draft.lines.push(line);
      continuationLines++;
    }
    isInsideStackTrace = isException || (isInsideStackTrace && isNoise);
  }

  const records: ReferenceRecord[] = [];
  let cut: ReferenceRecord | null = null;
  for (const draft of drafts) {
    const isCut = draft.lines.some((line) => !line.isTerminated);
    const record = toRecord(draft.lines, draft.start, s, nullText);
    if (record === null) {
      if (!isCut) throw new Error(`line ${draft.lines[0]?.number} has no separator after its key`);
      endsInPiece = true;
    } else if (isCut) {
      cut = record;
    } else {
      records.push(record);
    }
  }
  return { hasOffsets, records, cut, endsInPiece, noiseLines, continuationLines };
}

function splitLines(text: ByteString): Line[] {
  const lines: Line[] = [];
  let byteOffset = text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  while (byteOffset < text.length) {
    const end = text.indexOf('\n', byteOffset);
    const isTerminated = end !== -1;
    const lineText = text.slice(byteOffset, isTerminated ? end : text.length);
    lines.push({ number: lines.length + 1, byteOffset, text: lineText, isTerminated });
    byteOffset += lineText.length + 1;
  }
  return lines;
}

/** The whole prefix of a record: groups are timestamp, partition and offset. */
function recordStartPattern(s: ByteString, hasOffsets: boolean): RegExp {
  const separator = s.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const offset = hasOffsets ? `Offset:(\\d+)${separator}` : '';
  const timestamp = '(?:(?:CreateTime|LogAppendTime):(-?\\d+)|NO_TIMESTAMP)';
  return new RegExp(`^${timestamp}${separator}Partition:(\\d+)${separator}${offset}`);
}

function printsOffsets(lines: readonly Line[], s: ByteString): boolean {
  const firstRecord = lines.find((line) => recordStartPattern(s, false).test(line.text));
  if (firstRecord === undefined) throw new Error('no record found');
  return recordStartPattern(s, true).test(firstRecord.text);
}

/** Whether a text, itself no record start, is how one begins: `Crea`, `CreateTime:16900`, `CreateTime:16900::Part`. */
function beginsLikeRecord(text: ByteString, s: ByteString, hasOffsets: boolean): boolean {
  const oneDigitNumbers = (bytes: ByteString): ByteString => bytes.replaceAll(/\d+/g, '0');
  const timestamps = ['CreateTime:0', 'CreateTime:-0', 'LogAppendTime:0', 'LogAppendTime:-0', 'NO_TIMESTAMP'];
  return timestamps.some((timestamp) =>
    oneDigitNumbers(`${timestamp}${s}Partition:0${s}${hasOffsets ? `Offset:0${s}` : ''}`).startsWith(
      oneDigitNumbers(text),
    ),
  );
}

/** Null if no separator ends the key. */
function toRecord(
  lines: readonly Line[],
  start: RegExpExecArray,
  s: ByteString,
  nullText: ByteString | null,
): ReferenceRecord | null {
  const first = lines[0];
  const last = lines.at(-1);
  if (first === undefined || last === undefined) throw new Error('a record has at least one line');
  const keyStart = start[0].length;
  const keyEnd = first.text.indexOf(s, keyStart);
  if (keyEnd === -1) return null;
  const key = first.text.slice(keyStart, keyEnd);
  const valueLines = lines.map((line) => (line === first ? line.text.slice(keyEnd + s.length) : line.text));
  const value = valueLines.join('\n');
  const [, timestamp, partition, offset] = start;
  return {
    key: key === nullText ? null : key,
    value: value === nullText ? null : value,
    timestamp: timestamp === undefined || timestamp === '-1' ? null : Number(timestamp),
    partition: Number(partition),
    offset: offset === undefined ? null : Number(offset),
    line: first.number,
    lineCount: last.number - first.number + 1,
    byteOffset: first.byteOffset,
    byteLength: last.byteOffset + last.text.length - first.byteOffset,
  };
}
