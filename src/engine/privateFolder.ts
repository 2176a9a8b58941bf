/**
 * A folder for this process's temporary files that nobody else may look into. It is made when first needed, removed by
 * its owner, and by the next run if the process died before it could.
 */
import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The machine's name, so that processes of another machine (or container) on the same disk are left alone. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const prefix = 'kafka-dump-compare';
const folderName = new RegExp(`^${prefix}-${machine}-(\\d+)-[0-9a-f]{16}$`);

export class PrivateFolder {
  #files = 0;

  /** @param path absolute; a folder that `newPath` named, maybe in another thread of this process */
  constructor(readonly path: string) {}

  /** A name that no other folder has; nothing is made yet. */
  static newPath(parent: string = tmpdir()): string {
    return join(parent, `${prefix}-${machine}-${process.pid}-${randomBytes(8).toString('hex')}`);
  }

  /** A new file, open for reading and writing, which only this user may read. @throws the file system's error */
  async createFile(): Promise<{ readonly path: string; readonly handle: FileHandle }> {
    await mkdir(this.path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      // The name cannot be guessed, so a folder that is already there is ours.
      if (error.code !== 'EEXIST') throw error;
    });
    const path = join(this.path, `${process.pid}-${randomBytes(4).toString('hex')}-${this.#files++}`);
    return { path, handle: await open(path, 'wx+', 0o600) };
  }

  /** Removes the folder and all that is in it. */
  async dispose(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  /** The same where nothing can be waited for: when the process ends. */
  disposeNow(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Removes what processes that are no longer alive have left in `parent`. */
export async function removeStaleFolders(parent: string = tmpdir()): Promise<void> {
  const names = await readdir(parent).catch((): string[] => []);
  for (const name of names) {
    const pid = folderName.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    // Another run may be removing it as well, or it belongs to another user.
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, of another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
