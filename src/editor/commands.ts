/** All commands but the result page's own, in one table behind one wrapper that turns errors into messages. */
import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { CancelledError, UserError } from '../core/errors.js';
import type { LineIndex } from '../core/lineIndex.js';
import type { RecordLocation, Side } from '../core/record.js';
import { counted } from '../core/words/numbers.js';
import { locateLine } from '../engine/dumpLines.js';
import { askForReading, askForSide } from './changeReading.js';
import type { PairChoices } from './comparisonSettings.js';
import type { ComparisonTree, ViewNode } from './comparisonTree.js';
import type { DumpViews } from './dumpViews.js';
import { exportReport } from './exportReport.js';
import { askForFilter } from './filterInput.js';
import { type CommandId, commandIds, resultViewId } from './ids.js';
import { askForField, askForIgnored } from './ignoreField.js';
import type { KeyHistories } from './keyHistories.js';
import { pickDumps } from './pickDumps.js';
import { RecentPairs } from './recentPairs.js';
import { revealRecord } from './revealRecord.js';
import type { ComparisonSession, DoneState, DumpPair } from './session.js';
import { looksSwapped } from './sides.js';
import type { ListNode, SideNode } from './treeNodes.js';
import { type KeyOnBothSides, openValueDiff } from './valueDiff.js';
import { WaitingSource } from './waitingSource.js';

/** What a command about one key is given: its node in the tree, or its position in the result; neither in the palette. */
type KeyArgument = ViewNode | number | undefined;

/** What a command about one dump is given: a node of the tree that stands for it, or its side; neither in the palette. */
type SideArgument = ViewNode | Side | undefined;

interface ShowOptions {
  readonly preserveFocus?: boolean;
}

// Menus and other extensions call with anything: each handler states what it is called with.
type Handler = (...args: never[]) => unknown;

export function registerCommands(
  context: vscode.ExtensionContext,
  session: ComparisonSession,
  tree: ComparisonTree,
  dumpViews: DumpViews,
  histories: KeyHistories,
): vscode.Disposable {
  const recent = new RecentPairs(context.workspaceState);
  const waiting = new WaitingSource();
  const dumpWorkerPath = path.join(context.extensionPath, 'dist', 'dumpWorker.cjs');

  const compare = async (pair: DumpPair): Promise<void> => {
    assertDumps(pair);
    waiting.uri = undefined;
    // What became of it is shown by the views, a failure too.
    await Promise.all([session.compare(pair), tree.open(), recent.add(pair)]);
  };
  const pick = async (source?: vscode.Uri): Promise<void> => {
    const pair = await pickDumps(recent.all, source);
    if (pair !== undefined) await compare(pair);
  };
  const shownPair = (): DumpPair => {
    if (session.state.kind === 'empty') throw new UserError(l10n.t('There is no comparison yet.'));
    return session.state.pair;
  };
  const result = (): DoneState => {
    if (session.state.kind !== 'done') throw new UserError(l10n.t('There is no result yet.'));
    return session.state;
  };
  const keyOf = (argument: KeyArgument): KeyOnBothSides => {
    if (typeof argument === 'number') {
      const difference = result().comparison.differences.at(argument);
      if (difference !== undefined) return difference;
    }
    const node = typeof argument === 'object' ? argument : tree.selectedKey;
    if (node?.kind === 'key' || node?.kind === 'foundKey') return node.key;
    if (node?.kind === 'record') return node.parent.key;
    throw new UserError(l10n.t('Select a key in the result first.'));
  };
  /** Where lines and positions of a side are found: for a compressed dump that is what was unpacked from it. */
  const textPath = (side: Side): string =>
    session.state.kind === 'done' ? session.state.comparison[side].textPath : shownPair()[side].fsPath;
  const openLine = async (side: Side, argument: KeyArgument, options?: ShowOptions): Promise<void> => {
    const record = keyOf(argument)[side];
    if (record === null) throw new UserError(l10n.t('The {0} holds no record of this key.', side));
    await revealRecord(dumpViews, textPath(side), record, revealOptions(options));
  };
  const openLineNumber = async (side: Side, line: number): Promise<void> => {
    const file = textPath(side);
    const index = session.state.kind === 'done' ? session.state.comparison.lineIndexes[side] : undefined;
    await revealRecord(dumpViews, file, await locateLineInView(file, line, index));
  };
  const openDumpView = async (argument: vscode.Uri | KeyArgument): Promise<void> => {
    if (argument instanceof vscode.Uri) return dumpViews.open(argument, null);
    if (argument === undefined) return dumpViews.open(activeFile(), null);
    const node = typeof argument === 'object' ? argument : null;
    if (node?.kind === 'side') return dumpViews.open(shownPair()[node.side], null);
    const key = keyOf(argument);
    const side = node?.kind === 'record' ? node.side : key.source === null ? 'mirror' : 'source';
    await dumpViews.open(shownPair()[side], key[side]);
  };

  /** Undefined if the user was asked, and gave up. */
  const sideOf = async (argument: SideArgument): Promise<Side | undefined> => {
    if (typeof argument === 'string') return argument;
    if (argument?.kind === 'side' || argument?.kind === 'reading') return argument.side;
    if (argument?.kind === 'status' && (argument.row === 'source' || argument.row === 'mirror')) return argument.row;
    return askForSide(shownPair());
  };
  const choose = async (pair: DumpPair, change: Partial<PairChoices>): Promise<void> => {
    await session.choices.choose(pair, change);
    await compare(pair);
  };

  const handlers: Readonly<Record<CommandId, Handler>> = {
    [commandIds.compareFiles]: () => pick(),
    [commandIds.compareSamples]: () => {
      const sample = (name: string): vscode.Uri => vscode.Uri.joinPath(context.extensionUri, 'samples', name);
      return compare({ source: sample('old-topic.txt'), mirror: sample('mirrored-topic.txt') });
    },
    [commandIds.compareResources]: async (clicked?: vscode.Uri, all?: readonly vscode.Uri[]) => {
      const [first, second, ...others] = all ?? [];
      if (first === undefined || second === undefined || others.length > 0) return pick(clicked);
      const isSwapped = looksSwapped(first.path, second.path);
      return compare(isSwapped ? { source: second, mirror: first } : { source: first, mirror: second });
    },
    [commandIds.selectAsSource]: (uri?: vscode.Uri) => {
      waiting.uri = uri ?? activeFile();
    },
    [commandIds.compareWithSource]: (uri?: vscode.Uri) => {
      const source = waiting.uri;
      return source === undefined || uri === undefined ? pick(source) : compare({ source, mirror: uri });
    },
    [commandIds.forgetSource]: () => {
      waiting.uri = undefined;
    },
    [commandIds.swapSides]: () => {
      const { source, mirror } = shownPair();
      return compare({ source: mirror, mirror: source });
    },
    [commandIds.compareAgain]: () => compare(shownPair()),
    [commandIds.cancel]: () => session.cancel(),
    [commandIds.closeComparison]: () => session.close(),
    [commandIds.openDump]: ({ side }: SideNode) => openLineNumber(side, 1),
    [commandIds.openDumpView]: openDumpView,
    [commandIds.findInDump]: () => dumpViews.act('find'),
    [commandIds.goToDumpLine]: () => dumpViews.act('goToLine'),
    [commandIds.nextDifference]: () => dumpViews.act('nextDifference'),
    [commandIds.previousDifference]: () => dumpViews.act('previousDifference'),
    [commandIds.openSourceLine]: (argument: KeyArgument, options?: ShowOptions) =>
      openLine('source', argument, options),
    [commandIds.openMirrorLine]: (argument: KeyArgument, options?: ShowOptions) =>
      openLine('mirror', argument, options),
    [commandIds.openWarning]: openLineNumber,
    [commandIds.diffValues]: (argument: KeyArgument, options?: ShowOptions) =>
      openValueDiff(result().comparison, keyOf(argument), revealOptions(options).preserveFocus),
    [commandIds.showHistory]: (argument: KeyArgument) => histories.show(result().comparison, keyOf(argument)),
    [commandIds.exportReport]: () => exportReport(session.workerPath, result().comparison),
    [commandIds.copyKey]: async (argument: KeyArgument) => {
      const { key, keyBase64 } = keyOf(argument);
      await vscode.env.clipboard.writeText(keyBase64 ?? key);
      const message = keyBase64 === null ? l10n.t('Key copied.') : l10n.t('Key copied as Base64: it is not UTF-8.');
      vscode.window.setStatusBarMessage(message, 3000);
    },
    [commandIds.filterKeys]: () => {
      result();
      return askForFilter(tree);
    },
    [commandIds.clearFilter]: () => tree.setFilter(''),
    [commandIds.loadMore]: (list: ListNode) => tree.loadMore(list),
    [commandIds.changeReading]: async (argument: SideArgument) => {
      const pair = shownPair();
      const side = await sideOf(argument);
      if (side === undefined) return;
      const reading = await askForReading(dumpWorkerPath, pair[side], side, session.choices.of(pair));
      if (reading !== undefined) await choose(pair, { [side]: reading });
    },
    [commandIds.readAsDetected]: async (argument: Exclude<SideArgument, undefined>) => {
      const side = await sideOf(argument);
      if (side !== undefined) await choose(shownPair(), { [side]: {} });
    },
    [commandIds.ignoreField]: async (argument: KeyArgument) => {
      const pair = shownPair();
      const path = await askForField(session.workerPath, result().comparison, keyOf(argument));
      if (path === undefined) return;
      const { ignoredPaths } = session.choices.of(pair);
      await choose(pair, { ignoredPaths: [...ignoredPaths, path] });
    },
    [commandIds.stopIgnoring]: async (node?: ViewNode) => {
      const pair = shownPair();
      const { ignoredPaths } = session.choices.of(pair);
      if (ignoredPaths.length === 0) throw new UserError(l10n.t('No field is ignored for these two dumps alone.'));
      const stopped = node?.kind === 'field' ? [node.path] : await askForIgnored(ignoredPaths);
      if (stopped === undefined || stopped.length === 0) return;
      await choose(pair, { ignoredPaths: ignoredPaths.filter((path) => !stopped.includes(path)) });
    },
    [commandIds.openSettings]: () =>
      vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`),
  };

  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, (...args: never[]) => guarded(() => handler(...args))),
  );
  return vscode.Disposable.from(waiting, ...registered);
}

/** Shows what went wrong. The error goes no further: whoever runs a command would only show it again. */
async function guarded(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof CancelledError) return;
    const message = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      error instanceof UserError ? message : l10n.t('Kafka Dump Compare: {0}', message),
    );
  }
}

/** @throws UserError if these are no two files that can be read by position */
function assertDumps({ source, mirror }: DumpPair): void {
  const virtual = [source, mirror].find(({ scheme }) => scheme !== 'file');
  if (virtual !== undefined) {
    throw new UserError(l10n.t('{0} is not a file on this disk. Save it to one first.', virtual.toString(true)));
  }
  if (source.toString() === mirror.toString()) {
    throw new UserError(l10n.t('{0} was chosen for both sides. Choose two dumps.', source.fsPath));
  }
}

/** Finds a line by its number; where it is not indexed, it takes a while to count the lines before it. */
async function locateLineInView(file: string, line: number, index: LineIndex | undefined): Promise<RecordLocation> {
  const location = await vscode.window.withProgress({ location: { viewId: resultViewId } }, () =>
    locateLine(file, line, index),
  );
  if (location !== null) return location;
  const lines = counted(line, 'line');
  throw new UserError(l10n.t('{0} has fewer than {1}: it changed. Compare again.', file, lines), file);
}

/** The file of the tab in front, whichever editor it is in: the text editor does not open every dump. */
function activeFile(): vscode.Uri {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return input.uri;
  throw new UserError(l10n.t('Open the dump first, or choose it in the Explorer.'));
}

// A menu passes the selection as second argument, a row of the tree its own options.
function revealOptions(options: ShowOptions | undefined): { readonly preserveFocus: boolean } {
  return { preserveFocus: options?.preserveFocus === true };
}
