/** The way from a dump view to the extension: typed messages, and the state that outlives the page. */
import type { DumpViewHostMessage, DumpViewMessage, SavedDumpView } from '../src/editor/dumpViewProtocol.js';

const api = acquireVsCodeApi<SavedDumpView>();

const types: ReadonlySet<unknown> = new Set<DumpViewHostMessage['type']>([
  ...(['opened', 'pages', 'jump', 'line', 'counted'] as const),
  ...(['search', 'details', 'differences', 'act', 'failed'] as const),
]);

export function post(message: DumpViewMessage): void {
  api.postMessage(message);
}

/** Null for a page that was never shown before. */
export function savedPlace(): number | null {
  return api.getState()?.at ?? null;
}

export function savePlace(at: number): void {
  api.setState({ at });
}

export function onHostMessage(receive: (message: DumpViewHostMessage) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isHostMessage(data)) receive(data);
  });
}

/** Browser extensions and developer tools post messages, too. */
function isHostMessage(data: unknown): data is DumpViewHostMessage {
  return typeof data === 'object' && data !== null && 'type' in data && types.has(data.type);
}
