/**
 * Hostile files for every reader of dumps: random bytes, real dumps that were mutated, cut and glued, and pieces of all
 * formats in any order. Whatever comes, no reader crashes, no byte is lost, and each record is found again by its place.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DumpFormat, type DumpLayout, dumpFormats } from '../../src/core/comparison.js';
import { UserError } from '../../src/core/errors.js';
import { detectDump } from '../../src/core/formats/detect.js';
import { createScanner } from '../../src/core/formats/scanner.js';
import { defaultDumpOptions } from '../../src/core/options.js';
import type { RecordView } from '../../src/core/record.js';
import { parseRecord } from '../../src/engine/recordReader.js';
import { Random } from './random.js';

const fixtures = fileURLToPath(new URL('../fixtures/real-dumps/', import.meta.url));

/** The beginning of each real dump, whole lines or not. */
const realBeginnings: readonly [Buffer, ...Buffer[]] = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(txt|jsonl|json|yaml)$/.test(name) && name !== 'expected.json')
  .sort()
  .map((name) => readFileSync(join(fixtures, name)).subarray(0, 3000)) as [Buffer, ...Buffer[]];

const pieces = [
  ...[
    '\n',
    '\r\n',
    '\n\n',
    '\r',
    '\t',
    '::',
    '|',
    '#',
    ',',
    ':',
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    '\u0000',
    '\ufeff',
    '\ufffd',
  ],
  ...['null', 'NULL', '""', '-1', '0', '99999999999999999999', 'é', '\u{1f600}', ' ', 'key', 'value'],
  ...[
    'CreateTime:1690000000000',
    'LogAppendTime:5',
    'NO_TIMESTAMP',
    'CreateTime:',
    'Partition:0',
    'Offset:7',
    'NO_HEADERS',
  ],
  ...['Delivery:NOT_PRESENT', 'Epoch:3', 'CreateTime:5::Partition:0::k::v\n', 'CreateTime:6::Partition:0::', 'k\tv\n'],
  ...[
    'Dumping /data/orders-3/00000000000000000000.log\n',
    'Log starting offset: 0\n',
    'baseOffset: 0 lastOffset: 2 count: 3 ',
  ],
  ...['producerId: 7 isTransactional: true isControl: false\n', '| offset: 0 CreateTime: 5 keySize: 1 valueSize: 1 '],
  ...[
    'headerKeys: [a] key: k payload: v\n',
    'headerKeys: [] key: ',
    ' payload: ',
    'keySize: -1 valueSize: 300 ',
    'endTxnMarker: ABORT\n',
  ],
  ...['0#k#2026-11-22T11:26:59Z#v\n', '2026-11-22T11:26:59Z', '{"partition":0,"offset":1,"key":"k","value":"v"}\n'],
  ...[
    '{"topic":"t","partition":0,"offset":1,"tstype":"create","ts":5,"broker":1,"key":"k","payload":"v"}\n',
    '"key":"a","value":null',
  ],
  ...[
    'partition: 0\noffset: 1\nkey: k\nvalue: v\n\n',
    'Key,Partition,Offset,Value,Headers\n',
    '"Value","Offset","Key","Partition","Headers","Timestamp"\n',
  ],
  ...['Processed a total of 3 messages\n', '[2024-01-31 12:00:00,123] WARN x (y)\n', '\tat a.b(C.java:1)\n'],
  ...['org.apache.kafka.common.errors.TimeoutException\n', '% Reached end of topic t [0] at offset 3\n'],
] as const as unknown as readonly [string, ...string[]];

/** One hostile file. */
function makeFile(random: Random): Buffer {
  const kind = random.between(0, 9);
  if (kind === 0) return randomBytes(random, random.between(0, 400));
  if (kind <= 3) return Buffer.from(Array.from({ length: random.between(0, 40) }, () => random.pick(pieces)).join(''));
  let file = random.pick(realBeginnings);
  if (kind === 4) file = Buffer.concat([file, random.pick(realBeginnings)]);
  const start = random.chance(0.3) ? random.between(0, file.length) : 0;
  file = Buffer.from(file.subarray(start, random.chance(0.5) ? random.between(start, file.length) : file.length));
  for (let count = random.between(0, 12); count > 0; count--) file = mutate(random, file);
  return file;
}

function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.between(0, 255)));
}

function mutate(random: Random, file: Buffer): Buffer {
  const at = random.between(0, file.length);
  const length = random.chance(0.8) ? random.between(0, 8) : random.between(0, 600);
  const [before, behind] = [file.subarray(0, at), file.subarray(at)];
  switch (random.between(0, 4)) {
    case 0:
      return Buffer.concat([before, Buffer.from(random.pick(pieces)), behind]);
    case 1:
      return Buffer.concat([before, behind.subarray(length)]);
    case 2:
      return Buffer.concat([before, behind.subarray(0, length), behind]);
    case 3:
      return Buffer.concat([before, randomBytes(random, Math.min(length, 8)), behind.subarray(Math.min(length, 8))]);
    default:
      return Buffer.concat([before, Buffer.from(random.pick(pieces)), behind.subarray(length)]);
  }
}

interface FoundRecord {
  readonly line: number;
  readonly lineCount: number;
  readonly byteOffset: number;
  readonly byteLength: number;
  /** One character a byte; null for null. */
  readonly key: string | null;
  readonly value: string | null;
  readonly isCut: boolean;
}

function toRecord(view: RecordView, isCut: boolean): FoundRecord {
  const text = (start: number, end: number): string => Buffer.from(view.bytes.subarray(start, end)).toString('latin1');
  const { line, lineCount, byteOffset, byteLength } = view;
  const key = view.isKeyless ? null : text(view.keyStart, view.keyEnd);
  const value = view.isTombstone ? null : text(view.valueStart, view.valueEnd);
  return { line, lineCount, byteOffset, byteLength, key, value, isCut };
}

function scan(layout: DumpLayout, file: Buffer, blockBytes: number) {
  const records: FoundRecord[] = [];
  const scanner = createScanner(layout, {
    record: (view) => records.push(toRecord(view, false)),
    cutRecord: (view) => records.push(toRecord(view, true)),
  });
  const body = file.subarray(layout.bomLength);
  for (let at = 0; at < body.length; at += blockBytes)
    scanner.push(Uint8Array.from(body.subarray(at, at + blockBytes)));
  return { records, totals: scanner.end() };
}

/** How the file is to be read: as detection says, or in any other way. */
function layoutFor(random: Random, file: Buffer): DumpLayout | null {
  const isForced = random.chance(0.3);
  const format: DumpFormat | null = isForced
    ? random.pick(dumpFormats as unknown as [DumpFormat, ...DumpFormat[]])
    : null;
  const separator = random.chance(0.2) ? random.pick(['::', '|', '\t', '#', '\n']) : null;
  const nullLiteral = random.pick(['null', 'null', '', null]);
  try {
    const isWhole = random.chance(0.9);
    const bytes = isWhole ? file : file.subarray(0, random.between(0, file.length));
    return detectDump({ path: 'dump', bytes, isWhole }, { ...defaultDumpOptions, format, separator, nullLiteral })
      .layout;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (!random.chance(0.3)) return null;
    const columns = ['timestamp', 'partition', 'key', 'value'] as const;
    const text = separator ?? '::';
    return {
      format: 'kafka-console-consumer',
      separator: text,
      columns,
      crlf: random.chance(0.3),
      nullLiteral,
      bomLength: 0,
    };
  }
}

/** Makes one hostile file and reads it; `seed` alone decides everything. @returns whether it was read as a dump */
export function fuzz(seed: number): boolean {
  const random = new Random(seed);
  const file = makeFile(random);
  const layout = layoutFor(random, file);
  if (layout === null) return false;
  const { records, totals } = scan(layout, file, file.length + 1);
  const context = `seed ${seed}: ${JSON.stringify(layout)} ${JSON.stringify(file.toString('latin1'))}`;
  const { recordBytes, setAsideBytes, lineEndBytes } = totals;
  assert.equal(recordBytes + setAsideBytes + lineEndBytes, file.length - layout.bomLength, context);
  assert.equal(totals.lines, linesOf(file.subarray(layout.bomLength)), context);
  assert.deepEqual(scan(layout, file, random.between(1, 60)), { records, totals }, context);
  let last = -1;
  for (const record of records) {
    assert.ok(record.byteOffset > last && record.byteOffset + record.byteLength <= file.length, context);
    last = record.byteOffset;
    const own = file.subarray(record.byteOffset, record.byteOffset + record.byteLength);
    const again = parseRecord(own, layout);
    const text = (bytes: Uint8Array | null | undefined) => (bytes ? Buffer.from(bytes).toString('latin1') : bytes);
    const found = [text(again?.key), text(again?.value)];
    assert.deepEqual(found, [record.key, record.value], `${context}, byte ${record.byteOffset}`);
  }
  return true;
}

function linesOf(bytes: Buffer): number {
  const lineEnds = bytes.filter((byte) => byte === 10).length;
  return lineEnds + (bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0);
}
