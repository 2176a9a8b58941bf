/** Finds lines of a dump by number, and numbers them as a text editor does. Reads in blocks, never the whole dump. */
import { CancelledError } from '../core/errors.js';
import type { RecordLocation } from '../core/record.js';
import { DumpFile } from './dumpReader.js';

const blockBytes = 1 << 20;
const LF = 0x0a;
const CR = 0x0d;

/**
 * The place of a line, whatever stands on it, by its 1-based number (lines end at LF); null if the dump has fewer.
 * @throws UserError if the dump cannot be read
 * @throws CancelledError once `signal` aborts
 */
export async function locateLine(path: string, line: number, signal?: AbortSignal): Promise<RecordLocation | null> {
  const file = await DumpFile.open(path);
  try {
    let byteOffset = 0;
    let lineEndsToPass = line - 1;
    const buffer = new Uint8Array(blockBytes);
    for (let at = 0; at < file.bytes; ) {
      if (signal?.aborted) throw new CancelledError();
      const block = await file.read(buffer, at);
      if (block.length === 0) break;
      for (let end = block.indexOf(LF); end >= 0; end = block.indexOf(LF, end + 1)) {
        if (lineEndsToPass === 0) return { line, lineCount: 1, byteOffset, byteLength: at + end - byteOffset };
        lineEndsToPass--;
        byteOffset = at + end + 1;
      }
      at += block.length;
    }
    const isLast = lineEndsToPass === 0 && byteOffset < file.bytes;
    return isLast ? { line, lineCount: 1, byteOffset, byteLength: file.bytes - byteOffset } : null;
  } finally {
    await file.close();
  }
}

/**
 * How many lines an editor counts to end in the bytes from `from` up to `to`: it takes CR LF, LF and a lone CR for
 * line ends, while a dump's own lines end at LF only.
 * @throws UserError if the dump cannot be read
 */
export async function countEditorLineEnds(path: string, from: number, to: number): Promise<number> {
  const file = await DumpFile.open(path);
  try {
    const buffer = new Uint8Array(blockBytes);
    let lineEnds = 0;
    let afterCr = false;
    for (let at = from; at < to; ) {
      const block = await file.read(buffer.subarray(0, Math.min(blockBytes, to - at)), at);
      if (block.length === 0) break;
      for (const byte of block) {
        if (byte === CR || (byte === LF && !afterCr)) lineEnds++;
        afterCr = byte === CR;
      }
      at += block.length;
    }
    return lineEnds;
  } finally {
    await file.close();
  }
}
