/** A window of a dump's lines as a document: each with its true number, those of the record marked. */
import type { RecordLocation } from '../core/record.js';
import type { LineWindow } from '../engine/lineWindow.js';

/** One document line for each line of the window, so that positions in it can be told. */
export function lineWindowText({ firstLine, lines }: LineWindow, { line, lineCount }: RecordLocation): string {
  const width = String(firstLine + lines.length - 1).length;
  return lines
    .map((text, index) => {
      const number = firstLine + index;
      const mark = number >= line && number < line + lineCount ? '▸' : '│';
      // What stands before an LF is part of the line end; an editor would break the line at any other CR.
      return `${String(number).padStart(width)} ${mark} ${text.replace(/\r$/, '').replaceAll('\r', '␍')}\n`;
    })
    .join('');
}

/** 0-based first and last line of a document made by `lineWindowText` that belong to the record. */
export function markedLines(document: string): [first: number, last: number] {
  const lines = document.split('\n');
  const isMarked = (line: string): boolean => /^ *\d+ ▸ /.test(line);
  const first = lines.findIndex(isMarked);
  return first < 0 ? [0, 0] : [first, lines.findLastIndex(isMarked)];
}
