/** Compares the records that have no key: as bags of values, since there is nothing else to go by. */
import type { KeylessDifferences } from '../core/comparison.js';
import { keylessSurplus } from '../core/ledger.js';
import { type GroupedSide, groupRecords, keylessByValue } from './recordGroups.js';
import type { RecordTable } from './recordTable.js';

/** @param byRecord whether only records with equal timestamps are the same, too */
export function compareKeyless(source: RecordTable, mirror: RecordTable, byRecord: boolean): KeylessDifferences {
  const groups = groupRecords(source, mirror, keylessByValue);
  const total = { onlyInSource: 0, onlyInMirror: 0, repeatedInSource: 0, repeatedInMirror: 0 };
  const add = (sourceTimestamps: readonly number[], mirrorTimestamps: readonly number[]): void => {
    const surplus = keylessSurplus(sourceTimestamps, mirrorTimestamps);
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += surplus[name];
  };
  for (let group = 0; group < groups.count; group++) {
    const ofSource = timestampsOf(groups.source, group);
    const ofMirror = timestampsOf(groups.mirror, group);
    if (!byRecord) {
      add(ofSource, ofMirror);
      continue;
    }
    const byTimestamp = new Map<number, { source: number[]; mirror: number[] }>();
    const put = (timestamp: number, side: 'source' | 'mirror'): void => {
      const records = byTimestamp.get(timestamp) ?? { source: [], mirror: [] };
      records[side].push(timestamp);
      byTimestamp.set(timestamp, records);
    };
    for (const timestamp of ofSource) put(timestamp, 'source');
    for (const timestamp of ofMirror) put(timestamp, 'mirror');
    for (const records of byTimestamp.values()) add(records.source, records.mirror);
  }
  return total;
}

function timestampsOf({ table, starts, order }: GroupedSide, group: number): number[] {
  const rows = order.subarray(starts[group] as number, starts[group + 1] as number);
  return Array.from(rows, (row) => table.timestamps[row] as number);
}
