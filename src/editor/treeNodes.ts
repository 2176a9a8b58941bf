/**
 * What the tree shows of a finished comparison, as plain data: which nodes there are, in pages, and which of them a
 * filter leaves. How a node looks is decided where it is drawn.
 */
import type { Comparison, Difference, FinalRecord, KeyInSeveralPartitions, Warning } from '../core/comparison.js';
import {
  type DifferenceGroup,
  type DifferenceKind,
  type DifferenceSection,
  groupDifferences,
  type SectionKind,
} from '../core/differenceGroups.js';
import { type LedgerPart, ledgerParts, ledgerTerms } from '../core/ledgerBars.js';
import type { Side } from '../core/record.js';
import { type Check, whatToCheck } from '../core/words/checks.js';
import { filterInSlices, Slices } from './slices.js';

/** Keys that a list shows at first, and that each *Load More* adds: a tree of 100,000 nodes would freeze the window. */
export const keysPerPage = 500;

interface NodeOf<Kind extends string> {
  readonly kind: Kind;
  /** Stable: the same comparison made again gives the same ids. */
  readonly id: string;
  readonly parent: TreeNode | null;
}

export type VerdictNode = NodeOf<'verdict'>;
/** One dump; the terms of its sum are below it. */
export type SideNode = NodeOf<'side'> & { readonly side: Side };
/** The fields of JSON values that were chosen to be ignored. */
export type IgnoredNode = NodeOf<'ignored'> & { readonly paths: readonly string[] };
export type FieldNode = NodeOf<'field'> & { readonly path: string };
export type TermNode = NodeOf<'term'> & { readonly side: Side; readonly part: LedgerPart; readonly records: number };
export type SectionNode = NodeOf<'section'> & {
  readonly section: SectionKind;
  readonly count: number;
  readonly groups: readonly DifferenceGroup[];
};
/** A list of keys in pages. */
export type ListNode = NodeOf<'list'> & {
  readonly of: DifferenceKind | 'severalPartitions';
  /** Positions in the comparison's list, ascending: those that the filter leaves. */
  readonly indexes: Uint32Array;
};
export type KeyNode = NodeOf<'key'> & { readonly parent: ListNode; readonly key: Difference | KeyInSeveralPartitions };
/** The last word of one side about a key; no record if the key is absent there. */
export type RecordNode = NodeOf<'record'> & {
  readonly parent: KeyNode;
  readonly side: Side;
  readonly record: FinalRecord | null;
};
export type MoreNode = NodeOf<'more'> & { readonly parent: ListNode; readonly left: number };
/** Keyless records that only one side has. */
export type KeylessNode = NodeOf<'keyless'>;
/** What to look into next; there is at least one. */
export type ChecksNode = NodeOf<'checks'> & { readonly checks: readonly Check[] };
export type CheckNode = NodeOf<'check'> & { readonly check: Check };
/** Keys that are the same, or deleted, on both sides. */
export type SameNode = NodeOf<'same'>;
/** How the dumps were read and compared. */
export type NotesNode = NodeOf<'notes'>;
export type ReadingNode = NodeOf<'reading'> & { readonly side: Side };
export type OptionsNode = NodeOf<'options'>;
export type WarningsNode = NodeOf<'warnings'> & { readonly count: number };
export type WarningNode = NodeOf<'warning'> & { readonly side: Side; readonly warning: Warning };

export type TreeNode =
  | VerdictNode
  | SideNode
  | IgnoredNode
  | FieldNode
  | TermNode
  | SectionNode
  | ListNode
  | KeyNode
  | RecordNode
  | MoreNode
  | KeylessNode
  | ChecksNode
  | CheckNode
  | SameNode
  | NotesNode
  | ReadingNode
  | OptionsNode
  | WarningsNode
  | WarningNode;

const sides = ['source', 'mirror'] as const;

/** Warnings that tell how a dump was read; nothing is wrong with it. */
const notices: ReadonlySet<Warning['code']> = new Set([
  'noise-set-aside',
  'assumed-nulls',
  'separator-assumed',
  'crlf-stripped',
]);

export class ComparisonNodes {
  readonly #allSections: readonly DifferenceSection[];
  readonly #checks: readonly Check[];
  readonly #shown = new Map<string, number>();
  #filter = '';
  /** Of `#allSections`, what the filter leaves. */
  #sections: readonly DifferenceSection[];
  #roots: readonly TreeNode[];
  /** Counts the filters that were asked for: a newer one ends the search for an older. */
  #filters = 0;

  /** @param ignoredPaths that were chosen for the pair */
  constructor(
    readonly comparison: Comparison,
    private readonly ignoredPaths: readonly string[] = [],
  ) {
    this.#allSections = groupDifferences(comparison);
    this.#checks = whatToCheck(comparison);
    this.#sections = this.#allSections;
    this.#roots = this.#buildRoots();
  }

  get roots(): readonly TreeNode[] {
    return this.#roots;
  }

  /** Only keys that contain this text, whatever its case, are shown; all for an empty text. */
  get filter(): string {
    return this.#filter;
  }

  /** Filters among millions without holding up the thread; false if another filter was asked for meanwhile. */
  async setFilter(text: string): Promise<boolean> {
    const turn = ++this.#filters;
    const sections = text === '' ? this.#allSections : await this.#search(text, () => turn === this.#filters);
    if (sections === null) return false;
    this.#filter = text;
    this.#sections = sections;
    this.#shown.clear();
    this.#roots = this.#buildRoots();
    return true;
  }

  /** Differing keys that the filter leaves. */
  get matches(): number {
    return this.#roots.reduce((sum, node) => sum + (node.kind === 'section' ? node.count : 0), 0);
  }

  childrenOf(node: TreeNode): readonly TreeNode[] {
    switch (node.kind) {
      case 'side':
        return this.#terms(node);
      case 'ignored':
        return node.paths.map((path) => ({ kind: 'field', id: `${node.id}/${path}`, parent: node, path }));
      case 'section':
        return node.groups.map(({ kind, indexes }) => {
          return { kind: 'list', id: `${node.id}/${kind}`, parent: node, of: kind, indexes };
        });
      case 'list':
        return this.#page(node);
      case 'key':
        return sides.map((side) => ({
          kind: 'record',
          id: `${node.id}/${side}`,
          parent: node,
          side,
          record: node.key[side],
        }));
      case 'checks':
        return node.checks.map((check, at): CheckNode => ({ kind: 'check', id: `checks/${at}`, parent: node, check }));
      case 'notes':
        return this.#notes(node);
      case 'warnings':
        return this.#warnings(node, false);
      default:
        return [];
    }
  }

  showMore(list: ListNode): void {
    this.#shown.set(list.id, (this.#shown.get(list.id) ?? keysPerPage) + keysPerPage);
  }

  #buildRoots(): TreeNode[] {
    const { keylessDifferences } = this.comparison;
    const severalPartitions = this.#severalPartitions();
    const warnings = sides.reduce((sum, side) => sum + this.#warningsOf(side, false).length, 0);
    return [
      { kind: 'verdict', id: 'verdict', parent: null },
      ...sides.map((side): SideNode => ({ kind: 'side', id: `side/${side}`, parent: null, side })),
      ...(this.ignoredPaths.length === 0
        ? []
        : [{ kind: 'ignored', id: 'ignored', parent: null, paths: this.ignoredPaths } as const]),
      ...this.#sectionNodes(),
      ...(keylessDifferences.onlyInSource + keylessDifferences.onlyInMirror > 0
        ? [{ kind: 'keyless', id: 'keyless', parent: null } as const]
        : []),
      ...(severalPartitions.indexes.length > 0 ? [severalPartitions] : []),
      ...(this.#checks.length > 0
        ? [{ kind: 'checks', id: 'checks', parent: null, checks: this.#checks } as const]
        : []),
      { kind: 'same', id: 'same', parent: null },
      { kind: 'notes', id: 'notes', parent: null },
      ...(warnings > 0 ? [{ kind: 'warnings', id: 'warnings', parent: null, count: warnings } as const] : []),
    ];
  }

  async #search(text: string, isWanted: () => boolean): Promise<readonly DifferenceSection[] | null> {
    const matches = this.comparison.differences.keyMatcher(text);
    const slices = new Slices(isWanted);
    const sections: DifferenceSection[] = [];
    for (const { kind: section, groups: all } of this.#allSections) {
      const groups: DifferenceGroup[] = [];
      for (const { kind, indexes } of all) {
        const found = await filterInSlices(indexes, matches, slices);
        if (found === null) return null;
        if (found.length > 0) groups.push({ kind, indexes: found });
      }
      const count = groups.reduce((sum, { indexes }) => sum + indexes.length, 0);
      if (count > 0) sections.push({ kind: section, count, groups });
    }
    return sections;
  }

  #sectionNodes(): SectionNode[] {
    return this.#sections.map(({ kind: section, count, groups }) => {
      return { kind: 'section', id: this.#listId(`section/${section}`), parent: null, section, count, groups };
    });
  }

  #severalPartitions(): ListNode {
    const text = this.#filter.toLowerCase();
    const indexes = Uint32Array.from(this.comparison.keysInSeveralPartitions.keys()).filter((index) =>
      this.comparison.keysInSeveralPartitions[index]?.key.toLowerCase().includes(text),
    );
    return { kind: 'list', id: this.#listId('severalPartitions'), parent: null, of: 'severalPartitions', indexes };
  }

  /** A filtered list is another one to the window: it opens by itself, and the full one is found as it was left. */
  #listId(id: string): string {
    return this.#filter === '' ? id : `${id}/filtered`;
  }

  #page(list: ListNode): TreeNode[] {
    const shown = this.#shown.get(list.id) ?? keysPerPage;
    const nodes: TreeNode[] = Array.from(list.indexes.subarray(0, shown), (index) => this.#keyNode(list, index));
    const left = list.indexes.length - nodes.length;
    return left > 0 ? [...nodes, { kind: 'more', id: `${list.id}/more`, parent: list, left }] : nodes;
  }

  #keyNode(list: ListNode, index: number): KeyNode {
    const several = list.of === 'severalPartitions';
    const key = several ? this.comparison.keysInSeveralPartitions[index] : this.comparison.differences.at(index);
    // Every differing key is in one list only, so that its name identifies it; ids of megabytes would not do.
    const name = key!.keyBase64 ?? key!.key;
    const id = `${list.id}/${name.length <= 200 ? `${key!.keyBase64 === null ? 'text' : 'bytes'}/${name}` : index}`;
    return { kind: 'key', id, parent: list, key: key! };
  }

  #terms(parent: SideNode): TermNode[] {
    const terms = ledgerTerms(this.comparison, parent.side);
    return ledgerParts
      .filter((part) => terms[part] > 0)
      .map((part) => ({
        kind: 'term',
        id: `${parent.id}/${part}`,
        parent,
        side: parent.side,
        part,
        records: terms[part],
      }));
  }

  #notes(parent: NotesNode): TreeNode[] {
    return [
      ...sides.map((side): ReadingNode => ({ kind: 'reading', id: `notes/${side}`, parent, side })),
      ...this.#warnings(parent, true),
      { kind: 'options', id: 'notes/options', parent },
    ];
  }

  #warnings(parent: TreeNode, asNotices: boolean): WarningNode[] {
    return sides.flatMap((side) =>
      this.#warningsOf(side, asNotices).map((warning, position): WarningNode => {
        return { kind: 'warning', id: `${parent.id}/${side}/${warning.code}/${position}`, parent, side, warning };
      }),
    );
  }

  #warningsOf(side: Side, asNotices: boolean): readonly Warning[] {
    return this.comparison[side].warnings.filter(({ code }) => notices.has(code) === asNotices);
  }
}
