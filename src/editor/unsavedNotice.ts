/** Says so when an editor holds unsaved changes of a dump that is compared: the file on disk is what is read. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { isRunStart } from './resultConversation.js';
import type { ComparisonSession } from './session.js';
import { fileName } from './valueDiff.js';

export function registerUnsavedNotice(session: ComparisonSession): vscode.Disposable {
  return session.onDidChange((state) => {
    if (state.kind !== 'running' || !isRunStart(state)) return;
    const compared = new Set([state.pair.source.toString(), state.pair.mirror.toString()]);
    const unsaved = vscode.workspace.textDocuments.filter(
      ({ isDirty, uri }) => isDirty && compared.has(uri.toString()),
    );
    for (const { uri } of unsaved) {
      const name = fileName(uri.fsPath);
      void vscode.window.showWarningMessage(
        l10n.t('{0} has unsaved changes. The file on disk is compared, without them.', name),
      );
    }
  });
}
