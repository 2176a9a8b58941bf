/** Where a report goes: standard output, or a file that is either whole or not there. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { UserError } from '../core/errors.js';
import type { Piece, Pieces } from '../core/report/report.js';

/** Characters written at a time: a report of a million lines comes in as many pieces. */
const batchCharacters = 1 << 16;

/** Text is gathered; bytes come in many at a time. */
async function* batches(pieces: Pieces): AsyncGenerator<Piece> {
  let batch = '';
  for await (const piece of pieces) {
    if (typeof piece === 'string') batch += piece;
    if (batch !== '' && (typeof piece !== 'string' || batch.length >= batchCharacters)) {
      yield batch;
      batch = '';
    }
    if (typeof piece !== 'string') yield piece;
  }
  if (batch !== '') yield batch;
}

/** Waits until the stream has taken each batch: the memory of bytes is used again. */
export async function writeToStream(stream: NodeJS.WritableStream, pieces: Pieces): Promise<void> {
  for await (const batch of batches(pieces)) await taken(stream, batch);
}

function taken(stream: NodeJS.WritableStream, batch: Piece): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.write(batch, (error) => {
      // A failure comes as an event, too, which those hear first who listen for longer.
      if (error) return;
      stream.off('error', reject);
      resolve();
    });
  });
}

async function writeWhole(file: FileHandle, batch: Piece): Promise<void> {
  const bytes = typeof batch === 'string' ? Buffer.from(batch) : batch;
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written)).bytesWritten;
  }
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
      for await (const batch of batches(pieces)) await writeWhole(file, batch);
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
