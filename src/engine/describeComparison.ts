/** Gives the findings their words: what differs is read again from the dumps, and each dump is summed up with its warnings. */
import type {
  Comparison,
  Difference,
  DumpSummary,
  FinalRecord,
  KeyInSeveralPartitions,
  KeyName,
  UnmatchedRecord,
} from '../core/comparison.js';
import { DifferenceColumnsBuilder, listOfColumns } from '../core/differenceColumns.js';
import type { DifferenceList } from '../core/differenceList.js';
import type { Detection } from '../core/formats/detect.js';
import { type LineIndex, LineIndexBuilder } from '../core/lineIndex.js';
import type { ComparisonOptions } from '../core/options.js';
import type { Side } from '../core/record.js';
import { decodeBytes } from '../core/utf8.js';
import { warningsOf } from '../core/words/warnings.js';
import type { ControlBlock } from './controlBlock.js';
import { describeFinal, orNull, printed } from './describeFound.js';
import type { RecordDetails } from './describeRecords.js';
import { type FinalFinding, type Finding, type Findings, orderOf } from './findings.js';
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
  control: ControlBlock,
): Promise<Comparison> {
  const { verdict, keys, causes, timestampsComparable, late, literal, ledger, keylessDifferences } = settled;
  return {
    ...{ verdict, options },
    source: summaryOf('source', scanned.source, detections.source, settled),
    mirror: summaryOf('mirror', scanned.mirror, detections.mirror, settled),
    ...{ keys, causes, timestampsComparable, late, literal, ledger, keylessDifferences },
    differences: await describeDifferences(lanes, scanned, settled.findings),
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

/** Details of one side's finals, and which of them belongs to which difference. */
interface SideDetails {
  readonly details: RecordDetails;
  /** Position in `details` of each difference's final; -1 where the key is absent. */
  readonly positions: Int32Array;
}

async function describeDifferences(
  lanes: LanePool,
  scanned: BySide<ScannedDump>,
  findings: Findings,
): Promise<DifferenceList> {
  const plans = { source: planSide(findings, 'source'), mirror: planSide(findings, 'mirror') };
  const [source, mirror] = await lanes.describe([
    { side: 'source', marks: scanned.source.marks, wanted: plans.source.wanted },
    { side: 'mirror', marks: scanned.mirror.marks, wanted: plans.mirror.wanted },
  ]);
  const sides: BySide<SideDetails> = {
    source: { details: source as RecordDetails, positions: plans.source.positions },
    mirror: { details: mirror as RecordDetails, positions: plans.mirror.positions },
  };
  const columns = new DifferenceColumnsBuilder(findings.length);
  for (let i = 0; i < findings.length; i++) {
    const finding = findings.at(i);
    const { details, positions } = sides[finding.source === null ? 'mirror' : 'source'];
    columns.add(differenceOf(findings, i, finding, sides), keyAt(details, positions[i] as number));
  }
  return listOfColumns(columns.finish());
}

function planSide(findings: Findings, side: Side): { wanted: Float64Array; positions: Int32Array } {
  const present: number[] = [];
  for (let i = 0; i < findings.length; i++) if (findings.byteOffsetAt(i, side) >= 0) present.push(i);
  const places = Float64Array.from(present, (i) => findings.byteOffsetAt(i, side));
  const order = orderOf(places);
  const positions = new Int32Array(findings.length).fill(-1);
  order.forEach((place, position) => {
    positions[present[place] as number] = position;
  });
  return { wanted: Float64Array.from(order, (place) => places[place] as number), positions };
}

function differenceOf(
  findings: Findings,
  i: number,
  { outcome, cause, late, source, mirror }: Finding,
  sides: BySide<SideDetails>,
): Omit<Difference, keyof KeyName> {
  const isTimed = outcome === 'modified' && findings.timestampsComparable && source !== null && mirror !== null;
  return {
    outcome,
    cause: cause?.cause ?? null,
    causeEvidence: cause?.evidence ?? null,
    behind: cause?.behind ?? null,
    behindMs: isTimed ? source.timestamp - mirror.timestamp : null,
    late,
    source: source === null ? null : finalOf(source, sides.source, i),
    mirror: mirror === null ? null : finalOf(mirror, sides.mirror, i),
  };
}

function keyAt({ keys, keyEnds }: RecordDetails, position: number): Uint8Array {
  return keys.subarray(position === 0 ? 0 : keyEnds[position - 1], keyEnds[position]);
}

function finalOf(final: FinalFinding, { details, positions }: SideDetails, i: number): FinalRecord {
  const position = positions[i] as number;
  return {
    line: details.lines[position] as number,
    lineCount: details.lineCounts[position] as number,
    byteLength: details.byteLengths[position] as number,
    ...printed(final),
  };
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
  const places = (records: readonly UnmatchedFinding[]) => Float64Array.from(records, ({ byteOffset }) => byteOffset);
  const [source, mirror] = (await lanes.describe([
    { side: 'source', marks: scanned.source.marks, wanted: places(ofSource) },
    { side: 'mirror', marks: scanned.mirror.marks, wanted: places(ofMirror) },
  ])) as [RecordDetails, RecordDetails];
  return [
    ...ofSource.map((record, i) => unmatchedOf(record, source, i)),
    ...ofMirror.map((record, i) => unmatchedOf(record, mirror, i)),
  ];
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
