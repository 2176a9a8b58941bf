/** Finds lines of a dump by number, and numbers them as a text editor does. Reads in blocks, never the whole dump. */
import { emptyLineIndex, type LineIndex } from '../core/lineIndex.js';
import type { RecordLocation } from '../core/record.js';
import { DumpFile } from './dumpReader.js';
import { offsetOfLine } from './lineIndex.js';

const blockBytes = 1 << 20;
/** Characters of a record's first line by which it is recognized, and the bytes that they take at most. */
const recognizedCharacters = 500;
const recognizedBytes = 4 * recognizedCharacters;
const LF = 0x0a;
const CR = 0x0d;

/**
 * The place of a line, whatever stands on it, by its 1-based number (lines end at LF); null if the dump has fewer.
 * @param index of the dump's lines, as far as there is one
 * @throws UserError if the dump cannot be read
 * @throws CancelledError once `signal` aborts
 */
export async function locateLine(
  path: string,
  line: number,
  index: LineIndex = emptyLineIndex,
  signal?: AbortSignal,
): Promise<RecordLocation | null> {
  const file = await DumpFile.open(path);
  try {
    // Another dump may stand there by now.
    const usable = index.bytesCounted === file.bytes ? index : emptyLineIndex;
    const byteOffset = await offsetOfLine(file, usable, line, signal);
    if (byteOffset === null) return null;
    const buffer = new Uint8Array(blockBytes);
    for (let at = byteOffset; ; ) {
      const block = await file.read(buffer, at);
      const end = block.indexOf(LF);
      if (end >= 0) return { line, lineCount: 1, byteOffset, byteLength: at + end - byteOffset };
      if (block.length === 0) return { line, lineCount: 1, byteOffset, byteLength: at - byteOffset };
      at += block.length;
    }
  } finally {
    await file.close();
  }
}

/** A dump's size, and the first line of a record in it, or as much of that as tells it from others. */
export interface RecordStart {
  readonly dumpBytes: number;
  readonly text: string;
}

/** @throws UserError if the dump can no longer be read, or has no such place any more */
export async function readRecordStart(path: string, { byteOffset, byteLength }: RecordLocation): Promise<RecordStart> {
  const file = await DumpFile.open(path);
  try {
    const bytes = await file.readExactly(byteOffset, Math.min(byteLength, recognizedBytes));
    const text = new TextDecoder().decode(bytes).split(/[\r\n]/, 1)[0] as string;
    return { dumpBytes: file.bytes, text: text.slice(0, recognizedCharacters) };
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
