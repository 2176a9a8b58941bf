/** The JSON report, version 1: one object, described by report.schema.json. Differences are streamed, one a line. */
import type { Comparison, Difference, DumpSummary, FinalRecord } from '../comparison.js';
import type { Side } from '../record.js';
import { decodeBytes } from '../utf8.js';
import type { ReadValue, ReportInput } from './report.js';

/** Characters of a value that the report holds; `valueBytes` tells the real length of a longer one. */
const valueCharacters = 10_000;

export async function* jsonReport({ comparison, readValue, maxDifferences }: ReportInput): AsyncGenerator<string> {
  const head = JSON.stringify(reportHead(comparison), null, 2);
  // The head's closing brace comes after the differences.
  yield `${head.slice(0, head.lastIndexOf('\n}'))},\n  "differences": [`;
  const { differences } = comparison;
  const listed = Math.min(maxDifferences, differences.length);
  let separator = '\n    ';
  for (let index = 0; index < listed; index++) {
    const difference = differences.at(index) as Difference;
    yield separator + JSON.stringify(await differenceRow(difference, readValue));
    separator = ',\n    ';
  }
  yield `${listed > 0 ? '\n  ' : ''}],\n  "differencesOmitted": ${differences.length - listed}\n}\n`;
}

function reportHead(comparison: Comparison) {
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
    options: { cleanupPolicy, valueComparison, ignoredPaths, byPartition, nullLiteral },
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

async function differenceRow(difference: Difference, readValue: ReadValue) {
  const { key, keyBase64, outcome, cause, causeEvidence, behind, behindMs, late } = difference;
  return {
    key,
    ...(keyBase64 === null ? {} : { keyBase64 }),
    ...{ outcome, cause, causeEvidence, behind, behindMs, late },
    source: await finalRecord('source', difference.source, readValue),
    mirror: await finalRecord('mirror', difference.mirror, readValue),
  };
}

async function finalRecord(side: Side, record: FinalRecord | null, readValue: ReadValue) {
  if (record === null) return null;
  const { line, lineCount, byteOffset, byteLength, partition, offset, timestamp, occurrences } = record;
  const place = { line, lineCount, byteOffset, byteLength, partition, offset, timestamp, occurrences };
  const value = record.tombstone ? null : await readValue(side, record);
  if (value === null) return { ...place, value: null };
  const { text, base64 } = decodeBytes(value);
  if (text.length <= valueCharacters) {
    return { ...place, value: text, ...(base64 === null ? {} : { valueBase64: base64 }) };
  }
  return { ...place, value: cut(text), valueBytes: value.length };
}

/** Cuts without leaving half a surrogate pair. */
function cut(text: string): string {
  const last = text.charCodeAt(valueCharacters - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? valueCharacters - 1 : valueCharacters);
}
