/** Divides a comparison among lanes: how many there are, which chunks of the dumps they take, and how memory is shared. */
import { availableParallelism } from 'node:os';
import type { Side } from '../core/record.js';
import { kernelScans } from './kernelScan.js';
import type { Chunk, OpenDump } from './laneProtocol.js';
import { pageBytes } from './partitionStore.js';
import { offsetTupleBytes } from './tuple.js';

/** What may be changed about how the work is done; no answer depends on it. */
export interface EngineTuning {
  /** Budget of the whole process in bytes, past which tuples go to a temporary file. */
  readonly memoryBytes?: number;
  /** Folder of temporary files; the system's by default. */
  readonly temporaryFolder?: string;
  /** Threads; 1 stays on the caller's. */
  readonly lanes?: number;
  /** Bytes per read. */
  readonly blockBytes?: number;
  /** Bytes of a dump that a lane takes at a time. */
  readonly chunkBytes?: number;
  /** Memory for tuples of each lane; follows from `memoryBytes` by default. */
  readonly storeBytes?: number;
  /** Hash partitions of keyed records, a power of two. */
  readonly partitions?: number;
  /** False to do everything in TypeScript. */
  readonly kernel?: boolean;
}

export interface Plan {
  readonly lanes: number;
  readonly partitions: number;
  readonly keylessPartitions: number;
  readonly chunks: readonly Chunk[];
  readonly blockBytes: number;
  /** Memory for tuples of each lane. */
  readonly storeBytes: number;
  /** Whether tuples may not fit. */
  readonly maySpill: boolean;
}

const megabyte = 1 << 20;
export const defaultMemoryBytes = 512 * megabyte;

/** Dumps smaller than this together are compared sooner than a thread has started. */
const inlineBytes = 12 * megabyte;
/** More lanes than this would wait for memory. */
const mostLanes = 8;
/** 1 MB: measured faster than 4 MB, since a block stays in the cache while it is scanned. */
const defaultBlockBytes = megabyte;
const defaultChunkBytes = 16 * megabyte;

/** Measured: what a process with one lane needs besides tuples, and what each further thread does. */
const processBytes = 72 * megabyte;
const laneBytes = 26 * megabyte;
/** The kernel's memory ends at 4 GB; what does not fit goes to the disk. */
const mostStoreBytes = 3 * 1024 * megabyte;

/** Tuple bytes of a hash partition: measured; with less of them their buffers fall out of the cache while scanning. */
const partitionBytes = 4 << 20;
const mostPartitions = 2048;
/** The shortest record, `NO_TIMESTAMP`, key and value empty, is longer than this. */
const leastRecordBytes = 16;
/** Tuple bytes for a byte of a usual dump. */
const usualTupleShare = 0.3;

/** How many lanes compare so many bytes. */
export function lanesFor(bytes: number, { lanes }: EngineTuning): number {
  return lanes ?? (bytes < inlineBytes ? 1 : Math.min(availableParallelism(), mostLanes));
}

export function planComparison(source: OpenDump, mirror: OpenDump, tuning: EngineTuning, hasKernel: boolean): Plan {
  const bytes = source.bytes + mirror.bytes;
  const lanes = lanesFor(bytes, tuning);
  const wanted = (bytes * usualTupleShare) / partitionBytes;
  const partitions = tuning.partitions ?? Math.min(mostPartitions, 2 ** Math.max(0, Math.round(Math.log2(wanted))));
  const memoryBytes = tuning.memoryBytes ?? defaultMemoryBytes;
  const keylessPartitions = Math.max(1, partitions / 8);
  // Every partition has a page under way; with less than twice that, spilling would never end.
  const leastStoreBytes = 2 * (partitions + keylessPartitions) * pageBytes;
  const shareOfLane = (memoryBytes - processBytes) / lanes - laneBytes;
  const storeBytes = tuning.storeBytes ?? Math.min(mostStoreBytes, Math.max(leastStoreBytes, shareOfLane));
  const chunkBytes = tuning.chunkBytes ?? (lanes === 1 ? Number.POSITIVE_INFINITY : defaultChunkBytes);
  return {
    lanes,
    partitions,
    keylessPartitions,
    chunks: [
      ...chunksOf('source', source, chunkBytes, hasKernel),
      ...chunksOf('mirror', mirror, chunkBytes, hasKernel),
    ],
    blockBytes: tuning.blockBytes ?? defaultBlockBytes,
    storeBytes,
    maySpill: (bytes / leastRecordBytes) * offsetTupleBytes > storeBytes,
  };
}

/** Only the kernel finds a record start in the middle of a dump; other formats are read from the beginning to the end. */
function chunksOf(side: Side, dump: OpenDump, chunkBytes: number, hasKernel: boolean): Chunk[] {
  const start = dump.layout.bomLength;
  const size = hasKernel && kernelScans(dump.layout) ? chunkBytes : Number.POSITIVE_INFINITY;
  const chunks: Chunk[] = [];
  for (let from = start; from < dump.bytes || from === start; ) {
    const to = Math.min(dump.bytes, from + size);
    chunks.push({ side, from, to, isFirst: from === start, isLast: to === dump.bytes });
    if (to === dump.bytes) break;
    from = to;
  }
  return chunks;
}
