/**
 * Which rows of a long table are in sight. All rows are equally high, so this is arithmetic alone. Browsers cannot
 * scroll an element beyond some 16 million pixels; a table longer than that is scrolled on a compressed scale, on
 * which the first and the last row are still reached.
 */

/** Below the limit of every engine at every zoom. */
export const maxContentHeight = 12_000_000;

export interface RowGeometry {
  readonly rowCount: number;
  readonly rowHeight: number;
  readonly viewportHeight: number;
}

export interface RowWindow {
  readonly first: number;
  /** Not in the window any more. */
  readonly end: number;
  /** Where row `first` stands in the scrolled content, in pixels. */
  readonly top: number;
}

export function contentHeight({ rowCount, rowHeight }: RowGeometry): number {
  return Math.min(rowCount * rowHeight, maxContentHeight);
}

/** Pixels of rows per scrolled pixel; 1 unless the table is too long. */
export function scrollScale(geometry: RowGeometry): number {
  const { rowCount, rowHeight, viewportHeight } = geometry;
  const scrollable = contentHeight(geometry) - viewportHeight;
  return scrollable <= 0 ? 1 : Math.max(1, (rowCount * rowHeight - viewportHeight) / scrollable);
}

/** @param overscan rows that are drawn above and below those in sight */
export function visibleRows(geometry: RowGeometry, scrollTop: number, overscan = 0): RowWindow {
  const { rowCount, rowHeight, viewportHeight } = geometry;
  const rowsTop = Math.max(0, scrollTop) * scrollScale(geometry);
  const first = clamp(Math.floor(rowsTop / rowHeight) - overscan, 0, rowCount);
  const end = clamp(Math.ceil((rowsTop + viewportHeight) / rowHeight) + overscan, first, rowCount);
  return { first, end, top: scrollTop + first * rowHeight - rowsTop };
}

/** The scroll position that brings a row into sight with the least movement. */
export function scrollTopToShow(geometry: RowGeometry, scrollTop: number, row: number): number {
  const { rowHeight, viewportHeight } = geometry;
  const scale = scrollScale(geometry);
  const highest = (row * rowHeight) / scale;
  const lowest = Math.max(0, ((row + 1) * rowHeight - viewportHeight) / scale);
  return clamp(scrollTop, Math.min(lowest, highest), highest);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
