/** The JSON report, version 1: one object, described by report.schema.json. Differences are streamed, one a line. */
import type { Comparison, DumpSummary } from '../comparison.js';
import { differenceRow } from './differenceRow.js';
import { jsonOutput } from './jsonOutput.js';
import { listedCount, listedDifferences, type ReportInput } from './report.js';

export async function* jsonReport(input: ReportInput): AsyncGenerator<string> {
  const { comparison, redactValues } = input;
  const head = jsonOutput(reportHead(comparison, redactValues), 2);
  // The head's closing brace comes after the differences.
  yield `${head.slice(0, head.lastIndexOf('\n}'))},\n  "differences": [`;
  let separator = '\n    ';
  for (const difference of listedDifferences(input)) {
    yield separator + jsonOutput(await differenceRow(difference, input));
    separator = ',\n    ';
  }
  const listed = listedCount(input);
  yield `${listed > 0 ? '\n  ' : ''}],\n  "differencesOmitted": ${comparison.differences.length - listed}\n}\n`;
}

function reportHead(comparison: Comparison, redactValues: boolean) {
  const {
    cleanupPolicy,
    valueComparison,
    ignoredPaths,
    byPartition,
    source: ofSourceDump,
    mirror: ofMirrorDump,
  } = comparison.options;
  const nullLiteral =
    ofSourceDump.nullLiteral === ofMirrorDump.nullLiteral
      ? ofSourceDump.nullLiteral
      : { source: ofSourceDump.nullLiteral, mirror: ofMirrorDump.nullLiteral };
  const { source, mirror } = comparison.ledger;
  const { notInOther: notInMirror, ...ofSource } = source;
  const { notInOther: notInSource, ...ofMirror } = mirror;
  return {
    version: 1,
    verdict: comparison.verdict,
    options: { cleanupPolicy, valueComparison, ignoredPaths, byPartition, nullLiteral, redactValues },
    source: dumpSummary(comparison.source),
    mirror: dumpSummary(comparison.mirror),
    keys: comparison.keys,
    causes: comparison.causes,
    timestampsComparable: comparison.timestampsComparable,
    late: comparison.late,
    literal: comparison.literal,
    ledger: {
      matched: comparison.ledger.matched,
      source: { ...ofSource, notInMirror },
      mirror: { ...ofMirror, notInSource },
      approximateKeys: comparison.ledger.approximateKeys,
    },
    keylessDifferences: comparison.keylessDifferences,
  };
}

function dumpSummary(dump: DumpSummary) {
  const { path, bytes, format, separator, columns, records, keys, tombstones, keyless, truncated } = dump;
  return {
    ...{ path, bytes, format, separator, columns, records, keys, tombstones, keyless, truncated },
    noiseLines: dump.noiseLines,
    continuationLines: dump.continuationLines,
    partitions: dump.partitions,
    warnings: dump.warnings,
  };
}
