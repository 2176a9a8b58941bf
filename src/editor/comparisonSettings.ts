/**
 * The options of a comparison: its settings, and over them what was chosen for its pair of dumps. Settings files are
 * written by hand: what has no meaning counts as not set, except for ignored paths, whose mistakes the comparison names.
 */
import { dumpFormats } from '../core/comparison.js';
import {
  type ComparisonOptions,
  cleanupPolicies,
  type DumpOptions,
  defaultDumpOptions,
  defaultOptions,
  valueComparisons,
} from '../core/options.js';
import type { Side } from '../core/record.js';
import { separatorFromText } from '../core/separatorText.js';

/** What is chosen about reading one dump; the rest is as for both. */
export type DumpReading = Partial<Pick<DumpOptions, 'format' | 'separator' | 'nullLiteral'>>;

/** What was chosen for one pair of dumps, over the settings. */
export interface PairChoices extends Readonly<Record<Side, DumpReading>> {
  /** JSON paths left out of this comparison besides those of the settings. With any, values are compared as JSON. */
  readonly ignoredPaths: readonly string[];
}

export const noChoices: PairChoices = { source: {}, mirror: {}, ignoredPaths: [] };

/** @param get the value of a setting, of any type; undefined if it is not set */
export function optionsFromSettings(get: (name: string) => unknown, choices = noChoices): ComparisonOptions {
  const chosenPaths = choices.ignoredPaths;
  const setComparison = oneOf(valueComparisons, get('valueComparison')) ?? defaultOptions.valueComparison;
  const valueComparison = chosenPaths.length > 0 ? 'json' : setComparison;
  const setPaths = get('ignoredPaths');
  const both: DumpOptions = {
    ...defaultDumpOptions,
    ...readingOf({
      format: get('dumpFormat'),
      separator: get('separator'),
      nullLiteral: get('assumeNoNulls') === true ? null : get('nullLiteral'),
    }),
    allowEmpty: get('allowEmpty') === true,
  };
  return {
    cleanupPolicy: oneOf(cleanupPolicies, get('cleanupPolicy')) ?? defaultOptions.cleanupPolicy,
    valueComparison,
    // Only JSON has paths: with bytes, none is in force.
    ignoredPaths:
      valueComparison === 'json'
        ? [...new Set([...(Array.isArray(setPaths) ? setPaths.map(String) : []), ...chosenPaths])]
        : [],
    byPartition: get('byPartition') === true,
    source: { ...both, ...readingOf(get('source')), ...choices.source },
    mirror: { ...both, ...readingOf(get('mirror')), ...choices.mirror },
  };
}

/** @param setting an object such as `{ "separator": "|", "nullLiteral": null }`; null: no text stands for a null */
function readingOf(setting: unknown): DumpReading {
  if (typeof setting !== 'object' || setting === null) return {};
  const { format, separator, nullLiteral } = setting as Readonly<Record<string, unknown>>;
  const known = oneOf(['auto', ...dumpFormats] as const, format);
  return {
    ...(known === undefined ? {} : { format: known === 'auto' ? null : known }),
    ...(typeof separator === 'string' ? { separator: separator === '' ? null : separatorFromText(separator) } : {}),
    ...(typeof nullLiteral === 'string' || nullLiteral === null ? { nullLiteral } : {}),
  };
}

function oneOf<T>(values: readonly T[], value: unknown): T | undefined {
  return values.find((each) => each === value);
}
