/**
 * Finds out, for records known by position, what the scan did not keep: line, length, key and where the value begins. Lines are counted from the
 * nearest mark on, then the record goes through its scanner; neighbours are served by one pass.
 */
import { UserError } from '../core/errors.js';
import type { DumpScanner } from '../core/formats/format.js';
import { createScanner } from '../core/formats/scanner.js';
import type { RecordView } from '../core/record.js';
import type { Breathing } from './breathing.js';
import type { ControlBlock } from './controlBlock.js';
import { readAt } from './kernelScan.js';
import type { LineMarks, OpenDump } from './laneProtocol.js';
import { lineFrom, nearestMark } from './lineMarks.js';

/** What was found, in the order in which it was asked for. Plain data. */
export interface RecordDetails {
  /** 1-based. */
  readonly lines: Float64Array<ArrayBuffer>;
  readonly lineCounts: Uint32Array<ArrayBuffer>;
  readonly byteLengths: Float64Array<ArrayBuffer>;
  /** See `ValueLocation`. */
  readonly headBytes: Uint32Array<ArrayBuffer>;
  /** Key bytes one after the other; key i is `keys[keyEnds[i - 1], keyEnds[i])`. Empty for those not asked for. */
  readonly keys: Uint8Array<ArrayBuffer>;
  readonly keyEnds: Float64Array<ArrayBuffer>;
}

/** @param position 0-based, in the order in which they were asked for */
export function keyAt({ keys, keyEnds }: RecordDetails, position: number): Uint8Array {
  return keys.subarray(position === 0 ? 0 : keyEnds[position - 1], keyEnds[position]);
}

/** Collects details in the order in which records come by. */
export class DetailsBuilder {
  readonly #lines: Float64Array<ArrayBuffer>;
  readonly #lineCounts: Uint32Array<ArrayBuffer>;
  readonly #byteLengths: Float64Array<ArrayBuffer>;
  readonly #headBytes: Uint32Array<ArrayBuffer>;
  readonly #keyEnds: Float64Array<ArrayBuffer>;
  #keys = new Uint8Array(1 << 16);
  #keyBytes = 0;
  length = 0;

  constructor(count: number) {
    this.#lines = new Float64Array(count);
    this.#lineCounts = new Uint32Array(count);
    this.#byteLengths = new Float64Array(count);
    this.#headBytes = new Uint32Array(count);
    this.#keyEnds = new Float64Array(count);
  }

  /** The next of them, as a scanner in TypeScript delivers it. */
  addView({ line, lineCount, byteLength, headBytes, bytes, keyStart, keyEnd }: RecordView): void {
    this.add(line, lineCount, byteLength, headBytes, bytes, keyStart, keyEnd);
  }

  /** @param line 1-based; the key is `bytes[keyStart, keyEnd)` */
  add(
    line: number,
    lineCount: number,
    byteLength: number,
    headBytes: number,
    bytes: Uint8Array,
    keyStart: number,
    keyEnd: number,
  ): void {
    const i = this.length++;
    this.#lines[i] = line;
    this.#lineCounts[i] = lineCount;
    this.#byteLengths[i] = byteLength;
    this.#headBytes[i] = headBytes;
    const end = this.#keyBytes + (keyEnd - keyStart);
    if (end > this.#keys.length) {
      const larger = new Uint8Array(2 * end);
      larger.set(this.#keys.subarray(0, this.#keyBytes));
      this.#keys = larger;
    }
    for (let from = keyStart, to = this.#keyBytes; from < keyEnd; from++, to++) this.#keys[to] = bytes[from] as number;
    this.#keyBytes = end;
    this.#keyEnds[i] = end;
  }

  /** 1-based. @param position below `length` */
  lineAt(position: number): number {
    return this.#lines[position] as number;
  }

  details(): RecordDetails {
    return {
      lines: this.#lines,
      lineCounts: this.#lineCounts,
      byteLengths: this.#byteLengths,
      headBytes: this.#headBytes,
      keys: this.#keys.slice(0, this.#keyBytes),
      keyEnds: this.#keyEnds,
    };
  }
}

/** Bytes to the next wanted record up to which a scanner goes on; to one further away the lines are only counted. */
const nearBytes = 1 << 12;
/** A single record is likely within the first block; where neighbours are wanted, too, blocks grow. */
const firstBlockBytes = 1 << 10;
const largestBlockBytes = 1 << 18;

/**
 * @param wanted byte offsets of records, ascending
 * @throws UserError if one is no longer there
 */
export async function describeRecords(
  dump: OpenDump,
  marks: LineMarks,
  wanted: Float64Array,
  control: ControlBlock,
  breathing: Breathing,
): Promise<RecordDetails> {
  const details = new DetailsBuilder(wanted.length);
  let last = { byteOffset: 0, line: 1 };
  const take = (view: RecordView): void => {
    if (view.byteOffset !== wanted[details.length]) return;
    last = { byteOffset: view.byteOffset, line: view.line };
    details.addView(view);
  };
  let scanner: DumpScanner | null = null;
  let at = 0;
  const block = new Uint8Array(largestBlockBytes);
  let blockBytes = firstBlockBytes;
  while (details.length < wanted.length) {
    await breathing.pause();
    control.throwIfCancelled();
    const next = wanted[details.length] as number;
    if (scanner === null || next - at > nearBytes) {
      const line = lineFrom(dump, nearestMark(marks, last, next), next);
      scanner = createScanner(dump.layout, { record: take, cutRecord: take }, { byteOffset: next, line });
      at = next;
      blockBytes = firstBlockBytes;
    }
    const piece = block.subarray(0, Math.min(blockBytes, dump.bytes - at));
    if (piece.length > 0) {
      readAt(dump, piece, at);
      scanner.push(piece);
      at += piece.length;
      blockBytes = Math.min(2 * blockBytes, largestBlockBytes);
      continue;
    }
    scanner.end();
    if (details.length < wanted.length) {
      const message = `${dump.path} changed: at byte ${wanted[details.length]} the record is no longer there. Compare again.`;
      throw new UserError(message, dump.path);
    }
  }
  return details.details();
}
