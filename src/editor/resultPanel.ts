/** The panel of the result page: when it opens, what it may load, and how it comes back after the window was reloaded. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { dumpNames } from './dumpNames.js';
import { showResultCommand } from './ids.js';
import { pageHtml } from './pageHtml.js';
import { parseSavedPair } from './pageMessages.js';
import { isRunStart, ResultConversation } from './resultConversation.js';
import type { ComparisonSession, DumpPair, SessionState } from './session.js';

const viewType = 'kafkaDumpCompare.resultPage';
const emptyTitle = 'Kafka Dump Compare';

export function registerResultPanel(context: vscode.ExtensionContext, session: ComparisonSession): vscode.Disposable {
  const panel = new ResultPanel(context.extensionUri, session);
  return vscode.Disposable.from(
    panel,
    vscode.commands.registerCommand(showResultCommand, () => panel.open()),
    vscode.window.registerWebviewPanelSerializer(viewType, panel),
  );
}

class ResultPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #session: ComparisonSession;
  readonly #subscription: vscode.Disposable;
  #panel: vscode.WebviewPanel | null = null;
  #conversation: ResultConversation | null = null;

  constructor(extensionUri: vscode.Uri, session: ComparisonSession) {
    this.#extensionUri = extensionUri;
    this.#session = session;
    this.#subscription = session.onDidChange((state) => this.#show(state));
  }

  /** Brings the page to the front, as the user asked. */
  open(): void {
    if (this.#panel === null) this.#create(false);
    else this.#panel.reveal();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, saved: unknown): Promise<void> {
    // There is one comparison, so there is one page.
    this.#panel?.dispose();
    this.#adopt(panel);
    const pair = savedPair(saved);
    if (pair !== null && this.#session.state.kind === 'empty') await this.#session.compare(pair);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#panel?.dispose();
  }

  /** A new comparison opens the page; news of one does not, so a page that was closed meanwhile stays closed. */
  #show(state: SessionState): void {
    if (isRunStart(state)) {
      if (this.#panel === null) this.#create(true);
      else if (!this.#panel.visible) this.#panel.reveal(undefined, true);
    }
    if (this.#panel !== null) this.#panel.title = titleOf(state);
    // In a turn of its own: what the page shows of a million keys takes a while, and the tree is quicker.
    setImmediate(() => this.#conversation?.show(state));
  }

  #create(preserveFocus: boolean): void {
    const column = { viewColumn: vscode.ViewColumn.Active, preserveFocus };
    this.#adopt(vscode.window.createWebviewPanel(viewType, emptyTitle, column));
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const dist = vscode.Uri.joinPath(this.#extensionUri, 'dist');
    const conversation = new ResultConversation({
      post: (message) => void panel.webview.postMessage(message),
      runCommand: (command, ...args) => void vscode.commands.executeCommand(command, ...args),
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.webview.onDidReceiveMessage((message) => conversation.receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) conversation.pause();
    });
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = null;
      this.#conversation = null;
    });
    this.#panel = panel;
    this.#conversation = conversation;
    panel.title = titleOf(this.#session.state);
    panel.iconPath = vscode.Uri.joinPath(this.#extensionUri, 'media', 'icon.svg');
    conversation.show(this.#session.state);
    panel.webview.html = pageHtml({
      title: emptyTitle,
      cspSource: panel.webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      scriptUri: panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.js')).toString(),
      styleUri: panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.css')).toString(),
    });
  }
}

function titleOf(state: SessionState): string {
  if (state.kind === 'empty') return emptyTitle;
  const { source, mirror } = dumpNames(state.pair);
  return `${source.name} ↔ ${mirror.name}`;
}

/** Only files: a comparison reads nothing else. */
function savedPair(saved: unknown): DumpPair | null {
  const uris = parseSavedPair(saved);
  if (uris === null) return null;
  try {
    const pair = { source: vscode.Uri.parse(uris.source, true), mirror: vscode.Uri.parse(uris.mirror, true) };
    return pair.source.scheme === 'file' && pair.mirror.scheme === 'file' ? pair : null;
  } catch {
    return null;
  }
}
