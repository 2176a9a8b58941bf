/**
 * Keys and values of generated topics: ordinary ones, and those that trip a reader of dumps. None makes a dump
 * ambiguous: no key contains the separator, no line of a value is a record start or noise, though some nearly are.
 */
import type { Random } from './random.js';
import { type ByteString, toByteString } from './referenceReader.js';

/** Separators that `key.separator` may well be set to; none begins with a digit, which would join the timestamp. */
export const separators = [
  '::',
  '\t',
  '|',
  ',',
  ';',
  ':',
  ' | ',
  '~~~',
  '§',
  '→',
  '\u0001',
  '\u001f',
  '.*',
  '"',
] as const;

const oddKeys: readonly ByteString[] = [
  '',
  toByteString('ключ-é'),
  toByteString('\u{1f511}'),
  toByteString('\ufeffwith byte order mark'),
  toByteString('\ufffd'),
  // Not UTF-8: both are shown as U+FFFD, yet they are two keys.
  '\x80',
  '\x81',
  'cut short \xe2\x82',
  '{"id": 1, "type": "user"}',
  'tenant:7',
  'null ',
  'NULL',
  '-1',
  'NO_TIMESTAMP',
  'k'.repeat(300),
];

/** Unique keys without any of the separators. */
export function makeKeys(
  random: Random,
  count: number,
  usedSeparators: readonly string[],
): [ByteString, ...ByteString[]] {
  const odd = random.chance(0.6) ? oddKeys.filter(() => random.chance(0.4)) : [];
  const plain = Array.from({ length: count }, (_, index) => `user${index}`);
  const alike = random.chance(0.3) ? makeLookalikes(random, 'k') : [];
  const usable = [...odd, ...alike, ...plain].filter((key) =>
    usedSeparators.map(toByteString).every((s) => (key + s).indexOf(s) === key.length),
  );
  const [first = 'user0', ...rest] = usable.slice(0, Math.max(count, 1));
  return [first, ...rest];
}

/** Lengths on both sides of what a processor takes in one bite. */
const biteLengths = [1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 127, 128, 129] as const;

/** Different texts that a hash with a flaw takes for the same: one byte differs, or only trailing zero bytes do. */
function makeLookalikes(random: Random, letter: string): [ByteString, ...ByteString[]] {
  const text = letter.repeat(random.pick(biteLengths));
  const place = random.pick([0, text.length >> 1, text.length - 1]);
  const changed = (byte: string): ByteString => text.slice(0, place) + byte + text.slice(place + 1);
  return [text, `${text}\0`, `${text}\0\0`, `\0${text}`, changed('\0'), changed('\x80'), changed('\xff')];
}

/** A value for one write. `revision` makes most of them unlike any other. */
export function makeValue(random: Random, key: ByteString | null, revision: number, separator: string): ByteString {
  const s = toByteString(separator);
  const json = `{"id": "${key ?? 'none'}", "rev": ${revision}, "note": null}`;
  const kind = random.between(0, 23);
  if (kind < 8) return `v${revision}`;
  if (kind < 11) return json;
  if (kind === 11) return '';
  if (kind === 12) return toByteString(`zażółć gęślą jaźń ✓ ${revision} \u{1f600}`);
  if (kind === 13) return `\xff\xfe\x00\x80${revision}\xc3`;
  if (kind === 14) return `${s}${revision}${s}null${s}`;
  if (kind === 15) return `${'long '.repeat(random.between(20, 600))}${revision}`;
  if (kind === 16) return random.pick(makeLookalikes(random, 'v'));
  if (kind === 17) return `${printedRecord(s)}${revision}`;
  if (kind === 18) return makeManyLines(random);
  if (kind === 19 && random.chance(0.1)) return `${'x'.repeat(random.between(5_000, 70_000))}${revision}`;
  return makeLines(random, json, s);
}

/**
 * In the middle of a value it is no record but part of it. (Right behind a column's separator it would be one: the
 * consumer may have given up the record before it.)
 */
function printedRecord(s: ByteString): ByteString {
  return `copy of CreateTime:1690000000000${s}Partition:0${s}Offset:7${s}user0${s}value`;
}

/** A long stretch of a dump without any record's start. */
function makeManyLines(random: Random): ByteString {
  return Array.from({ length: random.between(20, 300) }, () => 'line'.slice(random.between(0, 4))).join('\n');
}

/** Values over several lines, each line innocent under the grammar. */
function makeLines(random: Random, json: string, s: ByteString): ByteString {
  const lines = random.some(
    [
      json,
      '',
      '  ',
      'null',
      `null${s}null`,
      `Partition:0${s}key${s}value`,
      'CreateTime:1690000000000',
      `CreateTime:1690000000000${s}Partition:0`,
      `CreateTime:1690000000000${s}Partition:x${s}key${s}value`,
      ` CreateTime:1690000000000${s}Partition:0${s}key${s}value`,
      `NO_TIMESTAMP${s}`,
      'C',
      '\tat com.example.Service.call(Service.java:12)',
      'Processed a total of many messages',
      '[2024-01-31] WARN not a log line (really)',
      'Option --property is deprecated',
      // Ends a line elsewhere (CR, VT, FF, NEL, LINE SEPARATOR), yet not in a dump.
      ...['\r', '\x0b', '\x0c', '\xc2\x85', '\xe2\x80\xa8', '\0', '.'].map((byte) => byte + printedRecord(s)),
      'so far: Processed a total of 5 messages',
      'carriage return at its end\r',
      'carriage return\rin the middle',
    ],
    0.2,
  );
  return ['first line', ...lines, ...(random.chance(0.3) ? [''] : [])].join('\n');
}
