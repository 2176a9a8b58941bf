/** Sums of what scans of parts of one dump found besides records. */
import type { ScanTotals } from './format.js';

export const noTotals: ScanTotals = {
  lines: 0,
  continuationLines: 0,
  noiseLines: 0,
  firstNoiseLine: null,
  noiseTexts: [],
  unrecognizedLines: 0,
  firstUnrecognizedLine: null,
  unreadableRecords: 0,
  firstUnreadableLine: null,
  unknownCutLine: null,
  processedTotal: null,
  recordBytes: 0,
  setAsideBytes: 0,
  lineEndBytes: 0,
};

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
    recordBytes: earlier.recordBytes + later.recordBytes,
    setAsideBytes: earlier.setAsideBytes + later.setAsideBytes,
    lineEndBytes: earlier.lineEndBytes + later.lineEndBytes,
  };
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
    processedTotal:
      totals.processedTotal === null ? null : { ...totals.processedTotal, line: totals.processedTotal.line + lines },
  };
}
