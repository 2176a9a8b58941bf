/** What the tree shows of a finished comparison. */
import assert from 'node:assert/strict';
import type { KeyInSeveralPartitions, Warning } from '../../src/core/comparison.js';
import {
  ComparisonNodes,
  type KeyNode,
  keysPerPage,
  type ListNode,
  type TreeNode,
} from '../../src/editor/treeNodes.js';
import { comparison, difference, dumpSummary, finalRecord } from '../support/comparisons.js';

/** A node as one word, enough to tell it from its neighbours. */
function word(node: TreeNode): string {
  switch (node.kind) {
    case 'section':
      return `${node.section} ${node.count}`;
    case 'list':
      return `${node.of} ${node.indexes.length}`;
    case 'key':
      return node.key.key;
    case 'record':
      return `${node.side} ${node.record?.line ?? 'absent'}`;
    case 'more':
      return `more ${node.left}`;
    case 'checks':
      return `checks ${node.checks.length}`;
    case 'check':
      return node.check.about;
    case 'term':
      return `${node.part} ${node.records}`;
    case 'warning':
      return `${node.side} ${node.warning.code}`;
    case 'side':
    case 'reading':
      return `${node.kind} ${node.side}`;
    default:
      return node.kind;
  }
}

const words = (nodes: readonly TreeNode[]): string[] => nodes.map(word);

/** The node at the end of a path of words. */
function find(nodes: ComparisonNodes, ...path: string[]): TreeNode {
  let level = nodes.roots;
  let found: TreeNode | undefined;
  for (const step of path) {
    found = level.find((node) => word(node) === step);
    assert.ok(found, `no ${step} among ${words(level)}`);
    level = nodes.childrenOf(found);
  }
  return found as TreeNode;
}

const late = { late: 'afterMirrorEnd' } as const;
const stopped = comparison([
  difference('user-3', 'stale', late),
  difference('user-4', 'missing', late),
  difference('user-1', 'extra'),
  difference('order-5', 'stale', late),
]);

describe('ComparisonNodes', () => {
  it('names the fields that were chosen to be ignored, below the sides', () => {
    const nodes = new ComparisonNodes(stopped, ['$.at', '$.rev']);
    assert.equal(words(nodes.roots)[3], 'ignored');
    assert.deepEqual(
      nodes.childrenOf(find(nodes, 'ignored')).map((node) => node.kind === 'field' && node.path),
      ['$.at', '$.rev'],
    );
    assert.ok(!words(new ComparisonNodes(stopped).roots).includes('ignored'));
  });

  it('shows the verdict, both sides and the real loss before the late keys', () => {
    const nodes = new ComparisonNodes(stopped);
    assert.deepEqual(words(nodes.roots), [
      'verdict',
      'side source',
      'side mirror',
      'inTime 1',
      'afterMirrorEnd 3',
      'checks 2',
      'same',
      'notes',
    ]);
    assert.deepEqual(words(nodes.childrenOf(find(nodes, 'afterMirrorEnd 3'))), ['missing 1', 'stale 2']);
    assert.deepEqual(words(nodes.childrenOf(find(nodes, 'afterMirrorEnd 3', 'stale 2'))), ['user-3', 'order-5']);
  });

  it('shows both last records below a key, absent ones too', () => {
    const nodes = new ComparisonNodes(stopped);
    const stale = find(nodes, 'afterMirrorEnd 3', 'stale 2', 'user-3');
    assert.deepEqual(words(nodes.childrenOf(stale)), ['source 10', 'mirror 20']);
    const extra = find(nodes, 'inTime 1', 'extra 1', 'user-1');
    assert.deepEqual(words(nodes.childrenOf(extra)), ['source absent', 'mirror 20']);
  });

  it('shows nothing that is not there', () => {
    const nodes = new ComparisonNodes(comparison());
    assert.deepEqual(words(nodes.roots), ['verdict', 'side source', 'side mirror', 'same', 'notes']);
  });

  it('shows what to check, the most pressing first', () => {
    const nodes = new ComparisonNodes(stopped);
    assert.deepEqual(words(nodes.childrenOf(find(nodes, 'checks 2'))), [
      'Partition 0 of the mirror stopped early',
      'Only on the mirror: 1 key',
    ]);
  });

  it('shows the terms of the sum below a side', () => {
    const side = { superseded: 3, repeated: 0, expiredTombstones: 1, notInOther: 2 };
    const nodes = new ComparisonNodes(
      comparison([], { ledger: { matched: 10, source: side, mirror: side, approximateKeys: 0 } }),
    );
    assert.deepEqual(words(nodes.childrenOf(find(nodes, 'side source'))), [
      'matched 10',
      'superseded 3',
      'expiredTombstones 1',
      'notInOther 2',
    ]);
  });

  it('shows keyless records and keys in several partitions', () => {
    const several: KeyInSeveralPartitions = {
      ...{ key: 'k', keyBase64: null, outcome: 'same', sourcePartitions: [0, 1], mirrorPartitions: [0] },
      ...{ source: finalRecord({ line: 3 }), mirror: finalRecord({ line: 4 }) },
    };
    const nodes = new ComparisonNodes(
      comparison([], {
        keylessDifferences: { onlyInSource: 1, onlyInMirror: 0, repeatedInSource: 0, repeatedInMirror: 0 },
        keysInSeveralPartitions: [several],
      }),
    );
    assert.deepEqual(words(nodes.roots).slice(3, 5), ['keyless', 'severalPartitions 1']);
    assert.deepEqual(words(nodes.childrenOf(find(nodes, 'severalPartitions 1', 'k'))), ['source 3', 'mirror 4']);
  });

  it('tells how a dump was read from what is odd about it', () => {
    const warnings: Warning[] = [
      { code: 'truncated-tail', line: 9, message: 'cut' },
      { code: 'assumed-nulls', line: 2, message: 'null' },
    ];
    const nodes = new ComparisonNodes(comparison([], { mirror: dumpSummary({ warnings }) }));
    assert.deepEqual(words(nodes.childrenOf(find(nodes, 'notes'))), [
      'reading source',
      'reading mirror',
      'mirror assumed-nulls',
      'options',
    ]);
    assert.deepEqual(words(nodes.childrenOf(find(nodes, 'warnings'))), ['mirror truncated-tail']);
  });

  it('shows long lists in pages', () => {
    const keys = Array.from({ length: 2 * keysPerPage + 7 }, (_, index) => difference(`k${index}`, 'missing'));
    const nodes = new ComparisonNodes(comparison(keys));
    const list = find(nodes, 'inTime 1007', 'missing 1007') as ListNode;
    const shown = (): string[] => words(nodes.childrenOf(list)).slice(-2);
    assert.deepEqual(shown(), ['k499', 'more 507']);
    nodes.showMore(list);
    assert.deepEqual(shown(), ['k999', 'more 7']);
    nodes.showMore(list);
    assert.deepEqual(shown(), ['k1005', 'k1006']);
  });

  it('filters all keys, whatever their case, and counts what is left', async () => {
    const nodes = new ComparisonNodes(stopped);
    assert.ok(await nodes.setFilter('USER'));
    assert.equal(nodes.matches, 3);
    assert.deepEqual(words(nodes.roots).slice(3, 5), ['inTime 1', 'afterMirrorEnd 2']);
    assert.deepEqual(words(nodes.childrenOf(find(nodes, 'afterMirrorEnd 2', 'stale 1'))), ['user-3']);
    assert.ok(await nodes.setFilter('nowhere'));
    assert.equal(nodes.matches, 0);
    assert.deepEqual(words(nodes.roots), ['verdict', 'side source', 'side mirror', 'checks 2', 'same', 'notes']);
    assert.ok(await nodes.setFilter(''));
    assert.equal(nodes.matches, 4);
  });

  it('filters keys beyond the first page', async () => {
    const keys = Array.from({ length: 2 * keysPerPage }, (_, index) => difference(`k${index}`, 'missing'));
    const nodes = new ComparisonNodes(comparison(keys));
    assert.ok(await nodes.setFilter('k999'));
    assert.deepEqual(words(nodes.childrenOf(find(nodes, 'inTime 1', 'missing 1'))), ['k999']);
  });

  it('gives every node an id of its own, and the same one when the comparison is made again', () => {
    const all = (nodes: ComparisonNodes): string[] => {
      const ids: string[] = [];
      const visit = (node: TreeNode): void => {
        ids.push(node.id);
        nodes.childrenOf(node).forEach(visit);
      };
      nodes.roots.forEach(visit);
      return ids;
    };
    const ids = all(new ComparisonNodes(stopped));
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(all(new ComparisonNodes(stopped)), ids);
  });

  it('identifies keys by their name, not by their place', () => {
    const id = (...keys: string[]): string => {
      const nodes = new ComparisonNodes(comparison(keys.map((key) => difference(key, 'missing'))));
      const found = find(nodes, `inTime ${keys.length}`, `missing ${keys.length}`, 'b') as KeyNode;
      return found.id;
    };
    assert.equal(id('a', 'b'), id('b'));
  });

  it('tells a key from another one whose bytes look like it', () => {
    const broken = difference('\uFFFD', 'missing', {}, { keyBase64: '/w==' });
    const nodes = new ComparisonNodes(
      comparison([broken, difference('\uFFFD', 'missing', {}, { keyBase64: '/g==' }), difference('/w==', 'missing')]),
    );
    const ids = nodes.childrenOf(find(nodes, 'inTime 3', 'missing 3')).map(({ id }) => id);
    assert.equal(new Set(ids).size, 3);
  });

  it('leads from every node to its parent', () => {
    const nodes = new ComparisonNodes(stopped);
    const visit = (node: TreeNode): void => {
      for (const child of nodes.childrenOf(node)) {
        assert.equal(child.parent, node);
        visit(child);
      }
    };
    for (const root of nodes.roots) {
      assert.equal(root.parent, null);
      visit(root);
    }
  });
});
