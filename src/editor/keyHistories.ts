/** Show History of This Key: all its records in both dumps, aligned, in a read-only document. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Comparison } from '../core/comparison.js';
import { historyInWorker } from '../engine/resultJobs.js';
import { withCancellableProgress } from './cancellableProgress.js';
import { historyScheme } from './ids.js';
import { type KeyOnBothSides, keyTitle } from './valueDiff.js';

export class KeyHistories implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #workerPath: string;
  readonly #registration: vscode.Disposable;
  /** By address, of the documents that are open. */
  readonly #texts = new Map<string, string>();
  #shown = 0;

  constructor(workerPath: string) {
    this.#workerPath = workerPath;
    this.#registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(historyScheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  /** @throws CancelledError if the user cancels @throws UserError if a dump can no longer be read */
  async show(comparison: Comparison, key: KeyOnBothSides): Promise<void> {
    const bytes = key.keyBase64 === null ? Buffer.from(key.key) : Buffer.from(key.keyBase64, 'base64');
    const partition = comparison.options.byPartition ? (key.source ?? key.mirror)?.partition : null;
    const query = { key: Uint8Array.from(bytes), partition: partition ?? null };
    const text = await withCancellableProgress(
      l10n.t('Looking for all records of {0}', keyTitle(key)),
      (signal, report) =>
        historyInWorker(this.#workerPath, comparison, query, signal, ({ bytesDone, bytesTotal }) =>
          report(`${Math.floor((100 * bytesDone) / bytesTotal)} %`),
        ),
    );
    const name = keyTitle(key).replace(/[/\\]/g, '∕');
    const path = `/${l10n.t('History of {0}', name)}.txt`;
    const uri = vscode.Uri.from({ scheme: historyScheme, path, query: String(++this.#shown) });
    this.#texts.set(uri.toString(), text);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  /** After a reload, nobody knows any more of which comparison the document was. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString()) ?? `(${l10n.t('Compare the dumps, then show the history of the key again.')})`
    );
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
