/**
 * The tree view of the comparison: its provider, its badge and message, paging and the filter. Which nodes a result
 * has is treeNodes.ts, how they look treeItems.ts; a run, a failure and a cancel are drawn by statusItems.ts.
 */
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { count, counted } from '../core/words/numbers.js';
import { visible } from '../core/words/text.js';
import { valuePreview } from '../core/words/valuePreview.js';
import { dumpNames } from './dumpNames.js';
import { contextKeys, resultViewId } from './ids.js';
import { keysCompared } from './progressWords.js';
import type { ComparisonSession, DoneState, RunningState, SessionState } from './session.js';
import {
  type FoundKeyNode,
  foundKeyItem,
  foundKeyNodes,
  type StatusNode,
  statusItem,
  statusNodes,
} from './statusItems.js';
import { treeItem } from './treeItems.js';
import { ComparisonNodes, type KeyNode, type ListNode, type RecordNode, type TreeNode } from './treeNodes.js';
import { readFinalValue } from './valueDiff.js';

export type ViewNode = TreeNode | StatusNode | FoundKeyNode;

/** The window waits until a tree has not changed for 200 ms: to be drawn at all, news must come less often. */
const progressIntervalMs = 400;

export class ComparisonTree implements vscode.TreeDataProvider<ViewNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<ViewNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<ViewNode>;
  readonly #subscription: vscode.Disposable;
  #shown: SessionState;
  /** Of a finished comparison. */
  #nodes: ComparisonNodes | null = null;
  #status: readonly StatusNode[] = [];
  #progressDrawnAt = 0;
  /** Keys that the rows of a run speak of. */
  #keysDrawn = 0;
  /** What the record nodes that are open show of their values. */
  #previews = new WeakMap<RecordNode, string>();

  constructor(session: ComparisonSession) {
    this.#shown = session.state;
    this.#view = vscode.window.createTreeView(resultViewId, { treeDataProvider: this });
    this.#subscription = session.onDidChange((state) => this.#show(state));
    void setContext(contextKeys.state, this.#shown.kind);
  }

  /** Text that the shown keys contain; empty for no filter. */
  get filter(): string {
    return this.#nodes?.filter ?? '';
  }

  /** Settles when the keys are found, or another filter has taken over. */
  async setFilter(text: string): Promise<void> {
    const nodes = this.#nodes;
    if (nodes === null) return;
    const isFiltered = await nodes.setFilter(text);
    if (isFiltered && nodes === this.#nodes) this.#draw();
  }

  /** Differing keys that the filter leaves. */
  get matches(): number {
    return this.#nodes?.matches ?? 0;
  }

  /** The selected key, if it is one. */
  get selectedKey(): KeyNode | undefined {
    const [node] = this.#view.selection;
    if (node?.kind === 'record') return node.parent;
    return node?.kind === 'key' ? node : undefined;
  }

  loadMore(list: ListNode): void {
    this.#nodes?.showMore(list);
    this.#changed.fire(list);
  }

  /** Opens the view in the side bar; the focus stays where it is. */
  async open(): Promise<void> {
    if (!this.#view.visible) await vscode.commands.executeCommand(`${resultViewId}.focus`, { preserveFocus: true });
  }

  getChildren(node?: ViewNode): ViewNode[] | Promise<ViewNode[]> {
    if (node === undefined) return [...(this.#nodes?.roots ?? this.#status)];
    if (node.kind === 'status') return [...foundKeyNodes(node, this.#shown)];
    if (node.kind === 'foundKey' || this.#nodes === null) return [];
    return node.kind === 'key' ? this.#recordsOf(node) : [...this.#nodes.childrenOf(node)];
  }

  getParent(node: ViewNode): ViewNode | null {
    return node.parent;
  }

  getTreeItem(node: ViewNode): vscode.TreeItem {
    if (node.kind === 'status') return statusItem(node, this.#shown);
    if (node.kind === 'foundKey') return foundKeyItem(node);
    const preview = node.kind === 'record' ? (this.#previews.get(node) ?? '') : '';
    return treeItem(node, this.#shown as DoneState, this.filter !== '', preview);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #show(state: SessionState): void {
    this.#shown = state;
    if (state.kind === 'running' && state.progress !== null) {
      this.#drawProgress(state);
      return;
    }
    this.#keysDrawn = 0;
    this.#nodes = state.kind === 'done' ? new ComparisonNodes(state.comparison, state.choices.ignoredPaths) : null;
    this.#status = statusNodes(state);
    this.#previews = new WeakMap();
    void setContext(contextKeys.state, state.kind);
    this.#draw();
  }

  /**
   * News of a run changes one row, until there are keys to show. When all keys are compared there is none: the rows stay
   * as they are, or the result, which comes next, would have to wait for the window.
   */
  #drawProgress({ progress }: RunningState): void {
    const now = Date.now();
    if (now - this.#progressDrawnAt < progressIntervalMs) return;
    const found = progress?.found ?? null;
    const keys = found === null ? 0 : keysCompared(found);
    if (found !== null && keys === this.#keysDrawn) return;
    this.#progressDrawnAt = now;
    this.#keysDrawn = keys;
    if (found !== null) this.#status = statusNodes(this.#shown);
    this.#changed.fire(found === null ? this.#status[0] : undefined);
  }

  #draw(): void {
    const state = this.#shown;
    const differences = state.kind === 'done' ? state.comparison.differences.length : 0;
    this.#view.badge =
      differences === 0
        ? undefined
        : { value: differences, tooltip: l10n.t('{0} differ', counted(differences, 'key')) };
    this.#view.description = state.kind === 'empty' ? '' : pairName(state);
    void setContext(contextKeys.filtered, this.filter !== '');
    // The window takes a message for news of the tree, too: after one, the rows would wait for 200 ms.
    this.#changed.fire(undefined);
    const message = this.#message(state);
    if (this.#view.message !== message) this.#view.message = message;
  }

  #message(state: SessionState): string {
    if (state.kind === 'failed') return breakable(state.message);
    if (state.kind !== 'done' || this.filter === '') return '';
    const total = state.comparison.differences.length;
    return l10n.t('Keys with “{0}”: {1} of {2} that differ.', visible(this.filter), count(this.matches), count(total));
  }

  /** Reads the beginning of both values; what cannot be read says why. */
  async #recordsOf(node: KeyNode): Promise<ViewNode[]> {
    const state = this.#shown;
    if (state.kind !== 'done' || this.#nodes === null) return [];
    const records = this.#nodes.childrenOf(node) as RecordNode[];
    const previews = await Promise.all(
      records.map(({ side, record }) =>
        readFinalValue(state.comparison[side], node.key, record).then(valuePreview, (error: Error) => error.message),
      ),
    );
    // Another comparison has taken over meanwhile.
    if (this.#shown !== state) return [];
    for (const [index, record] of records.entries()) this.#previews.set(record, previews[index] as string);
    return records;
  }
}

/** The view breaks its message between words only, and hides what is too long: paths and records may be broken, too. */
function breakable(message: string): string {
  return message.replace(/[/\\:.=](?=\S)/g, '$&\u200B');
}

function pairName({ pair }: Exclude<SessionState, { kind: 'empty' }>): string {
  const { source, mirror } = dumpNames(pair);
  return `${source.name} ↔ ${mirror.name}`;
}

function setContext(key: string, value: unknown): Thenable<void> {
  return vscode.commands.executeCommand('setContext', key, value);
}
