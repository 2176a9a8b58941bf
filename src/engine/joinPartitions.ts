/**
 * Joins hash partitions: the tuples of both sides that all lanes have stored come together, the kernel settles the plain
 * keys, also those that differ, and the others are judged one by one.
 */
import type { Side } from '../core/record.js';
import type { Breathing } from './breathing.js';
import type { ControlBlock } from './controlBlock.js';
import { type DumpEnds, endOfPartition } from './dumpEnds.js';
import { groupTuples } from './groupTuples.js';
import { addSettled, joinSums } from './joinSums.js';
import type { KeyJudge } from './judgeKey.js';
import { type Kernel, kernelLayout } from './kernel.js';
import type { KeyTuples } from './keySides.js';
import { type LaneDirectory, partitionBytes, readPartition } from './partitionStore.js';
import { partitionOf, Tuples } from './tuple.js';

export interface JoinPlan {
  readonly lane: number;
  readonly partitions: number;
  readonly keylessPartitions: number;
  readonly directories: readonly LaneDirectory[];
  readonly tupleBytes: Readonly<Record<Side, number>>;
  readonly everyRecordCounts: boolean;
  /** Whether values that differ in bytes may be the same JSON. */
  readonly comparesJson: boolean;
  readonly ends: Readonly<Record<Side, DumpEnds>>;
  /** Key hashes that stay out of the comparison. */
  readonly setAside: readonly Uint32Array[];
  /** From here on the kernel's memory is free. */
  readonly workAddress: number;
}

/** Takes partitions until none is left. */
export async function joinPartitions(
  kernel: Kernel | null,
  plan: JoinPlan,
  judge: KeyJudge,
  control: ControlBlock,
  breathing: Breathing,
): Promise<void> {
  if (kernel !== null) putEnds(kernel, plan.ends);
  let reported = [0, 0, 0, 0, 0];
  for (;;) {
    await breathing.pause();
    control.throwIfCancelled();
    const partition = control.takePartition();
    if (partition >= plan.partitions + plan.keylessPartitions) return;
    const hasKeys = partition < plan.partitions;
    if (kernel === null) joinPlainly(plan, partition, hasKeys, judge);
    else joinWithKernel(kernel, plan, partition, hasKeys, judge);
    const { same, deleted, missing, extra, modified } = judge.totals.keys;
    const counts = [same, deleted, missing, extra, modified];
    control.addOutcomes(
      plan.lane,
      counts.map((count, i) => count - (reported[i] as number)),
    );
    reported = counts;
  }
}

/** Tells the kernel where the dumps end, for late marks. */
function putEnds(kernel: Kernel, ends: JoinPlan['ends']): void {
  const { sourceEnds, mirrorEnds, statisticsPartitions } = kernelLayout;
  for (const [address, ofDump] of [
    [sourceEnds, ends.source],
    [mirrorEnds, ends.mirror],
  ] as const) {
    const table = kernel.doubles(address, statisticsPartitions + 1);
    for (let i = 0; i < table.length; i++) table[i] = endOfPartition(ofDump, i - 1) ?? Number.NEGATIVE_INFINITY;
  }
}

function judgeGroup(plan: JoinPlan, hasKeys: boolean, source: KeyTuples, mirror: KeyTuples, judge: KeyJudge): void {
  if (!hasKeys) {
    judge.judgeKeyless(source, mirror);
    return;
  }
  const { tuples, rows } = source.rows.length > 0 ? source : mirror;
  if (plan.setAside.some((hash) => tuples.hasKeyHash(rows[0] as number, hash))) return;
  judge.judge(source, mirror);
}

function joinPlainly(plan: JoinPlan, partition: number, hasKeys: boolean, judge: KeyJudge): void {
  const read = (side: Side): Tuples => {
    const lengths = plan.directories.map((lane) => partitionBytes(lane, side, partition));
    const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
    let at = 0;
    for (const lane of plan.directories) at += readPartition(lane, side, partition, bytes.subarray(at));
    return new Tuples(bytes.buffer, 0, bytes.length / plan.tupleBytes[side], plan.tupleBytes[side]);
  };
  const [source, mirror] = [read('source'), read('mirror')];
  const groups = groupTuples(source, mirror);
  for (let group = 0; group < groups.count; group++) {
    judgeGroup(
      plan,
      hasKeys,
      { tuples: source, rows: rowsOf(groups.source, group) },
      { tuples: mirror, rows: rowsOf(groups.mirror, group) },
      judge,
    );
  }
}

function rowsOf({ starts, order }: { starts: Uint32Array; order: Uint32Array }, group: number): Uint32Array {
  return order.subarray(starts[group], starts[group + 1]);
}

function joinWithKernel(kernel: Kernel, plan: JoinPlan, partition: number, hasKeys: boolean, judge: KeyJudge): void {
  const { functions } = kernel;
  const sourceAt = plan.workAddress;
  const sourceBytes = gather(kernel, plan, 'source', partition, sourceAt);
  const mirrorAt = sourceAt + sourceBytes;
  const mirrorBytes = gather(kernel, plan, 'mirror', partition, mirrorAt);
  const sourceCount = sourceBytes / plan.tupleBytes.source;
  const mirrorCount = mirrorBytes / plan.tupleBytes.mirror;
  if (sourceCount + mirrorCount === 0) return;
  const work = mirrorAt + mirrorBytes;
  kernel.reserve(work + functions.joinWorkBytes(sourceCount + mirrorCount));
  // A key that is set aside must not be settled unseen.
  const settles = hasKeys && plan.setAside.every((hash) => partitionOf(hash, plan.partitions) !== partition);
  const open = functions.join(
    sourceAt,
    sourceCount,
    plan.tupleBytes.source,
    mirrorAt,
    mirrorCount,
    plan.tupleBytes.mirror,
    work,
    plan.everyRecordCounts,
    settles,
    !plan.comparesJson,
  );
  if (settles) addSettled(judge.totals, kernel.doubles(kernelLayout.joinSums, joinSums.count));
  if (open === 0) return;

  const { buffer } = kernel.bytes;
  const source = new Tuples(buffer, sourceAt, sourceCount, plan.tupleBytes.source);
  const mirror = new Tuples(buffer, mirrorAt, mirrorCount, plan.tupleBytes.mirror);
  const groups = kernel.words(functions.openGroups(), open);
  const total = sourceCount + mirrorCount;
  const sourceRows = {
    starts: kernel.words(functions.sourceStartsAt(), total + 1),
    order: kernel.words(functions.sourceOrderAt(), sourceCount),
  };
  const mirrorRows = {
    starts: kernel.words(functions.mirrorStartsAt(), total + 1),
    order: kernel.words(functions.mirrorOrderAt(), mirrorCount),
  };
  for (const group of groups) {
    judgeGroup(
      plan,
      hasKeys,
      { tuples: source, rows: rowsOf(sourceRows, group) },
      { tuples: mirror, rows: rowsOf(mirrorRows, group) },
      judge,
    );
  }
}

/** Brings one side's tuples of a partition to `address`, in file order. @returns how many bytes they are */
function gather(kernel: Kernel, plan: JoinPlan, side: Side, partition: number, address: number): number {
  const lanes = plan.directories.filter((lane) => partitionBytes(lane, side, partition) > 0);
  const lengths = lanes.map((lane) => partitionBytes(lane, side, partition));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  // Each lane's run is in file order; runs are merged two at a time, behind the place where the last merge puts them.
  let end = address + total;
  kernel.reserve(end + Math.max(1, lanes.length) * total);
  let runs = lanes.map((lane, i) => {
    const at = lanes.length === 1 ? address : end;
    const length = lengths[i] as number;
    readPartition(lane, side, partition, kernel.bytes.subarray(at, at + length));
    if (lanes.length > 1) end += length;
    return { at, length };
  });
  const stride = plan.tupleBytes[side];
  while (runs.length > 1) {
    const [a, b, ...others] = runs as [(typeof runs)[number], (typeof runs)[number], ...typeof runs];
    const length = a.length + b.length;
    const at = others.length === 0 ? address : end;
    if (others.length > 0) end += length;
    kernel.functions.merge(a.at, a.length / stride, b.at, b.length / stride, stride, at);
    runs = [{ at, length }, ...others];
  }
  return total;
}
