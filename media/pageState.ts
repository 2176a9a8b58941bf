/** The choices of the reader that outlive a comparison's rows, and what is kept of them when the page is hidden. */
import type { PairNames, RowFilter, SavedPage } from '../src/editor/resultProtocol.js';

export const noFilter: RowFilter = { search: '', kinds: [], section: null, partition: null, interval: null };

export function isFiltering({ search, kinds, section, partition, interval }: RowFilter): boolean {
  return search !== '' || kinds.length > 0 || section !== null || partition !== null || interval !== null;
}

/** What was left behind by a page over the same two dumps in the same roles; undefined otherwise. */
export function savedFor(pair: PairNames, saved: SavedPage | undefined): SavedPage | undefined {
  return saved?.source === pair.source.uri && saved.mirror === pair.mirror.uri ? saved : undefined;
}
