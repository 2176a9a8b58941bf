/**
 * A lane: does its share of a comparison, first of the scan, then of the join. Whether it runs on a thread of its own or
 * on the caller's makes no difference to it.
 */
import { UserError } from '../core/errors.js';
import { createScanner } from '../core/formats/scanner.js';
import type { Side } from '../core/record.js';
import { allocate } from './allocate.js';
import { Breathing } from './breathing.js';
import { ControlBlock } from './controlBlock.js';
import { describeRecords, type RecordDetails } from './describeRecords.js';
import type { DumpEnds, DumpStarts } from './dumpEnds.js';
import { type Finding, type FoundRows, rowLength } from './findings.js';
import { joinPartitions } from './joinPartitions.js';
import type { JoinTotals } from './joinTotals.js';
import { jsonMatcher } from './jsonMatcher.js';
import { KeyJudge, type SeveralPartitionsFinding } from './judgeKey.js';
import { inputPadding, Kernel, kernelLayout } from './kernel.js';
import { KernelDescribe } from './kernelDescribe.js';
import { type InputArea, KernelScan, kernelScans, mostInputBytes, readAt } from './kernelScan.js';
import type { Chunk, ChunkResult, DescribeJob, LaneJob, RecordCounts, ScanResult } from './laneProtocol.js';
import { type LaneDirectory, PartitionStore, pageBytes } from './partitionStore.js';
import { offsetTupleBytes, plainTupleBytes } from './tuple.js';
import { KernelSink, PlainSink, type Scratch, type SinkPlan, type TupleSink } from './tupleSink.js';

/** What is known once all lanes have scanned. */
export interface JoinJob {
  readonly directories: readonly LaneDirectory[];
  readonly ends: Readonly<Record<Side, DumpEnds>>;
  readonly starts: Readonly<Record<Side, DumpStarts>>;
  readonly setAside: readonly Uint32Array[];
}

export interface JoinResult {
  readonly totals: JoinTotals;
  readonly findings: FoundRows;
  readonly severalPartitions: readonly SeveralPartitionsFinding[];
  /** See unmatched.ts; in both readings. */
  readonly unmatched: { readonly untimed: Float64Array; readonly timed: Float64Array };
}

/**
 * For keys and values from TypeScript: up to this size together they are copied into the kernel's memory whole. Short
 * keys are hashed with a few bytes before them, hence the room.
 */
const scratch: Scratch = { address: kernelLayout.free + 32, bytes: 1 << 16 };
const inputAddress = scratch.address + scratch.bytes + inputPadding;

export function tupleBytesOf(job: Pick<LaneJob, 'source' | 'mirror'>, side: Side): number {
  return job[side].layout.columns.includes('offset') ? offsetTupleBytes : plainTupleBytes;
}

export class Lane {
  readonly #control: ControlBlock;
  readonly #breathing = new Breathing();
  readonly #store: PartitionStore;
  readonly #kernel: Kernel | null;
  /** Address behind the last page in the kernel's memory. */
  #pagesEnd: number;
  #side: Side = 'source';
  #scan: KernelScan | null = null;
  #describe: KernelDescribe | null = null;
  #judge: KeyJudge | null = null;

  constructor(private readonly job: LaneJob) {
    this.#control = new ControlBlock(job.control);
    const partitions = job.partitions + job.keylessPartitions;
    // The kernel writes tuples where they stay: its pages are in its own memory, above the input.
    this.#pagesEnd = roundUp(inputAddress + mostInputBytes(job.blockBytes), pageBytes);
    this.#kernel = job.kernel === null ? null : this.#openKernel(job.kernel);
    this.#store = new PartitionStore(partitions, job.storeBytes, job.spillFile, (bytes) => this.#takeBlock(bytes));
  }

  #openKernel(module: WebAssembly.Module): Kernel {
    const kernel = new Kernel(module, inputAddress, {
      nextPage: (partition) => {
        if (this.#store.isFull) {
          kernel.functions.endPages();
          this.#store.spill();
        }
        return this.#store.nextPage(this.#side, partition);
      },
      endPage: (partition, bytes) => this.#store.endPage(this.#side, partition, bytes),
      slowRecord: (start, end, line) => (this.#describe ?? this.#scan)?.slowRecord(start, end, line),
      takeFound: (address, count) => this.#judge?.findings.addRows(kernel.doubles(address, count * rowLength)),
      described: (...record) => this.#describe?.described(...record),
    });
    const [a, b, c] = new BigUint64Array(this.job.seeds.slice().buffer) as unknown as [bigint, bigint, bigint];
    kernel.functions.setSeeds(a, b, c);
    return kernel;
  }

  #takeBlock(bytes: number): Uint8Array {
    if (this.#kernel === null) return allocate(() => new Uint8Array(new SharedArrayBuffer(bytes)));
    const start = this.#pagesEnd;
    this.#pagesEnd += bytes;
    this.#kernel.reserve(this.#pagesEnd);
    return this.#kernel.bytes.subarray(start, this.#pagesEnd);
  }

  /** Takes chunks until none is left. */
  async scan(): Promise<ScanResult> {
    const chunks: ChunkResult[] = [];
    const counts: Record<Side, RecordCounts> = { source: noCounts, mirror: noCounts };
    const cut: Record<Side, TupleSink['cut']> = { source: null, mirror: null };
    // All of a lane's chunks of the source come before those of the mirror.
    let sink: TupleSink | null = null;
    const finishSide = (): void => {
      if (sink === null) return;
      counts[this.#side] = sink instanceof KernelSink ? sink.finish(this.#scan?.timestampTypes ?? 0) : sink.finish();
      cut[this.#side] = sink.cut;
      sink = null;
      this.#scan = null;
    };
    for (;;) {
      const number = this.#control.takeChunk();
      const chunk = this.job.chunks[number];
      if (chunk === undefined) break;
      if (sink === null || chunk.side !== this.#side) {
        finishSide();
        this.#side = chunk.side;
        sink = this.#openSide(chunk.side);
      }
      chunks.push(await this.#scanChunk(chunk, number, sink));
      await this.#breathing.pause();
    }
    finishSide();
    return { chunks, counts, cut, directory: this.#store.directory() };
  }

  async join({ directories, ends, starts, setAside }: JoinJob): Promise<JoinResult> {
    const { job } = this;
    const matcher = job.options.valueComparison === 'json' ? jsonMatcher(job) : null;
    const judge = new KeyJudge(job.options, ends, starts, matcher, this.#store.leftOver());
    this.#judge = judge;
    const plan = {
      lane: job.lane,
      partitions: job.partitions,
      keylessPartitions: job.keylessPartitions,
      directories,
      tupleBytes: { source: tupleBytesOf(job, 'source'), mirror: tupleBytesOf(job, 'mirror') },
      everyRecordCounts: job.options.cleanupPolicy === 'delete',
      comparesJson: matcher !== null,
      ends,
      setAside,
      workAddress: this.#pagesEnd,
    };
    await joinPartitions(this.#kernel, plan, judge, this.#control, this.#breathing);
    const { totals, findings, severalPartitions, unmatched } = judge;
    return {
      totals,
      findings: findings.take(),
      severalPartitions,
      unmatched: {
        untimed: unmatched?.untimed.take() ?? new Float64Array(0),
        timed: unmatched?.timed.take() ?? new Float64Array(0),
      },
    };
  }

  /** A differing key that the join under way has found, by its 0-based number; null if there are not so many yet. */
  found(index: number): Finding | null {
    return this.#judge?.findings.at(index) ?? null;
  }

  async describe({ side, marks, wanted }: DescribeJob): Promise<RecordDetails> {
    const dump = this.job[side];
    if (this.#kernel === null || !kernelScans(dump.layout)) {
      return describeRecords(dump, marks, wanted, this.#control, this.#breathing);
    }
    this.#describe = new KernelDescribe(this.#kernel, scratch, dump, inputAddress, this.#control, this.job.lane);
    try {
      return await this.#describe.describe(marks, wanted, this.#breathing);
    } finally {
      this.#describe = null;
    }
  }

  get #inputArea(): InputArea {
    return { address: inputAddress, blockBytes: this.job.blockBytes };
  }

  async #scanChunk(chunk: Chunk, number: number, sink: TupleSink): Promise<ChunkResult> {
    try {
      return this.#scan === null ? await this.#scanPlainly(chunk, number, sink) : this.#scan.take(chunk, number);
    } catch (error) {
      // Scanners know lines, and not what the dump is called.
      if (!(error instanceof UserError) || error.path !== null) throw error;
      const { path } = this.job[chunk.side];
      throw new UserError(`${path}: ${error.message}`, path, error.line);
    }
  }

  #openSide(side: Side): TupleSink {
    const { job } = this;
    const dump = job[side];
    const plan: SinkPlan = {
      side,
      path: dump.path,
      partitions: job.partitions,
      keylessPartitions: job.keylessPartitions,
      hasOffsets: tupleBytesOf(job, side) === offsetTupleBytes,
      byPartition: job.options.byPartition && job.wantedKey === null,
      wantedKey: job.wantedKey,
      seeds: job.seeds,
    };
    if (this.#kernel === null) return new PlainSink(this.#store, plan);
    this.#kernel.functions.configureTuples(job.partitions, job.keylessPartitions, plan.hasOffsets, plan.byPartition);
    const sink = new KernelSink(this.#kernel, scratch, plan);
    if (kernelScans(dump.layout)) {
      this.#scan = new KernelScan(this.#kernel, dump, sink, this.#inputArea, this.#control, job.lane);
    }
    return sink;
  }

  /** A whole dump through its scanner in TypeScript. */
  async #scanPlainly(chunk: Chunk, number: number, sink: TupleSink): Promise<ChunkResult> {
    const dump = this.job[chunk.side];
    const marks: number[] = [];
    let lastMark = -1;
    const scanner = createScanner(dump.layout, {
      record: (view) => {
        const mark = Math.floor(view.byteOffset / markBytes);
        if (mark !== lastMark) {
          lastMark = mark;
          marks.push(view.byteOffset, view.line - 1);
        }
        sink.record(view);
      },
      cutRecord: (view) => sink.cutRecord(view),
    });
    const block = new Uint8Array(this.job.blockBytes);
    let records = 0;
    for (let at = chunk.from; at < chunk.to; ) {
      this.#control.throwIfCancelled();
      const read = readAt(dump, block.subarray(0, Math.min(block.length, chunk.to - at)), at);
      scanner.push(block.subarray(0, read));
      at += read;
      this.#control.addProgress(this.job.lane, read, sink.records - records);
      records = sink.records;
      await this.#breathing.pause();
    }
    const totals = scanner.end();
    return {
      chunk: number,
      from: chunk.from,
      to: chunk.to,
      lines: totals.lines,
      marks: Float64Array.from(marks),
      firstNullLine: sink.takeFirstNullLine(),
      totals,
    };
  }
}

/** Bytes of a dump from one line mark to the next. */
const markBytes = 1 << 16;

function roundUp(address: number, multiple: number): number {
  return Math.ceil(address / multiple) * multiple;
}

const noCounts: RecordCounts = {
  ...{ records: 0, tombstones: 0, keyless: 0, untimed: 0 },
  timestampTypes: [],
  partitions: [],
};
