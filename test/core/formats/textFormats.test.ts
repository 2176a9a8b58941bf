/**
 * One row a text format and version, each dump written as the tool's source prints it: what is detected, and what is
 * read. S is `key.separator`.
 */
import assert from 'node:assert/strict';
import type { Column, DumpFormat } from '../../../src/core/comparison.js';
import type { DumpOptions } from '../../../src/core/options.js';
import { scanDump, withoutPlace } from '../../support/scanDump.js';

interface Row {
  readonly what: string;
  readonly dump: string;
  readonly format: DumpFormat;
  readonly separator: string | null;
  readonly columns: readonly Column[];
  /** Partition/offset, time, key=value; ∅ is null. */
  readonly records: readonly string[];
  readonly warnings?: readonly string[];
  readonly options?: Partial<DumpOptions>;
}

const consoleConsumer = 'kafka-console-consumer' as const;

const rows: readonly Row[] = [
  {
    what: 'console consumer 0.9 and older: key and value',
    dump: 'user-1\t{"a":1}\nuser-2\tnull\nuser-1\t\n',
    ...{ format: 'key-value', separator: '\t', columns: ['key', 'value'] },
    records: ['-1/-1 user-1={"a":1}', '-1/-1 user-2=∅', '-1/-1 user-1='],
    warnings: ['separator-assumed', 'values-by-line'],
  },
  {
    what: 'console consumer 0.10 to 2.4: timestamp, key and value',
    dump: 'CreateTime:1690000000000\tuser-1\t{"a":1}\nNO_TIMESTAMP\tuser-2\tnull\n',
    ...{ format: consoleConsumer, separator: '\t', columns: ['timestamp', 'key', 'value'] },
    records: ['-1/-1 CreateTime:1690000000000 user-1={"a":1}', '-1/-1 user-2=∅'],
    warnings: ['separator-assumed'],
  },
  {
    what: 'console consumer 2.5 and 2.6: the partition is a bare number behind the value',
    dump: 'CreateTime:5::user-1::{"a":1}::3\nLogAppendTime:6::user-2::a\nb::4::12\nCreateTime:7::user-3::null::0\n',
    ...{ format: 'kafka-console-consumer-2.5', separator: '::', columns: ['timestamp', 'key', 'value', 'partition'] },
    records: ['3/-1 CreateTime:5 user-1={"a":1}', '12/-1 LogAppendTime:6 user-2=a\nb::4', '0/-1 CreateTime:7 user-3=∅'],
    warnings: ['separator-assumed', 'partition-assumed'],
  },
  {
    what: 'the same, where the user says that the numbers belong to the values',
    dump: 'CreateTime:5::user-1::a::3\nCreateTime:6::user-2::b::4\n',
    ...{ format: consoleConsumer, separator: '::', columns: ['timestamp', 'key', 'value'] },
    records: ['-1/-1 CreateTime:5 user-1=a::3', '-1/-1 CreateTime:6 user-2=b::4'],
    warnings: ['separator-assumed'],
    options: { format: consoleConsumer },
  },
  {
    what: 'console consumer 2.7 and later: timestamp, partition, key and value',
    dump: 'CreateTime:5::Partition:0::k::v::w\nCreateTime:-1::Partition:1::null::v\n',
    ...{ format: consoleConsumer, separator: '::', columns: ['timestamp', 'partition', 'key', 'value'] },
    records: ['0/-1 CreateTime:5 k=v::w', '1/-1 ∅=v'],
  },
  {
    what: 'console consumer 4.x: every column',
    dump: [
      'CreateTime:5|Partition:0|Offset:7|Delivery:1|Epoch:NOT_PRESENT|trace-id:e4,origin:web|k|v\n',
      'CreateTime:5|Partition:0|Offset:8|Delivery:NOT_PRESENT|Epoch:3|NO_HEADERS|k|null\n',
    ].join(''),
    ...{ format: consoleConsumer, separator: '|' },
    columns: ['timestamp', 'partition', 'offset', 'delivery', 'epoch', 'headers', 'key', 'value'],
    records: ['0/7 CreateTime:5 k=v', '0/8 CreateTime:5 k=∅'],
  },
  {
    what: 'the column of headers where every record has some',
    dump: 'CreateTime:5::Partition:0::trace:a1::k1::v\nCreateTime:6::Partition:0::trace:b2,origin:web::k2::w\n',
    ...{ format: consoleConsumer, separator: '::', columns: ['timestamp', 'partition', 'headers', 'key', 'value'] },
    records: ['0/-1 CreateTime:5 k1=v', '0/-1 CreateTime:6 k2=w'],
    warnings: ['headers-assumed'],
  },
  {
    what: 'keys that look like headers are keys',
    dump: 'CreateTime:5::Partition:0::user:1::v\nCreateTime:6::Partition:0::user:2::w::x\n',
    ...{ format: consoleConsumer, separator: '::', columns: ['timestamp', 'partition', 'key', 'value'] },
    records: ['0/-1 CreateTime:5 user:1=v', '0/-1 CreateTime:6 user:2=w::x'],
  },
  {
    what: 'timestamp and headers: NO_HEADERS gives the separator away',
    dump: 'CreateTime:5;NO_HEADERS;k;v\nCreateTime:6;a:b;k;w\n',
    ...{ format: consoleConsumer, separator: ';', columns: ['timestamp', 'headers', 'key', 'value'] },
    records: ['-1/-1 CreateTime:5 k=v', '-1/-1 CreateTime:6 k=w'],
  },
  {
    what: 'offset only',
    dump: 'Offset:5,k,v\nOffset:6,k,w\n',
    ...{ format: consoleConsumer, separator: ',', columns: ['offset', 'key', 'value'] },
    records: ['-1/5 k=v', '-1/6 k=w'],
    warnings: ['separator-assumed'],
  },
  {
    what: 'headers, key and value without a prefix',
    dump: 'NO_HEADERS\tk1\tv\na:b\tk2\tw\n',
    ...{ format: 'key-value', separator: '\t', columns: ['headers', 'key', 'value'] },
    records: ['-1/-1 k1=v', '-1/-1 k2=w'],
    warnings: ['separator-assumed', 'values-by-line'],
  },
  {
    what: 'Avro, JSON Schema and Protobuf console consumers print in the same way',
    dump: 'CreateTime:5|Partition:0|{"id":{"string":"a"}}|{"n":{"int":1}}\nCreateTime:6|Partition:0|{"id":{"string":"b"}}|null\n',
    ...{ format: consoleConsumer, separator: '|', columns: ['timestamp', 'partition', 'key', 'value'] },
    records: ['0/-1 CreateTime:5 {"id":{"string":"a"}}={"n":{"int":1}}', '0/-1 CreateTime:6 {"id":{"string":"b"}}=∅'],
  },
  {
    what: 'kcat -K with -Z, values of JSON over several lines',
    dump: 'k1::{\n  "a": "x :: y",\n  "b": [\n    1\n  ]\n}\nk2::NULL\n% Reached end of topic orders [0] at offset 2\n',
    ...{ format: 'key-value', separator: '::', columns: ['key', 'value'] },
    records: ['-1/-1 k1={\n  "a": "x :: y",\n  "b": [\n    1\n  ]\n}', '-1/-1 k2=∅'],
    warnings: ['separator-assumed', 'values-by-line'],
  },
  {
    what: 'a value that begins like JSON and is none',
    dump: 'k1::{\nk2::{"a":\nk3::v\n',
    ...{ format: 'key-value', separator: '::', columns: ['key', 'value'] },
    records: ['-1/-1 k1={', '-1/-1 k2={"a":', '-1/-1 k3=v'],
    warnings: ['separator-assumed', 'values-by-line'],
  },
  {
    what: 'kafka-dump-log 3.0 and later',
    dump: [
      'Dumping /var/lib/kafka/data/my-orders-3/00000000000000000000.log\n',
      'Log starting offset: 0\n',
      'baseOffset: 0 lastOffset: 2 count: 3 baseSequence: -1 lastSequence: -1 producerId: -1 producerEpoch: -1 partitionLeaderEpoch: 0 isTransactional: false isControl: false deleteHorizonMs: OptionalLong.empty position: 0 CreateTime: 7 size: 99 magic: 2 compresscodec: none crc: 1 isvalid: true\n',
      '| offset: 0 CreateTime: 5 keySize: 2 valueSize: 3 sequence: -1 headerKeys: [] key: k1 payload: a\nb\n',
      '| offset: 1 CreateTime: 6 keySize: 2 valueSize: -1 sequence: -1 headerKeys: [trace] key: k2\n',
      '| offset: 2 CreateTime: 7 keySize: -1 valueSize: 0 sequence: -1 headerKeys: [] payload: \n',
      'Dumping /var/lib/kafka/data/my-orders-4/00000000000000000000.log\n',
      'Log starting offset: 0\n',
      '| offset: 0 LogAppendTime: 8 keySize: 27 valueSize: 4 sequence: -1 headerKeys: [] key:  payload: | offset: 9 key:  payload: null\n',
      'Found 12 invalid bytes at the end of 00000000000000000000.log\n',
    ].join(''),
    ...{ format: 'kafka-dump-log', separator: null, columns: ['partition', 'offset', 'timestamp', 'key', 'value'] },
    records: [
      '3/0 CreateTime:5 k1=a\nb',
      '3/1 CreateTime:6 k2=∅',
      '3/2 CreateTime:7 ∅=',
      '4/0 LogAppendTime:8  payload: | offset: 9 key: =null',
    ],
  },
  {
    what: 'kafka-dump-log 2.2 to 2.8, message formats 2 and 1',
    dump: [
      'Dumping orders-0/00000000000000000000.log\n',
      'Starting offset: 0\n',
      '| offset: 0 CreateTime: 5 keysize: 1 valuesize: 1 sequence: -1 headerKeys: [] key: a payload: b\n',
      'offset: 1 position: 80 CreateTime: 6 size: 35 magic: 1 compresscodec: NONE crc: 99 isvalid: true\n',
      '| offset: 1 CreateTime: 6 keysize: 1 valuesize: 1 crc: 99 isvalid: true key: c payload: d\n',
      '| offset: 2 NoTimestampType: -1 keysize: 1 valuesize: 1 crc: 99 isvalid: true key: e payload: f\n',
    ].join(''),
    ...{ format: 'kafka-dump-log', separator: null, columns: ['partition', 'offset', 'timestamp', 'key', 'value'] },
    records: ['0/0 CreateTime:5 a=b', '0/1 CreateTime:6 c=d', '0/2 e=f'],
  },
  {
    what: 'kafka-dump-log 0.11 to 2.1',
    dump: [
      'Dumping 00000000000000000000.log\n',
      'Starting offset: 0\n',
      'offset: 0 position: 0 CreateTime: 5 isvalid: true keysize: 1 valuesize: 1 magic: 2 compresscodec: NONE producerId: -1 producerEpoch: -1 sequence: -1 isTransactional: false headerKeys: [] key: a payload: b\n',
      'offset: 1 position: 0 CreateTime: 6 isvalid: true keysize: 1 valuesize: -1 magic: 1 compresscodec: NONE crc: 99 key: c\n',
    ].join(''),
    ...{ format: 'kafka-dump-log', separator: null, columns: ['offset', 'timestamp', 'key', 'value'] },
    records: ['-1/0 CreateTime:5 a=b', '-1/1 CreateTime:6 c=∅'],
  },
  {
    what: 'kafka-dump-log 0.8',
    dump: [
      'Dumping 00000000000000000000.log\n',
      'Starting offset: 0\n',
      'offset: 0 position: 0 isvalid: true payloadsize: 2 magic: 0 compresscodec: NoCompressionCodec crc: 9 keysize: 1 key: a payload: bb\n',
      'offset: 1 position: 50 isvalid: true payloadsize: -1 magic: 0 compresscodec: NoCompressionCodec crc: 9 keysize: 1 key: a payload: null\n',
    ].join(''),
    ...{ format: 'kafka-dump-log', separator: null, columns: ['offset', 'timestamp', 'key', 'value'] },
    records: ['-1/0 a=bb', '-1/1 a=∅'],
  },
  {
    what: 'kafkactl: partition, key, time and value',
    dump: '0#k#2026-11-22T11:26:59Z#{\n  "a": 1\n}\n1#k#2#2026-11-22T12:26:59+01:00#v#w\n2##2026-11-22T11:27:00Z#null\n3#k##v\n',
    ...{ format: 'kafkactl-text', separator: '#', columns: ['partition', 'key', 'timestamp', 'value'] },
    records: [
      '0/-1 CreateTime:1795346819000 k={\n  "a": 1\n}',
      '1/-1 CreateTime:1795346819000 k#2=v#w',
      '2/-1 CreateTime:1795346820000 ∅=∅',
      '3/-1 k=v',
    ],
    warnings: ['whole-seconds'],
  },
  {
    what: 'kafkactl with headers and a separator of its own',
    dump: 'a:b,c:d::0::k::2026-11-22T11:26:59Z::v\n::0::l::2026-11-22T11:26:59Z::w\n',
    ...{ format: 'kafkactl-text', separator: '::', columns: ['headers', 'partition', 'key', 'timestamp', 'value'] },
    records: ['0/-1 CreateTime:1795346819000 k=v', '0/-1 CreateTime:1795346819000 l=w'],
    warnings: ['whole-seconds'],
  },
];

describe('text formats', () => {
  for (const { what, dump, format, separator, columns, records, warnings = [], options = {} } of rows) {
    it(what, () => {
      const bytes = Buffer.from(dump);
      const found = scanDump(bytes, options);
      assert.deepEqual(
        {
          format: found.layout.format,
          separator: found.layout.separator,
          columns: found.layout.columns,
          records: found.records.map(withoutPlace),
          warnings: found.warnings.map(({ code }) => code),
        },
        { format, separator, columns, records, warnings },
      );
      const { recordBytes, setAsideBytes, lineEndBytes } = found.totals;
      assert.equal(recordBytes + setAsideBytes + lineEndBytes, bytes.length);
    });
  }
});
