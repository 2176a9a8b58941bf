/** How the nodes of a finished comparison look in the tree: words, icons, colours, and what a click does. */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Difference, FinalRecord, KeyInSeveralPartitions, KeyName } from '../core/comparison.js';
import { kindOf } from '../core/differenceGroups.js';
import type { LedgerPart } from '../core/ledgerBars.js';
import type { Side } from '../core/record.js';
import { deletedWords, distance, kindLabels, sectionLabels, untimedSectionLabel } from '../core/words/labels.js';
import { ledgerLabel } from '../core/words/ledgerLabels.js';
import { byteSize, count, counted } from '../core/words/numbers.js';
import { excerpt, visible } from '../core/words/text.js';
import { clockTime, dateAndTime } from '../core/words/time.js';
import { kindColors, kindUri } from './decorations.js';
import { commandIds, showResultCommand } from './ids.js';
import { fieldItem, ignoredItem, optionsItem, readingContext, readingItem, warningItem } from './noteItems.js';
import type { DoneState } from './session.js';
import { checkItem, checksItem, groupTooltip } from './treeExplanations.js';
import {
  type KeylessNode,
  type KeyNode,
  keysPerPage,
  type ListNode,
  type MoreNode,
  type RecordNode,
  type SectionNode,
  type SideNode,
  type TermNode,
  type TreeNode,
} from './treeNodes.js';
import { row } from './treeRow.js';
import { fileName } from './valueDiff.js';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** Characters of a key that a row shows. */
const keyCharacters = 200;
/** Lists up to this long are open from the start. */
const shortList = 10;

const termColors: Readonly<Record<LedgerPart, string>> = {
  matched: 'charts.green',
  superseded: 'disabledForeground',
  repeated: 'charts.blue',
  expiredTombstones: 'charts.purple',
  notInOther: 'charts.red',
  keyless: 'charts.yellow',
};

/** @param preview of a record node's value */
export function treeItem(node: TreeNode, state: DoneState, isFiltered: boolean, preview: string): vscode.TreeItem {
  const item = draw(node, state, isFiltered, preview);
  item.id = node.id;
  // A screen reader would be given the tooltip instead of the row.
  item.accessibilityInformation ??= { label: `${item.label} ${item.description}` };
  return item;
}

function draw(node: TreeNode, state: DoneState, isFiltered: boolean, preview: string): vscode.TreeItem {
  switch (node.kind) {
    case 'verdict':
      return verdictItem(state);
    case 'side':
      return sideItem(node, state);
    case 'term':
      return termItem(node, state);
    case 'ignored':
      return ignoredItem(node);
    case 'field':
      return fieldItem(node);
    case 'section':
      return sectionItem(node, state);
    case 'list':
      return listItem(node, state, isFiltered);
    case 'key':
      return keyItem(node);
    case 'record':
      return recordItem(node, state, preview);
    case 'more':
      return moreItem(node);
    case 'keyless':
      return keylessItem(node, state);
    case 'checks':
      return checksItem(node.checks.length);
    case 'check':
      return checkItem(node.check);
    case 'same':
      return sameItem(state);
    case 'notes':
      return row(l10n.t('Notes'), l10n.t('how the dumps were read'), 'info', Collapsed);
    case 'reading':
      return readingItem(node, state);
    case 'options':
      return optionsItem(state);
    case 'warnings':
      return row(l10n.t('Warnings'), count(node.count), 'warning', Collapsed);
    case 'warning':
      return warningItem(node, state);
  }
}

function verdictItem({ comparison, words }: DoneState): vscode.TreeItem {
  const isEquivalent = comparison.verdict === 'equivalent';
  const color = isEquivalent ? 'gitDecoration.addedResourceForeground' : 'gitDecoration.modifiedResourceForeground';
  const item = row(words.headline, words.details.join(' '), isEquivalent ? 'pass' : 'diff', None, color);
  item.tooltip = [words.headline, ...words.details].join('\n');
  item.accessibilityInformation = { label: [words.headline, ...words.details].join(' ') };
  item.contextValue = 'verdict';
  item.command = { command: showResultCommand, title: l10n.t('Show the Result Page') };
  return item;
}

function sideItem({ side }: SideNode, { comparison, choices }: DoneState): vscode.TreeItem {
  const { path, bytes, records, keys } = comparison[side];
  const counts = `${counted(records, 'record')} · ${counted(keys, 'key')}`;
  const item = row(side, `${fileName(path)} · ${counts}`, side === 'source' ? 'database' : 'mirror', Collapsed);
  item.tooltip = `${visible(path)}\n${byteSize(bytes)} · ${counts}`;
  item.contextValue = readingContext('side', choices[side]);
  return item;
}

function termItem({ side, part, records }: TermNode, { comparison }: DoneState): vscode.TreeItem {
  const color = part === 'notInOther' && side === 'mirror' ? 'charts.orange' : termColors[part];
  const item = row(count(records), ledgerLabel(part, side, comparison), 'circle-filled', None, color);
  item.command = { command: showResultCommand, title: l10n.t('Show the Result Page') };
  return item;
}

function sectionItem({ section, count: keys }: SectionNode, { comparison }: DoneState): vscode.TreeItem {
  const { title, meaning } = comparison.timestampsComparable ? sectionLabels[section] : untimedSectionLabel;
  const item = row(title, `${count(keys)} · ${meaning}`, section === 'inTime' ? 'search' : 'history', Expanded);
  item.accessibilityInformation = { label: `${title}, ${counted(keys, 'key')}, ${meaning}` };
  return item;
}

function listItem({ of, indexes, parent }: ListNode, { comparison }: DoneState, isFiltered: boolean): vscode.TreeItem {
  const keys = indexes.length;
  const isFirst = parent?.kind === 'section' && parent.section === 'inTime' && parent.groups[0]?.kind === of;
  const isOpen = isFiltered || isFirst || keys <= shortList;
  if (of === 'severalPartitions') {
    const meaning = l10n.t('Kafka gives no order between them');
    return row(l10n.t('In several partitions'), `${count(keys)} · ${meaning}`, 'layers', Collapsed);
  }
  const { title, meaning } = kindLabels[of];
  const item = new vscode.TreeItem(title, isOpen ? Expanded : Collapsed);
  item.description = `${count(keys)} · ${meaning}`;
  item.resourceUri = kindUri(of);
  if (parent?.kind === 'section') {
    item.tooltip = groupTooltip(of, parent.section, keys, kindLabels[of], comparison);
  }
  item.accessibilityInformation = { label: `${title}, ${counted(keys, 'key')}, ${meaning}` };
  return item;
}

/** A key as the label of a row. */
export function keyLabel({ key }: KeyName): string {
  return key === '' ? l10n.t('(empty key)') : excerpt(key, keyCharacters);
}

function keyItem(node: KeyNode): vscode.TreeItem {
  const { key } = node;
  const label = keyLabel(key);
  const item = new vscode.TreeItem(label, Collapsed);
  const words = isDifference(key) ? differenceWords(key) : partitionWords(key);
  // Short words first, so that a narrow side bar shows both.
  const parts = isDifference(key) && key.outcome !== 'modified' ? [linesWords(key), words] : [words, linesWords(key)];
  item.description = parts.filter((part) => part !== '').join(' · ');
  const lines = [
    key.source === null ? l10n.t('no record in the source') : l10n.t('source line {0}', key.source.line),
    key.mirror === null ? l10n.t('no record on the mirror') : l10n.t('mirror line {0}', key.mirror.line),
  ];
  if (isDifference(key)) {
    const kind = kindOf(key);
    item.resourceUri = kindUri(kind);
    item.iconPath = new vscode.ThemeIcon(kindIcon(kind), new vscode.ThemeColor(kindColors[kind]));
    item.tooltip = [visible(key.key), `${kindLabels[kind].title}: ${kindLabels[kind].meaning}`, words, ...lines]
      .filter((line) => line !== '')
      .join('\n');
    item.accessibilityInformation = { label: [label, kindLabels[kind].title, words, ...lines].join(', ') };
  } else {
    item.iconPath = new vscode.ThemeIcon('key');
    item.tooltip = [visible(key.key), words, ...lines].join('\n');
  }
  if (key.keyBase64 !== null)
    item.tooltip += `\n${l10n.t('The key is not UTF-8; in Base64: {0}', excerpt(key.keyBase64, 500))}`;
  item.contextValue = [
    'key',
    ...(key.source === null ? [] : ['source']),
    ...(key.mirror === null ? [] : ['mirror']),
    ...(isDifference(key) && haveValues(key) ? ['values'] : []),
  ].join(' ');
  item.command = {
    command: commandIds.diffValues,
    title: l10n.t('Compare Values'),
    arguments: [node, { preserveFocus: true }],
  };
  return item;
}

/** Both sides end at a value. */
function haveValues({ source, mirror }: Difference): boolean {
  return source?.tombstone === false && mirror?.tombstone === false;
}

function recordItem({ side, record, parent }: RecordNode, { comparison }: DoneState, preview: string): vscode.TreeItem {
  const item = new vscode.TreeItem(side, None);
  if (record === null) {
    item.description = l10n.t('no record of this key');
    item.iconPath = new vscode.ThemeIcon('circle-slash');
    return item;
  }
  const time = record.timestamp === null ? [] : [clockTime(record.timestamp)];
  item.description = [`:${record.line}`, ...time, preview].join(' · ');
  item.iconPath = new vscode.ThemeIcon(record.tombstone ? 'trash' : 'go-to-file');
  item.tooltip = recordTooltip(record, comparison[side].path, preview);
  item.contextValue = 'record';
  const command = side === 'source' ? commandIds.openSourceLine : commandIds.openMirrorLine;
  item.command = { command, title: l10n.t('Open Line'), arguments: [parent, { preserveFocus: true }] };
  return item;
}

function recordTooltip(record: FinalRecord, path: string, preview: string): string {
  const { line, lineCount, partition, offset, timestamp, occurrences } = record;
  const where = [
    ...(partition === null ? [] : [l10n.t('partition {0}', partition)]),
    ...(offset === null ? [] : [l10n.t('offset {0}', offset)]),
  ];
  return [
    `${visible(path)}:${line}${lineCount > 1 ? ` (${counted(lineCount, 'line')})` : ''}`,
    ...(where.length === 0 ? [] : [where.join(' · ')]),
    ...(timestamp === null ? [] : [dateAndTime(timestamp), dateAndTime(timestamp, { timeZone: 'UTC' })]),
    l10n.t('the last of {0} of this key here', counted(occurrences, 'record')),
    preview,
  ]
    .filter((text, index, all) => all.indexOf(text) === index)
    .join('\n');
}

function moreItem({ parent, left }: MoreNode): vscode.TreeItem {
  const item = row(
    l10n.t('Load {0} More', count(Math.min(left, keysPerPage))),
    l10n.t('{0} not shown', count(left)),
    'ellipsis',
    None,
  );
  item.command = { command: commandIds.loadMore, title: l10n.t('Load More'), arguments: [parent] };
  return item;
}

function keylessItem(_node: KeylessNode, { comparison }: DoneState): vscode.TreeItem {
  const { onlyInSource, onlyInMirror } = comparison.keylessDifferences;
  const parts = [
    ...(onlyInSource > 0 ? [l10n.t('{0} missing on the mirror', count(onlyInSource))] : []),
    ...(onlyInMirror > 0 ? [l10n.t('{0} only on the mirror', count(onlyInMirror))] : []),
  ];
  const item = row(l10n.t('Without a key'), parts.join(' · '), 'question', None);
  item.tooltip = l10n.t('Records without a key are compared as bags of values.');
  return item;
}

function sameItem({ comparison }: DoneState): vscode.TreeItem {
  const { same, deleted } = comparison.keys;
  const description = [
    counted(same, 'key'),
    ...(deleted > 0 ? [l10n.t('{0} deleted on both sides', count(deleted))] : []),
  ];
  const item = row(l10n.t('Same'), description.join(' · '), 'check', None);
  item.tooltip = l10n.t('The last value of these keys is the same on both sides, or they are deleted on both.');
  return item;
}

function isDifference(key: Difference | KeyInSeveralPartitions): key is Difference {
  return 'cause' in key;
}

export function kindIcon(kind: ReturnType<typeof kindOf>): string {
  if (kind === 'missing') return 'diff-removed';
  return kind === 'extra' ? 'diff-added' : 'diff-modified';
}

/** What is to be said of one key, beyond the group it is in. */
function differenceWords(difference: Difference): string {
  const { outcome, late, source } = difference;
  if (outcome === 'missing') return source?.timestamp == null ? '' : l10n.t('written {0}', clockTime(source.timestamp));
  if (outcome === 'extra') {
    return late === null
      ? l10n.t('deleted at the source, or foreign')
      : l10n.t('the source was dumped earlier, or foreign');
  }
  return [distance(difference), deletedWords(difference)].filter((part) => part !== '').join(' · ');
}

function partitionWords({ sourcePartitions, mirrorPartitions }: KeyInSeveralPartitions): string {
  const side = (name: Side, partitions: readonly number[]): string[] =>
    partitions.length === 0 ? [] : [`${name} ${partitions.join(', ')}`];
  return [...side('source', sourcePartitions), ...side('mirror', mirrorPartitions)].join(' · ');
}

/** `:12 ↔ :42`, or the one line there is. */
function linesWords({ source, mirror }: Pick<Difference, 'source' | 'mirror'>): string {
  return [source, mirror].flatMap((record) => (record === null ? [] : [`:${record.line}`])).join(' ↔ ');
}
