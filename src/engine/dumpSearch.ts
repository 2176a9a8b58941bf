/** Looks for a text through a dump, from a position on or back, and goes on at the other end. */
import type { DumpFile } from './dumpReader.js';

export interface DumpSearch {
  /** UTF-8; not empty. */
  readonly text: Uint8Array;
  /** Whether A is found by a. Letters beyond A to Z are found as they are written only. */
  readonly matchCase: boolean;
  readonly direction: 'next' | 'previous';
  /** Matches that begin here, or before it with `previous`, come last. */
  readonly from: number;
}

export interface DumpMatch {
  readonly byteOffset: number;
  /** The search has gone past an end of the dump. */
  readonly isWrapped: boolean;
}

const blockBytes = 1 << 20;

/**
 * The nearest match that begins behind `from` (before it with `previous`); null if the dump has none at all.
 * @param onProgress gets the bytes looked through so far, after each block
 * @throws UserError if the dump cannot be read
 */
export async function findInDump(
  file: DumpFile,
  search: DumpSearch,
  onProgress: (bytesDone: number) => void = () => {},
): Promise<DumpMatch | null> {
  const { direction, from } = search;
  const length = search.text.length;
  const text = search.matchCase ? Buffer.from(search.text) : lowerCase(Buffer.from(search.text));
  const buffer = Buffer.alloc(blockBytes + length - 1);
  let bytesDone = 0;

  /** The first, or last, match that begins in [start, end), a range no longer than a block. */
  const findIn = async (start: number, end: number): Promise<number> => {
    const wanted = Math.min(end - start + length - 1, file.bytes - start);
    const { length: filled } = await file.read(buffer.subarray(0, wanted), start);
    const bytes = buffer.subarray(0, filled);
    if (!search.matchCase) lowerCase(bytes);
    const found = direction === 'next' ? bytes.indexOf(text) : bytes.lastIndexOf(text);
    bytesDone += end - start;
    onProgress(bytesDone);
    return found < 0 ? -1 : start + found;
  };
  const findForwards = async (start: number, end: number): Promise<number> => {
    for (let at = start; at < end; at += blockBytes) {
      const found = await findIn(at, Math.min(end, at + blockBytes));
      if (found >= 0) return found;
    }
    return -1;
  };
  const findBackwards = async (start: number, end: number): Promise<number> => {
    for (let at = end; at > start; at -= blockBytes) {
      const found = await findIn(Math.max(start, at - blockBytes), at);
      if (found >= 0) return found;
    }
    return -1;
  };

  const middle = Math.min(Math.max(0, direction === 'next' ? from + 1 : from), file.bytes);
  const [first, second] =
    direction === 'next'
      ? [await findForwards(middle, file.bytes), () => findForwards(0, middle)]
      : [await findBackwards(0, middle), () => findBackwards(middle, file.bytes)];
  if (first >= 0) return { byteOffset: first, isWrapped: false };
  const wrapped = await second();
  return wrapped >= 0 ? { byteOffset: wrapped, isWrapped: true } : null;
}

/** Changes A to Z in place, so that no text has to be made of the whole dump. */
function lowerCase(bytes: Buffer): Buffer {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte >= 0x41 && byte <= 0x5a) bytes[i] = byte | 0x20;
  }
  return bytes;
}
