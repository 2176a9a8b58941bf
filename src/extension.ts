/** Puts the parts of the extension together. What they do is in src/editor; everything ends with its subscription. */
import path from 'node:path';
import * as vscode from 'vscode';
import { registerCommands } from './editor/commands.js';
import { ComparisonTree } from './editor/comparisonTree.js';
import { registerDecorations } from './editor/decorations.js';
import { DumpViews } from './editor/dumpViews.js';
import { KeyHistories } from './editor/keyHistories.js';
import { PairChoiceStore } from './editor/pairChoices.js';
import { registerProgressNotification } from './editor/progressNotification.js';
import { registerRecordDocuments } from './editor/recordDocuments.js';
import { registerResultPanel } from './editor/resultPanel.js';
import { ComparisonSession } from './editor/session.js';
import { registerSettingsHint } from './editor/settingsHint.js';
import { registerUnsavedNotice } from './editor/unsavedNotice.js';

/** What in-host tests look at; other extensions get nothing. */
export interface ExtensionParts {
  readonly session: ComparisonSession;
  readonly tree: ComparisonTree;
}

export function activate(context: vscode.ExtensionContext): ExtensionParts | undefined {
  const session = new ComparisonSession(
    path.join(context.extensionPath, 'dist', 'worker.cjs'),
    new PairChoiceStore(context.workspaceState),
  );
  const tree = new ComparisonTree(session);
  const dumpViews = new DumpViews(context.extensionUri, session);
  const histories = new KeyHistories(session.workerPath);
  context.subscriptions.push(
    session,
    tree,
    dumpViews,
    histories,
    registerCommands(context, session, tree, dumpViews, histories),
    registerDecorations(),
    registerProgressNotification(session),
    registerRecordDocuments(),
    registerResultPanel(context, session),
    registerSettingsHint(session),
    registerUnsavedNotice(session),
  );
  return context.extensionMode === vscode.ExtensionMode.Test ? { session, tree } : undefined;
}
