/** The same records as each tool prints them: JSON, YAML and CSV, escaped the way its language escapes. */
import type { PrintedRecord } from './dumpText.js';
import { type ByteString, bytesOf, toByteString } from './referenceReader.js';

export interface ToolDump {
  /** For titles. */
  readonly name: string;
  readonly write: (records: readonly PrintedRecord[]) => Buffer;
  /** What is left of a record in such a dump; none if the format cannot hold it at all. */
  readonly keeps: (record: PrintedRecord) => PrintedRecord | null;
}

const utf8 = (bytes: ByteString): string => Buffer.from(bytes, 'latin1').toString('utf8');
const isUtf8 = (bytes: ByteString | null): boolean => bytes === null || toByteString(utf8(bytes)) === bytes;
const whole = (record: PrintedRecord): PrintedRecord => record;
/** Tools that make text of keys and values lose what is not UTF-8. */
const ifText = (record: PrintedRecord): PrintedRecord | null =>
  isUtf8(record.key) && isUtf8(record.value) ? record : null;
/** Null prints as nothing does. */
const emptyIsNull = (record: PrintedRecord): PrintedRecord => ({
  ...record,
  key: record.key === '' ? null : record.key,
  value: record.value === '' ? null : record.value,
});

/** yajl, of kcat: bytes from 0x80 on as they are. */
function yajl(bytes: ByteString | null): ByteString {
  if (bytes === null) return 'null';
  const short: Record<string, string> = { '\n': 'n', '\r': 'r', '\t': 't', '\f': 'f', '\b': 'b', '"': '"', '\\': '\\' };
  const escaped = bytes.replace(/[\u0000-\u001f"\\]/g, (c) => {
    const letter = short[c];
    return letter === undefined ? `\\u00${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}` : `\\${letter}`;
  });
  return `"${escaped}"`;
}

/** Go's encoding/json. */
function go(bytes: ByteString | null): ByteString {
  if (bytes === null) return 'null';
  const hex = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return toByteString(JSON.stringify(utf8(bytes)).replace(/[<>&\u2028\u2029]/g, hex));
}

const javaScript = (bytes: ByteString | null): ByteString =>
  bytes === null ? 'null' : toByteString(JSON.stringify(utf8(bytes)));

/** In double quotes YAML is much like JSON. */
const yaml = (bytes: ByteString | null): ByteString => go(bytes).replaceAll(toByteString('\u0085'), '\\N');

/** Go prints a time without zeros at the end of its fraction, and none as the year 1. */
function goTime(timestamp: number | null): string {
  if (timestamp === null) return '0001-01-01T00:00:00Z';
  return new Date(timestamp).toISOString().replace(/\.?0+Z$/, 'Z');
}

const lines = (texts: readonly ByteString[]): Buffer => bytesOf(texts.map((text) => `${text}\n`).join(''));
const indented = (members: readonly ByteString[], indent: string): ByteString =>
  `{\n${members.map((member) => `${indent}${member}`).join(',\n')}\n}`;

const kafkactlMembers = ({ partition, offset, key, value, timestamp }: PrintedRecord): ByteString[] => [
  `"Partition":${partition}`,
  `"Offset":${offset}`,
  ...(key === null ? [] : [`"Key":${go(key)}`]),
  `"Value":${go(value)}`,
  `"Timestamp":"${goTime(timestamp)}"`,
];

const ktMembers = ({ partition, offset, key, value, timestamp }: PrintedRecord): ByteString[] => [
  `"partition":${partition}`,
  `"offset":${offset}`,
  `"key":${go(key)}`,
  `"value":${go(value)}`,
  ...(timestamp === null ? [] : [`"timestamp":"${goTime(timestamp)}"`]),
];

const envelope = (bytes: ByteString | null): ByteString =>
  bytes === null
    ? '{"payload":"","encoding":"null","isPayloadNull":true,"schemaId":0,"size":0}'
    : `{"payload":${javaScript(bytes)},"rawPayload":"${bytesOf(bytes).toString('base64')}","encoding":"text","isPayloadNull":false,"schemaId":0,"size":${bytes.length}}`;

const csvField = (bytes: ByteString | null): ByteString =>
  /[,"\n]/.test(bytes ?? '') ? `"${bytes?.replaceAll('"', '""')}"` : (bytes ?? '');

/** A JSON value re-encoded as kaf does is compared as JSON elsewhere; texts alone are exact. */
const kafText = (bytes: ByteString | null): boolean => {
  try {
    JSON.parse(utf8(bytes ?? ''));
    return false;
  } catch {
    return true;
  }
};

export const toolDumps: readonly ToolDump[] = [
  {
    name: 'kcat -J',
    keeps: whole,
    write: (records) =>
      lines(
        records.map(({ partition, offset, key, value, timestamp }) => {
          const time = timestamp === null ? '' : `"tstype":"create","ts":${timestamp},`;
          return `{"topic":"t","partition":${partition},"offset":${offset},${time}"broker":1,"key":${yajl(key)},"payload":${yajl(value)}}`;
        }),
      ),
  },
  {
    name: 'rpk',
    keeps: (record) => ifText({ ...record, key: record.key === '' ? null : record.key }),
    write: (records) =>
      lines(
        records.map(({ partition, offset, key, value, timestamp }) =>
          indented(
            [
              '"topic": "t"',
              ...(key === null || key === '' ? [] : [`"key": ${go(key)}`]),
              ...(value === null ? [] : [`"value": ${go(value)}`]),
              `"timestamp": ${timestamp ?? -1}`,
              `"partition": ${partition}`,
              `"offset": ${offset}`,
            ],
            '  ',
          ),
        ),
      ),
  },
  {
    name: 'kafkactl -o json',
    keeps: ifText,
    write: (records) =>
      lines(
        records.map((record) =>
          indented(
            kafkactlMembers(record).map((m) => m.replace('":', '": ')),
            '\t',
          ),
        ),
      ),
  },
  {
    name: 'kafkactl -o json-raw',
    keeps: ifText,
    write: (records) => lines(records.map((record) => `{${kafkactlMembers(record).join(',')}}`)),
  },
  {
    name: 'kafkactl -o yaml',
    keeps: ifText,
    // Of the styles of yaml.v2 only the one that can hold everything; the others are in a dump that it wrote itself.
    write: (records) =>
      lines(
        records.map(
          ({ partition, offset, key, value, timestamp }) =>
            `partition: ${partition}\noffset: ${offset}\n${key === null ? '' : `key: ${yaml(key)}\n`}value: ${yaml(value)}\ntimestamp: ${goTime(timestamp)}\n`,
        ),
      ),
  },
  {
    name: 'kaf --output json',
    keeps: (record) => (kafText(record.key) && kafText(record.value) ? ifText(emptyIsNull(record)) : null),
    write: (records) =>
      lines(
        records.map(
          ({ partition, offset, key, value, timestamp }) =>
            `{"key":${go(key ?? '')},"offset":${offset},"partition":${partition},"payload":${go(value ?? '')},"timestamp":"${goTime(timestamp)}"}`,
        ),
      ),
  },
  { name: 'kt', keeps: ifText, write: (records) => lines(records.map((record) => `{${ktMembers(record).join(',')}}`)) },
  {
    name: 'kt from a terminal',
    keeps: ifText,
    write: (records) =>
      lines(
        records.map((record) =>
          indented(
            ktMembers(record).map((m) => m.replace('":', '": ')),
            '  ',
          ),
        ),
      ),
  },
  {
    name: 'Kafbat UI, JSON',
    keeps: ifText,
    write: (records) =>
      bytesOf(
        `[\n${records
          .map(({ partition, offset, key, value, timestamp }) =>
            indented(
              [
                ...(value === null ? [] : [`"Value": ${javaScript(value)}`]),
                `"Offset": ${offset}`,
                ...(key === null ? [] : [`"Key": ${javaScript(key)}`]),
                `"Partition": ${partition}`,
                '"Headers": {}',
                `"Timestamp": "${new Date(timestamp ?? -1).toISOString()}"`,
              ],
              '\t\t',
            ).replace(/\}$/, '\t}'),
          )
          .join(',\n\t')}\n]`,
      ),
  },
  {
    name: 'AKHQ',
    keeps: ifText,
    write: (records) =>
      bytesOf(
        `[${records
          .map(({ partition, offset, key, value, timestamp }) => {
            const time = timestamp ?? -1;
            const seconds = `${time < 0 ? '-' : ''}${Math.trunc(Math.abs(time) / 1000)}.${String(Math.abs(time) % 1000).padStart(3, '0')}000000`;
            return `{"partition":${partition},"offset":${offset},"timestamp":${seconds},"keySchemaId":null,"valueSchemaId":null,"headers":[{"key":"key","value":"value"}],"key":${javaScript(key)},"value":${javaScript(value)}}`;
          })
          .join(',')}]`,
      ),
  },
  {
    name: 'Redpanda Console with raw data',
    keeps: whole,
    write: (records) =>
      bytesOf(
        `[\n${records
          .map(
            ({ partition, offset, key, value, timestamp }) =>
              `    {\n        "partitionID": ${partition},\n        "offset": ${offset},\n        "timestamp": ${timestamp ?? -1},\n        "headers": [],\n        "key": ${envelope(key)},\n        "value": ${envelope(value)}\n    }`,
          )
          .join(',\n')}\n]`,
      ),
  },
  {
    name: 'Confluent’s VS Code extension',
    keeps: (record) => (kafText(record.key) && kafText(record.value) ? ifText(record) : null),
    write: (records) =>
      bytesOf(
        `[\n${records
          .map(
            ({ partition, offset, key, value, timestamp }) =>
              `\t{"partition_id":${partition},"offset":${offset},"timestamp":${timestamp ?? -1},"headers":[],"key":${javaScript(key)},"value":${javaScript(value)}}`,
          )
          .join(',\n')}\n]`,
      ),
  },
  {
    name: 'Kafbat UI, CSV',
    // A value that looks quoted, and a key with a number between commas, cannot be told; nor an empty last line.
    keeps: (record) =>
      /,\d+,/.test(`,${record.key ?? ''},`) ||
      /^"[\s\S]*"$/.test(record.value ?? '') ||
      /^"[\s\S]*"$/.test(record.key ?? '')
        ? null
        : ifText(emptyIsNull(record)),
    write: (records) =>
      bytesOf(
        ['Value,Offset,Key,Partition,Headers,Timestamp']
          .concat(
            records.map(({ partition, offset, key, value, timestamp }) =>
              [
                value ?? '',
                offset,
                key ?? '',
                partition,
                '{"a":"1,2,{"}',
                new Date(timestamp ?? -1).toISOString(),
              ].join(','),
            ),
          )
          .join('\n'),
      ),
  },
  {
    name: 'Tools for Apache Kafka, CSV',
    keeps: (record) => ifText(emptyIsNull({ ...record, timestamp: null })),
    write: (records) =>
      bytesOf(
        ['Key,Partition,Offset,Value,Headers']
          .concat(
            records.map(({ partition, offset, key, value }) =>
              [csvField(key), partition, offset, csvField(value), 'origin: web'].join(','),
            ),
          )
          .join('\n'),
      ),
  },
];
