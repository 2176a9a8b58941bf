/** Line numbers of a dump and where lines begin, read from the nearest entry of its sparse index. */
import { CancelledError } from '../core/errors.js';
import { entryBefore, entryBeforeLine, type LineIndex, LineIndexBuilder } from '../core/lineIndex.js';
import type { DumpFile } from './dumpReader.js';

const blockBytes = 1 << 20;
const LF = 0x0a;

/**
 * 1-based number of the line that the byte at a position belongs to; null if the dump has not been counted that far.
 * @throws UserError if the dump cannot be read, or ends before
 */
export async function lineAt(file: DumpFile, index: LineIndex, byteOffset: number): Promise<number | null> {
  if (byteOffset > index.bytesCounted) return null;
  const entry = entryBefore(index, byteOffset) ?? { byteOffset: 0, line: 1 };
  return entry.line + (await countLineEnds(file, entry.byteOffset, byteOffset));
}

/**
 * Where a 1-based line begins; null if the dump has fewer lines. What the index does not cover is read through.
 * @throws UserError if the dump cannot be read
 * @throws CancelledError once `signal` aborts
 */
export async function offsetOfLine(
  file: DumpFile,
  index: LineIndex,
  line: number,
  signal?: AbortSignal,
): Promise<number | null> {
  if (line === 1) return file.bytes > 0 ? 0 : null;
  // Of a line that holds several records, an entry may stand in the middle.
  const entry = entryBeforeLine(index, line - 1) ?? { byteOffset: 0, line: 1 };
  let lineEndsToPass = line - entry.line;
  const buffer = new Uint8Array(blockBytes);
  for (let at = entry.byteOffset; at < file.bytes; ) {
    if (signal?.aborted) throw new CancelledError();
    const block = await file.read(buffer, at);
    if (block.length === 0) break;
    for (let end = block.indexOf(LF); end >= 0; end = block.indexOf(LF, end + 1)) {
      if (--lineEndsToPass > 0) continue;
      const start = at + end + 1;
      return start < file.bytes ? start : null;
    }
    at += block.length;
  }
  return null;
}

/** Line ends in the bytes from `from` up to `to`. @throws UserError if the dump cannot be read, or ends before `to` */
export async function countLineEnds(file: DumpFile, from: number, to: number): Promise<number> {
  let lineEnds = 0;
  for (let at = from; at < to; at += blockBytes) {
    lineEnds += lineEndsIn(await file.readExactly(at, Math.min(blockBytes, to - at)));
  }
  return lineEnds;
}

export function lineEndsIn(bytes: Uint8Array): number {
  let lineEnds = 0;
  for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, end + 1)) lineEnds++;
  return lineEnds;
}

/**
 * Counts the lines of a whole dump.
 * @param onProgress gets the index as far as it is, after every block; its columns grow on
 * @throws UserError if the dump cannot be read
 */
export async function countLines(file: DumpFile, onProgress: (soFar: LineIndex) => void): Promise<LineIndex> {
  const builder = new LineIndexBuilder();
  let at = 0;
  let line = 1;
  builder.add(0, 1);
  await file.readBlocks(0, blockBytes, undefined, (block) => {
    for (let end = block.indexOf(LF); end >= 0; end = block.indexOf(LF, end + 1)) {
      line++;
      if (at + end + 1 >= builder.nextEntryAt) builder.add(at + end + 1, line);
    }
    at += block.length;
    onProgress(builder.index(at));
  });
  return builder.index(at);
}
