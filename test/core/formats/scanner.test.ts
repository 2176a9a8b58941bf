/** No byte of a dump is dropped in silence: each is in a record, set aside, or a line end. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ScanTotals } from '../../../src/core/formats/format.js';
import { createScanner } from '../../../src/core/formats/scanner.js';

const layout = {
  format: 'kafka-console-consumer',
  separator: '::',
  columns: ['timestamp', 'partition', 'key', 'value'],
  crlf: false,
  nullLiteral: 'null',
  bomLength: 0,
} as const;

interface Scan {
  readonly records: readonly string[];
  readonly totals: ScanTotals;
}

function scan(bytes: Uint8Array, blockBytes: number, crlf = false): Scan {
  const records: string[] = [];
  const text = (part: Uint8Array): string => Buffer.from(part).toString('latin1');
  const scanner = createScanner(
    { ...layout, crlf },
    {
      record: (view) =>
        records.push(
          `${view.line}+${view.lineCount}@${view.byteOffset}+${view.byteLength} ${text(view.bytes.subarray(view.keyStart, view.keyEnd))}=${text(view.bytes.subarray(view.valueStart, view.valueEnd))}`,
        ),
      cutRecord: (view) => records.push(`cut ${view.line}`),
    },
  );
  for (let at = 0; at < bytes.length; at += blockBytes) scanner.push(bytes.slice(at, at + blockBytes));
  return { records, totals: scanner.end() };
}

const pieces = fc.constantFrom(
  ...[
    'CreateTime:5::Partition:0::k::v',
    'CreateTime:5::Partition:0::k',
    'CreateTime:',
    'NO_TIMESTAMP::Partition:1::::',
    '::',
  ],
  ...['\n', '\r\n', '\n\n', 'text', 'null', 'Processed a total of 3 messages', '\tat a.b(C.java:1)'],
  ...['org.apache.kafka.common.errors.TimeoutException', '[2024-01-31 12:00:00,123] WARN x (y)', '\u0000', 'é'],
);
const dumps = fc
  .array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 30 })
  .map((p) => Buffer.from(p.join('')));

describe('console-consumer scanner', () => {
  it('accounts for every byte and line', () => {
    fc.assert(
      fc.property(dumps, fc.boolean(), (dump, crlf) => {
        const { totals } = scan(dump, dump.length + 1, crlf);
        assert.equal(totals.recordBytes + totals.setAsideBytes + totals.lineEndBytes, dump.length);
        const lineEnds = dump.filter((byte) => byte === 10).length;
        assert.equal(totals.lines, lineEnds + (dump.length > 0 && dump.at(-1) !== 10 ? 1 : 0));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the same records however the bytes come in', () => {
    fc.assert(
      fc.property(dumps, fc.integer({ min: 1, max: 40 }), fc.boolean(), (dump, blockBytes, crlf) => {
        assert.deepEqual(scan(dump, blockBytes, crlf), scan(dump, dump.length + 1, crlf));
      }),
      { numRuns: 1000 },
    );
  });

  it('survives truncation at every byte', () => {
    const dump = Buffer.from(
      'CreateTime:5::Partition:0::k::a\nb\nCreateTime:6::Partition:1::::\nProcessed a total of 2 messages\n',
    );
    for (let length = 0; length <= dump.length; length++) {
      const { totals } = scan(dump.subarray(0, length), 7);
      assert.equal(totals.recordBytes + totals.setAsideBytes + totals.lineEndBytes, length);
    }
  });

  it('leaves notices between the lines of a value out of it', () => {
    const dump =
      'CreateTime:5::Partition:0::k::a\n[2024-01-31 12:00:00,123] WARN x (y)\nb\nProcessed a total of 1 messages\n';
    const { records, totals } = scan(Buffer.from(dump), 1000);
    assert.deepEqual(records, ['1+3@0+70 k=a\nb']);
    assert.deepEqual([totals.noiseLines, totals.firstNoiseLine, totals.processedTotal], [2, 2, { count: 1, line: 4 }]);
  });
});
