/** The file chosen with *Select as Source*, which waits for its mirror. Menus cannot name it, so the status bar does. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { commandIds, contextKeys } from './ids.js';
import { fileName } from './valueDiff.js';

export class WaitingSource implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('kafkaDumpCompare.source', vscode.StatusBarAlignment.Left);
  #uri: vscode.Uri | undefined;

  constructor() {
    this.#item.name = l10n.t('Kafka Dump Compare: Source');
    this.#item.command = commandIds.compareWithSource;
  }

  get uri(): vscode.Uri | undefined {
    return this.#uri;
  }

  set uri(uri: vscode.Uri | undefined) {
    this.#uri = uri;
    void vscode.commands.executeCommand('setContext', contextKeys.hasSource, uri !== undefined);
    if (uri === undefined) {
      this.#item.hide();
      return;
    }
    const name = fileName(uri.fsPath);
    this.#item.text = l10n.t('$(git-compare) Source: {0}', name);
    this.#item.tooltip = l10n.t('{0} is selected as the source. Click to choose its mirror.', uri.fsPath);
    this.#item.accessibilityInformation = { label: l10n.t('Source of the comparison: {0}. Choose its mirror', name) };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
