/**
 * Opens a dump whatever it is: a plain file as it stands; a compressed one, UTF-16, a pipe or standard input is decoded
 * once into a private temporary file, since records are read again by position. Lines and byte offsets are then those
 * of the decoded text.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CancelledError, UserError } from '../core/errors.js';
import { byteSize } from '../core/words/numbers.js';
import { type ByteStream, decode, type Encoding, encodingOf, tellingBytes } from './decoders.js';
import { type DecodedFrom, DumpFile, fileError } from './dumpReader.js';
import type { PrivateFolder } from './privateFolder.js';

/** The path that stands for standard input. */
export const standardInput = '-';

export interface DecodeControl {
  /** Where decoded text goes. Its owner removes it once nobody reads values or lines of the dump any more. */
  readonly folder: PrivateFolder;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the original read so far, and of all of it; null for a pipe. */
  readonly onProgress?: (bytesDone: number, bytesTotal: number | null) => void;
  /** Most bytes that decoded text may have; `decodedLimit` unless tests say otherwise. */
  readonly limit?: number;
}

/** A file that unpacks to more than this is one that was made to fill disks. */
export const decodedLimit = 2 ** 38;
/** Bytes that are left free on the disk. */
const reservedBytes = 2 ** 28;
/** How often free space is looked at. */
const bytesPerSpaceCheck = 2 ** 26;
const readBytes = 1 << 20;
const beginningReadBytes = 1 << 16;

/**
 * @throws UserError if the dump cannot be read, is cut or damaged, or its text does not fit
 * @throws CancelledError once `control.signal` aborts; what was decoded so far is gone then
 */
export async function openDump(path: string, control: DecodeControl): Promise<DumpFile> {
  if (path === standardInput) {
    return decodeToFile(process.stdin, { path, identity: 'standard input', original: null }, null, control);
  }
  const stats = await stat(path).catch((error: unknown) => {
    throw fileError(path, error);
  });
  const identity = `${stats.dev}:${stats.ino}`;
  if (stats.isFIFO() || stats.isCharacterDevice() || stats.isSocket()) {
    return decodeToFile(createReadStream(path), { path, identity, original: null }, null, control);
  }
  if (!stats.isFile() || (await encodingOfFile(path)) === null) return DumpFile.open(path);
  const original = { bytes: stats.size, modifiedMs: stats.mtimeMs };
  const source = createReadStream(path, { highWaterMark: readBytes });
  return decodeToFile(source, { path, identity, original }, stats.size, control);
}

/**
 * The first bytes of a dump's text, decoded if need be; no more of the file is read than they take.
 * @throws UserError if the path is no file, cannot be read, or is damaged there
 */
export async function readBeginning(
  path: string,
  length: number,
): Promise<{ readonly bytes: Uint8Array; readonly isWhole: boolean }> {
  // Says so if it is no file.
  await (await DumpFile.open(path)).close();
  const source = createReadStream(path, { highWaterMark: beginningReadBytes });
  const pieces: Uint8Array[] = [];
  let found = 0;
  for await (const piece of await decoded(watched(source, path, null, {}), path)) {
    pieces.push(piece);
    found += piece.length;
    if (found > length) break;
  }
  return { bytes: Buffer.concat(pieces).subarray(0, length), isWhole: found <= length };
}

async function encodingOfFile(path: string): Promise<Encoding | null> {
  try {
    const handle = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(tellingBytes), 0, tellingBytes, 0);
      return encodingOf(buffer.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError(path, error);
  }
}

async function decodeToFile(
  source: ByteStream,
  from: DecodedFrom,
  bytesTotal: number | null,
  control: DecodeControl,
): Promise<DumpFile> {
  const { path } = from;
  const file = await control.folder.createFile().catch((error: unknown) => {
    throw cannotKeep(path, control.folder.path, error);
  });
  let isWhole = false;
  try {
    const text = await decoded(watched(source, path, bytesTotal, control), path);
    await write(text, file.handle, from.path, control);
    isWhole = true;
  } finally {
    await file.handle.close();
    if (!isWhole) await rm(file.path, { force: true });
  }
  return DumpFile.open(file.path, from);
}

/** The stream's pieces, with progress told, cancelling heard and the system's errors in words. */
async function* watched(
  source: ByteStream,
  path: string,
  bytesTotal: number | null,
  { signal, onProgress }: Pick<DecodeControl, 'signal' | 'onProgress'>,
): AsyncGenerator<Uint8Array> {
  let bytesDone = 0;
  try {
    for await (const chunk of source) {
      if (signal?.aborted) throw new CancelledError();
      bytesDone += chunk.length;
      onProgress?.(bytesDone, bytesTotal);
      yield chunk;
    }
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Takes off compression, and then UTF-16. */
async function decoded(source: ByteStream, path: string): Promise<ByteStream> {
  const outer = await peek(source);
  const compression = encodingOf(outer.beginning);
  if (compression !== 'gzip' && compression !== 'zstd') {
    return compression === null ? outer.stream : decode(outer.stream, compression, path);
  }
  const inner = await peek(decode(outer.stream, compression, path));
  const text = encodingOf(inner.beginning);
  if (text === null) return inner.stream;
  if (text === 'gzip' || text === 'zstd') {
    await inner.stream.return(undefined);
    throw new UserError(`${path} is compressed twice. Unpack it once, and compare what comes out.`, path);
  }
  return decode(inner.stream, text, path);
}

/** The first bytes of a stream, and a stream that begins with them. */
async function peek(source: ByteStream): Promise<{ beginning: Uint8Array; stream: AsyncGenerator<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  let beginning = new Uint8Array(0);
  let isDone = false;
  while (beginning.length < tellingBytes && !isDone) {
    const next = await iterator.next();
    isDone = next.done === true;
    if (next.done !== true) beginning = Buffer.concat([beginning, next.value]);
  }
  async function* stream(): AsyncGenerator<Uint8Array> {
    try {
      yield beginning;
      while (!isDone) {
        const next = await iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { beginning, stream: stream() };
}

async function write(text: ByteStream, handle: FileHandle, path: string, control: DecodeControl): Promise<void> {
  const { folder, signal, limit = decodedLimit } = control;
  let written = 0;
  let nextCheck = 0;
  for await (const chunk of text) {
    if (signal?.aborted) throw new CancelledError();
    if (written + chunk.length > limit) {
      throw new UserError(
        `${path} holds more than ${byteSize(limit)} of text, the most that is unpacked. Unpack it yourself and compare the file.`,
        path,
      );
    }
    try {
      if (written >= nextCheck) {
        await requireSpace(path, folder.path);
        nextCheck = written + bytesPerSpaceCheck;
      }
      await writeAll(handle, chunk);
    } catch (error) {
      throw cannotKeep(path, folder.path, error);
    }
    written += chunk.length;
  }
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
}

async function requireSpace(path: string, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= reservedBytes) return;
  throw new UserError(
    `The text of ${path} does not fit into ${dirname(folder)}, which has ${byteSize(bavail * bsize)} left. Free some space there, or name another folder for temporary files (--temp-dir, or TMPDIR; on Windows TEMP).`,
    path,
  );
}

/** What the file system says of the temporary file. */
function cannotKeep(path: string, folder: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof UserError || code === undefined) return error;
  const why = code === 'ENOSPC' || code === 'EDQUOT' ? 'is full' : `cannot be written to (${code})`;
  return new UserError(
    `The text of ${path} cannot be kept: ${dirname(folder)} ${why}. Free some space there, or name another folder for temporary files (--temp-dir, or TMPDIR; on Windows TEMP).`,
    path,
  );
}
