/** What the user may choose about a comparison. Everything has a default; the report repeats what was in force. */
import type { DumpFormat } from './comparison.js';

export const cleanupPolicies = ['compact', 'delete', 'compact,delete'] as const;

/** `compact,delete` topics are compared as compacted ones; what retention removed is told apart by its age. */
export type CleanupPolicy = (typeof cleanupPolicies)[number];

export const valueComparisons = ['exact', 'json'] as const;

/** `json`: values that differ in bytes match if they are the same JSON. */
export type ValueComparison = (typeof valueComparisons)[number];

/** How one dump is read. */
export interface DumpOptions {
  /** Null to find it from the dump itself. */
  readonly format: DumpFormat | null;
  /** The text that stands for a null key or value (`null.literal`); null when nothing is a null. */
  readonly nullLiteral: string | null;
  /** `key.separator` of the dump; null to find it from the dump itself. */
  readonly separator: string | null;
  /** An empty file is the dump of an empty topic, and no mistake. */
  readonly allowEmpty: boolean;
}

export interface ComparisonOptions {
  readonly cleanupPolicy: CleanupPolicy;
  readonly valueComparison: ValueComparison;
  /** JSON paths left out of the comparison, with `valueComparison: json`: `$.updatedAt`, `$.items[*].id`. */
  readonly ignoredPaths: readonly string[];
  /** A key is compared within its partition: everywhere, "key" then means partition and key. */
  readonly byPartition: boolean;
  readonly source: DumpOptions;
  readonly mirror: DumpOptions;
}

export const defaultDumpOptions: DumpOptions = {
  format: null,
  nullLiteral: 'null',
  separator: null,
  allowEmpty: false,
};

export const defaultOptions: ComparisonOptions = {
  cleanupPolicy: 'compact',
  valueComparison: 'exact',
  ignoredPaths: [],
  byPartition: false,
  source: defaultDumpOptions,
  mirror: defaultDumpOptions,
};

/** The same way of reading for both dumps. */
export function readBothAs(changes: Partial<DumpOptions>): Pick<ComparisonOptions, 'source' | 'mirror'> {
  const both = { ...defaultDumpOptions, ...changes };
  return { source: both, mirror: both };
}
