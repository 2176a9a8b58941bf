/** One row for each tool that prints JSON: the text as its source prints it, and what must be read out of it. */
import assert from 'node:assert/strict';
import type { Column } from '../../../src/core/comparison.js';
import { UserError } from '../../../src/core/errors.js';
import { scanDump, withoutPlace } from '../../support/scanDump.js';

interface Row {
  readonly tool: string;
  readonly text: string;
  readonly format: string;
  readonly records: readonly string[];
  /** 1-based first line and line count of each record. */
  readonly lines: readonly [number, number][];
  readonly columns?: readonly Column[];
  readonly warnings?: readonly string[];
  readonly noiseLines?: number;
}

const rows: readonly Row[] = [
  {
    tool: 'kcat 1.7 -J',
    text: `{"topic":"t","partition":0,"offset":1,"tstype":"create","ts":1690000000001,"broker":1,"headers":["h","v","n",null],"key":"k","payload":"{\\"a\\": 1}"}
{"topic":"t","partition":1,"offset":2,"tstype":"logappend","ts":1690000000002,"broker":1,"key":"","payload":""}
{"topic":"t","partition":1,"offset":3,"broker":1,"key":null,"payload":null}
`,
    format: 'kcat-json',
    records: ['0/1 CreateTime:1690000000001 k={"a": 1}', '1/2 LogAppendTime:1690000000002 =', '1/3 ∅=∅'],
    lines: [
      [1, 1],
      [2, 1],
      [3, 1],
    ],
    columns: ['partition', 'offset', 'timestamp', 'headers', 'key', 'value'],
  },
  {
    tool: 'kcat 1.7 -J with standard error in the same file, a value that could not be decoded, and bytes that are not UTF-8',
    text: `% Auto-selecting Consumer mode (use -P or -C to override)
{"topic":"t","partition":0,"offset":1,"tstype":"create","ts":-1,"broker":1,"key":"k","payload":"\u00fc\u0001\\u0001\\n"}
% Reached end of topic t [0] at offset 2
{"topic":"t","partition":0,"offset":2,"tstype":"create","ts":5,"broker":1,"key":"k","payload":null,"payload_error":"no schema"}
{"topic":"t","partition":0,"offset":3,"tstype":"create","ts":5,"broker":1,"key":{"id":1},"payload":17}
`,
    format: 'kcat-json',
    records: ['0/1 k=\u00fc\u0001\u0001\n', '0/3 CreateTime:5 {"id":1}=17'],
    lines: [
      [2, 1],
      [5, 1],
    ],
    noiseLines: 2,
  },
  {
    tool: 'kcat 1.5 -J, without broker and headers',
    text: '{"topic":"t","partition":0,"offset":1,"tstype":"unknown","ts":0,"key":"k","payload":"v"}\n',
    format: 'kcat-json',
    records: ['0/1 k=v'],
    lines: [[1, 1]],
  },
  {
    tool: 'rpk topic consume: pretty-printed, nulls left out',
    text: `{
  "topic": "t",
  "key": "k",
  "value": "\\u003cv\\u003e",
  "headers": [
    {
      "key": "h",
      "value": "x"
    }
  ],
  "timestamp": 1690000000001,
  "partition": 0,
  "offset": 1
}
{
  "topic": "t",
  "key": "k",
  "timestamp": -1,
  "partition": 0,
  "offset": 2
}
{
  "topic": "t",
  "value": "",
  "timestamp": 1690000000003,
  "partition": 0,
  "offset": 3
}
`,
    format: 'rpk',
    records: ['0/1 CreateTime:1690000000001 k=<v>', '0/2 k=∅', '0/3 CreateTime:1690000000003 ∅='],
    lines: [
      [1, 14],
      [15, 7],
      [22, 7],
    ],
    columns: ['key', 'value', 'headers', 'timestamp', 'partition', 'offset'],
  },
  {
    tool: 'kafkactl 5 -o json --print-keys --print-timestamps, in the zone of the machine',
    text: `{
\t"Partition": 0,
\t"Offset": 1,
\t"Headers": {
\t\t"Key": "h"
\t},
\t"Key": "k",
\t"Value": "v",
\t"Timestamp": "2023-07-22T06:26:40.05+02:00"
}
{
\t"Partition": 0,
\t"Offset": 2,
\t"Value": null,
\t"Timestamp": "0001-01-01T00:00:00Z"
}
`,
    format: 'kafkactl-json',
    records: ['0/1 CreateTime:1690000000050 k=v', '0/2 ∅=∅'],
    lines: [
      [1, 10],
      [11, 6],
    ],
  },
  {
    tool: 'kafkactl 5 -o json-raw --print-all',
    text: `{"Partition":0,"Offset":1,"keySchema":"s","keySchemaId":3,"Key":"k","Value":"v","Timestamp":"2023-07-22T04:26:40Z"}
{"Partition":0,"Offset":2,"Key":"","Value":"","Timestamp":"2023-07-22T04:26:40.123456789Z"}
`,
    format: 'kafkactl-json',
    records: ['0/1 CreateTime:1690000000000 k=v', '0/2 CreateTime:1690000000123 ='],
    lines: [
      [1, 1],
      [2, 1],
    ],
  },
  {
    tool: 'kaf --output json: JSON values become JSON, null and empty are one',
    text: `{"headers":[{"Key":"aA==","Value":"dg=="}],"key":"k","offset":1,"partition":0,"payload":{"a":1,"b":[{}]},"timestamp":"2023-07-22T04:26:40.001Z"}
{"key":7,"offset":2,"partition":0,"payload":"text","timestamp":"2023-07-22T04:26:40.001Z"}
{"key":"","offset":3,"partition":0,"payload":"","timestamp":"2023-07-22T04:26:40.001Z"}
{"key":"k","offset":4,"partition":0,"payload":null,"timestamp":"2023-07-22T04:26:40.001Z"}
`,
    format: 'kaf',
    records: [
      '0/1 CreateTime:1690000000001 k={"a":1,"b":[{}]}',
      '0/2 CreateTime:1690000000001 7=text',
      '0/3 CreateTime:1690000000001 ∅=∅',
      '0/4 CreateTime:1690000000001 k=null',
    ],
    lines: [
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
    ],
    warnings: ['json-reencoded'],
  },
  {
    tool: 'kaf --output json-each-row',
    text: `{"topic":"t","partition":0,"offset":1,"timestamp":"2023-07-22T04:26:40.001Z","headers":[],"key":"k","payload":"{\\"b\\":1}"}\n`,
    format: 'kaf',
    records: ['0/1 CreateTime:1690000000001 k={"b":1}'],
    lines: [[1, 1]],
  },
  {
    tool: 'kt consume, from a pipe',
    text: `{"partition":0,"offset":1,"key":"k","value":"v","timestamp":"2023-07-22T04:26:40.001Z"}
{"partition":0,"offset":2,"key":null,"value":null}
`,
    format: 'kt',
    records: ['0/1 CreateTime:1690000000001 k=v', '0/2 ∅=∅'],
    lines: [
      [1, 1],
      [2, 1],
    ],
  },
  {
    tool: 'kt consume, from a terminal',
    text: '{\n  "partition": 0,\n  "offset": 1,\n  "key": "k",\n  "value": "v"\n}\n',
    format: 'kt',
    records: ['0/1 k=v'],
    lines: [[1, 6]],
  },
  {
    tool: 'Kafbat UI and Provectus UI, all messages: newest first, undefined left out',
    text: `[
\t{
\t\t"Value": "v2",
\t\t"Offset": 2,
\t\t"Key": "k",
\t\t"Partition": 0,
\t\t"Headers": {},
\t\t"Timestamp": "2023-07-22T04:26:40.002Z"
\t},
\t{
\t\t"Offset": 1,
\t\t"Partition": 0,
\t\t"Headers": {},
\t\t"Timestamp": "2023-07-22T04:26:40.001Z"
\t}
]`,
    format: 'kafbat-json',
    records: ['0/2 CreateTime:1690000000002 k=v2', '0/1 CreateTime:1690000000001 ∅=∅'],
    lines: [
      [2, 8],
      [10, 6],
    ],
  },
  {
    tool: 'AKHQ 0.25 download: seconds with nine decimals',
    text: `[{"partition":0,"offset":1,"timestamp":1690000000.001000000,"keySchemaId":null,"valueSchemaId":null,"headers":[{"key":"h","value":"v"}],"key":"k","value":"v"},{"partition":0,"offset":2,"timestamp":1690000000.000000000,"keySchemaId":null,"valueSchemaId":null,"headers":[],"key":null,"value":null},{"partition":0,"offset":3,"timestamp":-0.001000000,"keySchemaId":null,"valueSchemaId":null,"headers":[],"key":"","value":""}]`,
    format: 'akhq',
    records: ['0/1 CreateTime:1690000000001 k=v', '0/2 CreateTime:1690000000000 ∅=∅', '0/3 ='],
    lines: [
      [1, 1],
      [1, 1],
      [1, 1],
    ],
  },
  {
    tool: 'Redpanda Console, JSON: key and value parsed, nulls marked, a payload over the limit',
    text: `[
    {
        "partitionID": 0,
        "offset": 1,
        "timestamp": 1690000000001,
        "compression": "uncompressed",
        "isTransactional": false,
        "headers": [
            {
                "key": "h",
                "value": {
                    "payload": "v",
                    "isPayloadNull": false
                }
            }
        ],
        "key": {
            "payload": "k",
            "encoding": "text",
            "isPayloadNull": false,
            "schemaId": 0,
            "size": 1
        },
        "value": {
            "payload": {
                "a": 1
            },
            "encoding": "json",
            "isPayloadNull": false,
            "schemaId": 0,
            "size": 7
        }
    },
    {
        "partitionID": 0,
        "offset": 2,
        "timestamp": 1690000000002,
        "headers": [],
        "key": { "payload": "", "encoding": "null", "isPayloadNull": true, "schemaId": 0, "size": 0 },
        "value": { "payload": "", "encoding": "null", "isPayloadNull": true, "schemaId": 0, "size": 0 }
    },
    {
        "partitionID": 0,
        "offset": 3,
        "timestamp": 1690000000002,
        "headers": [],
        "key": { "payload": "k", "encoding": "text", "isPayloadNull": false, "schemaId": 0, "size": 1 },
        "value": { "payload": "", "encoding": "text", "isPayloadNull": false, "schemaId": 0, "size": 9000000 }
    }
]`,
    format: 'redpanda-console',
    records: [
      '0/1 CreateTime:1690000000001 k={\n                "a": 1\n            }',
      '0/2 CreateTime:1690000000002 ∅=∅',
    ],
    lines: [
      [2, 32],
      [34, 8],
    ],
    warnings: ['json-reencoded'],
  },
  {
    tool: 'Redpanda Console, JSON with raw data: exact',
    text: `[
    {
        "partitionID": 0,
        "offset": 1,
        "timestamp": 1690000000001,
        "headers": [],
        "key": { "payload": "k", "rawPayload": "aw==", "isPayloadNull": false, "size": 1 },
        "value": { "payload": { "a": 1 }, "rawPayload": "eyJhIjoxLjB9", "isPayloadNull": false, "size": 9 }
    }
]`,
    format: 'redpanda-console',
    records: ['0/1 CreateTime:1690000000001 k={"a":1.0}'],
    lines: [[2, 8]],
  },
  {
    tool: 'Confluent’s VS Code extension: texts that are JSON become JSON',
    text: `[
\t{"partition_id":0,"offset":1,"timestamp":1690000000001,"headers":[],"key":"k","value":{"a":1},"metadata":{}},
\t{"partition_id":0,"offset":2,"timestamp":1690000000002,"headers":[],"key":null,"value":null}
]`,
    format: 'vscode-kafka-json',
    records: ['0/1 CreateTime:1690000000001 k={"a":1}', '0/2 CreateTime:1690000000002 ∅=∅'],
    lines: [
      [2, 1],
      [3, 1],
    ],
    warnings: ['json-reencoded'],
  },
];

describe('tools that print JSON', () => {
  for (const { tool, text, format, records, lines, columns, warnings, noiseLines } of rows) {
    it(tool, () => {
      const bytes = Buffer.from(text, 'latin1');
      const scan = scanDump(bytes);
      assert.equal(scan.layout.format, format);
      assert.deepEqual(scan.records.map(withoutPlace), records);
      assert.deepEqual(
        scan.records.map((record) => /^(\d+)\+(\d+)@/.exec(record)?.slice(1).map(Number)),
        lines,
      );
      assert.deepEqual(
        scan.warnings.map(({ code }) => code),
        warnings ?? [],
      );
      assert.equal(scan.reencodesJson ?? false, warnings?.includes('json-reencoded') ?? false);
      assert.equal(scan.totals.noiseLines, noiseLines ?? 0);
      assert.equal(scan.totals.unrecognizedLines, 0);
      if (columns !== undefined) assert.deepEqual(scan.layout.columns, columns);
      const { recordBytes, setAsideBytes, lineEndBytes } = scan.totals;
      assert.equal(recordBytes + setAsideBytes + lineEndBytes, bytes.length);
    });
  }

  it('says nothing of JSON written anew where Redpanda Console’s payloads are texts, and tells keys from values', () => {
    const text = (key: string, value: string): string =>
      `[{"partitionID":0,"offset":1,"timestamp":5,"key":{"payload":${key},"isPayloadNull":false},"value":{"isPayloadNull":false,"payload":${value}}}]`;
    const warningsFor = (key: string, value: string): string[] =>
      scanDump(Buffer.from(text(key, value))).warnings.map(({ message }) => message);
    assert.deepEqual(warningsFor('"k"', '"v"'), []);
    assert.match(warningsFor('"k"', '{"a":1}').join(), /only be compared as JSON: .*exact\.$/);
    assert.match(warningsFor('{"id":1}', '"v"').join(), /Keys that are JSON were written anew, too/);
  });

  it('keeps kaf’s empty text if nothing is to be taken for null', () => {
    const text = '{"key":"k","offset":3,"partition":0,"payload":"","timestamp":"2023-07-22T04:26:40Z"}\n';
    assert.match(scanDump(Buffer.from(text), { nullLiteral: null }).records[0] as string, / k=$/);
    assert.match(scanDump(Buffer.from(text)).records[0] as string, / k=∅$/);
  });

  it('goes by the names, whatever their order', () => {
    const { layout, records } = scanDump(
      Buffer.from('{"payload":"v","key":"k","broker":1,"ts":5,"tstype":"create","offset":1,"partition":0,"topic":"t"}'),
    );
    assert.deepEqual([layout.format, records.map(withoutPlace)], ['kcat-json', ['0/1 CreateTime:5 k=v']]);
  });

  it('takes an empty array for an empty topic', () => {
    assert.deepEqual(scanDump(Buffer.from('[\n\n]')).records, []);
  });

  const refused: readonly [string, string, RegExp][] = [
    [
      'kafkactl without --print-keys',
      '{"Partition":0,"Offset":1,"Value":"v"}\n',
      /line 1: this dump holds no keys\. Take the dump with kafkactl’s --print-keys/,
    ],
    [
      'rpk with --meta-only',
      '{"topic":"t","key":"k","value_size":3,"timestamp":1,"partition":0,"offset":1}',
      /holds no values\. Take the dump with rpk without --meta-only/,
    ],
    ['some other JSON', '\n{"name":"x","version":1}', /line 2: this dump is JSON with the members “name”, “version”/],
    ['a broken one', '{"topic":"t","partition":0,"offset":1,"payload" 3}\n', /line 1: .*is JSON with the members/],
    ['an array of something else', '[1, 2]', /no Kafka record starts here/],
    ['an array of something else, of objects', '[{"a":1}]', /is JSON with the members “a”/],
  ];
  for (const [what, text, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => scanDump(Buffer.from(text)),
        (error: unknown) => error instanceof UserError && message.test(error.message),
      );
    });
  }
});
