/**
 * The WebAssembly kernel (src/kernel) as TypeScript sees it: its functions, its memory, and where things lie in it.
 * Every thread has an instance, and a memory, of its own; the memory is shared, since any thread joins the tuples of all.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allocate } from './allocate.js';
import { builtFolder } from './builtFolder.js';

/** The same numbers as in src/kernel/layout.ts. */
export const kernelLayout = {
  separator: 0x400,
  nullLiteral: 0x500,
  noise: 0x600,
  joinSums: 0xa00,
  statistics: 0x1000,
  statisticsBytes: 40,
  statisticsPartitions: 1024,
  sourceEnds: 0xb800,
  mirrorEnds: 0xdc00,
  marks: 0x10000,
  /** From here on memory belongs to those who use the kernel. */
  free: 0x30000,
} as const;

/** Longest separator and null literal that the kernel takes. */
export const kernelTextBytes = 200;

/** Bytes behind any input that vector reads may touch. */
export const inputPadding = 64;

/** src/kernel/index.ts; addresses and counts are numbers, `bigint` where 64 bits are needed. */
export interface KernelExports {
  setSeeds(a: bigint, b: bigint, c: bigint): void;
  hashLongBegin(isKey: boolean, second: boolean, length: number, partition: number): void;
  hashLongPiece(from: number, length: number): void;
  hashLongEnd(from: number, length: number): bigint;
  configurePrefix(columns: number, lengthOfSeparator: number): void;
  configureScan(withHeaders: boolean, crlf: boolean, lengthOfNull: number): void;
  configureDescribe(address: number, count: number): void;
  configureTuples(partitions: number, ofKeyless: number, withOffsets: boolean, byPartition: boolean): void;
  configureFilter(filters: boolean, first: bigint, second: bigint): void;
  beginChunk(): void;
  findRecordStart(from: number, end: number): number;
  beginsRecord(from: number, end: number): number;
  scan(start: number, end: number, addressOffset: number, limit: number): number;
  finishPending(end: number, addressOffset: number): void;
  pendingStart(): number;
  pendingRecordLine(): number;
  skipPending(nextLine: number): void;
  shift(distance: number): void;
  isChunkDone(): number;
  lineCount(): number;
  continuationLineCount(): number;
  timestampTypes(): number;
  replacementLineCount(): number;
  firstReplacementLine(): number;
  takeMarks(): number;
  put(
    keyStart: number,
    keyEnd: number,
    isKeyless: boolean,
    valueStart: number,
    valueEnd: number,
    isTombstone: boolean,
    timestamp: number,
    partition: number,
    offset: number,
    byteOffset: number,
    line: number,
  ): void;
  putHashed(
    first: bigint,
    second: bigint,
    isKeyless: boolean,
    value: bigint,
    timestamp: number,
    partition: number,
    offset: number,
    byteOffset: number,
    line: number,
  ): void;
  endPages(): void;
  recordCount(): number;
  tombstoneCount(): number;
  keylessCount(): number;
  untimedCount(): number;
  takeFirstNullLine(): number;
  join(
    sourceAt: number,
    sourceCount: number,
    sourceTupleBytes: number,
    mirrorAt: number,
    mirrorCount: number,
    mirrorTupleBytes: number,
    work: number,
    everyRecordCounts: boolean,
    settles: boolean,
    settlesModified: boolean,
  ): number;
  countLineFeeds(start: number, end: number): number;
  joinWorkBytes(tuples: number): number;
  openGroups(): number;
  sourceStartsAt(): number;
  mirrorStartsAt(): number;
  sourceOrderAt(): number;
  mirrorOrderAt(): number;
  merge(a: number, aCount: number, b: number, bCount: number, stride: number, out: number): void;
}

/** Called by the kernel in the middle of its work. */
export interface KernelImports {
  /** Address of an empty page for the tuples of a partition; `endPages` may be called meanwhile. */
  nextPage(partition: number): number;
  /** No more tuples go to a partition's page, which holds `bytes` of them. */
  endPage(partition: number, bytes: number): void;
  /** `memory[start, end)` holds a record out of the ordinary, its line end included; `line` is 0-based. */
  slowRecord(start: number, end: number, line: number): void;
  /** Differing keys that a join has settled: `count` rows of findings.ts. */
  takeFound(address: number, count: number): void;
  /**
   * A wanted record: its first line, 0-based, how many there are, its length, how much of it stands before its value, and
   * where its key lies in memory.
   */
  described(
    line: number,
    lineCount: number,
    byteLength: number,
    headBytes: number,
    keyStart: number,
    keyEnd: number,
  ): void;
}

const pageBytes = 65_536;
/** As many as 32-bit addresses reach; src/kernel is compiled with the same number. */
const mostPages = 65_536;

export class Kernel {
  readonly functions: KernelExports;
  readonly #memory: WebAssembly.Memory;
  #bytes: Uint8Array;

  /**
   * @param bytes memory to begin with
   * @throws UserError if the machine does not have it
   */
  constructor(module: WebAssembly.Module, bytes: number, imports: KernelImports) {
    this.#memory = allocate(
      () => new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes), maximum: mostPages, shared: true }),
    );
    this.#bytes = new Uint8Array(this.#memory.buffer);
    const env = {
      memory: this.#memory,
      abort: () => {
        throw new Error('The kernel stopped.');
      },
    };
    const instance = new WebAssembly.Instance(module, { env, engine: { ...imports } });
    this.functions = instance.exports as unknown as KernelExports;
  }

  /** The whole memory; another array after it has grown. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Makes the memory hold at least `bytes`. @throws UserError if the machine has no more */
  reserve(bytes: number): void {
    const missing = bytes - this.#bytes.length;
    if (missing <= 0) return;
    allocate(() => this.#memory.grow(Math.ceil(missing / pageBytes)));
    this.#bytes = new Uint8Array(this.#memory.buffer);
  }

  doubles(address: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, address, length);
  }

  words(address: number, length: number): Uint32Array {
    return new Uint32Array(this.#memory.buffer, address, length);
  }
}

/** The compiled kernel; null where WebAssembly has no SIMD: then TypeScript does all of it. */
export async function loadKernel(): Promise<WebAssembly.Module | null> {
  const code = await readFile(join(builtFolder, 'kernel.wasm'));
  return WebAssembly.validate(code) ? await WebAssembly.compile(code) : null;
}
