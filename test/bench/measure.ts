/** Runs one program to its end as a user would, and takes its time and memory. */
import { once } from 'node:events';
import { closeSync, createReadStream, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ProcessGroup } from '../host/processGroup.js';
import { MemorySampler } from './memorySampler.js';

export interface Run {
  /** From before the process is started until it has ended. */
  readonly seconds: number;
  /** Bytes, of the whole process tree. */
  readonly peakMemory: number;
  readonly exitCode: number | null;
  /** File with what it wrote to standard output. */
  readonly stdout: string;
  /** What it wrote to standard error, for the message of a failure. */
  readonly stderr: string;
}

/**
 * Output goes to files, as with `>`: nothing has to be read while the clock runs.
 * @param folder of these files; the next run there overwrites them
 */
export async function measure([program, ...args]: readonly [string, ...string[]], folder: string): Promise<Run> {
  const [stdout, stderr] = ['stdout.txt', 'stderr.txt'].map((name) => path.join(folder, name)) as [string, string];
  const [out, err] = [openSync(stdout, 'w'), openSync(stderr, 'w')];
  try {
    const started = performance.now();
    const group = ProcessGroup.start(program, args, { stdio: ['ignore', out, err] });
    const ended = once(group.leader, 'exit') as Promise<[number | null]>;
    const memory = group.leader.pid === undefined ? null : new MemorySampler(group.leader.pid);
    try {
      const [exitCode] = await ended;
      const seconds = (performance.now() - started) / 1000;
      const said = readFileSync(stderr, 'utf8').slice(-2000).trim();
      return { seconds, peakMemory: memory?.peak ?? 0, exitCode, stdout, stderr: said };
    } finally {
      memory?.stop();
      await group.stop();
    }
  } finally {
    closeSync(out);
    closeSync(err);
  }
}

/** Reads files once, so that no contender pays for the disk. */
export async function warmPageCache(files: readonly string[]): Promise<void> {
  for (const file of files) {
    for await (const _ of createReadStream(file, { highWaterMark: 1 << 22 }));
  }
}
