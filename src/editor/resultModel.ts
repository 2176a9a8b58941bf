/** What the result page shows of a comparison: everything but the rows of its table (see differenceRows.ts). */
import type { Cause, Comparison, DumpSummary, Outcome, PartitionSummary } from '../core/comparison.js';
import type { DifferenceKind, SectionKind } from '../core/differenceGroups.js';
import { ledgerBars, ledgerParts, ledgerTerms } from '../core/ledgerBars.js';
import type { Side } from '../core/record.js';
import { buildTimeline, dumpTimes, type Timeline } from '../core/timeline.js';
import { whatToCheck } from '../core/words/checks.js';
import { howCompared } from '../core/words/dumpWords.js';
import { explanationOf } from '../core/words/kindExplanations.js';
import { kindLabels, sectionLabels, untimedSectionLabel } from '../core/words/labels.js';
import { ledgerLabel } from '../core/words/ledgerLabels.js';
import { visible } from '../core/words/text.js';
import type { VerdictWords } from '../core/words/verdict.js';
import { type DumpReading, noChoices } from './comparisonSettings.js';
import { keyText } from './differenceRows.js';
import { readingLines } from './readingLines.js';
import type {
  CountLine,
  DifferencesSummary,
  KeyCount,
  KeySummary,
  LedgerSummary,
  Note,
  PartitionLine,
  PartitionSide,
  ResultSummary,
  SeveralPartitionsSummary,
} from './resultProtocol.js';

/** Keys in several partitions that are listed; the count is always exact. */
const severalPartitionsLimit = 200;

/**
 * @param zoneOffsetMs the reader's distance from UTC (see `TimelineOptions`)
 * @param choices that were in force
 */
export function resultSummary(
  comparison: Comparison,
  words: VerdictWords,
  zoneOffsetMs = 0,
  choices = noChoices,
): ResultSummary {
  const timeline = buildTimeline(comparison, { zoneOffsetMs });
  return {
    isEquivalent: comparison.verdict === 'equivalent',
    headline: words.headline,
    details: words.details,
    ignoredFields: choices.ignoredPaths.map((path) => visible(path)),
    ledger: ledgerSummary(comparison),
    keys: keySummary(comparison),
    checks: whatToCheck(comparison),
    literal: literalLines(comparison),
    times: dumpTimes(comparison),
    timeline,
    differences: differencesSummary(comparison, timeline),
    severalPartitions: severalPartitions(comparison),
    notes: [...notes(comparison, 'source'), ...notes(comparison, 'mirror')],
    reading: readingLines(comparison, choices),
    isReadingChosen: { source: isAnyChosen(choices.source), mirror: isAnyChosen(choices.mirror) },
    partitions: partitionLines(comparison),
    howCompared: howCompared(comparison),
  };
}

function ledgerSummary(comparison: Comparison): LedgerSummary {
  const records = { source: ledgerTerms(comparison, 'source'), mirror: ledgerTerms(comparison, 'mirror') };
  return {
    title: comparison.source.records === comparison.mirror.records ? 'How the counts add up' : 'Why the counts differ',
    bars: ledgerBars(comparison),
    terms: ledgerParts
      .filter((part) => records.source[part] > 0 || records.mirror[part] > 0)
      .map((part) => ({
        part,
        records: { source: records.source[part], mirror: records.mirror[part] },
        labels: { source: ledgerLabel(part, 'source', comparison), mirror: ledgerLabel(part, 'mirror', comparison) },
      })),
    approximateKeys: comparison.ledger.approximateKeys,
  };
}

const modifiedKinds: readonly DifferenceKind[] = ['diverged', 'stale', 'reordered', 'ahead'];

const outcomes: readonly (Omit<KeyCount, 'id' | 'count'> & { readonly id: Outcome })[] = [
  { id: 'same', title: 'Same', meaning: 'the latest value is the same on both sides', kinds: [] },
  { id: 'deleted', title: 'Deleted', meaning: 'deleted on both sides', kinds: [] },
  { id: 'missing', ...kindLabels.missing, kinds: ['missing'] },
  { id: 'modified', title: 'Modified', meaning: 'the latest values differ', kinds: modifiedKinds },
  { id: 'extra', ...kindLabels.extra, kinds: ['extra'] },
];

const causes: readonly Cause[] = ['diverged', 'stale', 'reordered', 'ahead'];

function keySummary(comparison: Comparison): KeySummary {
  const { onlyInSource, onlyInMirror, repeatedInSource, repeatedInMirror } = comparison.keylessDifferences;
  const keyless: CountLine[] = [
    { count: onlyInSource, label: 'only at the source' },
    { count: onlyInMirror, label: 'only on the mirror' },
    { count: repeatedInSource, label: 'delivered again at the source' },
    { count: repeatedInMirror, label: 'delivered again on the mirror' },
  ];
  return {
    outcomes: outcomes.map((outcome) => ({ ...outcome, count: comparison.keys[outcome.id] })),
    causes:
      comparison.keys.modified === 0
        ? []
        : causes
            .filter((cause) => comparison.causes[cause] > 0)
            .map((cause) => ({
              id: cause,
              ...kindLabels[cause],
              count: comparison.causes[cause],
              kinds: [cause],
            })),
    keyless: keyless.filter(({ count }) => count > 0),
  };
}

function literalLines({ literal }: Comparison): CountLine[] {
  return [
    { count: literal.notInSource, label: 'keys not in the source' },
    { count: literal.notInMirror, label: 'keys not in the mirror' },
    { count: literal.modified, label: 'modified among the shared keys' },
    { count: literal.same, label: 'same among the shared keys' },
  ];
}

function differencesSummary(comparison: Comparison, timeline: Timeline | null): DifferencesSummary {
  const { sections, partitions, all } = comparison.differences.overview;
  return {
    total: comparison.differences.length,
    sections: sections.map(({ kind, count }) => ({
      kind,
      count,
      end: endOf(kind, timeline),
      ...(comparison.timestampsComparable ? sectionLabels[kind] : untimedSectionLabel),
    })),
    kinds: (Object.keys(kindLabels) as DifferenceKind[])
      .filter((kind) => all.kinds[kind] > 0)
      .map((kind) => ({ id: kind, ...kindLabels[kind], count: all.kinds[kind], kinds: [kind] })),
    explanations: sections.flatMap(({ kind: section, groups }) =>
      groups.map(({ kind }) => ({
        ...{ section, kind, ...kindLabels[kind] },
        ...explanationOf(kind, section, comparison.differences.overview),
      })),
    ),
    partitions: partitions.length < 2 ? [] : partitions,
  };
}

/** The moment that a section of late keys is named after; null where partitions end at different times. */
function endOf(section: SectionKind, timeline: Timeline | null): number | null {
  if (section === 'inTime' || timeline === null) return null;
  const side = section === 'afterMirrorEnd' ? 'mirror' : 'source';
  const ends = timeline.ends.filter((end) => end.side === side);
  return ends.length === 1 ? (ends[0]?.timestamp ?? null) : null;
}

function severalPartitions({ keysInSeveralPartitions: keys }: Comparison): SeveralPartitionsSummary {
  return {
    total: keys.length,
    keys: keys.slice(0, severalPartitionsLimit).map((found) => ({
      key: keyText(found),
      outcome: outcomes.find(({ id }) => id === found.outcome)?.title ?? found.outcome,
      partitions: { source: found.sourcePartitions, mirror: found.mirrorPartitions },
      lines: { source: found.source?.line ?? null, mirror: found.mirror?.line ?? null },
    })),
  };
}

function isAnyChosen(reading: DumpReading): boolean {
  return Object.keys(reading).length > 0;
}

function notes(comparison: Comparison, side: Side): Note[] {
  return comparison[side].warnings.map(({ code, line, message }) => ({ code, side, line, message }));
}

function partitionLines({ source, mirror }: Comparison): PartitionLine[] | null {
  const partitions = [...new Set([...partitionNumbers(source), ...partitionNumbers(mirror)])].sort((a, b) => a - b);
  if (partitions.length === 0) return null;
  return partitions.map((partition) => ({
    partition,
    sides: { source: partitionSide(source, partition), mirror: partitionSide(mirror, partition) },
  }));
}

function partitionNumbers({ partitions }: DumpSummary): number[] {
  return partitions.flatMap(({ partition }) => (partition === null ? [] : [partition]));
}

function partitionSide({ partitions }: DumpSummary, wanted: number): PartitionSide | null {
  const found: PartitionSummary | undefined = partitions.find(({ partition }) => partition === wanted);
  if (found === undefined) return null;
  const { records, firstTimestamp, lastTimestamp } = found;
  return { records, firstTimestamp, lastTimestamp };
}
