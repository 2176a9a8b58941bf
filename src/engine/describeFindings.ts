/** Gives the findings their words: keys are read again from the dumps, and each dump is summed up with its warnings. */
import type {
  DumpSummary,
  FinalRecord,
  KeyInSeveralPartitions,
  KeyName,
  PartitionSummary,
} from '../core/comparison.js';
import { DifferenceColumnsBuilder, listOfColumns } from '../core/differenceColumns.js';
import type { DifferenceList } from '../core/differenceList.js';
import { CancelledError } from '../core/errors.js';
import type { Detection } from '../core/formats/detect.js';
import type { ScanTotals } from '../core/formats/format.js';
import { isDifference } from '../core/outcome.js';
import type { RecordLocation, Side } from '../core/record.js';
import { decodeBytes } from '../core/utf8.js';
import { warningsOf } from '../core/words/warnings.js';
import type { KeyFinding, RecordComparison } from './compareRecords.js';
import type { DumpFile } from './dumpReader.js';
import type { KeySide } from './keySides.js';
import { RecordReader } from './recordReader.js';
import type { RecordTable } from './recordTable.js';

/** One dump after its scan. */
export interface ScannedDump {
  readonly file: DumpFile;
  readonly detection: Detection;
  readonly totals: ScanTotals;
  readonly table: RecordTable;
}

export class FindingsDescriber {
  readonly #dumps: Readonly<Record<Side, ScannedDump>>;
  readonly #readers: Readonly<Record<Side, RecordReader>>;

  constructor(
    source: ScannedDump,
    mirror: ScannedDump,
    private readonly found: RecordComparison,
  ) {
    this.#dumps = { source, mirror };
    this.#readers = {
      source: new RecordReader(source.file, source.detection.layout),
      mirror: new RecordReader(mirror.file, mirror.detection.layout),
    };
  }

  /** In report order, which is file order: the keys are read in one go through each dump. */
  async differences(signal: AbortSignal | undefined): Promise<DifferenceList> {
    const columns = new DifferenceColumnsBuilder(this.found.differences.length);
    for (const finding of this.found.differences) {
      if (signal?.aborted) throw new CancelledError();
      const { outcome, cause, behindMs, late } = finding;
      if (!isDifference(outcome)) continue;
      const row = {
        outcome,
        cause: cause?.cause ?? null,
        causeEvidence: cause?.evidence ?? null,
        behind: cause?.behind ?? null,
        behindMs,
        late,
        source: this.#final('source', finding.source),
        mirror: this.#final('mirror', finding.mirror),
      };
      columns.add(row, await this.#keyBytes(finding));
    }
    return listOfColumns(columns.finish());
  }

  async keysInSeveralPartitions(signal: AbortSignal | undefined): Promise<KeyInSeveralPartitions[]> {
    const rows: KeyInSeveralPartitions[] = [];
    for (const finding of this.found.inSeveralPartitions) {
      if (signal?.aborted) throw new CancelledError();
      rows.push({
        ...(await this.#keyName(finding)),
        outcome: finding.outcome,
        sourcePartitions: finding.source?.partitions ?? [],
        mirrorPartitions: finding.mirror?.partitions ?? [],
        source: this.#final('source', finding.source),
        mirror: this.#final('mirror', finding.mirror),
      });
    }
    return rows;
  }

  async summary(side: Side): Promise<DumpSummary> {
    const { file, detection, totals, table } = this.#dumps[side];
    const found = this.found[side];
    const several = this.found.inSeveralPartitions.flatMap((finding) => {
      const own = finding[side];
      return own !== null && own.partitions.length > 1 ? [own] : [];
    });
    const moved = this.found.keysInAnotherPartition;
    return {
      ...detection.layout,
      path: file.path,
      bytes: file.bytes,
      timestampTypes: table.timestampTypes,
      records: found.records,
      keys: found.keys,
      tombstones: found.tombstones,
      keyless: found.keyless,
      truncated: found.truncated + (totals.unknownCutLine === null ? 0 : 1),
      noiseLines: totals.noiseLines,
      continuationLines: totals.continuationLines,
      partitions: found.partitions as readonly PartitionSummary[],
      warnings: [
        ...detection.warnings,
        ...warningsOf({
          totals,
          nullLiteral: detection.layout.nullLiteral,
          crlf: detection.layout.crlf,
          records: found.records,
          tombstones: found.tombstones,
          keyless: found.keyless,
          firstNullLine: found.firstNullLine,
          truncated: found.truncated,
          cut: table.cutIndex < 0 ? null : await this.#cutRecord(side),
          keysInSeveralPartitions: { count: several.length, firstLine: this.#firstLine(table, several) },
          keysInAnotherPartition:
            side === 'mirror'
              ? { count: moved.count, firstLine: moved.firstMirrorLine }
              : { count: 0, firstLine: null },
          printedTwice: found.printedTwice,
        }),
      ],
    };
  }

  async #cutRecord(side: Side): Promise<{ line: number; key: string | null }> {
    const { table } = this.#dumps[side];
    const key = await this.#readers[side].readKey(locationOf(table, table.cutIndex));
    return { line: table.lines[table.cutIndex] as number, key: key === null ? null : decodeBytes(key).text };
  }

  #firstLine(table: RecordTable, sides: readonly KeySide[]): number | null {
    if (sides.length === 0) return null;
    const firstRow = sides.reduce((first, { finalRow }) => Math.min(first, finalRow), Number.POSITIVE_INFINITY);
    return table.lines[firstRow] as number;
  }

  async #keyName(finding: KeyFinding): Promise<KeyName> {
    const { text, base64 } = decodeBytes(await this.#keyBytes(finding));
    return { key: text, keyBase64: base64 };
  }

  async #keyBytes({ source, mirror }: KeyFinding): Promise<Uint8Array> {
    const side = source === null ? 'mirror' : 'source';
    const row = (source ?? mirror)?.finalRow as number;
    const key = await this.#readers[side].readKey(locationOf(this.#dumps[side].table, row));
    return key ?? new Uint8Array(0);
  }

  #final(side: Side, key: KeySide | null): FinalRecord | null {
    if (key === null) return null;
    const { table } = this.#dumps[side];
    const row = key.finalRow;
    const printed = (number: number): number | null => (number < 0 ? null : number);
    return {
      ...locationOf(table, row),
      partition: printed(table.partitions[row] as number),
      offset: printed(table.offsets[row] as number),
      timestamp: printed(table.timestamps[row] as number),
      occurrences: key.indexes.length,
      tombstone: table.isTombstone(row),
    };
  }
}

function locationOf(table: RecordTable, row: number): RecordLocation {
  return {
    line: table.lines[row] as number,
    lineCount: table.lineCounts[row] as number,
    byteOffset: table.byteOffsets[row] as number,
    byteLength: table.byteLengths[row] as number,
  };
}
