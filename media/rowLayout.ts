/**
 * Where rows and headings of sections stand in the table. A place counts both; a row counts rows alone. Rows that
 * are all in time need no heading.
 */
import type { SectionKind } from '../src/core/differenceGroups.js';

export type AtPlace =
  | { readonly section: SectionKind; readonly count: number; readonly row?: undefined }
  | { readonly row: number; readonly section?: undefined };

interface Section {
  readonly kind: SectionKind;
  readonly count: number;
  readonly firstPlace: number;
  readonly firstRow: number;
}

export class RowLayout {
  readonly rowCount: number;
  readonly placeCount: number;
  readonly #sections: readonly Section[];
  readonly #headings: 0 | 1;

  constructor(sections: readonly { readonly kind: SectionKind; readonly count: number }[]) {
    const headings = sections.some(({ kind }) => kind !== 'inTime') ? 1 : 0;
    let firstPlace = 0;
    let firstRow = 0;
    this.#sections = sections.map(({ kind, count }) => {
      const section = { kind, count, firstPlace, firstRow };
      firstPlace += count + headings;
      firstRow += count;
      return section;
    });
    this.#headings = headings;
    this.rowCount = firstRow;
    this.placeCount = firstPlace;
  }

  /** The first place with a row. */
  get firstRow(): number {
    return this.#headings;
  }

  at(place: number): AtPlace {
    const section = this.#sections.findLast(({ firstPlace }) => firstPlace <= place);
    if (section === undefined) return { row: place };
    const inSection = place - section.firstPlace - this.#headings;
    if (inSection < 0) return { section: section.kind, count: section.count };
    return { row: section.firstRow + inSection };
  }

  /** Where a key leads to from a row; null if it leads to no other row. */
  placeAfterKey(key: string, place: number, rowsInSight: number): number | null {
    const last = this.placeCount - 1;
    const pageful = rowsInSight - 1;
    switch (key) {
      case 'ArrowDown':
        return this.#rowNear(place + 1, 1);
      case 'ArrowUp':
        return this.#rowNear(place - 1, -1);
      case 'PageDown':
        return this.#rowNear(Math.min(last, place + pageful), 1);
      case 'PageUp':
        return this.#rowNear(Math.max(0, place - pageful), 1);
      case 'Home':
        return this.#rowNear(0, 1);
      case 'End':
        return this.#rowNear(last, -1);
      default:
        return null;
    }
  }

  /** The place itself or the next one in a direction that has a row; null if there is none. */
  #rowNear(place: number, direction: 1 | -1): number | null {
    for (let near = place; near >= 0 && near < this.placeCount; near += direction) {
      if (this.at(near).row !== undefined) return near;
    }
    return null;
  }
}
