/**
 * A notation for small dumps, so that tests can be tables: `k=a@10` is key k, value a, timestamp 10, partition 0.
 * `k=-@10` is a tombstone, `-=a@10` keyless, `k=a` has no timestamp; `k=a@10/2` is in partition 2,
 * and `k=a@10/2#7` at offset 7 (on all records or none).
 */
import { compareByReference, type Reference, type ReferenceOptions } from './reference.js';

const notation = /^(?<key>[^=]*)=(?<value>[^@/#]*)(?:@(?<time>\d+))?(?:\/(?<partition>\d+))?(?:#(?<offset>\d+))?$/;

/** One line per record, separator `::`, null printed as `null`. Records stand apart by spaces. */
export function dumpOf(records: string): Buffer {
  const lines = records.split(/\s+/).map((text) => {
    const parts = notation.exec(text)?.groups;
    if (parts === undefined) throw new Error(`not a record in shorthand: ${text}`);
    const { key, value, time, partition = '0', offset } = parts;
    return [
      time === undefined ? 'NO_TIMESTAMP' : `CreateTime:${time}`,
      `Partition:${partition}`,
      ...(offset === undefined ? [] : [`Offset:${offset}`]),
      key === '-' ? 'null' : key,
      value === '-' ? 'null' : value,
    ].join('::');
  });
  return Buffer.from(`${lines.join('\n')}\n`);
}

export const shorthandOptions: ReferenceOptions = {
  cleanupPolicy: 'compact',
  nullLiteral: 'null',
  byPartition: false,
  jsonWithout: null,
  separator: { source: '::', mirror: '::' },
};

/** What the oracle says about two dumps in shorthand. */
export function refer(source: string, mirror: string, options: Partial<ReferenceOptions> = {}): Reference {
  return compareByReference(dumpOf(source), dumpOf(mirror), { ...shorthandOptions, ...options });
}
