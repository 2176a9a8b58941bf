/** The rows of the tree while there is no result: a comparison that runs, failed or was cancelled, and the way on. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { FoundKey } from '../core/progress.js';
import { counted } from '../core/words/numbers.js';
import { visible } from '../core/words/text.js';
import { kindColors } from './decorations.js';
import { faultySide } from './faultySide.js';
import { commandIds } from './ids.js';
import { foundWords, keysCompared, progressSentence, progressWords } from './progressWords.js';
import type { FailedState, SessionState } from './session.js';
import { keyLabel, kindIcon } from './treeItems.js';
import { fileName } from './valueDiff.js';

export interface StatusNode {
  readonly kind: 'status';
  readonly id: string;
  readonly parent: null;
  readonly row:
    | 'headline'
    | 'source'
    | 'mirror'
    | 'found'
    | 'cancel'
    | 'openLine'
    | 'changeReading'
    | 'compareAgain'
    | 'openSettings';
}

/** A differing key that a comparison under way has found. */
export interface FoundKeyNode {
  readonly kind: 'foundKey';
  readonly id: string;
  readonly parent: StatusNode;
  readonly key: FoundKey;
}

/** The headline comes first; none for a state that has nothing to say here. */
export function statusNodes(state: SessionState): readonly StatusNode[] {
  switch (state.kind) {
    case 'running':
      return rows(
        ...(['headline', 'source', 'mirror'] as const),
        ...(state.progress?.found == null ? [] : (['found'] as const)),
        'cancel',
      );
    case 'failed':
      return rows(
        'headline',
        'source',
        'mirror',
        ...(faultySide(state) === null || state.line === null ? [] : (['openLine'] as const)),
        ...(faultySide(state) === null ? [] : (['changeReading'] as const)),
        'compareAgain',
        'openSettings',
      );
    case 'cancelled':
      return rows('headline', 'source', 'mirror', 'compareAgain');
    default:
      return [];
  }
}

/** The first keys below the row that counts them. */
export function foundKeyNodes(parent: StatusNode, state: SessionState): readonly FoundKeyNode[] {
  if (parent.row !== 'found' || state.kind !== 'running') return [];
  return (state.progress?.found?.first ?? []).map((key, index) => {
    return { kind: 'foundKey', id: `${parent.id}/${index}`, parent, key };
  });
}

export function foundKeyItem(node: FoundKeyNode): vscode.TreeItem {
  const { outcome, source, mirror } = node.key;
  const kind = outcome === 'modified' ? 'diverged' : outcome;
  const lines = [source, mirror].flatMap((record) => (record === null ? [] : [`:${record.line}`])).join(' ↔ ');
  const item = labelled(keyLabel(node.key), `${outcome} · ${lines}`, kindIcon(kind), kindColors[kind]);
  item.id = node.id;
  item.accessibilityInformation = { label: `${item.label}, ${outcome}` };
  const command = source === null ? commandIds.openMirrorLine : commandIds.openSourceLine;
  item.command = { command, title: l10n.t('Open Line'), arguments: [node, { preserveFocus: true }] };
  return item;
}

export function statusItem({ row, id }: StatusNode, state: SessionState): vscode.TreeItem {
  const item = draw(row, state);
  item.id = id;
  // A screen reader would be given the tooltip instead of the row.
  item.accessibilityInformation ??= { label: `${item.label} ${item.description}` };
  return item;
}

function rows(...names: StatusNode['row'][]): StatusNode[] {
  return names.map((row) => ({ kind: 'status', id: `status/${row}`, parent: null, row }));
}

function draw(row: StatusNode['row'], state: SessionState): vscode.TreeItem {
  switch (row) {
    case 'headline':
      return headline(state);
    case 'source':
    case 'mirror':
      return sideRow(row, state);
    case 'found':
      return foundRow(state);
    case 'cancel':
      return action(l10n.t('Cancel'), 'debug-stop', commandIds.cancel);
    case 'compareAgain':
      return action(l10n.t('Compare Again'), 'refresh', commandIds.compareAgain);
    case 'openSettings':
      return action(l10n.t('Open Settings'), 'settings-gear', commandIds.openSettings);
    case 'changeReading': {
      const side = faultySide(state as FailedState);
      const title =
        side === 'source' ? l10n.t('Change How the Source Is Read…') : l10n.t('Change How the Mirror Is Read…');
      return action(title, 'settings', commandIds.changeReading, side);
    }
    case 'openLine': {
      const { line } = state as FailedState;
      const side = faultySide(state as FailedState);
      return action(l10n.t('Open Line {0}', line ?? 1), 'go-to-file', commandIds.openWarning, side, line);
    }
  }
}

function headline(state: SessionState): vscode.TreeItem {
  if (state.kind === 'failed') {
    const place = state.path === null ? '' : `${fileName(state.path)}${state.line === null ? '' : `:${state.line}`}`;
    const item = labelled(l10n.t('Could not compare'), place, 'error', 'errorForeground');
    item.tooltip = state.message;
    item.accessibilityInformation = { label: `${l10n.t('Could not compare')}: ${state.message}` };
    return item;
  }
  if (state.kind !== 'running') return labelled(l10n.t('Cancelled'), l10n.t('nothing was compared'), 'circle-slash');
  const { progress, startedAt } = state;
  const sentence = progress === null ? '' : progressSentence(progressWords(progress, Date.now() - startedAt));
  const item = labelled(l10n.t('Comparing'), sentence, 'loading~spin');
  item.contextValue = 'running';
  if (progress !== null) {
    const warnings = progress.warnings === 0 ? [] : [counted(progress.warnings, 'warning')];
    item.tooltip = [sentence, l10n.t('{0} read', counted(progress.records, 'record')), ...warnings].join('\n');
  }
  return item;
}

function foundRow(state: SessionState): vscode.TreeItem {
  const found = state.kind === 'running' ? state.progress?.found : null;
  if (found == null) return labelled(l10n.t('So far'), '', 'search');
  const words = l10n.t('{0} among {1}', foundWords(found), counted(keysCompared(found), 'key'));
  const item = labelled(l10n.t('So far'), words, 'search');
  if (found.first.length > 0) item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded;
  return item;
}

function sideRow(side: 'source' | 'mirror', state: SessionState): vscode.TreeItem {
  const path = state.kind === 'empty' ? '' : state.pair[side].fsPath;
  const item = labelled(side, fileName(path), side === 'source' ? 'database' : 'mirror');
  item.tooltip = visible(path);
  if (state.kind === 'failed' || state.kind === 'cancelled') item.contextValue = 'reading';
  return item;
}

function action(title: string, icon: string, command: string, ...args: unknown[]): vscode.TreeItem {
  const item = labelled(title, '', icon);
  item.command = { command, title, arguments: args };
  return item;
}

function labelled(label: string, description: string, icon: string, color?: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  return item;
}
