/** The way to the extension: typed messages, and the state that outlives the page. */

import type { Side } from '../src/core/record.js';
import type { Interval } from '../src/core/timeline.js';
import type {
  DifferenceAction,
  HostMessage,
  PageCommand,
  PageMessage,
  ReadingAction,
  RowFilter,
  SavedPage,
} from '../src/editor/resultProtocol.js';

/** What the views ask for. */
export interface PageActions {
  command(command: PageCommand): void;
  act(action: DifferenceAction, index: number): void;
  openLine(side: Side, line: number): void;
  /** Changes how a dump is read. */
  read(action: ReadingAction, side: Side): void;
  /** The conditions that are named replace those in force. */
  filter(change: Partial<RowFilter>): void;
  /** Draws the chart for one interval; null for all of it. */
  zoom(within: Interval | null): void;
}

const api = acquireVsCodeApi<SavedPage>();

export function post(message: PageMessage): void {
  api.postMessage(message);
}

export function savedPage(): SavedPage | undefined {
  return api.getState();
}

export function savePage(saved: SavedPage): void {
  api.setState(saved);
}

export function onHostMessage(receive: (message: HostMessage) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isHostMessage(data)) receive(data);
  });
}

/** Browser extensions and developer tools post messages, too. */
function isHostMessage(data: unknown): data is HostMessage {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  return data.type === 'state' || data.type === 'rows' || data.type === 'timeline';
}
