/** Finds out which tool printed a dump of JSON objects: by the names of their members, never by their order. */
import type { Column, DumpLayout, Warning } from '../comparison.js';
import { UserError } from '../errors.js';
import type { DumpOptions } from '../options.js';
import { excerpt, visible } from '../words/text.js';
import { LF } from './bytes.js';
import type { Detection, DumpSample } from './detect.js';
import { JsonScanner } from './jsonScanner.js';
import { CLOSE_BRACKET, COMMA, JsonText, OPEN_BRACE, OPEN_BRACKET } from './jsonText.js';
import { isJsonFormat, type JsonFormat, jsonTools } from './jsonTools.js';
import { MemberNames } from './memberNames.js';
import { bomLengthOf, type Place, skipNotices } from './noise.js';

const utf8 = new TextDecoder();

/** Objects of the sample that are looked at. */
const sampleObjects = 2000;
/** Share of the objects that must be records of the tool. */
const majority = 0.5;

/** What the objects at the beginning of a dump look like. */
interface JsonShape {
  /** 1-based line of the first object or bracket. */
  readonly line: number;
  readonly isArray: boolean;
  /** Besides the objects there is text that is no JSON, such as a separator and a value. */
  readonly hasOtherText: boolean;
  /** Names of the members, in the order in which they were met. */
  readonly names: ReadonlySet<string>;
  /** Key, value or payload that are JSON, not text. */
  readonly hasJsonContents: boolean;
  /** Keys that are JSON objects or arrays. */
  readonly hasJsonKeys: boolean;
  readonly hasRawPayloads: boolean;
}

/**
 * @returns null if the dump's first character (notices apart) does not begin a JSON object or array
 * @throws UserError if it does, and the objects are no tool's records, or lack their keys
 */
export function detectJson(sample: DumpSample, options: DumpOptions): Detection | null {
  const bomLength = bomLengthOf(sample.bytes);
  const start = skipNotices(sample.bytes, bomLength);
  const first = sample.bytes[start.at];
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return null;
  const shape = new ShapeReader(sample.bytes).read(start);
  const format = options.format !== null && isJsonFormat(options.format) ? options.format : toolOf(sample, shape);
  // Keys that are JSON, with a separator and a value behind them.
  if (format === null && shape.hasOtherText) return null;
  if (format === null) throw unknownJson(sample, shape);
  const layout: DumpLayout = {
    format,
    separator: null,
    columns: columnsOf(format, shape),
    crlf: false,
    // kaf prints null and empty alike; everywhere else JSON tells them apart.
    nullLiteral: format === 'kaf' && options.nullLiteral !== null ? '' : null,
    bomLength,
  };
  requireRecords(sample, layout, format, shape);
  const reencodesJson = isReencoding(format, shape);
  const warnings = reencodesJson ? [jsonReencoded(format, shape)] : [];
  return { layout, reencodesJson, warnings, certainty: 'exact' };
}

/** Every name means itself. */
class AnyNames extends MemberNames<string> {
  constructor() {
    super('');
  }

  override meaningOf(bytes: Uint8Array, start: number, end: number): string {
    return utf8.decode(bytes.subarray(start, end));
  }
}

/** Looks at the objects at the beginning of a dump. */
class ShapeReader {
  readonly #text = new JsonText();
  readonly #anyNames = new AnyNames();
  readonly #envelopeNames = new AnyNames();
  readonly #names = new Set<string>();
  #hasOtherText = false;
  #hasJsonContents = false;
  #hasJsonKeys = false;
  #hasRawPayloads = false;
  /** Where the payload of the envelope looked at begins, and whether it is one. */
  #payloadAt = 0;
  #isEnvelope = false;

  constructor(private readonly bytes: Uint8Array) {
    this.#text.reset(bytes);
  }

  read({ at: from, line }: Place): JsonShape {
    const { bytes } = this;
    let at = from;
    for (let objects = 0; objects < sampleObjects; ) {
      at = this.#text.spaceEnd(at);
      const c = bytes[at];
      if (c === undefined) break;
      if (c === OPEN_BRACE) {
        objects++;
        const end = this.#text.objectEnd(at, this.#anyNames, this.#takeMember);
        at = end >= 0 ? end : nextLine(bytes, at);
      } else if (c === OPEN_BRACKET || c === CLOSE_BRACKET || c === COMMA) {
        at++;
      } else {
        this.#hasOtherText = true;
        at = nextLine(bytes, at);
      }
    }
    return {
      line,
      isArray: bytes[from] === OPEN_BRACKET,
      names: this.#names,
      hasOtherText: this.#hasOtherText,
      hasJsonContents: this.#hasJsonContents,
      hasJsonKeys: this.#hasJsonKeys,
      hasRawPayloads: this.#hasRawPayloads,
    };
  }

  readonly #takeMember = (name: string, at: number): number => {
    this.#names.add(name);
    if (name === 'key' || name === 'value' || name === 'payload') this.#lookAtContent(name, at);
    return this.#text.valueEnd(at);
  };

  #lookAtContent(name: string, at: number): void {
    this.#isEnvelope = false;
    this.#payloadAt = at;
    if (this.bytes[at] === OPEN_BRACE) this.#text.objectEnd(at, this.#envelopeNames, this.#takeEnvelopeMember);
    const first = this.bytes[this.#isEnvelope ? this.#payloadAt : at];
    if (!isJsonContent(first)) return;
    this.#hasJsonContents = true;
    if (name === 'key' && (first === OPEN_BRACE || first === OPEN_BRACKET)) this.#hasJsonKeys = true;
  }

  readonly #takeEnvelopeMember = (name: string, at: number): number => {
    if (name === 'isPayloadNull') this.#isEnvelope = true;
    if (name === 'payload') this.#payloadAt = at;
    if (name === 'rawPayload') this.#hasRawPayloads = true;
    return this.#text.valueEnd(at);
  };
}

/** Whether a key or value that begins with this byte is JSON instead of text or null. */
function isJsonContent(byte: number | undefined): boolean {
  return byte !== undefined && byte !== 0x22 && byte !== 0x6e;
}

function nextLine(bytes: Uint8Array, at: number): number {
  const lineFeed = bytes.indexOf(LF, at);
  return lineFeed < 0 ? bytes.length : lineFeed + 1;
}

/** The tool whose names these are, or null. @throws UserError if the keys or the values were left out */
function toolOf(sample: DumpSample, { names, isArray, hasOtherText, line }: JsonShape): JsonFormat | null {
  const has = (...wanted: string[]): boolean => wanted.every((name) => names.has(name));
  if (has('partitionID', 'offset')) return 'redpanda-console';
  if (has('partition_id', 'offset')) return 'vscode-kafka-json';
  if (has('Partition', 'Offset', 'Value') || has('Partition', 'Offset', 'Key')) {
    // Kafbat prints headers even if there are none, kafkactl leaves them out; both mean the same by every name.
    if (isArray) return 'kafbat-json';
    if (!has('Key')) {
      throw refusal(
        sample,
        line,
        'holds no keys',
        'Take the dump with kafkactl’s --print-keys (and --print-timestamps)',
      );
    }
    return 'kafkactl-json';
  }
  if (has('partition', 'offset', 'payload')) return has('timestamp') ? 'kaf' : 'kcat-json';
  if (has('topic', 'partition', 'offset', 'timestamp')) {
    if (has('value_size') && !has('value')) {
      throw refusal(sample, line, 'holds no values', 'Take the dump with rpk without --meta-only');
    }
    return 'rpk';
  }
  if (has('partition', 'offset', 'key', 'value')) return isArray || has('headers') ? 'akhq' : 'kt';
  // Any tool's export of an empty topic.
  return isArray && names.size === 0 && !hasOtherText ? 'akhq' : null;
}

function unknownJson(sample: DumpSample, { names, line }: JsonShape): UserError {
  const found = [...names].slice(0, 12).map((name) => `“${excerpt(visible(name), 30)}”`);
  return refusal(
    sample,
    line,
    `is JSON with the members ${found.join(', ')}, which no known tool prints for a record`,
    'Take the dump with kcat -J, kafka-console-consumer or another tool that prints partition, offset, key and value',
  );
}

function refusal({ path }: DumpSample, line: number, what: string, wayOn: string): UserError {
  return new UserError(`${path}, line ${line}: this dump ${what}. ${wayOn}.`, path, line);
}

function columnsOf(format: JsonFormat, { names }: JsonShape): Column[] {
  const members: Readonly<Record<string, string>> = jsonTools[format].members;
  const parts = [...names].map((name) => (Object.hasOwn(members, name) ? members[name] : undefined));
  const columns = ['timestamp', 'partition', 'offset', 'headers', 'key', 'value'] as const;
  const found = parts.flatMap((part) => columns.filter((column) => column === part));
  // Keys or values that are left out where they are null are none the less columns.
  return [...new Set<Column>([...found, 'key', 'value'])];
}

/** Refuses a dump whose objects are mostly no records of the tool. */
function requireRecords(sample: DumpSample, layout: DumpLayout, format: JsonFormat, { line, names }: JsonShape): void {
  let records = 0;
  const count = (): void => {
    records++;
  };
  const scanner = new JsonScanner(layout, jsonTools[format], { record: count, cutRecord: count });
  scanner.push(sample.bytes.subarray(layout.bomLength));
  const totals = scanner.end();
  if (records > 0 && records >= majority * (records + totals.unreadableRecords)) return;
  // The first record may be longer than the sample, with its key at its end.
  if (totals.unknownCutLine !== null && totals.unreadableRecords === 0) return;
  if (names.size === 0 && totals.unreadableRecords === 0) return;
  throw refusal(
    sample,
    totals.firstUnreadableLine ?? line,
    `looks like one of ${format}, but this is not such a record`,
    'Check that the dump is whole, or name its format',
  );
}

/** Whether values that were JSON stand in the dump as JSON written anew, so that their bytes are lost. */
function isReencoding(format: JsonFormat, { hasJsonContents, hasRawPayloads }: JsonShape): boolean {
  if (format === 'redpanda-console') return hasJsonContents && !hasRawPayloads;
  return (format === 'kaf' || format === 'vscode-kafka-json') && hasJsonContents;
}

function jsonReencoded(format: JsonFormat, { line, hasJsonKeys }: JsonShape): Warning {
  const printed = {
    kaf: 'kaf prints values that are JSON anew, with their members sorted and numbers rounded to doubles',
    'redpanda-console': 'Redpanda Console’s export holds values that are JSON written anew; with raw data it is exact',
    'vscode-kafka-json': 'the extension’s export holds values that are JSON written anew',
  }[format as string];
  return {
    code: 'json-reencoded',
    line,
    message: `Values can only be compared as JSON: ${printed}.${hasJsonKeys ? ' Keys that are JSON were written anew, too, and may match none of another tool’s dump.' : ''}`,
  };
}
