/**
 * Peak memory of a process and all its descendants, from /proc. Every 10 ms the resident set sizes of the whole tree
 * are added up; the peak is the largest sum, or the kernel's own high-water mark of a single process if that is more
 * (a peak between two looks). Pages that processes share count in each of them, so a tree of several is overstated by
 * the code of common libraries, a few megabytes. The proportional set size (smaps_rollup) would not, but the kernel
 * walks all pages for it and holds up what is measured.
 */
import { readdirSync, readFileSync } from 'node:fs';

const intervalMs = 10;

export class MemorySampler {
  /** Bytes. */
  peak = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(readonly pid: number) {
    this.#timer = setInterval(() => this.#sample(), intervalMs);
    this.#sample();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    let sum = 0;
    const waiting = [this.pid];
    for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
      // A process may end between any two reads.
      const status = readOrEmpty(`/proc/${pid}/status`);
      sum += kilobytesOf(status, 'VmRSS') * 1024;
      this.peak = Math.max(this.peak, kilobytesOf(status, 'VmHWM') * 1024);
      waiting.push(...childrenOf(pid));
    }
    this.peak = Math.max(this.peak, sum);
  }
}

function childrenOf(pid: number): number[] {
  let threads: string[] = [];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  return threads.flatMap((thread) =>
    readOrEmpty(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

function kilobytesOf(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
