/**
 * What takes its time with one dump, on a thread of its own: counting its lines, looking for a text, finding out how it
 * could be read. Each job has a thread, which ends with it; ending it early is how a job is cancelled.
 */
import { Worker } from 'node:worker_threads';
import { CancelledError, UserError } from '../core/errors.js';
import type { LineIndex } from '../core/lineIndex.js';
import type { DumpOptions } from '../core/options.js';
import { type DumpPreview, previewDump } from './dumpPreview.js';
import { DumpFile } from './dumpReader.js';
import { type DumpMatch, type DumpSearch, findInDump } from './dumpSearch.js';
import { countLines } from './lineIndex.js';

export type DumpJob =
  | { readonly kind: 'countLines'; readonly path: string }
  | { readonly kind: 'search'; readonly path: string; readonly search: DumpSearch }
  | { readonly kind: 'preview'; readonly path: string; readonly choices: readonly DumpOptions[] };

/** From the thread; the last one is `done` or `failed`. */
export type DumpJobMessage =
  | { readonly kind: 'counted'; readonly index: LineIndex }
  | { readonly kind: 'searched'; readonly bytesDone: number }
  /** `index` of the choice. */
  | { readonly kind: 'previewed'; readonly index: number; readonly preview: DumpPreview }
  | { readonly kind: 'done'; readonly match: DumpMatch | null }
  | { readonly kind: 'failed'; readonly message: string };

/** What a thread says before it is done. */
export type DumpJobNews = Exclude<DumpJobMessage, { kind: 'done' | 'failed' }>;

const newsIntervalMs = 100;

/** What the thread does. */
export async function runDumpJob(job: DumpJob, send: (message: DumpJobMessage) => void): Promise<void> {
  let lastSent = 0;
  const isTime = (): boolean => {
    const now = performance.now();
    if (now - lastSent < newsIntervalMs) return false;
    lastSent = now;
    return true;
  };
  try {
    if (job.kind === 'preview') {
      await previewDump(job.path, job.choices, (index, preview) => send({ kind: 'previewed', index, preview }));
      return send({ kind: 'done', match: null });
    }
    const file = await DumpFile.open(job.path);
    try {
      if (job.kind === 'search') {
        const match = await findInDump(file, job.search, (bytesDone) => {
          if (isTime()) send({ kind: 'searched', bytesDone });
        });
        send({ kind: 'done', match });
      } else {
        const index = await countLines(file, (soFar) => {
          if (isTime()) send({ kind: 'counted', index: trimmed(soFar) });
        });
        send({ kind: 'counted', index: trimmed(index) });
        send({ kind: 'done', match: null });
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

/** Without the room that its columns have left to grow. */
function trimmed(index: LineIndex): LineIndex {
  const { length, byteOffsets, lines } = index;
  return { ...index, byteOffsets: byteOffsets.slice(0, length), lines: lines.slice(0, length) };
}

/**
 * @param workerPath absolute path of the bundled dumpWorker.ts
 * @param onNews called some ten times a second at most, and for each preview
 * @throws UserError if the dump cannot be read, or the thread crashed
 * @throws CancelledError as soon as `signal` aborts
 */
export async function startDumpJob(
  workerPath: string,
  job: DumpJob,
  signal: AbortSignal,
  onNews: (message: DumpJobNews) => void,
): Promise<DumpMatch | null> {
  if (signal.aborted) throw new CancelledError();
  const worker = new Worker(workerPath, { workerData: job });
  let cancel = (): void => {};
  try {
    return await new Promise<DumpMatch | null>((resolve, reject) => {
      cancel = (): void => reject(new CancelledError());
      signal.addEventListener('abort', cancel, { once: true });
      worker.on('message', (message: DumpJobMessage) => {
        if (message.kind === 'done') resolve(message.match);
        else if (message.kind === 'failed') reject(new UserError(message.message, job.path));
        else onNews(message);
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new UserError(`Reading ${job.path} stopped with code ${code}.`, job.path)));
    });
  } finally {
    signal.removeEventListener('abort', cancel);
    void worker.terminate();
  }
}
