/**
 * Lines that are no part of any record: what Kafka's console tools print to standard output beside the records, and
 * what lands in a dump when standard error was sent to the same file. A line is noise only if it matches whole.
 * The texts are those of Apache Kafka's ConsoleConsumer, its log4j layouts and SLF4J.
 */

import { CR, LF, toByteText } from './bytes.js';

/** Longest line that is looked at; every known notice is far shorter. */
const longestNoiseBytes = 2000;

const notices: readonly RegExp[] = [
  /^Option --[\w.-]+ is deprecated and will be removed in a future version\. Use --[\w.-]+ instead\.$/,
  /^Processed a total of \d+ messages$/,
  /^Unable to write to standard out, closing consumer\.$/,
  /^The consumer rebalance protocol \(KIP-848\) is production-ready! .*$/,
  /^SLF4J: .*$/,
  /^SLF4J\([A-Z]\): .*$/,
  /^log4j:(WARN|ERROR) .*$/,
  /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\] (TRACE|DEBUG|INFO|WARN|ERROR|FATAL) .*\([\w.$]+\)\s*$/,
];
const exception = /^(Caused by: )?org\.apache\.kafka\.[\w.$]*(Exception|Error)(: .*)?$/;
const stackFrame = /^\t(at \S.*|\.\.\. \d+ more)$/;
const toolNotice = /^(% .*|ERR: topic .*|\[(kafkactl|sarama {2})\] .*)$/;
/** Those of kcat.c that come while records are printed. */
const kcatNotice =
  /% (?:Reached end of topic \S+ \[\d+\] at offset \d+(?:: exiting)?|(?:ERROR|WARNING|FATAL): .*|Group \S+ rebalanced .*|Waiting for group rebalance)\r?$/;
const processedTotal = /^Processed a total of (\d+) messages$/;

/** A line that begins with none of these is no noise: a quick look, for scanners that leave the rest to `noiseKind`. */
export const noiseBeginnings: readonly string[] = [
  'Option --',
  'Processed a total of ',
  'Unable to write to standard out',
  'The consumer rebalance protocol',
  'SLF4J',
  'log4j:',
  '[1',
  '[2',
  'Caused by: org.apache.kafka.',
  'org.apache.kafka.',
  '\tat ',
  '\t... ',
];

/** By their first byte; anything else is decided by one look. */
const beginningsBy = new Map<number, Uint8Array[]>();
for (const beginning of noiseBeginnings) {
  const bytes = new TextEncoder().encode(beginning);
  const first = bytes[0] as number;
  beginningsBy.set(first, [...(beginningsBy.get(first) ?? []), bytes]);
}

function beginsLikeNoise(bytes: Uint8Array, start: number): boolean {
  const beginnings = beginningsBy.get(bytes[start] as number);
  return beginnings?.some((beginning) => beginning.every((byte, i) => bytes[start + i] === byte)) ?? false;
}

const toolFirstBytes = new Set([...'%E['].map((c) => c.charCodeAt(0)));

/** What a line that is no record start is. */
export type NoiseKind = 'none' | 'notice' | 'exception' | 'stackFrame';

/**
 * Judges the line `bytes[start, end)`, line end excluded.
 * @param afterException whether the noise line just before was an exception or one of its stack frames
 */
export function noiseKind(bytes: Uint8Array, start: number, end: number, afterException: boolean): NoiseKind {
  if (end === start || end - start > longestNoiseBytes || !beginsLikeNoise(bytes, start)) return 'none';
  const line = toByteText(bytes.subarray(start, end));
  if (afterException && stackFrame.test(line)) return 'stackFrame';
  if (exception.test(line)) return 'exception';
  return notices.some((notice) => notice.test(line)) ? 'notice' : 'none';
}

/** N of `Processed a total of N messages`, or null. */
export function processedCount(bytes: Uint8Array, start: number, end: number): number | null {
  if (bytes[start] !== 0x50 || end - start > 100) return null;
  const match = processedTotal.exec(toByteText(bytes.subarray(start, end)));
  return match === null ? null : Number(match[1]);
}

/**
 * Whether the line is one that kcat (`% Reached end of topic orders [0] at offset 7`), rpk or kafkactl print to standard
 * error.
 */
export function isToolNotice(bytes: Uint8Array, start: number, end: number): boolean {
  if (end === start || end - start > longestNoiseBytes || !toolFirstBytes.has(bytes[start] as number)) return false;
  return toolNotice.test(toByteText(bytes.subarray(start, end)));
}

/** Where a notice of kcat begins that ends the line `bytes[start, end)`, whatever stands before it there; -1 for none. */
export function noticeAtEnd(bytes: Uint8Array, start: number, end: number): number {
  const match = kcatNotice.exec(toByteText(bytes.subarray(start, end)));
  return match === null ? -1 : start + match.index;
}

/** Bytes of a UTF-8 byte order mark at the start. */
export function bomLengthOf(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** A place in the beginning of a dump. */
export interface Place {
  readonly at: number;
  /** 1-based. */
  readonly line: number;
}

/** The first byte from `from` on that is no white space and belongs to no notice. */
export function skipNotices(bytes: Uint8Array, from: number): Place {
  let line = 1;
  let at = from;
  for (;;) {
    for (; at < bytes.length && isSpace(bytes[at] as number); at++) if (bytes[at] === LF) line++;
    const found = bytes.indexOf(LF, at);
    const lineEnd = found < 0 ? bytes.length : found;
    const end = bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    const isNotice = end > at && (isToolNotice(bytes, at, end) || noiseKind(bytes, at, end, false) !== 'none');
    if (!isNotice) return { at, line };
    at = lineEnd;
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === CR || byte === LF;
}
