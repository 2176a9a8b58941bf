/** Lines of a dump by position: marks about every 64 KiB, from the scan; between them line ends are counted. */
import { readAt } from './kernelScan.js';
import type { ChunkResult, LineMarks, OpenDump } from './laneProtocol.js';

const LF = 0x0a;

/** Puts the marks of a dump's chunks together. @param chunks in the order of the dump */
export function joinMarks(chunks: readonly ChunkResult[], firstLines: readonly number[]): LineMarks {
  const marks = new Float64Array(chunks.reduce((sum, chunk) => sum + chunk.marks.length, 0));
  let at = 0;
  chunks.forEach((chunk, i) => {
    for (let k = 0; k < chunk.marks.length; k += 2) {
      marks[at++] = chunk.marks[k] as number;
      marks[at++] = (chunk.marks[k + 1] as number) + (firstLines[i] as number);
    }
  });
  return marks;
}

/** Position in `marks` of the last mark at or before a byte offset, -2 if there is none. */
function markBefore(marks: LineMarks, byteOffset: number): number {
  let low = 0;
  let high = marks.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((marks[2 * middle] as number) <= byteOffset) low = middle + 1;
    else high = middle;
  }
  return 2 * (low - 1);
}

/** A place whose 1-based line is known. */
export interface KnownLine {
  readonly byteOffset: number;
  readonly line: number;
}

/** The last place at or before `byteOffset` whose line is known, among the marks and `other`. */
export function nearestMark(marks: LineMarks, other: KnownLine, byteOffset: number): KnownLine {
  const mark = markBefore(marks, byteOffset);
  if (mark < 0 || (marks[mark] as number) < other.byteOffset) return other;
  return { byteOffset: marks[mark] as number, line: (marks[mark + 1] as number) + 1 };
}

/** 1-based line that holds the byte at `byteOffset`, counted from a known one before it. */
export function lineFrom(dump: OpenDump, from: KnownLine, byteOffset: number): number {
  let { byteOffset: at, line } = from;
  const block = new Uint8Array(Math.min(1 << 16, byteOffset - at));
  while (at < byteOffset) {
    const piece = block.subarray(0, Math.min(block.length, byteOffset - at));
    readAt(dump, piece, at);
    for (let end = piece.indexOf(LF); end >= 0; end = piece.indexOf(LF, end + 1)) line++;
    at += piece.length;
  }
  return line;
}

const start: KnownLine = { byteOffset: 0, line: 1 };

/** 1-based line that holds the byte at `byteOffset`. */
export function lineOf(dump: OpenDump, marks: LineMarks, byteOffset: number): number {
  return lineFrom(dump, nearestMark(marks, start, byteOffset), byteOffset);
}
