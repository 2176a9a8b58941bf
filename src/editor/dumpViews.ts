/**
 * The dump view: a read-only editor of a dump of any size, with its records in columns. It is the way to a record where
 * the text editor does not open the dump, and is offered for every other one. VS Code brings its tabs back by itself.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { DumpLayout } from '../core/comparison.js';
import { UserError } from '../core/errors.js';
import type { RecordLocation } from '../core/record.js';
import { startDumpJob } from '../engine/dumpJobs.js';
import { readRecord } from '../engine/recordReader.js';
import { type ComparedDump, DumpViewConversation } from './dumpViewConversation.js';
import type { PageAction } from './dumpViewProtocol.js';
import { dumpViewType } from './ids.js';
import { pageHtml } from './pageHtml.js';
import { valueUri } from './recordDocuments.js';
import type { ComparisonSession } from './session.js';
import { readComparisonOptions } from './settings.js';
import { fileName } from './valueDiff.js';
import { chooseView } from './valueText.js';

interface ShowOptions {
  readonly preserveFocus?: boolean;
}

interface OpenView {
  readonly panel: vscode.WebviewPanel;
  readonly conversation: DumpViewConversation;
}

export class DumpViews implements vscode.CustomReadonlyEditorProvider, vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #session: ComparisonSession;
  readonly #subscription: vscode.Disposable;
  /** By URI, the one used last first. */
  readonly #open = new Map<string, OpenView[]>();
  /** Where views that are about to open are to go. */
  readonly #wanted = new Map<string, RecordLocation>();

  constructor(extensionUri: vscode.Uri, session: ComparisonSession) {
    this.#extensionUri = extensionUri;
    this.#session = session;
    this.#subscription = vscode.Disposable.from(
      vscode.window.registerCustomEditorProvider(dumpViewType, this, { supportsMultipleEditorsPerDocument: true }),
      session.onDidChange(({ kind }) => {
        if (kind === 'running') return;
        for (const [uri, views] of this.#open) {
          for (const { conversation } of views) conversation.compare(this.#compared(vscode.Uri.parse(uri).fsPath));
        }
      }),
    );
  }

  /** Opens a dump, or brings its view to the front, at a record if one is given. */
  async open(
    file: vscode.Uri,
    location: RecordLocation | null,
    { preserveFocus = false }: ShowOptions = {},
  ): Promise<void> {
    if (file.scheme !== 'file') {
      throw new UserError(l10n.t('{0} is not a file on this disk. Save it to one first.', file.toString(true)));
    }
    const view = this.#open.get(file.toString())?.[0];
    if (view !== undefined) {
      view.panel.reveal(undefined, preserveFocus);
      if (location !== null) view.conversation.show(location);
      return;
    }
    if (location !== null) this.#wanted.set(file.toString(), location);
    await vscode.commands.executeCommand('vscode.openWith', file, dumpViewType, {
      preserveFocus,
      preview: true,
    } satisfies vscode.TextDocumentShowOptions);
  }

  /** @throws UserError if no dump view has the focus */
  act(action: PageAction): void {
    const active = [...this.#open.values()].flat().find(({ panel }) => panel.active);
    if (active === undefined) throw new UserError(l10n.t('Open a dump in the dump view first.'));
    active.conversation.act(action);
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const dist = vscode.Uri.joinPath(this.#extensionUri, 'dist');
    const conversation = this.#converse(uri, panel);
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.webview.onDidReceiveMessage((message) => conversation.receive(message));
    const key = uri.toString();
    const view = { panel, conversation };
    this.#open.set(key, [view, ...(this.#open.get(key) ?? [])]);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) conversation.pause();
    });
    panel.onDidDispose(() => {
      const others = (this.#open.get(key) ?? []).filter((each) => each !== view);
      if (others.length > 0) this.#open.set(key, others);
      else this.#open.delete(key);
      void conversation.dispose();
    });
    const wanted = this.#wanted.get(key);
    this.#wanted.delete(key);
    if (wanted !== undefined) conversation.show(wanted);
    panel.webview.html = pageHtml({
      title: fileName(uri.fsPath),
      cspSource: panel.webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      scriptUri: panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, 'dumpView.js')).toString(),
      styleUri: panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, 'dumpView.css')).toString(),
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const { conversation } of [...this.#open.values()].flat()) void conversation.dispose();
  }

  #converse({ fsPath }: vscode.Uri, panel: vscode.WebviewPanel): DumpViewConversation {
    const workerPath = path.join(this.#extensionUri.fsPath, 'dist', 'dumpWorker.cjs');
    return new DumpViewConversation(fsPath, this.#compared(fsPath), {
      post: (message) => void panel.webview.postMessage(message),
      runCommand: (command, ...args) => void vscode.commands.executeCommand(command, ...args),
      openValue: (layout, location) => openValue(fsPath, layout, location),
      dumpOptions: () => readComparisonOptions().source,
      startJob: (...job) => startDumpJob(workerPath, ...job),
    });
  }

  #compared(file: string): ComparedDump | null {
    const { state } = this.#session;
    if (state.kind !== 'done') return null;
    const side = (['source', 'mirror'] as const).find((each) => state.comparison[each].textPath === file);
    return side === undefined ? null : { comparison: state.comparison, side };
  }
}

/** The whole value in an editor of its own, as far as one can show it. */
async function openValue(file: string, layout: DumpLayout, location: RecordLocation): Promise<void> {
  const { value } = await readRecord(file, layout, location);
  const address = { file, layout, location, view: chooseView(value, null) };
  const uri = valueUri(`${fileName(file)}:${location.line}`, address);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}
