/** Both lists of differences say the same: the one over an array and the one over columns. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Cause, Difference, FinalRecord } from '../../src/core/comparison.js';
import { columnsOf, listOfColumns } from '../../src/core/differenceColumnList.js';
import { buffersOf, type DifferenceColumns, DifferenceColumnsBuilder } from '../../src/core/differenceColumns.js';
import { type DifferenceKind, groupDifferences } from '../../src/core/differenceGroups.js';
import { type DifferenceList, listOfDifferences } from '../../src/core/differenceList.js';
import type { FateName } from '../../src/core/differenceOverview.js';
import type { Tally } from '../../src/core/differenceTally.js';
import { decodeBytes } from '../../src/core/utf8.js';
import { packComparison, unpackComparison } from '../../src/engine/workerProtocol.js';
import { comparison, difference, finalRecord, minute, noon } from '../support/comparisons.js';

const count = fc.integer({ min: 0, max: 2 ** 40 });
const finals: fc.Arbitrary<FinalRecord> = fc
  .record({
    line: count,
    lineCount: fc.integer({ min: 1, max: 9 }),
    byteOffset: count,
    byteLength: count,
    headBytes: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    partition: fc.option(fc.integer({ min: 0, max: 3 })),
    offset: fc.option(count),
    timestamp: fc.option(fc.integer({ min: noon - minute, max: noon + minute })),
    occurrences: fc.integer({ min: 1, max: 9 }),
    tombstone: fc.boolean(),
  })
  .map((final) => ({ ...final }));
const causes = fc.constantFrom<Cause[]>('stale', 'ahead', 'reordered', 'diverged');
/** Bytes that are no text, letters whose other case is longer, or has one in ASCII, and what lies between. */
const keys = fc
  .oneof(fc.uint8Array({ maxLength: 6 }), fc.string({ unit: fc.constantFrom(...'abAB_kKİÉéßΣσς') }).map(bytesOf))
  .map((bytes) => ({ bytes, ...decodeBytes(bytes) }));

const differences: fc.Arbitrary<Difference> = fc
  .record({
    name: keys,
    outcome: fc.constantFrom('missing' as const, 'extra' as const, 'modified' as const),
    cause: causes,
    causeEvidence: fc.constantFrom('record' as const, 'timestamp' as const),
    behind: fc.option(fc.nat()),
    behindMs: fc.option(fc.integer()),
    late: fc.constantFrom(null, 'afterMirrorEnd' as const, 'afterSourceEnd' as const),
    source: finals,
    mirror: finals,
  })
  .map(({ name, outcome, cause, causeEvidence, behind, behindMs, late, source, mirror }) => ({
    key: name.text,
    keyBase64: name.base64,
    outcome,
    cause: outcome === 'modified' ? cause : null,
    causeEvidence: outcome === 'modified' ? causeEvidence : null,
    behind: outcome === 'modified' ? behind : null,
    behindMs: outcome === 'modified' ? behindMs : null,
    late,
    source: outcome === 'extra' ? null : source,
    mirror: outcome === 'missing' ? null : mirror,
  }));
const rowsOf = fc.array(differences, { maxLength: 40 });

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function bothLists(rows: readonly Difference[]): [array: DifferenceList, columns: DifferenceList] {
  const array = listOfDifferences(rows);
  return [array, listOfColumns(columnsOf(array))];
}

describe('the two lists of differences', () => {
  it('hold the same rows', () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const [array, columns] = bothLists(rows);
        assert.deepEqual([...columns], rows);
        assert.deepEqual([...array], rows);
        for (const list of [array, columns]) {
          assert.equal(list.length, rows.length);
          for (const past of [-1, rows.length]) assert.equal(list.at(past), undefined, String(past));
        }
      }),
    );
  });

  it('answer the same without making a row', () => {
    const answers = (list: DifferenceList): unknown[] =>
      Array.from({ length: list.length }, (_, i) => [
        list.kindAt(i),
        list.sectionAt(i),
        list.lastWrittenAt(i),
        ...(['source', 'mirror'] as const).flatMap((side) => [
          list.timestampAt(i, side),
          list.partitionAt(i, side),
          list.tombstoneAt(i, side),
          list.byteOffsetAt(i, side),
        ]),
      ]);
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const [array, columns] = bothLists(rows);
        assert.deepEqual(answers(columns), answers(array));
        assert.deepEqual(columns.overview, array.overview);
      }),
    );
  });

  it('find the same keys, whatever the case', () => {
    const texts = fc.oneof(fc.constantFrom('', 'k', 'K', 'é', 'ß', 'Σ', 'i̇', '\ufffd'), fc.string({ maxLength: 2 }));
    fc.assert(
      fc.property(rowsOf, texts, (rows, text) => {
        const [array, columns] = bothLists(rows);
        const found = (list: DifferenceList): number[] => Array.from(rows.keys()).filter(list.keyMatcher(text));
        assert.deepEqual(found(columns), found(array));
        const wanted = text.toLowerCase();
        assert.deepEqual(
          found(array),
          Array.from(rows.keys()).filter((i) => rows[i]?.key.toLowerCase().includes(wanted)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('never find a text across two keys', () => {
    const [, columns] = bothLists([difference('user-1', 'stale'), difference('2', 'stale')]);
    assert.deepEqual([0, 1].filter(columns.keyMatcher('12')), []);
    assert.deepEqual([0, 1].filter(columns.keyMatcher('1')), [0]);
  });
});

describe('the overview of differences', () => {
  it('groups them, the real loss first', () => {
    const rows = [
      difference('a', 'stale', { late: 'afterMirrorEnd' }),
      difference('b', 'extra'),
      difference('c', 'missing'),
      difference('d', 'extra'),
    ];
    const sections = groupDifferences(comparison(rows)).map(({ kind, count, groups }) => ({
      kind,
      count,
      groups: groups.map((group) => `${group.kind} ${group.indexes.join()}`),
    }));
    assert.deepEqual(sections, [
      { kind: 'inTime', count: 3, groups: ['missing 2', 'extra 1,3'] },
      { kind: 'afterMirrorEnd', count: 1, groups: ['stale 0'] },
    ]);
  });

  it('counts a key in both its partitions, and once if it is one', () => {
    const moved = { source: finalRecord({ partition: 3 }), mirror: finalRecord({ partition: 7 }) };
    const { partitions } = listOfDifferences([
      difference('a', 'stale', { partition: 3 }),
      difference('b', 'stale', {}, moved),
    ]).overview;
    assert.deepEqual(partitions, [
      { partition: 3, count: 2 },
      { partition: 7, count: 1 },
    ]);
  });

  it('tells when and where late keys were written, by the side that went on', () => {
    const late = { late: 'afterMirrorEnd' } as const;
    const unprinted = { source: finalRecord({ partition: null, timestamp: noon + 5 }) };
    const { afterMirrorEnd, afterSourceEnd, lost, written } = listOfDifferences([
      difference('a', 'stale', { ...late, at: noon + 9, partition: 2 }),
      difference('b', 'missing', { ...late, at: noon + 7, partition: 2 }),
      difference('c', 'missing', late, unprinted),
      difference('d', 'stale', { at: noon, partition: 2 }),
    ]).overview;
    assert.deepEqual(
      afterMirrorEnd.partitions.map(({ partition, count, times }) => ({ partition, count, times })),
      [
        { partition: null, count: 1, times: { first: noon + 5, last: noon + 5 } },
        { partition: 2, count: 2, times: { first: noon + 7, last: noon + 9 } },
      ],
    );
    assert.deepEqual(afterMirrorEnd.times, { first: noon + 5, last: noon + 9 });
    assert.equal(afterMirrorEnd.count, 3);
    assert.equal(afterSourceEnd.count, 0);
    assert.equal(lost.count, 1);
    assert.deepEqual(written, { first: noon, last: noon + 9 });
  });

  it('counts what a look at each row counts', () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const { overview } = listOfDifferences(rows);
        const named = (name: FateName): Difference[] => rows.filter((row) => fateOf(row) === name);
        for (const name of fateNames) {
          const { partitions, ...fate } = overview[name];
          assert.deepEqual(fate, tallied(named(name), name), name);
          const numbers = [...new Set(named(name).map((row) => telling(row, name)?.partition ?? null))];
          numbers.sort((a, b) => (a ?? -1) - (b ?? -1));
          const expected = numbers.map((partition) => ({
            partition,
            ...tallied(
              named(name).filter((row) => (telling(row, name)?.partition ?? null) === partition),
              name,
            ),
          }));
          assert.deepEqual(partitions, expected, name);
        }
        assert.equal(overview.all.count, rows.length);
        assert.deepEqual(overview.all.kinds, tallied(rows, 'lost').kinds);
      }),
    );
  });

  it('is empty where nothing differs', () => {
    const none = { ...tallied([], 'lost'), partitions: [] };
    assert.deepEqual(listOfDifferences([]).overview, {
      sections: [],
      partitions: [],
      written: null,
      all: tallied([], 'lost'),
      ...{ lost: none, onlyOnMirror: none, afterMirrorEnd: none, afterSourceEnd: none },
    });
  });
});

const fateNames: readonly FateName[] = ['lost', 'onlyOnMirror', 'afterMirrorEnd', 'afterSourceEnd'];

function fateOf({ late, outcome }: Difference): FateName {
  return late ?? (outcome === 'extra' ? 'onlyOnMirror' : 'lost');
}

function telling(row: Difference, fate: FateName): FinalRecord | null {
  return fate === 'lost' || fate === 'afterMirrorEnd' ? row.source : row.mirror;
}

function tallied(rows: readonly Difference[], fate: FateName): Tally {
  const having = (kind: DifferenceKind): number => rows.filter((row) => (row.cause ?? row.outcome) === kind).length;
  const times = rows.flatMap((row) => telling(row, fate)?.timestamp ?? []);
  return {
    count: rows.length,
    kinds: {
      ...{ missing: having('missing'), diverged: having('diverged'), stale: having('stale') },
      ...{ reordered: having('reordered'), ahead: having('ahead'), extra: having('extra') },
    },
    times: times.length === 0 ? null : { first: Math.min(...times), last: Math.max(...times) },
    deletedAtSource: rows.filter(({ source, mirror }) => source?.tombstone && mirror?.tombstone === false).length,
    deletedOnMirror: rows.filter(({ source, mirror }) => source?.tombstone === false && mirror?.tombstone).length,
  };
}

describe('columns of differences', () => {
  it('grow as needed, or not at all where the number is known', () => {
    const columnsWith = (capacity?: number): DifferenceColumns => {
      const builder = new DifferenceColumnsBuilder(capacity);
      for (let i = 0; i < 1000; i++) builder.add(difference('', 'stale'), bytesOf(`a key of some length ${i}`));
      return builder.finish();
    };
    assert.deepEqual([...listOfColumns(columnsWith())], [...listOfColumns(columnsWith(1000))]);
    assert.equal(columnsWith(1000).kinds.length, 1000);
  });

  it('cross to another thread without being copied, with what was counted of them', () => {
    const rows = [difference('a', 'stale'), difference('b', 'missing', { late: 'afterMirrorEnd' })];
    const [, columns] = bothLists(rows);
    const sent = comparison(rows, { differences: columns });
    const { message, transfer } = packComparison(sent);
    const received = unpackComparison(structuredClone(message, { transfer }));
    assert.deepEqual([...received.differences], rows);
    assert.deepEqual(received.differences.overview, listOfDifferences(rows).overview);
    assert.deepEqual({ ...received, differences: null }, { ...comparison(rows), differences: null });
    for (const buffer of buffersOf(message.columns)) assert.equal(buffer.byteLength, 0, 'left behind as a copy');
    // Two final records of ten columns each, seven of their own; indexes of each group; two line indexes of two.
    assert.equal(transfer.length, 2 * 10 + 7 + 2 + 2 * 2);
  });
});
