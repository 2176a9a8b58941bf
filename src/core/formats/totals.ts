/** Sums of what scans of parts of one dump found besides records. */
import type { Oddity, ScanTotals, Tally } from './format.js';

/** Distinct notices kept to be shown. */
export const noiseTextsKept = 5;

/** @param later of a part behind the earlier one's */
export function addTotals(earlier: ScanTotals, later: ScanTotals): ScanTotals {
  return {
    lines: Math.max(earlier.lines, later.lines),
    continuationLines: earlier.continuationLines + later.continuationLines,
    noiseLines: earlier.noiseLines + later.noiseLines,
    firstNoiseLine: earlier.firstNoiseLine ?? later.firstNoiseLine,
    noiseTexts: [...new Set([...earlier.noiseTexts, ...later.noiseTexts])].slice(0, noiseTextsKept),
    unrecognizedLines: earlier.unrecognizedLines + later.unrecognizedLines,
    firstUnrecognizedLine: earlier.firstUnrecognizedLine ?? later.firstUnrecognizedLine,
    unreadableRecords: earlier.unreadableRecords + later.unreadableRecords,
    firstUnreadableLine: earlier.firstUnreadableLine ?? later.firstUnreadableLine,
    unknownCutLine: earlier.unknownCutLine ?? later.unknownCutLine,
    processedTotal: later.processedTotal ?? earlier.processedTotal,
    oddities: addOddities(earlier.oddities, later.oddities),
    recordBytes: earlier.recordBytes + later.recordBytes,
    setAsideBytes: earlier.setAsideBytes + later.setAsideBytes,
    lineEndBytes: earlier.lineEndBytes + later.lineEndBytes,
  };
}

function addOddities(earlier: ScanTotals['oddities'], later: ScanTotals['oddities']): ScanTotals['oddities'] {
  const sum = { ...earlier };
  for (const [name, tally] of Object.entries(later) as [Oddity, Tally][]) {
    const own = sum[name];
    sum[name] =
      own === undefined
        ? tally
        : { count: own.count + tally.count, firstLine: Math.min(own.firstLine, tally.firstLine) };
  }
  return sum;
}

/** The same totals with lines counted from `lines` lines earlier. */
export function shiftLines(totals: ScanTotals, lines: number): ScanTotals {
  const shifted = (line: number | null): number | null => (line === null ? null : line + lines);
  return {
    ...totals,
    lines: totals.lines + lines,
    firstNoiseLine: shifted(totals.firstNoiseLine),
    firstUnrecognizedLine: shifted(totals.firstUnrecognizedLine),
    firstUnreadableLine: shifted(totals.firstUnreadableLine),
    unknownCutLine: shifted(totals.unknownCutLine),
    oddities: Object.fromEntries(
      Object.entries(totals.oddities).map(([name, { count, firstLine }]) => [
        name,
        { count, firstLine: firstLine + lines },
      ]),
    ),
    processedTotal:
      totals.processedTotal === null ? null : { ...totals.processedTotal, line: totals.processedTotal.line + lines },
  };
}
