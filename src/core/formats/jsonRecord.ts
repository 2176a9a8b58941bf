/**
 * One record of a JSON dump, from its object: the members that the tool's table names are kept by their place, and
 * the bytes that key and value stand for are made where they stand once the whole object is there.
 */
import { noTimestamp } from '../keyRecords.js';
import type { RecordView, TimestampType } from '../record.js';
import { decodeBase64InPlace } from './base64.js';
import { isText, toBytes } from './bytes.js';
import { type Unescaped, unescapeInPlace } from './jsonStrings.js';
import { type JsonText, OPEN_BRACE, QUOTE } from './jsonText.js';
import type { JsonPart, JsonTool } from './jsonTools.js';
import { NameTable } from './memberNames.js';
import { parseEpoch, parseIsoTime } from './timestampText.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const LETTER_N = 0x6e;
const LETTER_T = 0x74;

/** Where the key or the value of a record stands: between quotes, or as any other JSON. */
class Content {
  kind: 'absent' | 'null' | 'text' | 'base64' | 'json' = 'absent';
  start = 0;
  end = 0;
  #hasEscapes = false;

  clear(): void {
    this.kind = 'absent';
    this.start = this.end = 0;
    this.#hasEscapes = false;
  }

  /** Takes the value at `at`. @returns the position behind it */
  take(text: JsonText, at: number): number {
    const end = text.valueEnd(at);
    if (end < 0) return end;
    const isText = text.bytes[at] === QUOTE;
    this.kind = isText ? 'text' : text.bytes[at] === LETTER_N ? 'null' : 'json';
    this.start = isText ? at + 1 : at;
    this.end = isText ? end - 1 : end;
    this.#hasEscapes = isText && text.hasEscapes;
    return end;
  }

  /** Takes the text that `raw` holds instead, which is base64. */
  takeBase64(raw: Content): void {
    this.kind = 'base64';
    this.start = raw.start;
    this.end = raw.end;
    this.#hasEscapes = raw.#hasEscapes;
  }

  /** Makes `bytes[start, end)` the bytes meant. @returns false if an escape or the base64 is wrong */
  decode(bytes: Uint8Array, found: Unescaped): boolean {
    if (this.#hasEscapes) this.end = unescapeInPlace(bytes, this.start, this.end, found);
    if (this.kind === 'base64' && this.end >= 0) this.end = decodeBase64InPlace(bytes, this.start, this.end);
    return this.end >= 0;
  }
}

/** Members of the objects that Redpanda Console puts around key and value. */
const envelopeMembers = {
  payload: 'payload',
  rawPayload: 'rawPayload',
  isPayloadNull: 'isPayloadNull',
  size: 'size',
} as const;

/** What kcat calls the types of timestamps; for any other it has no time. */
const timestampTypes = new NameTable<TimestampType>({ create: 'CreateTime', logappend: 'LogAppendTime' });

export class JsonRecord {
  readonly #parts: NameTable<JsonPart>;
  readonly #envelope = new NameTable<keyof typeof envelopeMembers>(envelopeMembers);
  readonly #nullText: Uint8Array | null;
  readonly #key = new Content();
  readonly #value = new Content();
  readonly #raw = new Content();
  #partition = -1;
  #offset = -1;
  #timestamp = noTimestamp;
  #timestampType: TimestampType = 'CreateTime';
  #hasError = false;
  readonly #unescaped: Unescaped = { hasReplacement: false };

  /** @param nullLiteral the text that stands for null, null where none does */
  constructor(
    private readonly text: JsonText,
    private readonly tool: JsonTool,
    nullLiteral: string | null,
  ) {
    this.#parts = new NameTable(tool.members);
    this.#nullText = nullLiteral === null ? null : toBytes(nullLiteral);
  }

  /** Reads the object at `at`. @returns the position behind it, `incomplete` or `malformed` */
  read(at: number): number {
    this.#key.clear();
    this.#value.clear();
    this.#partition = this.#offset = -1;
    this.#timestamp = noTimestamp;
    this.#timestampType = 'CreateTime';
    this.#hasError = false;
    return this.text.objectEnd(at, this.#parts, this.#takeMember);
  }

  /** Whether the object read has come as far as its key. */
  get hasKey(): boolean {
    return this.#key.kind !== 'absent';
  }

  /** Whether key or value of the record filled in last have an escape that means U+FFFD. */
  get hasReplacement(): boolean {
    return this.#unescaped.hasReplacement;
  }

  /**
   * Fills in the view from the object read, its place in the file apart. Bytes of the text are changed by that.
   * @param isCut the object is not whole: its key is all that is asked for
   * @returns false if this is no record of the tool
   */
  fill(view: Writable<RecordView>, isCut: boolean): boolean {
    const { leftOutIsNull } = this.tool;
    const isWhole =
      (this.hasKey || leftOutIsNull.key) &&
      (this.#value.kind !== 'absent' || leftOutIsNull.value) &&
      this.#partition >= 0 &&
      this.#offset >= 0 &&
      !this.#hasError;
    if (!isWhole && !isCut) return false;
    const { bytes } = this.text;
    this.#unescaped.hasReplacement = false;
    if (!this.#key.decode(bytes, this.#unescaped) || !this.#value.decode(bytes, this.#unescaped)) return false;
    view.bytes = bytes;
    view.isKeyless = this.#isNull(this.#key);
    view.keyStart = this.#key.start;
    view.keyEnd = view.isKeyless ? view.keyStart : this.#key.end;
    view.isTombstone = this.#isNull(this.#value);
    view.valueStart = this.#value.start;
    view.valueEnd = view.isTombstone ? view.valueStart : this.#value.end;
    view.partition = this.#partition;
    view.offset = this.#offset;
    const hasTimestamp = this.#timestamp !== noTimestamp && this.#timestampType !== 'none';
    view.timestampType = hasTimestamp ? this.#timestampType : 'none';
    view.timestamp = hasTimestamp ? this.#timestamp : noTimestamp;
    return true;
  }

  #isNull({ kind, start, end }: Content): boolean {
    if (kind === 'absent') return true;
    if (kind === 'null') return !this.tool.nullIsText;
    return kind === 'text' && isText(this.text.bytes, start, end, this.#nullText);
  }

  readonly #takeMember = (part: JsonPart | null, at: number): number => {
    if (part === 'key' || part === 'value') return this.#takeContent(part === 'key' ? this.#key : this.#value, at);
    const end = this.text.valueEnd(at);
    if (end < 0 || part === null) return end;
    if (part === 'partition') this.#partition = this.#numberAt(at, end);
    else if (part === 'offset') this.#offset = this.#numberAt(at, end);
    else if (part === 'timestamp') this.#timestamp = this.#timeAt(at, end);
    else if (part === 'timestampType') {
      this.#timestampType = timestampTypes.meaningOf(this.text.bytes, at + 1, end - 1) ?? 'none';
    } else if (part === 'error') this.#hasError = true;
    return end;
  };

  #numberAt(at: number, end: number): number {
    return parseEpoch(this.text.bytes, at, end, 'milliseconds') ?? -1;
  }

  #timeAt(at: number, end: number): number {
    const { bytes } = this.text;
    const time =
      bytes[at] === QUOTE ? parseIsoTime(bytes, at + 1, end - 1) : parseEpoch(bytes, at, end, this.tool.timestampUnit);
    return time ?? noTimestamp;
  }

  #takeContent(content: Content, at: number): number {
    if (!this.tool.hasEnvelopes || this.text.bytes[at] !== OPEN_BRACE) return content.take(this.text, at);
    let isNull = false;
    let size = 0;
    content.clear();
    this.#raw.clear();
    const end = this.text.objectEnd(at, this.#envelope, (member, valueAt) => {
      if (member === 'payload') return content.take(this.text, valueAt);
      if (member === 'rawPayload') return this.#raw.take(this.text, valueAt);
      const valueEnd = this.text.valueEnd(valueAt);
      if (valueEnd < 0) return valueEnd;
      if (member === 'isPayloadNull') isNull = this.text.bytes[valueAt] === LETTER_T;
      else if (member === 'size') size = this.#numberAt(valueAt, valueEnd);
      return valueEnd;
    });
    // A payload over the limit of the page is exported as an empty one.
    const isMissing = content.kind === 'text' && content.start === content.end && size > 0;
    if (end < 0 || (isMissing && this.#raw.kind !== 'text')) content.clear();
    else if (isNull) content.kind = 'null';
    else if (this.#raw.kind === 'text') content.takeBase64(this.#raw);
    return end;
  }
}
