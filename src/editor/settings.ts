/** The settings of the extension, read once per comparison and never in the middle of one. */
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
