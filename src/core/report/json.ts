/** The JSON report, version 1: one object, described by report.schema.json. Lists are streamed, one element a line. */
import type { Comparison, DumpSummary } from '../comparison.js';
import type { ComparisonOptions } from '../options.js';
import { jsonOutput } from './jsonOutput.js';
import { type ListName, listedCount, type Piece, type ReportInput } from './report.js';

export async function* jsonReport(input: ReportInput): AsyncGenerator<Piece> {
  const { comparison, redactValues } = input;
  const { differences, unmatchedRecords } = comparison;
  const head = jsonOutput(reportHead(comparison, redactValues), 2);
  // The head's closing brace comes after the lists.
  yield head.slice(0, head.lastIndexOf('\n}'));
  yield* listMember('differences', input);
  yield `,\n  "differencesOmitted": ${differences.length - listedCount(differences, input)}`;
  yield* listMember('unmatchedRecords', input);
  yield `,\n  "unmatchedRecordsOmitted": ${unmatchedRecords.length - listedCount(unmatchedRecords, input)}\n}\n`;
}

/** A member whose value is an array, one element a line. */
async function* listMember(list: ListName, input: ReportInput): AsyncGenerator<Piece> {
  yield `,\n  "${list}": [`;
  let isEmpty = true;
  for await (const rows of input.rows('json', list, input)) {
    // Each element comes with the comma before it.
    yield isEmpty ? rows.subarray(1) : rows;
    isEmpty = false;
  }
  yield isEmpty ? ']' : '\n  ]';
}

function reportHead(comparison: Comparison, redactValues: boolean) {
  const { source, mirror } = comparison.ledger;
  const { notInOther: notInMirror, ...ofSource } = source;
  const { notInOther: notInSource, ...ofMirror } = mirror;
  return {
    version: 1,
    verdict: comparison.verdict,
    options: optionFields(comparison.options, redactValues),
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

/** How was compared, and what was left out of the report. */
export function optionFields(options: ComparisonOptions, redactValues: boolean) {
  const { cleanupPolicy, valueComparison, ignoredPaths, byPartition, source, mirror } = options;
  const nullLiteral =
    source.nullLiteral === mirror.nullLiteral
      ? source.nullLiteral
      : { source: source.nullLiteral, mirror: mirror.nullLiteral };
  return { cleanupPolicy, valueComparison, ignoredPaths, byPartition, nullLiteral, redactValues };
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
