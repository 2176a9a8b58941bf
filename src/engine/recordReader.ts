/** Reads single records again, by position: their values for the eye and for reports, their keys for the result. */
import type { DumpLayout } from '../core/comparison.js';
import { UserError } from '../core/errors.js';
import { createScanner } from '../core/formats/scanner.js';
import type { RecordLocation, RecordView } from '../core/record.js';
import { DumpFile } from './dumpReader.js';

/** Key and value of one record; null for a null key, a tombstone. */
export interface RecordContents {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
}

/** Bytes read at a time where records are asked for in file order: neighbours are served from one read. */
const windowBytes = 1 << 18;
/** Bytes read at a time where they lie anywhere. */
const singleBytes = 1 << 12;

/** Reads records of one open dump; fastest when asked in file order. */
export class RecordReader {
  #window: Uint8Array = new Uint8Array(0);
  #windowOffset = 0;

  constructor(
    private readonly file: DumpFile,
    private readonly layout: DumpLayout,
  ) {}

  /** @throws UserError if the dump no longer holds a record there */
  async read({ byteOffset, byteLength }: RecordLocation): Promise<RecordContents> {
    const contents = parseRecord(await this.#bytes(byteOffset, byteLength), this.layout);
    if (contents === null) throw this.#notThere(byteOffset);
    return contents;
  }

  async #bytes(byteOffset: number, byteLength: number): Promise<Uint8Array> {
    const windowEnd = this.#windowOffset + this.#window.length;
    if (byteOffset < this.#windowOffset || byteOffset + byteLength > windowEnd) {
      const isNeighbour = byteOffset >= this.#windowOffset && byteOffset < windowEnd + windowBytes;
      const wanted = Math.max(isNeighbour ? windowBytes : singleBytes, byteLength);
      this.#window = await this.file.read(new Uint8Array(wanted), byteOffset);
      this.#windowOffset = byteOffset;
      if (this.#window.length < byteLength) throw this.#notThere(byteOffset);
    }
    const start = byteOffset - this.#windowOffset;
    return this.#window.subarray(start, start + byteLength);
  }

  #notThere(byteOffset: number): UserError {
    return new UserError(
      `${this.file.path} changed: at byte ${byteOffset} the record is no longer there. Compare again.`,
      this.file.path,
    );
  }
}

const LF = Uint8Array.of(0x0a);
const CRLF = Uint8Array.of(0x0d, 0x0a);

/** Key and value of the one record in `bytes`, or null if its key cannot be read there. */
export function parseRecord(bytes: Uint8Array, layout: DumpLayout): RecordContents | null {
  // The line end behind a record is none of its bytes. Formats with a separator are read by lines, and without it an
  // empty last line of a value would be no line; only a record that the dump cuts has none. Others need none, or the two
  // that YAML prints, where the record is not what it says it is.
  const lineEnd = layout.crlf ? CRLF : LF;
  for (const lineEnds of layout.separator === null ? [0, 1, 2] : [1, 0]) {
    const contents = parse([bytes, ...Array<Uint8Array>(lineEnds).fill(lineEnd)], layout);
    if (contents !== null) return contents;
  }
  return null;
}

function parse(pieces: readonly Uint8Array[], layout: DumpLayout): RecordContents | null {
  let contents: RecordContents | null = null;
  const take = (view: RecordView): void => {
    contents ??= {
      key: view.isKeyless ? null : view.bytes.slice(view.keyStart, view.keyEnd),
      value: view.isTombstone ? null : view.bytes.slice(view.valueStart, view.valueEnd),
    };
  };
  const scanner = createScanner(layout, { record: take, cutRecord: take }, { byteOffset: 0, line: 1 });
  for (const piece of pieces) scanner.push(piece);
  scanner.end();
  return contents;
}

/** Reads one record again from its dump by position. @throws UserError if the dump can no longer be read, or changed */
export async function readRecord(path: string, layout: DumpLayout, location: RecordLocation): Promise<RecordContents> {
  const file = await DumpFile.open(path);
  try {
    return await new RecordReader(file, layout).read(location);
  } finally {
    await file.close();
  }
}
