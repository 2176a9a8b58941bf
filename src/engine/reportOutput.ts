/** Where a report goes: standard output, or a file that is either whole or not there. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { open, rename, rm } from 'node:fs/promises';
import { UserError } from '../core/errors.js';

/** Pieces of a report. */
export type Pieces = AsyncIterable<string> | Iterable<string>;

/** Characters written at a time: a report of a million lines comes in as many pieces. */
const batchCharacters = 1 << 16;

async function* batches(pieces: Pieces): AsyncGenerator<string> {
  let batch = '';
  for await (const piece of pieces) {
    batch += piece;
    if (batch.length < batchCharacters) continue;
    yield batch;
    batch = '';
  }
  if (batch !== '') yield batch;
}

/** Waits for the stream where it is slower than the report. */
export async function writeToStream(stream: NodeJS.WritableStream, pieces: Pieces): Promise<void> {
  for await (const batch of batches(pieces)) if (!stream.write(batch)) await once(stream, 'drain');
}

/** A name that nobody has, in the same folder. */
export function unfinishedPath(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}.tmp`;
}

/**
 * Writes beside `path` and renames; on any failure the file beside it is gone and `path` is as it was.
 *
 * @param unfinished the file beside it: whoever ends this thread has to remove it
 * @throws UserError if the file cannot be written
 */
export async function writeToFile(path: string, pieces: Pieces, unfinished = unfinishedPath(path)): Promise<void> {
  try {
    const file = await open(unfinished, 'wx');
    try {
      for await (const batch of batches(pieces)) await file.write(batch);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new UserError(`${path} cannot be written (${code}). Check the folder, its permissions and free space.`, path);
  }
}
