/**
 * The comparison that the editor shows: one at a time, its state, and the actions that change it.
 * Views subscribe to `onDidChange` and draw `state`; they hold no state of their own about the comparison.
 */
import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Comparison } from '../core/comparison.js';
import { CancelledError, UserError } from '../core/errors.js';
import type { Progress } from '../core/progress.js';
import { type VerdictWords, verdictWords } from '../core/words/verdict.js';
import { compareInWorker } from '../engine/compareInWorker.js';
import { PrivateFolder } from '../engine/privateFolder.js';
import type { PairChoices } from './comparisonSettings.js';
import type { PairChoiceStore } from './pairChoices.js';
import { readComparisonOptions } from './settings.js';

/** Two dumps, each in its role. */
export interface DumpPair {
  readonly source: vscode.Uri;
  readonly mirror: vscode.Uri;
}

/** `progress` is null until the first news of a run; `startedAt` is a moment of `Date.now()`. */
export interface RunningState {
  readonly kind: 'running';
  readonly pair: DumpPair;
  readonly startedAt: number;
  readonly progress: Progress | null;
}

/** `path` and `line` say which dump is at fault, and where, if that is known. */
export interface FailedState {
  readonly kind: 'failed';
  readonly pair: DumpPair;
  readonly message: string;
  readonly path: string | null;
  readonly line: number | null;
}

export interface DoneState {
  readonly kind: 'done';
  readonly pair: DumpPair;
  readonly comparison: Comparison;
  readonly words: VerdictWords;
  /** What was chosen for this pair, over the settings. */
  readonly choices: PairChoices;
}

export type SessionState =
  | { readonly kind: 'empty' }
  | RunningState
  | FailedState
  | { readonly kind: 'cancelled'; readonly pair: DumpPair }
  | DoneState;

/** Updates of the progress are passed on at most this often. */
const progressIntervalMs = 100;

export class ComparisonSession implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<SessionState>();
  readonly onDidChange = this.#changed.event;
  #state: SessionState = { kind: 'empty' };
  #running: AbortController | null = null;
  /** Holds the text of the shown comparison's dumps, where it had to be decoded. */
  #folder: PrivateFolder | null = null;

  /**
   * @param workerPath absolute path of the bundled worker
   * @param choices for pairs of dumps; read when a comparison starts
   */
  constructor(
    readonly workerPath: string,
    readonly choices: PairChoiceStore,
  ) {}

  get state(): SessionState {
    return this.#state;
  }

  /** Compares a pair; a comparison under way is cancelled first. Settles when the result, or its failure, is shown. */
  async compare(pair: DumpPair): Promise<SessionState> {
    this.cancel();
    const running = new AbortController();
    this.#running = running;
    const startedAt = Date.now();
    this.#show({ kind: 'running', pair, startedAt, progress: null });
    let lastShown = 0;
    const onProgress = (progress: Progress): void => {
      const now = Date.now();
      if (this.#running !== running || now - lastShown < progressIntervalMs) return;
      lastShown = now;
      this.#show({ kind: 'running', pair, startedAt, progress });
    };
    // Compressed dumps are unpacked here, for as long as their comparison is shown.
    const folder = new PrivateFolder(PrivateFolder.newPath());
    const before = this.#folder;
    this.#folder = folder;
    void before?.dispose();
    const choices = this.choices.of(pair);
    const request = {
      source: pair.source.fsPath,
      mirror: pair.mirror.fsPath,
      options: readComparisonOptions(choices),
      decodedFolder: folder.path,
    };
    let next: SessionState;
    try {
      const comparison = await compareInWorker(this.workerPath, request, { signal: running.signal, onProgress });
      // A large result has kept the thread busy as it came in: others have their turn before its views do.
      await setImmediate();
      next = { kind: 'done', pair, comparison, words: verdictWords(comparison), choices };
    } catch (error) {
      next = stateAfter(error, pair);
      void folder.dispose();
    }
    // A newer comparison, or Close, has taken over: its state stays.
    if (this.#running !== running) return next;
    this.#running = null;
    this.#show(next);
    return next;
  }

  /** Stops the comparison under way, if any. */
  cancel(): void {
    this.#running?.abort();
  }

  /** Forgets the comparison and empties the views. */
  close(): void {
    this.cancel();
    this.#running = null;
    this.#removeFolder();
    this.#show({ kind: 'empty' });
  }

  dispose(): void {
    this.cancel();
    this.#running = null;
    // There is no time left to wait in.
    this.#folder?.disposeNow();
    this.#changed.dispose();
  }

  #removeFolder(): void {
    void this.#folder?.dispose();
    this.#folder = null;
  }

  #show(state: SessionState): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}

function stateAfter(error: unknown, pair: DumpPair): SessionState {
  if (error instanceof CancelledError) return { kind: 'cancelled', pair };
  if (error instanceof UserError) {
    return { kind: 'failed', pair, message: error.message, path: error.path, line: error.line };
  }
  const reason = error instanceof Error ? error.message : String(error);
  const message = l10n.t('The comparison stopped unexpectedly: {0}', reason);
  return { kind: 'failed', pair, message, path: null, line: null };
}
