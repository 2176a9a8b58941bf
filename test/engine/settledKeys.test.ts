/** Keys that the kernel settles in a join, against what is said of them in TypeScript; and which ones it leaves open. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Side } from '../../src/core/record.js';
import { Breathing } from '../../src/engine/breathing.js';
import { ControlBlock } from '../../src/engine/controlBlock.js';
import {
  bitsAt,
  byTimestamp,
  causes,
  lates,
  outcomes,
  rowLength,
  sideStart,
  takeChunks,
} from '../../src/engine/findings.js';
import { joinPartitions } from '../../src/engine/joinPartitions.js';
import type { JoinTotals } from '../../src/engine/joinTotals.js';
import { KeyJudge } from '../../src/engine/judgeKey.js';
import { Kernel, kernelLayout, loadKernel } from '../../src/engine/kernel.js';
import type { KeyTuples } from '../../src/engine/keySides.js';
import { PartitionStore } from '../../src/engine/partitionStore.js';
import { offsetTupleBytes, plainTupleBytes, Tuples } from '../../src/engine/tuple.js';
import { randomTopic, type TestRecord, type TestTopic } from '../support/joinedKeys.js';

interface Joined {
  readonly totals: JoinTotals;
  /** In both readings, where every record counts. */
  readonly unmatched: readonly Float64Array[];
  /** Rows of findings, in the order of their places. */
  readonly rows: readonly (readonly number[])[];
  /** Rows that the kernel has made. */
  readonly settledRows: readonly (readonly number[])[];
  /** How many keys were judged in TypeScript. */
  readonly judged: number;
}

class CountingJudge extends KeyJudge {
  judged = 0;
  override judge(source: KeyTuples, mirror: KeyTuples): void {
    this.judged++;
    super.judge(source, mirror);
  }
}

describe('keys that the kernel settles', () => {
  let kernel: Kernel;
  let judge: CountingJudge;
  let settledRows: number[][] = [];
  const block = new Uint8Array(new SharedArrayBuffer(8 << 20));
  before(async () => {
    const nothing = (): never => assert.fail('there is no scan');
    kernel = new Kernel((await loadKernel()) as WebAssembly.Module, kernelLayout.free, {
      ...{ nextPage: nothing, endPage: nothing, slowRecord: nothing, described: nothing },
      takeFound: (address, count) => {
        const rows = kernel.doubles(address, count * rowLength);
        settledRows.push(...rowsOf(rows));
        judge.findings.addRows(rows);
      },
    });
  });

  async function join(topic: TestTopic, hasKernel: boolean): Promise<Joined> {
    const { ends, everyRecordCounts, comparesJson } = topic;
    const tupleBytes = { source: tupleBytesOf(topic, 'source'), mirror: tupleBytesOf(topic, 'mirror') };
    const store = new PartitionStore(2, Number.POSITIVE_INFINITY, null, () => block);
    for (const side of ['source', 'mirror'] as const) addTuples(store, topic, side, tupleBytes[side]);
    const cleanupPolicy = everyRecordCounts ? 'delete' : 'compact';
    const starts = { source: { byPartition: new Map() }, mirror: { byPartition: new Map() } };
    const matches = comparesJson ? (a: number, b: number) => (a + b) % 3 === 0 : null;
    judge = new CountingJudge({ cleanupPolicy }, ends, starts, matches, { memoryBytes: 0, spill: null });
    settledRows = [];
    const plan = {
      ...{ lane: 0, partitions: 1, keylessPartitions: 1, directories: [store.directory()], setAside: [] },
      ...{ tupleBytes, everyRecordCounts, comparesJson, ends, workAddress: kernelLayout.free },
    };
    const control = new ControlBlock(ControlBlock.create(1));
    await joinPartitions(hasKernel ? kernel : null, plan, judge, control, new Breathing());
    const rows = takeChunks([judge.findings.take()]).flatMap(rowsOf);
    rows.sort((a, b) => placeOf(a) - placeOf(b));
    const unmatched = judge.unmatched === null ? [] : [judge.unmatched.untimed.take(), judge.unmatched.timed.take()];
    return { totals: judge.totals, unmatched, rows, settledRows, judged: judge.judged };
  }

  /** Each key by itself: source → mirror, then what is said of it, in the notation of `keyOf` and `wordsOf`. */
  const table: readonly (readonly [source: string, mirror: string, said: string])[] = [
    ['a1 b2', '', 'missing'],
    ['a1 b9', '', 'missing, afterMirrorEnd'],
    ['', 'a1', 'extra'],
    ['', 'a1 b8', 'extra, afterSourceEnd'],
    ['a1 b2 c3', 'a1', 'modified: stale 2 / stale 2'],
    ['a1 b2 a3 c4', 'a1', 'modified: stale 1 / stale 3'],
    ['a1 -2', 'a1', 'modified: stale 1 / stale 1'],
    ['a1 b9', 'a1', 'modified: stale 1 / stale 1, afterMirrorEnd'],
    ['a1', 'a1 b2', 'modified: ahead / ahead'],
    ['a1', 'a1 b8', 'modified: ahead / ahead, afterSourceEnd'],
    ['a1 b9', 'a1 b9 c9', 'modified: ahead / ahead, afterMirrorEnd'],
    ['a1 b3', 'a1 b3 c2', 'modified: ahead / reordered'],
    ['a1 b2', 'b2 a1', 'modified: reordered / reordered'],
    ['a1 b2 a3 b4', 'a1 b2 a3', 'modified: stale 1 / stale 1'],
    ['a1 b2', 'a1 b2 a3', 'modified: ahead / ahead'],
    ['a1 b2 c3', 'a1 d3', 'modified: diverged / diverged'],
    ['a1 b2 c3', 'a1 d2', 'modified: diverged / stale by time'],
    ['a1 b2 c3', 'a1 d4', 'modified: diverged / ahead by time'],
    ['a1 b2', 'a5', 'modified: stale 1 / ahead by time'],
    ['a1 -2', 'a1 -3 b3', 'modified: ahead / ahead by time'],
  ];
  for (const [source, mirror, said] of table) {
    it(`${source || 'nothing'} → ${mirror || 'nothing'}: ${said}`, async () => {
      const key = { source: recordsOf(source), mirror: recordsOf(mirror) };
      const { settledRows, rows, judged } = await join({ ...plainTopic, keys: [key] }, true);
      assert.deepEqual([settledRows.map(wordsOf), judged], [[said], 0]);
      assert.deepEqual((await join({ ...plainTopic, keys: [key] }, false)).rows, rows);
    });
  }

  it('a modified key of which one dump prints no partition', async () => {
    const keys = [{ source: recordsOf('a1 b2', 3), mirror: recordsOf('a1', -1) }];
    const { settledRows, judged } = await join({ ...plainTopic, keys }, true);
    assert.deepEqual([settledRows.map(wordsOf), judged], [['modified: stale 1 / stale 1'], 0]);
  });

  it('more keys than are handed over at a time', async () => {
    for (const count of [127, 128, 129, 1000]) {
      const keys = Array.from({ length: count }, () => ({ source: recordsOf('a1 b2'), mirror: recordsOf('a1') }));
      const { settledRows, rows, judged } = await join({ ...plainTopic, keys }, true);
      assert.deepEqual([settledRows, judged], [rows, 0]);
      assert.deepEqual(rows, (await join({ ...plainTopic, keys }, false)).rows);
    }
  });

  const openKeys: readonly (readonly [what: string, topic: Partial<TestTopic>])[] = [
    ['if every record counts', { everyRecordCounts: true }],
    ['if values may be the same JSON', { comparesJson: true }],
    ['if the key has moved', { keys: [{ source: recordsOf('a1'), mirror: recordsOf('b1', 1) }] }],
    ['past the table of ends', { keys: [{ source: recordsOf('a1', 1024), mirror: recordsOf('b1', 1024) }] }],
    [
      'without an order',
      { keys: [{ source: recordsOf('a1 b2'), mirror: recordsOf('a1') }], hasOffsets: { source: true, mirror: false } },
    ],
    ['if there are many records', { keys: [{ source: recordsOf('a1 '.repeat(49)), mirror: recordsOf('b1') }] }],
  ];
  for (const [what, topic] of openKeys) {
    it(`leaves a modified key open ${what}`, async () => {
      const keys = [{ source: recordsOf('a1 b2'), mirror: recordsOf('a1') }];
      const { settledRows, judged } = await join({ ...plainTopic, keys, ...topic }, true);
      assert.deepEqual([settledRows, judged], [[], 1]);
    });
  }

  it('says of random keys what TypeScript says, of every kind', async () => {
    const settled = new Set<string>();
    let judged = 0;
    await fc.assert(
      fc.asyncProperty(randomTopic, async (topic) => {
        const withKernel = await join(topic, true);
        const plainly = await join(topic, false);
        assert.deepEqual(withKernel.totals, plainly.totals);
        assert.deepEqual(withKernel.rows, plainly.rows);
        assert.deepEqual(withKernel.unmatched, plainly.unmatched);
        for (const row of withKernel.settledRows) settled.add(wordsOf(row).replace(/ \d+/g, ''));
        judged += withKernel.judged;
      }),
      { numRuns: 1500, seed: 20_240_131 },
    );
    assert.ok(judged > 0);
    const kinds = ['missing', 'missing, afterMirrorEnd', 'extra', 'extra, afterSourceEnd'];
    // Cause without times / with times, and its evidence.
    for (const causes of [
      ...['stale / stale', 'stale / stale by time', 'stale / ahead by time', 'stale / diverged'],
      ...['ahead / ahead', 'ahead / reordered', 'ahead / stale by time', 'ahead / ahead by time', 'ahead / diverged'],
      ...['reordered / reordered', 'reordered / stale', 'reordered / ahead', 'reordered / diverged'],
      ...['reordered / stale by time', 'reordered / ahead by time'],
      ...['diverged / diverged', 'diverged / stale by time', 'diverged / ahead by time'],
    ]) {
      for (const late of ['', ', afterMirrorEnd', ', afterSourceEnd']) kinds.push(`modified: ${causes}${late}`);
    }
    assert.deepEqual(
      kinds.filter((kind) => !settled.has(kind)),
      [],
    );
  }).timeout(60_000);
});

/** Both dumps end at 7: what comes later is late. */
const plainTopic: Omit<TestTopic, 'keys'> = {
  hasOffsets: { source: false, mirror: false },
  ends: { source: { whole: 7, byPartition: new Map() }, mirror: { whole: 7, byPartition: new Map() } },
  everyRecordCounts: false,
  comparesJson: false,
};

/** `a1 -2` is a value at 1, then a tombstone at 2. */
function recordsOf(text: string, partition = 0): TestRecord[] {
  return (text.match(/\S+/g) ?? []).map(([value = '-', time]) => ({
    ...{ value: value === '-' ? 0 : value.charCodeAt(0), timestamp: Number(time), partition, offset: -1 },
  }));
}

function tupleBytesOf({ hasOffsets }: TestTopic, side: Side): number {
  return hasOffsets[side] ? offsetTupleBytes : plainTupleBytes;
}

/** Tuples of a page of the store. */
const tuplesPerPage = 170;

/** Keys take turns, so that their records stand apart, each key's in its order. */
function addTuples(store: PartitionStore, { keys }: TestTopic, side: Side, tupleBytes: number): void {
  const page = new Uint8Array(tuplesPerPage * tupleBytes);
  const tuples = new Tuples(page.buffer, 0, tuplesPerPage, tupleBytes);
  const longest = Math.max(0, ...keys.map((key) => key[side].length));
  let count = 0;
  for (let i = 0; i < longest; i++) {
    keys.forEach((key, number) => {
      const record = key[side][i];
      if (record === undefined) return;
      const byteOffset = count * (2 ** 30 + 1);
      const fields = { keyHash: [number + 1, 0, 0, 0], valueLow: record.value, valueHigh: 0, byteOffset };
      tuples.write(count++ % tuplesPerPage, { ...record, ...fields });
      if (count % tuplesPerPage === 0) store.add(side, 0, page);
    });
  }
  store.add(side, 0, page.subarray(0, (count % tuplesPerPage) * tupleBytes));
}

function rowsOf(rows: Float64Array): number[][] {
  return Array.from({ length: rows.length / rowLength }, (_, i) =>
    Array.from(rows.subarray(i * rowLength, (i + 1) * rowLength)),
  );
}

/** Places in the source come before those in the mirror. */
function placeOf(row: readonly number[]): number {
  const isInSource = (((row[0] as number) >> bitsAt.source) & 3) !== 0;
  return isInSource ? (row[sideStart.source] as number) : 2 ** 44 + (row[sideStart.mirror] as number);
}

/** What a row says in both readings, as in `modified: stale 1 / stale by time, afterMirrorEnd`. */
function wordsOf(row: readonly number[]): string {
  const [bits, ...behind] = row as [number, number, number, ...number[]];
  const causeIn = (at: number, behindRecords: number): string =>
    [
      causes[(bits >> at) & (byTimestamp - 1)],
      ...(behindRecords < 0 ? [] : [behindRecords]),
      ...((bits >> at) & byTimestamp ? ['by time'] : []),
    ].join(' ');
  const outcome = outcomes[bits & 3] as string;
  const late = lates[(bits >> bitsAt.late) & 3] as string | null;
  const cause = `: ${causeIn(bitsAt.untimed, behind[0])} / ${causeIn(bitsAt.timed, behind[1])}`;
  return `${outcome}${outcome === 'modified' ? cause : ''}${late === null ? '' : `, ${late}`}`;
}
