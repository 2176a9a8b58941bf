/** Writes records as the console consumer prints them, with all that else lands in the same file. */
import type { Random } from './random.js';
import { type ByteString, bytesOf, toByteString } from './referenceReader.js';

export interface PrintedRecord {
  readonly key: ByteString | null;
  readonly value: ByteString | null;
  /** Null prints as none. */
  readonly timestamp: number | null;
  readonly partition: number;
  readonly offset: number;
}

export interface DumpStyle {
  readonly separator: string;
  readonly timestampType: 'CreateTime' | 'LogAppendTime';
  readonly printOffsets: boolean;
  /** What null prints as, whatever the comparison takes for null. */
  readonly nullText: string;
  /** Written on, or converted by, a system that ends lines with CR LF. */
  readonly crlf: boolean;
  readonly byteOrderMark: boolean;
  /** Standard error went into the same file. */
  readonly noise: boolean;
  /** The file ends somewhere within the last record. */
  readonly cutTail: boolean;
}

const openingNoise: readonly [string, ...string[]] = [
  'Option --property is deprecated and will be removed in a future version. Use --formatter-property instead.',
  'Option --consumer-property is deprecated and will be removed in a future version. Use --command-property instead.',
  'Option --consumer.config is deprecated and will be removed in a future version. Use --command-config instead.',
  'SLF4J: Failed to load class "org.slf4j.impl.StaticLoggerBinder".',
  'The consumer rebalance protocol (KIP-848) is production-ready! Set group.protocol=consumer to try it out.',
];
/** Single lines, which may also fall between the lines of one value. */
const runningNoise: readonly [string, ...string[]] = [
  '[2024-01-31 12:00:00,123] WARN [Consumer clientId=c, groupId=g] Connection lost. (org.apache.kafka.clients.NetworkClient)',
  'SLF4J: Defaulting to no-operation (NOP) logger implementation',
];
const timeoutNoise = [
  '[2024-01-31 12:00:09,004] ERROR Error processing message, terminating consumer process:  (kafka.tools.ConsoleConsumer$)',
  'org.apache.kafka.common.errors.TimeoutException',
];
const stackFrames = [
  '\tat org.apache.kafka.tools.consumer.ConsoleConsumer$ConsumerWrapper.receive(ConsoleConsumer.java:200)',
  '\tat org.apache.kafka.tools.consumer.ConsoleConsumer.main(ConsoleConsumer.java:65)',
];

/** Noise comes only where the grammar can tell it apart: stack frames, for one, never before a line of a value. */
export function writeDump(random: Random, records: readonly PrintedRecord[], style: DumpStyle): Buffer {
  const lineEnd = style.crlf ? '\r\n' : '\n';
  let text = style.byteOrderMark ? toByteString('\ufeff') : '';
  const print = (...lines: readonly ByteString[]): void => {
    for (const line of lines) text += line + lineEnd;
  };
  const isDue = (probability: number): boolean => style.noise && random.chance(probability);

  if (isDue(0.8)) print(...random.some(openingNoise, 0.3));
  for (const [index, record] of records.entries()) {
    if (isDue(0.05)) print(random.pick(runningNoise));
    if (isDue(0.02)) print(...timeoutNoise, ...(random.chance(0.5) ? stackFrames : []));
    const start = text.length;
    const isLast = index === records.length - 1;
    const [firstLine = '', ...continuationLines] = printRecord(random, record, style).split('\n');
    print(firstLine);
    for (const line of continuationLines) {
      // Not in the last record: a tail cut right after whole noise leaves open whether the record was cut.
      if (!isLast && isDue(0.1)) print(random.pick(runningNoise));
      print(line);
    }
    if (isLast && style.cutTail) return bytesOf(text.slice(0, random.between(start + 1, text.length - 1)));
  }
  if (isDue(0.5)) print(...timeoutNoise);
  if (isDue(0.3)) print('Unable to write to standard out, closing consumer.');
  if (isDue(0.8)) print(`Processed a total of ${records.length} messages`);
  return bytesOf(text);
}

function printRecord(random: Random, record: PrintedRecord, style: DumpStyle): ByteString {
  const noTimestamp = random.chance(0.5) ? 'NO_TIMESTAMP' : `${style.timestampType}:-1`;
  const nullText = toByteString(style.nullText);
  return [
    record.timestamp === null ? noTimestamp : `${style.timestampType}:${record.timestamp}`,
    `Partition:${record.partition}`,
    ...(style.printOffsets ? [`Offset:${record.offset}`] : []),
    record.key ?? nullText,
    record.value ?? nullText,
  ].join(toByteString(style.separator));
}
