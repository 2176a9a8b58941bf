/** The dumps of a real migration and what an independent reference says about them (see the fixtures' README). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Comparison, Difference, FinalRecord } from '../../src/core/comparison.js';
import type { ReferenceLedger } from './referenceLedger.js';

const folder = new URL('../fixtures/real-dumps/', import.meta.url);

export const realPairs = [
  'append-time',
  'audit',
  'copied',
  'healthy',
  'second-writer',
  'slow-mirror',
  'slow-source',
  'stopped',
] as const;
export type RealPair = (typeof realPairs)[number];

/** `suffix` picks another dump of the same topics, such as `.with-stderr`. */
export function realDumpPath(pair: RealPair, side: 'source' | 'mirror', suffix = ''): string {
  return fileURLToPath(new URL(`${pair}.${side}${suffix}.txt`, folder));
}

type Counts = Pick<
  Comparison,
  'verdict' | 'keys' | 'causes' | 'late' | 'timestampsComparable' | 'literal' | 'keylessDifferences'
>;
type SideCounts = Pick<Comparison['source'], 'records' | 'keys' | 'tombstones' | 'keyless'>;
type DifferenceFields = Pick<
  Difference,
  'key' | 'outcome' | 'cause' | 'causeEvidence' | 'behind' | 'behindMs' | 'late'
> & {
  readonly [side in 'source' | 'mirror']: Pick<FinalRecord, 'line' | 'occurrences'> | null;
};

/** What `expected.json` says of a pair; of a difference's place only the line. */
export interface ExpectedComparison extends Counts {
  readonly source: SideCounts;
  readonly mirror: SideCounts;
  readonly ledger: ReferenceLedger;
  readonly differences: readonly DifferenceFields[];
}

export function readExpected(pair: RealPair): ExpectedComparison {
  const all: Record<RealPair, ExpectedComparison> = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'));
  return all[pair];
}

/** Leaves of a comparison what `expected.json` holds. */
export function toExpected(actual: ExpectedComparison): ExpectedComparison {
  const sideCounts = ({ records, keys, tombstones, keyless }: SideCounts): SideCounts => ({
    records,
    keys,
    tombstones,
    keyless,
  });
  const place = (final: Pick<FinalRecord, 'line' | 'occurrences'> | null) =>
    final === null ? null : { line: final.line, occurrences: final.occurrences };
  const { verdict, keys, causes, late, timestampsComparable, ledger, literal, keylessDifferences } = actual;
  return {
    ...{ verdict, keys, causes, late, timestampsComparable, ledger, literal, keylessDifferences },
    source: sideCounts(actual.source),
    mirror: sideCounts(actual.mirror),
    differences: actual.differences.map((difference) => ({
      key: difference.key,
      outcome: difference.outcome,
      cause: difference.cause,
      causeEvidence: difference.causeEvidence,
      behind: difference.behind,
      behindMs: difference.behindMs,
      late: difference.late,
      source: place(difference.source),
      mirror: place(difference.mirror),
    })),
  };
}

/** The same without line numbers, for another dump of the same topics. */
export function withoutLines(comparison: ExpectedComparison): unknown {
  return JSON.parse(JSON.stringify(comparison, (name, value) => (name === 'line' ? undefined : value)));
}

export function assertExpected(actual: ExpectedComparison, pair: RealPair): void {
  assert.deepEqual(toExpected(actual), readExpected(pair));
}
