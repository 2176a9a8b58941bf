/** What is measured: pairs of dumps, who compares them, and the bars that are held against the result. */
import type { ContenderName } from './contenders.js';
import type { DataSpec } from './data/dataFolder.js';

export interface Case {
  readonly title: string;
  readonly data: DataSpec;
  /** Each round runs them in this order. */
  readonly contenders: readonly ContenderName[];
  /** Left out unless asked for. */
  readonly isLarge?: true;
}

const seed = 20_240_131;
/** A mirror whose log cleaner has come as far as 54 % holds three fifths of the source's records. */
const compacted = { seed, cleanShare: 0.543, mirrorStopsAfter: null };

export const cases = {
  main: {
    title: '1.4 GB, 8 M records, 1 M keys; a few differ, older versions compacted on the mirror',
    data: { ...compacted, keys: 1_000_000, fates: 'few', extraKeys: 100 },
    contenders: ['wc', 'ours', 'ours-key', 'duckdb', 'awk', 'published'],
  },
  'all-differ': {
    title: 'The same size, and 1 M keys differ',
    // 400 more keys are the same, or timestamps could not be told to be comparable.
    data: { ...compacted, keys: 1_000_400, fates: 'nearlyAll', extraKeys: 0 },
    contenders: ['wc', 'ours', 'ours-all', 'duckdb'],
  },
  lopsided: {
    title: '1.4 GB against 10 MB: the mirror stopped early',
    data: { seed, keys: 1_600_000, fates: 'none', cleanShare: 0, extraKeys: 0, mirrorStopsAfter: 57_000 },
    contenders: ['wc', 'ours', 'duckdb'],
  },
  small: {
    title: '10 KB, from start to exit',
    data: { ...compacted, keys: 16, fates: 'few', extraKeys: 1 },
    contenders: ['wc', 'ours', 'duckdb', 'published'],
  },
  'one-key': {
    title: 'One key: 300,000 versions against every third of them',
    data: { seed, versions: 300_000 },
    contenders: ['wc', 'ours', 'duckdb', 'published'],
  },
  large: {
    title: '14 GB, 80 M records, 10 M keys',
    data: { ...compacted, keys: 10_000_000, fates: 'few', extraKeys: 1000 },
    contenders: ['wc', 'ours'],
    isLarge: true,
  },
} as const satisfies Record<string, Case>;

export type CaseName = keyof typeof cases;
