/** Holds the engine's result against the oracle's, all of it but wording. */
import assert from 'node:assert/strict';
import type {
  Comparison,
  Difference,
  DumpSummary,
  FinalRecord,
  KeyInSeveralPartitions,
  KeyName,
} from '../../src/core/comparison.js';
import { decodeBytes } from '../../src/core/utf8.js';
import { withDumpRows } from '../../src/engine/reportRows.js';
import type {
  Reference,
  ReferenceDifference,
  ReferenceFinal,
  ReferenceKeyInSeveralPartitions,
  ReferenceSide,
} from './reference.js';
import type { ReferenceLedger } from './referenceLedger.js';

/** `context` is the message of a failure; the test runner shows what differs. */
export function assertAgrees(comparison: Comparison, reference: Reference, context: string): void {
  const actual = common({ ...comparison, ledger: toReportLedger(comparison.ledger) });
  assert.deepEqual(actual, common(reference), context);
  assert.equal(comparison.ledger.approximateKeys, 0, context);
}

/** The values of all differences, as reports read them again. */
export async function assertValues(comparison: Comparison, reference: Reference, context: string): Promise<void> {
  const wanted = [...reference.differences];
  await withDumpRows(comparison, async ({ readValue }) => {
    for (const [i, difference] of [...comparison.differences].entries()) {
      for (const side of ['source', 'mirror'] as const) {
        const final = difference[side];
        if (final === null) continue;
        const value = readValue(side, final);
        assert.equal(value === null ? null : decodeBytes(value).text, wanted[i]?.[side]?.value, `${context}: value`);
      }
    }
  });
}

/** The ledger with the names of the JSON report. */
export function toReportLedger({ matched, source, mirror }: Comparison['ledger']): ReferenceLedger {
  const { notInOther: notInMirror, ...ofSource } = source;
  const { notInOther: notInSource, ...ofMirror } = mirror;
  return { matched, source: { ...ofSource, notInMirror }, mirror: { ...ofMirror, notInSource } };
}

/** The parts that both results have under the same names. */
interface Result extends Omit<Reference, 'source' | 'mirror' | 'differences' | 'keysInSeveralPartitions'> {
  readonly source: DumpSummary | ReferenceSide;
  readonly mirror: DumpSummary | ReferenceSide;
  readonly differences: Iterable<Difference | ReferenceDifference>;
  readonly keysInSeveralPartitions: readonly (KeyInSeveralPartitions | ReferenceKeyInSeveralPartitions)[];
}

/** Only what both know: no values, no warnings, keys in several partitions in an order of their own. */
function common(result: Result): object {
  return {
    verdict: result.verdict,
    source: sideOf(result.source),
    mirror: sideOf(result.mirror),
    keys: result.keys,
    causes: result.causes,
    timestampsComparable: result.timestampsComparable,
    late: result.late,
    literal: result.literal,
    ledger: result.ledger,
    keylessDifferences: result.keylessDifferences,
    differences: [...result.differences].map((difference) => ({
      key: difference.key,
      keyBase64: difference.keyBase64,
      outcome: difference.outcome,
      cause: difference.cause,
      causeEvidence: difference.causeEvidence,
      behind: difference.behind,
      behindMs: difference.behindMs,
      late: difference.late,
      source: finalOf(difference.source),
      mirror: finalOf(difference.mirror),
    })),
    keysInSeveralPartitions: result.keysInSeveralPartitions
      .map(({ key, keyBase64, outcome, sourcePartitions, mirrorPartitions }) => ({
        ...{ key, keyBase64, outcome, sourcePartitions, mirrorPartitions },
      }))
      .sort(byName),
  };
}

function sideOf(side: DumpSummary | ReferenceSide): ReferenceSide {
  const { columns, records, keys, tombstones, keyless, truncated, noiseLines, continuationLines, partitions } = side;
  return { columns, records, keys, tombstones, keyless, truncated, noiseLines, continuationLines, partitions };
}

/** Without `headBytes`, which only tells how to read the value: that is held against the reports. */
function finalOf(final: FinalRecord | ReferenceFinal | null): Omit<FinalRecord, 'headBytes'> | null {
  if (final === null) return null;
  const { line, lineCount, byteOffset, byteLength, partition, offset, timestamp, occurrences, tombstone } = final;
  return { line, lineCount, byteOffset, byteLength, partition, offset, timestamp, occurrences, tombstone };
}

function byName(a: KeyName, b: KeyName): number {
  const [nameOfA, nameOfB] = [JSON.stringify([a.key, a.keyBase64]), JSON.stringify([b.key, b.keyBase64])];
  return nameOfA < nameOfB ? -1 : nameOfA > nameOfB ? 1 : 0;
}
