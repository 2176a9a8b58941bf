/** When the settings no longer are those that the shown result was made with, offers to compare again. */
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { commandIds, settingsSection } from './ids.js';
import type { ComparisonSession } from './session.js';
import { readComparisonOptions } from './settings.js';

export function registerSettingsHint(session: ComparisonSession): vscode.Disposable {
  let isShown = false;
  return vscode.workspace.onDidChangeConfiguration(async (change) => {
    if (isShown || !change.affectsConfiguration(settingsSection) || isUpToDate(session)) return;
    isShown = true;
    const again = l10n.t('Compare Again');
    const choice = await vscode.window.showInformationMessage(l10n.t('The settings for reading dumps changed.'), again);
    isShown = false;
    if (choice === again) await vscode.commands.executeCommand(commandIds.compareAgain);
  });
}

/** Nothing is shown that other settings would change. */
function isUpToDate({ state, choices }: ComparisonSession): boolean {
  if (state.kind === 'failed') return false;
  if (state.kind !== 'done') return true;
  return isDeepStrictEqual(readComparisonOptions(choices.of(state.pair)), state.comparison.options);
}
