/** A running comparison as a notification with a cancel button, and as a moving bar on the view. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { dumpNames } from './dumpNames.js';
import { resultViewId } from './ids.js';
import { progressSentence, progressWords } from './progressWords.js';
import type { ComparisonSession, RunningState, SessionState } from './session.js';

/** What is done sooner shows no notification: it would only flash. */
const notificationDelayMs = 400;

export function registerProgressNotification(session: ComparisonSession): vscode.Disposable {
  return session.onDidChange((state) => {
    if (!isStart(state)) return;
    const ended = endOfRun(session);
    void vscode.window.withProgress({ location: { viewId: resultViewId } }, () => ended);
    const delay = setTimeout(() => showNotification(session, state, ended), notificationDelayMs);
    void ended.then(() => clearTimeout(delay));
  });
}

/** The state with which a run begins, as against news of it. */
function isStart(state: SessionState): state is RunningState {
  return state.kind === 'running' && state.progress === null;
}

/** Settles when the run has ended, or another one has taken its place. */
function endOfRun(session: ComparisonSession): Promise<void> {
  return new Promise((resolve) => {
    const subscription = session.onDidChange((state) => {
      if (state.kind === 'running' && !isStart(state)) return;
      subscription.dispose();
      resolve();
    });
  });
}

function showNotification(session: ComparisonSession, run: RunningState, ended: Promise<void>): void {
  const { source, mirror } = dumpNames(run.pair);
  const title = l10n.t('Comparing {0} ↔ {1}', source.name, mirror.name);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  void vscode.window.withProgress(options, async (notification, token) => {
    let percentShown = 0;
    const show = (state: SessionState): void => {
      if (state.kind !== 'running' || state.progress === null) return;
      const words = progressWords(state.progress, Date.now() - state.startedAt);
      notification.report({ message: progressSentence(words), increment: words.percent - percentShown });
      percentShown = words.percent;
    };
    const subscription = vscode.Disposable.from(
      session.onDidChange(show),
      token.onCancellationRequested(() => session.cancel()),
    );
    show(session.state);
    await ended;
    subscription.dispose();
  });
}
