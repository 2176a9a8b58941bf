/** Explanations in the tree: what usually leads to a group of keys and what to check, and the list of all that is to check. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Comparison } from '../core/comparison.js';
import type { DifferenceKind, SectionKind } from '../core/differenceGroups.js';
import type { Check } from '../core/words/checks.js';
import { type Explanation, explanationOf } from '../core/words/kindExplanations.js';
import type { Label } from '../core/words/labels.js';
import { count, counted } from '../core/words/numbers.js';

/** The tooltip of a group of keys of one kind in one section. */
export function groupTooltip(
  kind: DifferenceKind,
  section: SectionKind,
  keys: number,
  { title, meaning }: Label,
  comparison: Comparison,
): string {
  const explanation = explanationOf(kind, section, comparison.differences.overview);
  return explained(`${title}: ${counted(keys, 'key')}`, meaning, explanation);
}

export function checksItem(checks: number): vscode.TreeItem {
  const item = new vscode.TreeItem(l10n.t('What to check'), vscode.TreeItemCollapsibleState.Collapsed);
  item.description = count(checks);
  item.iconPath = new vscode.ThemeIcon('checklist');
  return item;
}

export function checkItem({ about, usually, check }: Check): vscode.TreeItem {
  const item = new vscode.TreeItem(about, vscode.TreeItemCollapsibleState.None);
  item.description = check;
  item.iconPath = new vscode.ThemeIcon('circle-small');
  item.tooltip = explained(about, null, { usually, check });
  item.accessibilityInformation = {
    label: [about, l10n.t('Usually: {0}', usually), l10n.t('Check: {0}', check)].join('. '),
  };
  return item;
}

function explained(title: string, meaning: string | null, { usually, check }: Explanation): string {
  const heading = meaning === null ? title : `${title}\n${meaning}`;
  return [heading, l10n.t('Usually: {0}', usually), l10n.t('Check: {0}', check)].join('\n\n');
}
