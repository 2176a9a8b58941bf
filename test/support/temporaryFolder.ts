/** Folders that go away with the process that made them, if not sooner. */
import { rmSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atExit } from './atExit.js';

export interface TemporaryFolder {
  /** Absolute, without symbolic links. */
  readonly path: string;
  remove(): Promise<void>;
}

/** @param parent an existing folder; that of the system if none is named, which may be in memory */
export async function makeTemporaryFolder(prefix: string, parent = tmpdir()): Promise<TemporaryFolder> {
  const folder = await mkdtemp(path.join(await realpath(parent), `${prefix}-`));
  // A process that is just ending may still write.
  const options = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 };
  const forget = atExit(() => rmSync(folder, options));
  return {
    path: folder,
    remove: async () => {
      await rm(folder, options);
      forget();
    },
  };
}
