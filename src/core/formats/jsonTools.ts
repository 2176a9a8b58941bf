/**
 * The tools that print records as JSON objects: what they call the parts of a record and how they print null. Each
 * entry names the source it was read from.
 */
import type { DumpFormat } from '../comparison.js';

/** What a member of a record's object holds; members of no part are passed over. */
export type JsonPart =
  | 'key'
  | 'value'
  | 'partition'
  | 'offset'
  | 'timestamp'
  | 'timestampType'
  | 'headers'
  /** There instead of a key or value that the tool could not decode. */
  | 'error';

export interface JsonTool {
  readonly members: Readonly<Record<string, JsonPart>>;
  /** A key or value that is left out is null; otherwise a record without it cannot be read. */
  readonly leftOutIsNull: { readonly key: boolean; readonly value: boolean };
  /** JSON's `null` is a key or value of that text, not Kafka's null. */
  readonly nullIsText: boolean;
  /** Of timestamps that are numbers; those that are texts are ISO 8601. */
  readonly timestampUnit: 'milliseconds' | 'seconds';
  /** Key and value are objects that hold the bytes and what is known of them. */
  readonly hasEnvelopes: boolean;
}

const tool = (members: JsonTool['members'], differing: Partial<JsonTool> = {}): JsonTool => ({
  members,
  leftOutIsNull: { key: false, value: false },
  nullIsText: false,
  timestampUnit: 'milliseconds',
  hasEnvelopes: false,
  ...differing,
});

const lowerCase = { key: 'key', partition: 'partition', offset: 'offset', headers: 'headers' } as const;
const capitals = {
  ...({ Key: 'key', Value: 'value', Partition: 'partition', Offset: 'offset' } as const),
  ...({ Headers: 'headers', Timestamp: 'timestamp' } as const),
};

export const jsonTools = {
  /** kcat 1.7, json.c. `ts` is in milliseconds; `key_error` and `payload_error` stand beside a null that is none. */
  'kcat-json': tool({
    ...lowerCase,
    ...({ payload: 'value', ts: 'timestamp', tstype: 'timestampType' } as const),
    ...({ key_error: 'error', payload_error: 'error' } as const),
  }),
  /**
   * rpk, src/go/rpk/pkg/cli/topic/consume.go: a null or empty key is left out, a null value, too; older versions left
   * out empty values as well.
   */
  rpk: tool({ ...lowerCase, value: 'value', timestamp: 'timestamp' }, { leftOutIsNull: { key: true, value: true } }),
  /**
   * kafkactl 5, internal/consume/MessagePrinter.go, for `-o json` and `-o json-raw`. A null key is left out, as every
   * key is without --print-keys; a null value is there. Bytes that are not UTF-8 are printed in base64, and no sign
   * of it.
   */
  'kafkactl-json': tool(capitals, { leftOutIsNull: { key: true, value: false } }),
  /**
   * kaf, cmd/kaf/consume.go, `--output json`: what is JSON becomes JSON (objects with their members sorted, numbers as
   * doubles), so `null` is a text; null and empty both print `""`. `json-each-row` prints texts as they are.
   */
  kaf: tool({ ...lowerCase, payload: 'value', timestamp: 'timestamp' }, { nullIsText: true }),
  /** kt, consume.go. */
  kt: tool({ ...lowerCase, value: 'value', timestamp: 'timestamp' }),
  /**
   * Kafbat UI and Provectus UI, Topics/Topic/Messages/Message.tsx and MessagesTable.tsx: JSON.stringify leaves out
   * what is undefined.
   */
  'kafbat-json': tool(capitals, { leftOutIsNull: { key: true, value: true } }),
  /**
   * AKHQ 0.25, TopicController.java `download` and Record.java: an object mapper of its own, so a timestamp is a
   * number of seconds with nine decimals.
   */
  akhq: tool({ ...lowerCase, value: 'value', timestamp: 'timestamp' }, { timestampUnit: 'seconds' }),
  /** Redpanda Console, save-messages-dialog.tsx; `rawPayload` is there if raw data was asked for. */
  'redpanda-console': tool(
    { ...lowerCase, partitionID: 'partition', value: 'value', timestamp: 'timestamp' },
    { hasEnvelopes: true },
  ),
  /** Confluent's VS Code extension, consume.ts `prepare`: texts that are JSON become JSON. */
  'vscode-kafka-json': tool(
    { ...lowerCase, partition_id: 'partition', value: 'value', timestamp: 'timestamp' },
    { leftOutIsNull: { key: true, value: true } },
  ),
} as const satisfies Partial<Record<DumpFormat, JsonTool>>;

export type JsonFormat = keyof typeof jsonTools;

export const jsonFormats = Object.keys(jsonTools) as readonly JsonFormat[];

export function isJsonFormat(format: DumpFormat): format is JsonFormat {
  return Object.hasOwn(jsonTools, format);
}
