/** The settings of the extension. Those of a comparison are read once, when it starts, and never in the middle. */
import * as vscode from 'vscode';
import { type ComparisonOptions, defaultOptions, readBothAs } from '../core/options.js';
import { settingsSection } from './ids.js';

export function readComparisonOptions(): ComparisonOptions {
  const settings = vscode.workspace.getConfiguration(settingsSection);
  const separator = settings.get<string>('separator', '');
  return {
    ...defaultOptions,
    // Whatever was typed by hand into the settings file, only two policies exist.
    cleanupPolicy: settings.get<string>('cleanupPolicy') === 'delete' ? 'delete' : defaultOptions.cleanupPolicy,
    ...readBothAs({
      nullLiteral: settings.get('assumeNoNulls', false) ? null : settings.get<string>('nullLiteral', 'null'),
      // A tab can hardly be typed into a settings field.
      separator: separator === '' ? null : separator.replaceAll('\\t', '\t'),
    }),
  };
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
