/** The same records in every format of JSON, YAML and CSV: written as the tool does, read back, all at once and alone. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DumpLayout } from '../../../src/core/comparison.js';
import { createScanner } from '../../../src/core/formats/scanner.js';
import type { RecordView } from '../../../src/core/record.js';
import type { PrintedRecord } from '../../support/dumpText.js';
import { scanDump } from '../../support/scanDump.js';
import { toolDumps } from '../../support/toolDumps.js';

/** Bytes as latin1. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['"', '\\', ',', '{', '}', '[', ']', ':', '\n', '\r', '\t', '\u0000', '\u001b', '\u007f', "'", '<', '&'],
        ...['\\u0041', '\\"', '""', ',7,', '{"a":1}', 'null', '% x', '\npartition: 3\n', '\n{"a":', '---', '- ', ' #'],
        // As UTF-8: é, U+0085, U+2028, U+FEFF, U+FFFD, an emoji; then what is none.
        ...['\xc3\xa9', '\xc2\x85', '\xe2\x80\xa8', '\xef\xbb\xbf', '\xef\xbf\xbd', '\xf0\x9f\x98\x80', '\xff', '\xc3'],
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

const records = fc.array(
  fc.record<PrintedRecord>(
    {
      key: fc.option(text, { freq: 6 }),
      value: fc.option(text, { freq: 6 }),
      partition: fc.nat(5),
      offset: fc.oneof(fc.nat(9), fc.constant(9007199254740991)),
      timestamp: fc.option(
        fc.oneof(fc.constantFrom(0, 999, 1690000000000), fc.integer({ min: 0, max: 4102444799999 })),
        {
          freq: 6,
        },
      ),
    },
    { noNullPrototype: true },
  ),
  { maxLength: 6 },
);

const first: PrintedRecord = { key: 'k', value: 'v', partition: 0, offset: 0, timestamp: 1690000000050 };

function recordOf(view: RecordView): PrintedRecord {
  const part = (start: number, end: number): string => Buffer.from(view.bytes.subarray(start, end)).toString('latin1');
  return {
    key: view.isKeyless ? null : part(view.keyStart, view.keyEnd),
    value: view.isTombstone ? null : part(view.valueStart, view.valueEnd),
    partition: view.partition,
    offset: view.offset,
    timestamp: view.timestampType === 'none' ? null : view.timestamp,
  };
}

/** Every record, and the same record read again by itself from its place. */
function readTwice(layout: DumpLayout, dump: Buffer, blockBytes: number): PrintedRecord[] {
  const found: PrintedRecord[] = [];
  const scanner = createScanner(layout, {
    record: (view) => {
      const record = recordOf(view);
      found.push(record);
      const own = dump.subarray(view.byteOffset, view.byteOffset + view.byteLength);
      const again: PrintedRecord[] = [];
      const take = (other: RecordView) => void again.push(recordOf(other));
      const alone = createScanner(layout, { record: take, cutRecord: take });
      alone.push(own);
      alone.end();
      const { key, value } = record;
      assert.deepEqual([again.length, again[0]?.key, again[0]?.value], [1, key, value], own.toString());
      assert.equal(own.toString('latin1').split('\n').length, view.lineCount + (own.at(-1) === 10 ? 1 : 0));
    },
    cutRecord: () => assert.fail('a record is not cut'),
  });
  for (let at = 0; at < dump.length; at += blockBytes) scanner.push(dump.subarray(at, at + blockBytes));
  const { recordBytes, setAsideBytes, lineEndBytes, unreadableRecords, unknownCutLine, lines } = scanner.end();
  assert.equal(recordBytes + setAsideBytes + lineEndBytes, dump.length);
  assert.deepEqual([setAsideBytes, unreadableRecords, unknownCutLine], [0, 0, null]);
  assert.equal(lines, dump.toString('latin1').split('\n').length - (dump.at(-1) === 10 ? 1 : 0));
  return found;
}

describe('records in every tool’s format', () => {
  for (const { name, write, keeps } of toolDumps) {
    it(name, () => {
      fc.assert(
        fc.property(records, fc.integer({ min: 1, max: 200 }), (others, blockBytes) => {
          const written = [first, ...others].filter((record) => keeps(record) !== null);
          const dump = write(written);
          const { layout } = scanDump(dump);
          assert.deepEqual(readTwice(layout, dump, blockBytes), written.map(keeps), dump.toString());
        }),
        { numRuns: 300 },
      );
    });
  }
});
