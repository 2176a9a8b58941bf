/**
 * What lanes are told and what they answer. A lane does its share of a comparison's work, on a thread of its own where
 * there is more than one. Plain data: everything crosses threads.
 */
import type { DumpLayout, PartitionSummary } from '../core/comparison.js';
import type { ScanTotals } from '../core/formats/format.js';
import type { ComparisonOptions } from '../core/options.js';
import type { Side, TimestampType } from '../core/record.js';
import type { DumpFile } from './dumpReader.js';
import type { JoinJob } from './lane.js';
import type { LaneDirectory } from './partitionStore.js';
import type { SortJob } from './sortFindings.js';
import type { SpillTarget } from './spillFile.js';

/** A dump that is open for reading; threads of one process share descriptors. */
export interface OpenDump {
  /** As the user gave it, for messages. */
  readonly path: string;
  /** Where the text lies: `path`, or a temporary file. */
  readonly textPath: string;
  readonly file: number;
  readonly bytes: number;
  readonly layout: DumpLayout;
}

export function openDumpOf(file: DumpFile, layout: DumpLayout): OpenDump {
  return { path: file.path, textPath: file.textPath, file: file.descriptor, bytes: file.bytes, layout };
}

/** A stretch of a dump. The records that start in it are its own, wherever they end. */
export interface Chunk {
  readonly side: Side;
  /** 0-based positions in the dump. */
  readonly from: number;
  readonly to: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export interface LaneJob {
  /** 0-based. */
  readonly lane: number;
  readonly source: OpenDump;
  readonly mirror: OpenDump;
  readonly options: ComparisonOptions;
  /** Of both dumps; each lane takes the next one that nobody has taken. */
  readonly chunks: readonly Chunk[];
  /** Hash partitions of keyed records, a power of two, and of keyless ones. */
  readonly partitions: number;
  readonly keylessPartitions: number;
  /** Six words of 32 bits: the hashes are keyed anew for each run. */
  readonly seeds: Uint32Array;
  /** Null to do everything in TypeScript. */
  readonly kernel: WebAssembly.Module | null;
  /** Memory for tuples, in bytes; past it they go to `spillFile`, which is empty. */
  readonly storeBytes: number;
  readonly spillFile: SpillTarget | null;
  /** Only records of this key are taken; null for all. Partitions do not matter then. */
  readonly wantedKey: Uint8Array | null;
  /** Bytes per read. */
  readonly blockBytes: number;
  /** See controlBlock.ts. */
  readonly control: SharedArrayBuffer;
}

/** Statistics of the records that a lane took of one dump. */
export interface RecordCounts {
  readonly records: number;
  readonly tombstones: number;
  readonly keyless: number;
  /** Records without a timestamp. */
  readonly untimed: number;
  readonly timestampTypes: readonly TimestampType[];
  /** In no order; a partition may come several times. */
  readonly partitions: readonly PartitionSummary[];
}

/** Begins of records in the dump with their lines, about every 64 KiB: `byteOffset, line` pairs, ascending. */
export type LineMarks = Float64Array;

/** Lines of a chunk count from its first one: 0-based in marks, 1-based in totals. */
export interface ChunkResult {
  /** Position in `LaneJob.chunks`. */
  readonly chunk: number;
  /** Where the chunk's first record starts and the next chunk's does; equal if it has none. */
  readonly from: number;
  readonly to: number;
  readonly lines: number;
  readonly marks: LineMarks;
  /** 0-based line of the first null key or value; null if there is none. */
  readonly firstNullLine: number | null;
  readonly totals: ScanTotals;
}

/** The record that a dump ends in the middle of. */
export interface CutRecord {
  /** Four words; null without a key. */
  readonly keyHash: Uint32Array | null;
  readonly byteOffset: number;
}

export interface ScanResult {
  readonly chunks: readonly ChunkResult[];
  readonly counts: Readonly<Record<Side, RecordCounts>>;
  readonly cut: Readonly<Record<Side, CutRecord | null>>;
  readonly directory: LaneDirectory;
}

/** Records of a dump to be described. */
export interface DescribeJob {
  readonly side: Side;
  readonly marks: LineMarks;
  /** Byte offsets, ascending. */
  readonly wanted: Float64Array;
}

/** To a lane on a thread of its own: what it works on, which has no answer, then calls, each answered by one `CallReply`. */
export type LaneRequest = { readonly kind: 'begin'; readonly job: LaneJob } | LaneCall;

export type LaneCall =
  | { readonly kind: 'scan' }
  | { readonly kind: 'join'; readonly job: JoinJob }
  | { readonly kind: 'sort'; readonly job: SortJob }
  | { readonly kind: 'describe'; readonly job: DescribeJob };
