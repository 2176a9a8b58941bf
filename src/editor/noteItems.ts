/** How the rows of the tree look that say how the dumps were read and compared, and what was ignored. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { counted } from '../core/words/numbers.js';
import { visible } from '../core/words/text.js';
import type { DumpReading } from './comparisonSettings.js';
import { commandIds } from './ids.js';
import { originWords, type ReadingOrigin, readingOrigins } from './readingLines.js';
import type { DoneState } from './session.js';
import type { FieldNode, IgnoredNode, ReadingNode, WarningNode } from './treeNodes.js';
import { row } from './treeRow.js';
import { fileName } from './valueDiff.js';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

export function ignoredItem({ paths }: IgnoredNode): vscode.TreeItem {
  const item = row(l10n.t('Ignored'), visible(paths.join(', ')), 'eye-closed', Collapsed);
  item.tooltip = l10n.t('{0} not compared, chosen for these two dumps', counted(paths.length, 'field'));
  item.contextValue = 'ignored';
  return item;
}

export function fieldItem({ path }: FieldNode): vscode.TreeItem {
  const item = row(visible(path), '', 'json', None);
  item.contextValue = 'field';
  return item;
}

export function readingItem({ side }: ReadingNode, { comparison, choices }: DoneState): vscode.TreeItem {
  const { format, separator, columns, nullLiteral } = comparison[side];
  const origins = readingOrigins(comparison, choices, side);
  const from = (origin: ReadingOrigin | null): string => (origin === null ? '' : ` (${originWords(origin)})`);
  const split = separator === null ? [] : [l10n.t('separator “{0}”', visible(separator)) + from(origins.separator)];
  const literal =
    nullLiteral === null
      ? l10n.t('nothing is a null')
      : nullLiteral === ''
        ? l10n.t('empty text is a null')
        : l10n.t('“{0}” is a null', visible(nullLiteral));
  // That a text was taken for nulls is said in a line of its own.
  const nulls = origins.nulls === null || origins.nulls === 'assumed' ? [] : [literal + from(origins.nulls)];
  const reading = [format + from(origins.format), ...split, ...nulls, columns.join(', ')].join(' · ');
  const item = row(side, reading, side === 'source' ? 'database' : 'mirror', None);
  item.tooltip = reading;
  item.contextValue = readingContext('reading', choices[side]);
  return item;
}

/** For the menus: whether there is anything to go back from. */
export function readingContext(kind: 'side' | 'reading', reading: DumpReading): string {
  return Object.keys(reading).length > 0 ? `${kind} chosen` : kind;
}

export function optionsItem({ comparison }: DoneState): vscode.TreeItem {
  const { cleanupPolicy, valueComparison, ignoredPaths, byPartition } = comparison.options;
  const isDeleted = cleanupPolicy === 'delete';
  const label = isDeleted ? l10n.t('Cleanup policy delete') : l10n.t('Topics compacted');
  const meanings = [
    isDeleted ? l10n.t('every record counts') : l10n.t('only the latest value of a key counts'),
    ...(cleanupPolicy === 'compact,delete' ? [l10n.t('retention removes old ones')] : []),
    ...(byPartition ? [l10n.t('keys within their partition')] : []),
    ...(valueComparison === 'json' ? [l10n.t('values compared as JSON')] : []),
    ...(ignoredPaths.length > 0 ? [l10n.t('ignored: {0}', visible(ignoredPaths.join(', ')))] : []),
  ];
  const item = row(label, [...meanings, l10n.t('change…')].join(' · '), 'settings-gear', None);
  item.tooltip = meanings.join('\n');
  item.command = { command: commandIds.openSettings, title: l10n.t('Open Settings') };
  return item;
}

export function warningItem({ side, warning, parent }: WarningNode, { comparison }: DoneState): vscode.TreeItem {
  const place = warning.line === null ? side : `${side} :${warning.line}`;
  const item = row(warning.message, place, parent?.kind === 'notes' ? 'info' : 'warning', None);
  item.tooltip = `${warning.message}\n${fileName(comparison[side].path)}${warning.line === null ? '' : `:${warning.line}`}`;
  if (warning.line !== null) {
    item.command = { command: commandIds.openWarning, title: l10n.t('Open Line'), arguments: [side, warning.line] };
  }
  return item;
}
