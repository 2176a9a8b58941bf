/** The settings of the extension. Those of a comparison are read once, when it starts, and never in the middle. */
import * as vscode from 'vscode';
import type { ComparisonOptions } from '../core/options.js';
import { noChoices, optionsFromSettings, type PairChoices } from './comparisonSettings.js';
import { settingsSection } from './ids.js';

/** @param choices for the pair that is compared; they count more than the settings */
export function readComparisonOptions(choices: PairChoices = noChoices): ComparisonOptions {
  const settings = vscode.workspace.getConfiguration(settingsSection);
  return optionsFromSettings((name) => settings.get(name), choices);
}

/** Endings for which the menus show, without the dot; what has no ending, or another one, is not among them. */
export function readMenuExtensions(): string[] {
  const shown = vscode.workspace.getConfiguration(settingsSection).get<Record<string, boolean>>('menuExtensions', {});
  return Object.keys(shown).filter((ending) => shown[ending] === true && ending !== 'none' && ending !== 'other');
}

/** Whether lines open in the dump view even where the text editor could show them. */
export function opensInDumpView(): boolean {
  return vscode.workspace.getConfiguration(settingsSection).get<string>('openLines') === 'dumpView';
}
