/** Which of the two dumps a failure is about. */
import type { Side } from '../core/record.js';
import type { FailedState } from './session.js';

/** Null if it is about both, or about something else. */
export function faultySide({ path, pair }: Pick<FailedState, 'path' | 'pair'>): Side | null {
  if (path === pair.source.fsPath) return 'source';
  return path === pair.mirror.fsPath ? 'mirror' : null;
}
