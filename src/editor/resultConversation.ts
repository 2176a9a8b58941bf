/**
 * What the result page and the comparison have to say to each other: answers the page's questions from the state
 * that is shown, and turns its wishes into commands. Knows neither panel nor webview.
 */
import type { FoundSoFar } from '../core/progress.js';
import { buildTimeline, dumpTimes } from '../core/timeline.js';
import { zoneOffsetMs } from '../core/words/time.js';
import { verdictWords } from '../core/words/verdict.js';
import { DifferenceRows, keyText } from './differenceRows.js';
import { dumpNames } from './dumpNames.js';
import { faultySide } from './faultySide.js';
import { commandIds } from './ids.js';
import { parsePageMessage } from './pageMessages.js';
import { foundWords, keysCompared, progressWords } from './progressWords.js';
import { resultSummary } from './resultModel.js';
import type {
  FoundRow,
  FoundSummary,
  HostMessage,
  LinePlace,
  PageCommand,
  PageMessage,
  PageState,
  RunProgress,
} from './resultProtocol.js';
import type { DoneState, FailedState, RunningState, SessionState } from './session.js';

export interface ConversationPartners {
  /** To the page. */
  readonly post: (message: HostMessage) => void;
  readonly runCommand: (command: string, ...args: readonly unknown[]) => void;
}

type RowsMessage = Extract<PageMessage, { type: 'rows' }>;

/** The last moment that a calendar has a date for; a dump may print any number. */
const lastDate = 8_640_000_000_000_000;

const commands: Readonly<Record<PageCommand, readonly [command: string, ...args: string[]]>> = {
  swapSides: [commandIds.swapSides],
  compareAgain: [commandIds.compareAgain],
  cancel: [commandIds.cancel],
  compareFiles: [commandIds.compareFiles],
  exportReport: [commandIds.exportReport],
  stopIgnoring: [commandIds.stopIgnoring],
  changeSettings: ['workbench.action.openSettings', 'kafkaDumpCompare'],
};

/** True for the state with which a comparison begins, as against news of its progress. */
export function isRunStart(state: SessionState): boolean {
  return state.kind === 'running' && state.progress === null;
}

export class ResultConversation {
  readonly #partners: ConversationPartners;
  #state: SessionState = { kind: 'empty' };
  /** Counts the states; news of the progress is no new state. */
  #version = 0;
  /** The reader's zone; null while no page listens. */
  #timeZone: string | null = null;
  /** Of the result that is shown, once it was asked for. */
  #rows: DifferenceRows | null = null;

  constructor(partners: ConversationPartners) {
    this.#partners = partners;
  }

  /** The page is gone, or hidden; it says `ready` when it is back. */
  pause(): void {
    this.#timeZone = null;
  }

  show(state: SessionState): void {
    const isNewsOfRun = state.kind === 'running' && this.#state.kind === 'running' && !isRunStart(state);
    if (!isNewsOfRun) this.#version++;
    this.#state = state;
    this.#rows = null;
    this.#postState();
  }

  /** @param message anything: the page is not trusted */
  receive(message: unknown): void {
    const parsed = parsePageMessage(message);
    if (parsed === null) return;
    if (parsed.type === 'ready') {
      this.#timeZone = isTimeZone(parsed.timeZone) ? parsed.timeZone : 'UTC';
      this.#postState();
    } else if (parsed.type === 'command') {
      this.#partners.runCommand(...commands[parsed.command]);
    } else if (parsed.version === this.#version) {
      this.#answer(parsed);
    }
  }

  #answer(message: Exclude<PageMessage, { type: 'ready' | 'command' }>): void {
    const state = this.#state;
    if (message.type === 'openLine') {
      if (state.kind === 'done' || state.kind === 'failed') {
        this.#partners.runCommand(commandIds.openWarning, message.side, message.line);
      }
      return;
    }
    if (message.type === 'reading') {
      this.#partners.runCommand(commandIds[message.action], message.side);
      return;
    }
    if (state.kind !== 'done') return;
    switch (message.type) {
      case 'rows': {
        this.#rows ??= new DifferenceRows(state.comparison);
        void this.#postRows(this.#rows, message);
        return;
      }
      case 'timeline': {
        const { within } = message;
        const options = { zoneOffsetMs: this.#zoneOffsetMs(state), ...(within === null ? {} : { within }) };
        const timeline = buildTimeline(state.comparison, options);
        this.#partners.post({ type: 'timeline', version: this.#version, timeline });
        return;
      }
      case 'difference':
        if (message.index < state.comparison.differences.length) {
          this.#partners.runCommand(commandIds[message.action], message.index);
        }
    }
  }

  async #postRows(rows: DifferenceRows, { version, query, filter, first, count }: RowsMessage): Promise<void> {
    const page = await rows.page(filter, first, count);
    if (page !== null && version === this.#version) this.#partners.post({ type: 'rows', version, query, page });
  }

  #postState(): void {
    if (this.#timeZone === null) return;
    this.#partners.post({ type: 'state', version: this.#version, state: this.#pageState(this.#timeZone) });
  }

  #pageState(timeZone: string): PageState {
    const state = this.#state;
    if (state.kind === 'empty') return state;
    const pair = dumpNames(state.pair);
    switch (state.kind) {
      case 'running':
        return { kind: 'running', pair, progress: this.#progress(state) };
      case 'failed':
        return { kind: 'failed', pair, message: state.message, side: faultySide(state), place: placeOf(state) };
      case 'cancelled':
        return { kind: 'cancelled', pair };
      case 'done': {
        // The session's own words are in the zone of this machine, which is not the reader's in a remote window.
        const words = verdictWords(state.comparison, { timeZone });
        return {
          kind: 'done',
          pair,
          summary: resultSummary(state.comparison, words, this.#zoneOffsetMs(state), state.choices),
        };
      }
    }
  }

  #progress({ progress, startedAt }: RunningState): RunProgress | null {
    if (progress === null) return null;
    const { percent, done, rate, left } = progressWords(progress, Date.now() - startedAt);
    const words = [done, rate, left].filter((part) => part !== '');
    const { phase, records, warnings, found } = progress;
    return { phase, percent, records, words, warnings, found: found === null ? null : foundSummary(found) };
  }

  #zoneOffsetMs({ comparison }: DoneState): number {
    const times = dumpTimes(comparison);
    if (times === null || this.#timeZone === null) return 0;
    return zoneOffsetMs(Math.min(times.to, lastDate), { timeZone: this.#timeZone });
  }
}

function foundSummary(found: FoundSoFar): FoundSummary {
  const keys = found.first.map((key): FoundRow => {
    const { outcome, source, mirror } = key;
    return { key: keyText(key), outcome, lines: { source: source?.line ?? null, mirror: mirror?.line ?? null } };
  });
  return { keysCompared: keysCompared(found), words: foundWords(found), keys };
}

function placeOf(state: FailedState): LinePlace | null {
  const side = faultySide(state);
  return side === null || state.line === null ? null : { side, line: state.line };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
