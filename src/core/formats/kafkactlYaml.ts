/**
 * `kafkactl consume -o yaml` (internal/consume/MessagePrinter.go and internal/output/output.go of kafkactl 5): records
 * are mappings that begin with `partition:`, each behind the other with an empty line between, and no `---`. To YAML
 * the whole file would be one mapping full of duplicates; here every `partition:` at the beginning of a line begins a
 * record, since all lines inside a scalar are indented or empty.
 */

import type { DumpLayout } from '../comparison.js';
import type { RecordView } from '../record.js';
import { decodeBase64InPlace } from './base64.js';
import { CR, LF, toByteText } from './bytes.js';
import { type DumpScanner, oddities, type RecordSink, type ScanStart, type ScanTotals } from './format.js';
import { isToolNotice, noiseKind } from './noise.js';
import { emptyView } from './recordGrammar.js';
import { ReplacementFinder } from './replacementFinder.js';
import { ScanBuffer } from './scanBuffer.js';
import { TotalsCounter } from './scanTotals.js';
import { parseEpoch, parseIsoTime } from './timestampText.js';
import { parseScalar, type YamlScalar } from './yamlScalar.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const SPACE = 0x20;
const utf8 = new TextEncoder();
const text = new TextDecoder('utf-8', { ignoreBOM: true });
const beginning = /^partition: \d/;
const member = /^(?:offset|headers|keySchema|keySchemaId|key|valueSchema|valueSchemaId|value|timestamp):/;
const longestMemberName = 20;

/** Whether a line or paragraph separator stands there, which ends a line in YAML 1.1, so that this one is a part of it. */
function isLineSeparator(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && (bytes[at + 2] === 0xa8 || bytes[at + 2] === 0xa9);
}

/** The members of one record, from their names to what stands behind the colon. */
function membersOf(record: string): Map<string, string> {
  const members = new Map<string, string>();
  for (const part of record.split(/^(?=[a-z])/m)) {
    const colon = part.indexOf(':');
    if (colon <= 0) continue;
    const name = part.slice(0, colon);
    // The last of several counts, and stands where it stands.
    members.delete(name);
    members.set(name, part.slice(colon + 1));
  }
  return members;
}

function bytesOf(scalar: YamlScalar): Uint8Array | null {
  const bytes = utf8.encode(scalar.text);
  if (scalar.kind !== 'binary') return bytes;
  const end = decodeBase64InPlace(bytes, 0, bytes.length);
  return end < 0 ? null : bytes.subarray(0, end);
}

export class KafkactlYamlScanner implements DumpScanner {
  readonly #buffer: ScanBuffer;
  /** The filled part of the buffer. */
  #bytes: Uint8Array = new Uint8Array(0);
  readonly #counter = new TotalsCounter();
  readonly #replacements = new ReplacementFinder();
  readonly #view: Writable<RecordView>;
  readonly #firstLine: number;
  #line: number;
  #lineStart = 0;
  #searchFrom = 0;
  /** Where the record being read begins, or -1. */
  #recordStart = -1;
  #recordLine = 0;

  constructor(
    layout: DumpLayout,
    private readonly sink: RecordSink,
    start: ScanStart = { byteOffset: layout.bomLength, line: 1 },
  ) {
    this.#buffer = new ScanBuffer(start.byteOffset);
    this.#line = this.#firstLine = start.line;
    this.#view = emptyView();
  }

  push(chunk: Uint8Array): void {
    const done = this.#recordStart < 0 ? this.#lineStart : this.#recordStart;
    const moved = this.#buffer.append(chunk, done, this.#recordStart < 0 ? this.#line : this.#recordLine);
    this.#bytes = this.#buffer.bytes.subarray(0, this.#buffer.length);
    this.#replacements.move(moved);
    this.#replacements.search(this.#bytes, this.#bytes.length);
    this.#lineStart -= moved;
    this.#searchFrom -= moved;
    if (this.#recordStart >= 0) this.#recordStart -= moved;
    const bytes = this.#bytes;
    for (;;) {
      const lineEnd = bytes.indexOf(LF, this.#searchFrom);
      this.#searchFrom = lineEnd < 0 ? bytes.length : lineEnd + 1;
      if (lineEnd < 0) return;
      this.#takeLine(lineEnd, lineEnd + 1);
    }
  }

  end(): ScanTotals {
    const bytes = this.#bytes;
    const hasUnfinishedLine = this.#lineStart < bytes.length;
    if (hasUnfinishedLine) this.#takeLine(bytes.length, bytes.length);
    if (this.#recordStart >= 0) this.#finishRecord(bytes.length, true);
    return {
      ...this.#counter.totals,
      lines: this.#line - this.#firstLine,
      oddities: oddities({ 'replacement-characters': this.#replacements.lines }),
    };
  }

  #takeLine(end: number, next: number): void {
    const bytes = this.#bytes;
    const start = this.#lineStart;
    const { totals } = this.#counter;
    const isEmpty = end === start || (end === start + 1 && bytes[start] === CR);
    const isInside = this.#recordStart >= 0 && (isEmpty || bytes[start] === SPACE || isLineSeparator(bytes, start));
    const name = isInside ? '' : toByteText(bytes.subarray(start, Math.min(end, start + longestMemberName)));
    if (beginning.test(name)) {
      this.#finishRecord(start, false);
      this.#recordStart = start;
      this.#recordLine = this.#line;
    } else if (!isInside && !(this.#recordStart >= 0 && member.test(name))) {
      this.#finishRecord(start, false);
      const isFrame = isEmpty || name.startsWith('---');
      if (isFrame) totals.lineEndBytes += next - start;
      else this.#setAside(start, end, next);
    }
    this.#lineStart = next;
    this.#line++;
  }

  #setAside(start: number, end: number, next: number): void {
    const bytes = this.#bytes;
    const isNotice = isToolNotice(bytes, start, end) || noiseKind(bytes, start, end, false) !== 'none';
    if (isNotice) this.#counter.noise(toByteText(bytes.subarray(start, end)), this.#line);
    else this.#counter.unrecognized(this.#line);
    this.#counter.totals.setAsideBytes += next - start;
  }

  /**
   * The record reaches to `end`: with the empty line that the tool prints behind it, or, at the end of the dump,
   * without, and is cut then. More empty lines than that belong to its value, and then all of them are the record's,
   * so that it can be read again by itself.
   */
  #finishRecord(end: number, isLast: boolean): void {
    const start = this.#recordStart;
    if (start < 0) return;
    this.#recordStart = -1;
    const bytes = this.#bytes;
    const { totals } = this.#counter;
    let recordEnd = end;
    let lineEnds = 0;
    while (bytes[recordEnd - 1] === LF) {
      recordEnd -= bytes[recordEnd - 2] === CR ? 2 : 1;
      lineEnds++;
    }
    if (lineEnds > 2) recordEnd = end;
    const isCut = isLast && lineEnds < 2;
    const source = text.decode(bytes.subarray(start, recordEnd));
    const view = this.#view;
    view.line = this.#recordLine;
    view.lineCount = source.replace(/\n$/, '').split('\n').length;
    view.byteOffset = this.#buffer.byteOffset + start;
    view.byteLength = recordEnd - start;
    totals.lineEndBytes += end - recordEnd;
    const isReadable = this.#fill(lineEnds > 2 ? source.replace(/\r?\n$/, '') : `${source}\n`, isCut);
    if (isReadable) totals.recordBytes += view.byteLength;
    else totals.setAsideBytes += view.byteLength;
    if (isReadable) totals.continuationLines += view.lineCount - 1;
    if (isReadable && this.#replacements.isIn(bytes, start, recordEnd)) this.#replacements.add(view.line);
    if (isReadable && isCut) this.sink.cutRecord(view);
    else if (isReadable) this.sink.record(view);
    else if (isCut) totals.unknownCutLine = view.line;
    else this.#counter.unreadable(view.line);
  }

  /** Fills in the view, its place apart. @returns false if that is no record of kafkactl */
  #fill(record: string, isCut: boolean): boolean {
    const members = membersOf(record);
    const last = [...members.keys()].at(-1);
    const scalar = (name: string): YamlScalar | null | undefined => {
      const source = members.get(name);
      return source === undefined ? undefined : parseScalar(source);
    };
    const number = (name: string): number => {
      const digits = utf8.encode(members.get(name)?.trim() ?? '');
      return parseEpoch(digits, 0, digits.length, 'milliseconds') ?? -1;
    };
    // A cut record may end in the middle of its last member.
    const key = isCut && last === 'key' ? null : scalar('key');
    const found = scalar('value');
    if (key === null || (isCut && key === undefined && found === undefined)) return false;
    const value = isCut ? (found ?? { kind: 'text', text: '' }) : found;
    if (value === null || value === undefined) return false;
    const keyBytes = bytesOf(key ?? { kind: 'null', text: '' });
    const valueBytes = bytesOf(value);
    if (keyBytes === null || valueBytes === null) return false;
    const view = this.#view;
    const both = new Uint8Array(keyBytes.length + valueBytes.length);
    both.set(keyBytes);
    both.set(valueBytes, keyBytes.length);
    view.bytes = both;
    view.keyEnd = view.valueStart = keyBytes.length;
    view.valueEnd = both.length;
    // A null key is left out.
    view.isKeyless = key === undefined || key.kind === 'null';
    view.isTombstone = value.kind === 'null';
    view.partition = number('partition');
    view.offset = number('offset');
    const time = utf8.encode(scalar('timestamp')?.text ?? '');
    view.timestamp = parseIsoTime(time, 0, time.length) ?? -1;
    view.timestampType = view.timestamp < 0 ? 'none' : 'CreateTime';
    return isCut || (view.partition >= 0 && view.offset >= 0);
  }
}
