/** What the user may choose about a comparison. Everything has a default; the report repeats what was in force. */

export type CleanupPolicy = 'compact' | 'delete';

/** How one dump is read. */
export interface DumpOptions {
  /** The text that stands for a null key or value (`null.literal`); null when nothing is a null. */
  readonly nullLiteral: string | null;
  /** `key.separator` of the dump; null to find it from the dump itself. */
  readonly separator: string | null;
}

export interface ComparisonOptions extends DumpOptions {
  readonly cleanupPolicy: CleanupPolicy;
}

export const defaultOptions: ComparisonOptions = {
  cleanupPolicy: 'compact',
  nullLiteral: 'null',
  separator: null,
};
