/**
 * Temporary files for tuples that do not fit into memory: private, and without a name as soon as they are open where the
 * system allows that, so that nothing is left behind, whatever happens to the process.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../core/errors.js';

/** What a thread needs to write to a spill file. Plain data. */
export interface SpillTarget {
  /** Descriptor, which all threads share. */
  readonly file: number;
  /** Where it lies, for messages. */
  readonly folder: string;
}

export interface SpillFile {
  readonly target: SpillTarget;
  close(): Promise<void>;
}

/** @throws UserError if the folder cannot be written to */
export async function openSpillFile(folder: string = tmpdir()): Promise<SpillFile> {
  const path = join(folder, `kafka-dump-compare-${process.pid}-${randomBytes(6).toString('hex')}.tuples`);
  let handle: FileHandle;
  try {
    handle = await open(path, 'wx+', 0o600);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UserError(
      `${folder} cannot hold temporary files (${code}). Name another folder, or allow the comparison more memory.`,
      folder,
    );
  }
  // Windows keeps a file that is open: there it is removed when it is closed.
  await rm(path, { force: true }).catch(() => {});
  return {
    target: { file: handle.fd, folder },
    close: async () => {
      await handle.close();
      await rm(path, { force: true });
    },
  };
}
