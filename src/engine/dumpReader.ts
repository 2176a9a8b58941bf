/** Reads dumps by position, and turns what the file system says into sentences. Never writes to a dump. */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { CancelledError, UserError } from '../core/errors.js';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist. Check the path',
  EACCES: 'may not be read. Check its permissions',
  EPERM: 'may not be read. Check its permissions',
  EMFILE: 'cannot be opened: this process has too many files open. Close some and compare again',
};

/** What the file system says, as a sentence. */
export function fileError(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) return error;
  return new UserError(`${path} ${reasons[code] ?? `cannot be read (${code}). Check the file and its disk`}.`, path);
}

/** What the user gave, where the text is another file. */
export interface DecodedFrom {
  readonly path: string;
  readonly identity: string;
  /** Null for a pipe. */
  readonly original: FileState | null;
}

/** What a file was when it was opened. */
export interface FileState {
  readonly bytes: number;
  readonly modifiedMs: number;
}

const unknownOriginal = { identity: null, original: null };

/** One dump, open for reading. What it gives is its text: that of the file itself, or what was decoded from it. */
export class DumpFile {
  private constructor(
    /** As the user gave it, for messages and reports. */
    readonly path: string,
    /** Where the text lies, for reading it again: `path`, or a temporary file. */
    readonly textPath: string,
    /** Of the text. */
    readonly bytes: number,
    /** What tells one dump from another, whatever its path. */
    readonly identity: string,
    private readonly modifiedMs: number,
    private readonly handle: FileHandle,
    /** The file that the text was decoded from, as it then was; null if that is the text, or was a pipe. */
    private readonly original: FileState | null,
  ) {}

  /**
   * Opens a dump that needs no decoding.
   * @param given what the user gave, if that is another file: its path, or all that is to be known about it
   * @throws UserError if the path is not a readable file
   */
  static async open(textPath: string, given: string | DecodedFrom = textPath): Promise<DumpFile> {
    const { path, identity, original } = typeof given === 'string' ? { ...unknownOriginal, path: given } : given;
    try {
      const stats = await stat(textPath);
      if (stats.isDirectory()) throw new UserError(`${path} is a directory. Name the dump file in it.`, path);
      if (!stats.isFile()) throw new UserError(`${path} is not a file. Save the dump to a file first.`, path);
      const handle = await open(textPath, 'r');
      const own = identity ?? `${stats.dev}:${stats.ino}`;
      return new DumpFile(path, textPath, stats.size, own, stats.mtimeMs, handle, original);
    } catch (error) {
      throw fileError(path, error);
    }
  }

  get isDecoded(): boolean {
    return this.path !== this.textPath;
  }

  /** File descriptor, which all threads of the process share, until the file is closed. */
  get descriptor(): number {
    return this.handle.fd;
  }

  /**
   * Fills `buffer` from 0-based `position` on.
   * @returns the part of `buffer` that was filled, shorter only at the end of the file
   */
  async read(buffer: Uint8Array, position: number): Promise<Uint8Array> {
    let filled = 0;
    try {
      while (filled < buffer.length) {
        const { bytesRead } = await this.handle.read(buffer, filled, buffer.length - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
    } catch (error) {
      throw fileError(this.path, error);
    }
    return buffer.subarray(0, filled);
  }

  /** The whole of `byteLength` bytes at `position`. @throws UserError if the file ends before them */
  async readExactly(position: number, byteLength: number): Promise<Uint8Array> {
    const found = await this.read(new Uint8Array(byteLength), position);
    if (found.length < byteLength) throw this.#changed();
    return found;
  }

  /** Hands every block from `position` to the end of the file to `take`; a block is valid during the call only. */
  async readBlocks(
    position: number,
    blockBytes: number,
    signal: AbortSignal | undefined,
    take: (block: Uint8Array) => void,
  ): Promise<void> {
    const buffer = new Uint8Array(blockBytes);
    for (let at = position; at < this.bytes; ) {
      if (signal?.aborted) throw new CancelledError();
      const wanted = Math.min(blockBytes, this.bytes - at);
      const block = await this.read(buffer.subarray(0, wanted), at);
      if (block.length < wanted) throw this.#changed();
      take(block);
      at += block.length;
    }
  }

  /** @throws UserError if the file was written to since it was opened */
  async assertUnchanged(): Promise<void> {
    const stats = await this.handle.stat();
    if (stats.size !== this.bytes || stats.mtimeMs !== this.modifiedMs) throw this.#changed();
    if (this.original === null) return;
    const now = await stat(this.path).catch(() => null);
    if (now?.size !== this.original.bytes || now.mtimeMs !== this.original.modifiedMs) throw this.#changed();
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  #changed(): UserError {
    return new UserError(
      `${this.path} changed while it was read. Wait until the dump is complete, then compare again.`,
      this.path,
    );
  }
}
