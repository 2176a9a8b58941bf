/**
 * Lines that are no part of any record: what Kafka's console tools print to standard output beside the records, and
 * what lands in a dump when standard error was sent to the same file. A line is noise only if it matches whole.
 * The texts are those of Apache Kafka's ConsoleConsumer, its log4j layouts and SLF4J.
 */

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

/** First bytes of all of the above; anything else is decided by one look. */
const firstBytes = new Set([...'OPUTSl[oC\t'].map((c) => c.charCodeAt(0)));

/** What a line that is no record start is. */
export type NoiseKind = 'none' | 'notice' | 'exception' | 'stackFrame';

const latin1 = new TextDecoder('latin1');

/**
 * Judges the line `bytes[start, end)`, line end excluded.
 * @param afterException whether the noise line just before was an exception or one of its stack frames
 */
export function noiseKind(bytes: Uint8Array, start: number, end: number, afterException: boolean): NoiseKind {
  if (end === start || end - start > longestNoiseBytes || !firstBytes.has(bytes[start] as number)) return 'none';
  const line = latin1.decode(bytes.subarray(start, end));
  if (afterException && stackFrame.test(line)) return 'stackFrame';
  if (exception.test(line)) return 'exception';
  return notices.some((notice) => notice.test(line)) ? 'notice' : 'none';
}

/** N of `Processed a total of N messages`, or null. */
export function processedCount(bytes: Uint8Array, start: number, end: number): number | null {
  if (bytes[start] !== 0x50 || end - start > 100) return null;
  const match = processedTotal.exec(latin1.decode(bytes.subarray(start, end)));
  return match === null ? null : Number(match[1]);
}
