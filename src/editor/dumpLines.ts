/** The line numbers of a dump that is looked at: from its index as far as there is one, and from places known before. */
import type { LineIndex } from '../core/lineIndex.js';
import type { DumpPage } from '../engine/dumpPager.js';
import type { DumpFile } from '../engine/dumpReader.js';
import { lineAt } from '../engine/lineIndex.js';

export class DumpLines {
  readonly #file: DumpFile;
  #index: LineIndex;
  /** By byte: lines that a comparison named, and what follows from them for the pages beside them. */
  readonly #known = new Map<number, number>();
  isBeingCounted = false;

  constructor(file: DumpFile, index: LineIndex) {
    this.#file = file;
    this.#index = index;
  }

  get index(): LineIndex {
    return this.#index;
  }

  get bytesCounted(): number {
    return this.#index.bytesCounted;
  }

  get isComplete(): boolean {
    return this.#index.bytesCounted >= this.#file.bytes;
  }

  /** Takes an index that reaches further. */
  learn(index: LineIndex): void {
    if (index.bytesCounted > this.#index.bytesCounted) this.#index = index;
  }

  /** Line `line` (1-based) begins at this byte. */
  know(byteOffset: number, line: number): void {
    this.#known.set(byteOffset, line);
  }

  /** 1-based; null while it is not known. */
  async lineAt(byteOffset: number): Promise<number | null> {
    const known = this.#known.get(byteOffset);
    if (known !== undefined) return known;
    return lineAt(this.#file, this.#index, byteOffset);
  }

  /** 1-based line of a page's first row; null while it is not known. */
  async firstLineOf({ byteOffset, end, lineEnds, rows }: Page): Promise<number | null> {
    const behind = this.#known.get(end);
    const inside = rows.find((row) => this.#known.has(row.byteOffset));
    const line =
      (behind === undefined ? null : behind - lineEnds) ??
      (inside === undefined ? null : (this.#known.get(inside.byteOffset) as number) - inside.line) ??
      (await this.lineAt(byteOffset));
    if (line === null) return null;
    this.know(byteOffset, line);
    this.know(end, line + lineEnds);
    return line;
  }
}

type Page = DumpPage<{ readonly byteOffset: number; readonly line: number }>;
