/** What lands in dumps besides records, what makes them ambiguous, and what is refused: each is told, nothing is lost. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { UserError } from '../../../src/core/errors.js';
import { detectDump } from '../../../src/core/formats/detect.js';
import type { ScanTotals } from '../../../src/core/formats/format.js';
import { type DumpOptions, defaultDumpOptions } from '../../../src/core/options.js';
import { realDumpPath } from '../../support/realDumps.js';
import { scanDump, withoutPlace } from '../../support/scanDump.js';

const scan = (dump: string, options: Partial<DumpOptions> = {}) => {
  const bytes = Buffer.from(dump);
  const found = scanDump(bytes, options);
  const { recordBytes, setAsideBytes, lineEndBytes } = found.totals;
  assert.equal(recordBytes + setAsideBytes + lineEndBytes, bytes.length - found.layout.bomLength);
  return { ...found, records: found.records.map(withoutPlace), codes: found.warnings.map(({ code }) => code) };
};
const a = 'CreateTime:5::Partition:0::a::1\n';
const b = 'CreateTime:6::Partition:0::b::2\n';

describe('notices among records', () => {
  const rows: readonly [string, string, number, ScanTotals['processedTotal']][] = [
    [
      'the notice on standard output of 4.2 and later comes first',
      `Option --property is deprecated and will be removed in a future version. Use --formatter-property instead.\n${a}${b}`,
      1,
      null,
    ],
    [
      'all its siblings',
      `${['--consumer-property', '--consumer.config'].map((option) => `Option ${option} is deprecated and will be removed in a future version. Use --command-config instead.\n`).join('')}${a}${b}`,
      2,
      null,
    ],
    [
      'a run that --timeout-ms ended',
      `${a}${b}[2026-11-23 23:49:38,135] ERROR Error processing message, terminating consumer process:  (org.apache.kafka.tools.consumer.ConsoleConsumer)\norg.apache.kafka.common.errors.TimeoutException\nProcessed a total of 2 messages\n`,
      3,
      { count: 2, line: 5 },
    ],
    [
      'the same with a stack trace, and in the middle of a value',
      `${a.replace('1\n', 'x\n')}[2024-01-31 12:00:00,123] WARN text (logger)\norg.apache.kafka.common.errors.TimeoutException: none\n\tat a.b.C.d(C.java:1)\n\t... 3 more\ny\n${b}`,
      4,
      null,
    ],
    [
      'what class paths say',
      `SLF4J: Failed to load class "org.slf4j.impl.StaticLoggerBinder".\nSLF4J(W): No providers\nlog4j:WARN No appenders\nThe consumer rebalance protocol (KIP-848) is production-ready! Set group.protocol=consumer\n${a}${b}Unable to write to standard out, closing consumer.\nProcessed a total of 7 messages\n`,
      6,
      { count: 7, line: 8 },
    ],
  ];
  for (const [what, dump, noiseLines, processedTotal] of rows) {
    it(what, () => {
      const { records, totals, codes } = scan(dump);
      const value = what.includes('middle') ? 'x\ny' : '1';
      assert.deepEqual(records, [`0/-1 CreateTime:5 a=${value}`, '0/-1 CreateTime:6 b=2']);
      assert.deepEqual([totals.noiseLines, totals.processedTotal, codes], [noiseLines, processedTotal, []]);
      // With CR LF, a byte order mark, and the separator named, nothing changes.
      const crlf = scan(`\ufeff${dump.replaceAll('\n', '\r\n')}`, { separator: '::' });
      assert.deepEqual([crlf.records, crlf.totals.noiseLines], [records, noiseLines]);
    });
  }

  it('a line that only begins like a notice belongs to the value', () => {
    const { records, totals } = scan(
      `${a}Processed a total of many messages\n[2024] WARN no log line (x)\n\tat night\n${b}`,
    );
    assert.match(records[0] ?? '', /at night$/);
    assert.equal(totals.noiseLines, 0);
  });
});

describe('what the console consumer leaves behind when it skips a message', () => {
  const rows: readonly [string, string][] = [
    ['before its key', 'CreateTime:4::Partition:0::'],
    ['behind its key', 'CreateTime:4::Partition:0::k::'],
    ['twice', 'CreateTime:3::Partition:0::CreateTime:4::Partition:0::k::'],
  ];
  for (const [what, given] of rows) {
    it(what, () => {
      const { records, totals } = scan(`${a}${given}${b}${a}`);
      assert.deepEqual(records, ['0/-1 CreateTime:5 a=1', '0/-1 CreateTime:6 b=2', '0/-1 CreateTime:5 a=1']);
      assert.deepEqual(totals.oddities, { 'skipped-messages': { count: what === 'twice' ? 2 : 1, firstLine: 2 } });
    });
  }
});

describe('what is ambiguous, and told', () => {
  it('text that was lost before it was printed', () => {
    const { totals } = scan(
      `${a}CreateTime:6::Partition:0::\ufffd::x\ufffdy\n${b}CreateTime:6::Partition:0::k::x\n\ufffd\n`,
    );
    assert.deepEqual(totals.oddities, { 'replacement-characters': { count: 2, firstLine: 2 } });
  });

  it('a separator inside keys, where a later one would make values JSON', () => {
    const { warnings } = scan(
      'CreateTime:1|Partition:0|a|b|{"x":1}\nCreateTime:1|Partition:0|a|c|{"x":[2]}\nCreateTime:1|Partition:0|d|{"x":3}\n',
    );
    assert.deepEqual(
      warnings.map(({ code, line }) => [code, line]),
      [['separator-in-key', 1]],
    );
    assert.deepEqual(scan('CreateTime:1|Partition:0|a|b|{"x":1}\nCreateTime:1|Partition:0|a|text\n').codes, []);
  });

  it('keys and values that begin alike do not become part of the separator', () => {
    for (const record of [
      'CreateTime:1::user-1::user-1 says',
      'CreateTime:1::{"id":1}::{"id":1,"a":2}',
      'CreateTime:1|a-b|a-c',
    ]) {
      assert.equal(scan(`${record}\n${record}\n`).layout.separator, record.includes('|') ? '|' : '::', record);
    }
  });

  it('a dump that ends in the middle: the key is told, or that it is unknown', () => {
    const rows: readonly [string, readonly string[], number | null][] = [
      [`${a}CreateTime:6::Partition:0::b::2`, ['0/-1 CreateTime:5 a=1', 'cut'], null],
      [`${a}CreateTime:6::Partition:0::b`, ['0/-1 CreateTime:5 a=1'], 2],
      [`${a}CreateTime:6::Part`, ['0/-1 CreateTime:5 a=1'], 2],
      ['k1\tv\nk2\tw', ['-1/-1 k1=v', 'cut'], null],
      ['k1\tv\nk2', ['cut'], 2],
      [
        '| offset: 0 CreateTime: 5 keySize: 1 valueSize: 3 sequence: -1 headerKeys: [] key: k payload: vw',
        ['cut'],
        null,
      ],
      [
        '| offset: 0 CreateTime: 5 keySize: 1 valueSize: 2 sequence: -1 headerKeys: [] key: k payload: vw',
        ['-1/0 CreateTime:5 k=vw'],
        null,
      ],
      ['| offset: 0 CreateTime: 5 keySize: 2 valueSize: 2 sequence: -1 headerKeys: [] key: k', [], 1],
    ];
    for (const [dump, expected, unknownCutLine] of rows) {
      const { records, totals } = scan(dump);
      const found = scanDump(Buffer.from(dump)).records.map((record, i) =>
        record.startsWith('cut ') ? 'cut' : records[i],
      );
      assert.deepEqual([found, totals.unknownCutLine], [expected, unknownCutLine], dump);
    }
  });
});

describe('kafka-dump-log', () => {
  const record = (
    offset: number,
    key: string,
    payload: string,
    sizes = `keySize: ${Buffer.byteLength(key)} valueSize: ${Buffer.byteLength(payload)}`,
  ) => `| offset: ${offset} CreateTime: 5 ${sizes} sequence: -1 headerKeys: [] key: ${key} payload: ${payload}\n`;
  const batch = (producer: number, kind: string) =>
    `baseOffset: 0 lastOffset: 0 count: 1 baseSequence: -1 lastSequence: -1 producerId: ${producer} producerEpoch: 0 partitionLeaderEpoch: 0 ${kind} deleteHorizonMs: OptionalLong.empty position: 0 CreateTime: 5 size: 9 magic: 2 compresscodec: none crc: 1 isvalid: true\n`;
  const transactional = 'isTransactional: true isControl: false';
  const control = 'isTransactional: true isControl: true';
  const marker = (kind: string) =>
    `| offset: 9 CreateTime: 5 keySize: 4 valueSize: 6 sequence: -1 headerKeys: [] endTxnMarker: ${kind} coordinatorEpoch: 0\n`;

  it('control records are none, and those of aborted transactions are counted', () => {
    const dump = [
      ...[batch(7, transactional), record(0, 'a', '1'), batch(8, transactional), record(1, 'b', '2')],
      ...[batch(7, control), marker('COMMIT'), batch(8, control), marker('ABORT')],
      ...[batch(-1, 'isTransactional: false isControl: false'), record(2, 'c', '3')],
    ].join('');
    const { records, totals } = scan(dump);
    assert.deepEqual(
      records.map((text) => text.slice(-3)),
      ['a=1', 'b=2', 'c=3'],
    );
    assert.deepEqual(totals.oddities, { 'aborted-transactions': { count: 1, firstLine: 4 } });
  });

  it('where sizes do not come out, the next line of the tool ends the record', () => {
    const dump = `${record(0, 'k\ufffd', 'v\ufffd\nw', 'keySize: 2 valueSize: 4')}${record(1, 'b', '2')}`;
    const { records, totals } = scan(dump);
    assert.deepEqual(
      records.map((text) => Buffer.from(text, 'latin1').toString()),
      ['-1/0 CreateTime:5 k\ufffd=v\ufffd\nw', '-1/1 CreateTime:5 b=2'],
    );
    assert.deepEqual(totals.oddities['sizes-disagree'], { count: 1, firstLine: 1 });
  });

  it('values keep their own line ends where the lines of the dump end in CR LF', () => {
    const dump = record(0, 'k', 'a\r\nb\n').replace(/\n$/, '\r\n') + record(1, 'l', 'c').replace(/\n$/, '\r\n');
    assert.deepEqual(scan(dump).records, ['-1/0 CreateTime:5 k=a\r\nb\n', '-1/1 CreateTime:5 l=c']);
  });
});

describe('dumps that are refused', () => {
  const rows: readonly [string, string, RegExp][] = [
    [
      'checksums',
      'orders:checksum:123\norders:checksum:124\n',
      /ChecksumMessageFormatter: it holds checksums, and neither keys nor values/,
    ],
    [
      'bytes nobody decoded',
      'CreateTime:1::Partition:0::k::[B@1a2b3c\nCreateTime:1::Partition:0::l::[B@1a2b3d\n',
      /line 1: “\[B@1a2b3c” is where Java kept some bytes.*wrong decoder/,
    ],
    [
      'the same in a log',
      '| offset: 0 CreateTime: 5 keySize: 1 valueSize: 3 sequence: -1 headerKeys: [] key: k payload: [B@1a2b3c\n',
      /wrong decoder/,
    ],
    [
      'a log without its records',
      'Dumping a-0/0.log\nLog starting offset: 0\nbaseOffset: 0 lastOffset: 2 count: 3 baseSequence: -1 isControl: false\n',
      /line 3: keys and values are not printed\. .*--print-data-log/,
    ],
    [
      'a log without keys and values',
      'Dumping a-0/0.log\n| offset: 0 CreateTime: 5 keySize: 1 valueSize: 3 sequence: -1 headerKeys: []\n',
      /line 2: keys and values are not printed/,
    ],
    [
      'a log without sizes',
      'Dumping a-0/0.log\n| key: a payload: b\n',
      /sizes of key and value are not printed.*--skip-record-metadata/,
    ],
    ['an index', 'Dumping a-0/0.index\noffset: 5 position: 100\noffset: 9 position: 200\n', /dump of an index/],
    ['plain text', 'Dear reader,\nthis is a letter.\nYours\n', /no Kafka record starts here/],
    ['code', '// a comment\nfoo(a::b);\nbar();\nbaz();\n', /no Kafka record starts here/],
  ];
  for (const [what, dump, message] of rows) {
    it(what, () => {
      assert.throws(
        () => scan(dump),
        (error) => {
          assert.ok(error instanceof UserError, String(error));
          assert.match(error.message, message);
          return error.path === 'dump';
        },
      );
    });
  }
});

describe('the first 64 KB of a dump', () => {
  for (const [pair, side, suffix] of [
    ['audit', 'source', ''],
    ['slow-source', 'source', '.with-stderr'],
    ['stopped', 'source', '.dump-log'],
    ['stopped', 'mirror', '.all-columns'],
  ] as const) {
    it(`tell how ${pair}.${side}${suffix}.txt is to be read`, () => {
      const bytes = readFileSync(realDumpPath(pair, side, suffix));
      const detect = (length: number) =>
        detectDump(
          { path: 'dump', bytes: bytes.subarray(0, length), isWhole: length >= bytes.length },
          defaultDumpOptions,
        );
      const { layout, certainty } = detect(bytes.length);
      for (const length of [2000, 8000, 65_536])
        assert.deepEqual(detect(length), { layout, warnings: [], certainty }, `${length} bytes`);
      assert.equal(certainty, 'exact');
    });
  }

  it('say when they leave a choice', () => {
    assert.equal(scan('CreateTime:1::k::v\nCreateTime:2::l::w\n').certainty, 'assumed');
    assert.equal(scan('k\tv\nl\tw\n').certainty, 'assumed');
  });
});
