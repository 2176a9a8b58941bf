/** Gives the findings their words: what differs is read again from the dumps, and each dump is summed up with its warnings. */
import type { Comparison, DumpSummary, KeyInSeveralPartitions, UnmatchedRecord } from '../core/comparison.js';
import type { DifferenceList } from '../core/differenceList.js';
import type { Detection } from '../core/formats/detect.js';
import { type LineIndex, LineIndexBuilder } from '../core/lineIndex.js';
import type { ComparisonOptions } from '../core/options.js';
import type { Side } from '../core/record.js';
import { decodeBytes } from '../core/utf8.js';
import { warningsOf } from '../core/words/warnings.js';
import type { ControlBlock } from './controlBlock.js';
import { describeFinal, orNull } from './describeFound.js';
import { keyAt, type RecordDetails } from './describeRecords.js';
import type { Sighting } from './joinTotals.js';
import type { SeveralPartitionsFinding } from './judgeKey.js';
import type { LanePool } from './lanePool.js';
import { lineOf } from './lineMarks.js';
import { readRecordAt } from './recordAt.js';
import type { ScannedDump } from './scannedDump.js';
import type { Settled } from './settle.js';
import type { UnmatchedFinding } from './unmatched.js';

type BySide<T> = Readonly<Record<Side, T>>;

export async function describeComparison(
  lanes: LanePool,
  scanned: BySide<ScannedDump>,
  detections: BySide<Detection>,
  settled: Settled,
  options: ComparisonOptions,
  differences: DifferenceList,
  control: ControlBlock,
): Promise<Comparison> {
  const { verdict, keys, causes, timestampsComparable, late, literal, ledger, keylessDifferences } = settled;
  return {
    ...{ verdict, options },
    source: summaryOf('source', scanned.source, detections.source, settled),
    mirror: summaryOf('mirror', scanned.mirror, detections.mirror, settled),
    ...{ keys, causes, timestampsComparable, late, literal, ledger, keylessDifferences },
    differences,
    unmatchedRecords: await describeUnmatched(lanes, scanned, settled.unmatched),
    keysInSeveralPartitions: describeSeveral(scanned, settled.severalPartitions, control),
    lineIndexes: { source: lineIndexOf(scanned.source), mirror: lineIndexOf(scanned.mirror) },
  };
}

function lineIndexOf({ dump, marks }: ScannedDump): LineIndex {
  const builder = new LineIndexBuilder();
  for (let i = 0; i < marks.length; i += 2) builder.add(marks[i] as number, (marks[i + 1] as number) + 1);
  return builder.index(dump.bytes);
}

function summaryOf(side: Side, scan: ScannedDump, detection: Detection, settled: Settled): DumpSummary {
  const { dump, totals, cut, firstNullLine } = scan;
  const counts = settled.counts[side];
  const found = settled.totals;
  const sighting = ({ count, firstByteOffset }: Sighting) => ({
    count,
    firstLine: firstByteOffset < 0 ? null : lineOf(dump, scan.marks, firstByteOffset),
  });
  const { records, tombstones, keyless, truncated, partitions } = counts;
  return {
    ...detection.layout,
    path: dump.path,
    textPath: dump.textPath,
    bytes: dump.bytes,
    timestampTypes: scan.counts.timestampTypes,
    ...{ records, tombstones, keyless, partitions },
    keys: (side === 'source' ? found.sourceKeys : found.mirrorKeys).count,
    truncated: truncated + (totals.unknownCutLine === null ? 0 : 1),
    noiseLines: totals.noiseLines,
    continuationLines: totals.continuationLines,
    warnings: [
      ...detection.warnings,
      ...warningsOf({
        ...{ totals, records, tombstones, keyless, firstNullLine, truncated },
        format: detection.layout.format,
        nullLiteral: detection.layout.nullLiteral,
        crlf: detection.layout.crlf,
        cut: cut === null ? null : describeCut(scan, cut.byteOffset),
        keysInSeveralPartitions: sighting(found.severalPartitions[side]),
        keysInAnotherPartition: side === 'mirror' ? sighting(found.movedKeys) : { count: 0, firstLine: null },
        printedTwice: sighting(found.printedTwice[side]),
      }),
    ],
  };
}

function describeCut({ dump, marks }: ScannedDump, byteOffset: number): { line: number; key: string | null } {
  const { line, key } = readRecordAt(dump, byteOffset, lineOf(dump, marks, byteOffset));
  return { line, key: key === null ? null : decodeBytes(key).text };
}

async function describeUnmatched(
  lanes: LanePool,
  scanned: BySide<ScannedDump>,
  found: readonly UnmatchedFinding[],
): Promise<UnmatchedRecord[]> {
  if (found.length === 0) return [];
  // The source's come first, each side in the order of its dump.
  const count = found.findIndex(({ side }) => side === 'mirror');
  const ofSource = count < 0 ? found : found.slice(0, count);
  const ofMirror = found.slice(ofSource.length);
  const described = new Map<UnmatchedFinding, UnmatchedRecord>();
  const jobOf = (side: Side, records: readonly UnmatchedFinding[]) => ({
    ...{ side, records, marks: scanned[side].marks },
    wanted: Float64Array.from(records, ({ byteOffset }) => byteOffset),
  });
  await lanes.describe([jobOf('source', ofSource), jobOf('mirror', ofMirror)], ({ records }, details) => {
    records.forEach((record, i) => {
      described.set(record, unmatchedOf(record, details, i));
    });
  });
  return found.map((record) => described.get(record) as UnmatchedRecord);
}

function unmatchedOf(record: UnmatchedFinding, details: RecordDetails, position: number): UnmatchedRecord {
  const { side, reason, byteOffset, partition, timestamp, offset, tombstone, keyless } = record;
  const { text, base64 } = decodeBytes(keyAt(details, position));
  return {
    ...{ side, reason, byteOffset, tombstone },
    key: keyless ? null : { key: text, keyBase64: base64 },
    line: details.lines[position] as number,
    lineCount: details.lineCounts[position] as number,
    byteLength: details.byteLengths[position] as number,
    headBytes: details.headBytes[position] as number,
    partition: orNull(partition),
    offset: orNull(offset),
    timestamp: orNull(timestamp),
  };
}

function describeSeveral(
  scanned: BySide<ScannedDump>,
  found: readonly SeveralPartitionsFinding[],
  control: ControlBlock,
): KeyInSeveralPartitions[] {
  const place = ({ source, mirror }: SeveralPartitionsFinding): number =>
    source !== null ? source.byteOffset : 2 ** 44 + (mirror?.byteOffset ?? 0);
  const inOrder = [...found].sort((a, b) => place(a) - place(b));
  return inOrder.map(({ outcome, source, mirror }) => {
    control.throwIfCancelled();
    const ofSource = source === null ? null : describeFinal(scanned.source, source);
    const ofMirror = mirror === null ? null : describeFinal(scanned.mirror, mirror);
    const { text, base64 } = decodeBytes((ofSource ?? ofMirror)?.key ?? new Uint8Array(0));
    return {
      key: text,
      keyBase64: base64,
      outcome,
      sourcePartitions: source?.partitions ?? [],
      mirrorPartitions: mirror?.partitions ?? [],
      source: ofSource?.final ?? null,
      mirror: ofMirror?.final ?? null,
    };
  });
}
