/** Work with a notification that tells how far it is and has a cancel button. */
import * as vscode from 'vscode';

/** @param work is given the signal of the button, and the function that shows words */
export async function withCancellableProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (notification, token) => {
    const cancelled = new AbortController();
    const subscription = token.onCancellationRequested(() => cancelled.abort());
    try {
      return await work(cancelled.signal, (message) => notification.report({ message }));
    } finally {
      subscription.dispose();
    }
  });
}
