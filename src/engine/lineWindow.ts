/** The lines of a dump around a record, read by position: the same effort in a dump of any size. */
import type { RecordLocation } from '../core/record.js';
import { DumpFile } from './dumpReader.js';

/** Whole lines of a dump around a record. */
export interface LineWindow {
  /** 1-based number of the first line. */
  readonly firstLine: number;
  /** Without their line ends. */
  readonly lines: readonly string[];
  /** 0-based position in the dump of the first line's first byte. */
  readonly byteOffset: number;
  /** Size of the whole dump in bytes. */
  readonly dumpBytes: number;
  /** How many lines were cut for display. */
  readonly cutLines: number;
}

/** Bytes read before and behind the record. */
const contextBytes = 1 << 17;
/** Bytes of the record itself that are shown. */
const recordBytes = 1 << 20;
/** Characters of a line that are shown. */
const lineCharacters = 20_000;

const LF = 0x0a;

/**
 * Up to `context` whole lines before and after a record, and its own, without reading more of the dump than these.
 * Lines beyond the display limits are left out or cut, which `cutLines` counts.
 * @throws UserError if the dump can no longer be read
 */
export async function readLinesAround(path: string, location: RecordLocation, context: number): Promise<LineWindow> {
  const file = await DumpFile.open(path);
  try {
    const start = Math.max(0, location.byteOffset - contextBytes);
    const shownBytes = Math.min(location.byteLength, recordBytes);
    const before = await file.readExactly(start, location.byteOffset - start);
    const after = await file.read(new Uint8Array(shownBytes + contextBytes), location.byteOffset);

    const linesBefore = splitLines(before);
    // The last piece is what stands before the record on its line, nothing; the first one is cut unless the dump
    // starts with it.
    linesBefore.pop();
    if (start > 0) linesBefore.shift();
    const shownBefore = context === 0 ? [] : linesBefore.slice(-context);

    const linesFrom = splitLines(after);
    const reachesEnd = location.byteOffset + after.length >= file.bytes;
    if (reachesEnd && linesFrom.at(-1)?.length === 0) linesFrom.pop();
    else if (!reachesEnd && linesFrom.length > 1) linesFrom.pop();
    const shownFrom = linesFrom.slice(0, location.lineCount + context);

    let cutLines = 0;
    const lines = [...shownBefore, ...shownFrom].map((bytes) => {
      const text = new TextDecoder().decode(bytes);
      if (text.length <= lineCharacters) return text;
      cutLines++;
      return `${text.slice(0, lineCharacters)}…`;
    });
    const bytesBefore = shownBefore.reduce((sum, line) => sum + line.length + 1, 0);
    return {
      firstLine: location.line - shownBefore.length,
      lines,
      byteOffset: location.byteOffset - bytesBefore,
      dumpBytes: file.bytes,
      cutLines,
    };
  } finally {
    await file.close();
  }
}

/** Pieces between line ends; the last one is empty if `bytes` ends in a line end. */
function splitLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, start)) {
    lines.push(bytes.subarray(start, at));
    start = at + 1;
  }
  lines.push(bytes.subarray(start));
  return lines;
}
