/** What has to be undone when this process ends before its time: by Ctrl+C, or because a CI job is cancelled. */
import { constants } from 'node:os';

const cleanups: (() => void)[] = [];
let handlersInstalled = false;

/** Calls `cleanup` when this process ends, the latest first. The returned function takes that back. */
export function atExit(cleanup: () => void): () => void {
  installHandlers();
  cleanups.push(cleanup);
  return () => {
    const index = cleanups.indexOf(cleanup);
    if (index >= 0) cleanups.splice(index, 1);
  };
}

function installHandlers(): void {
  if (handlersInstalled) return;
  handlersInstalled = true;
  process.on('exit', () => {
    for (const cleanup of cleanups.reverse()) cleanup();
  });
  // Without a listener a signal would end the process with no `exit` event.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
