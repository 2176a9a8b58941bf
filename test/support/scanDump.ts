/** What a scanner makes of bytes, as text that reads well in a failed assertion. */

import type { DumpLayout } from '../../src/core/comparison.js';
import { detectDump } from '../../src/core/formats/detect.js';
import type { ScanTotals } from '../../src/core/formats/format.js';
import { createScanner } from '../../src/core/formats/scanner.js';
import { type DumpOptions, defaultDumpOptions } from '../../src/core/options.js';
import type { RecordView } from '../../src/core/record.js';

export interface Scan {
  /** `line+lineCount@byteOffset+byteLength`, where and when in Kafka, key=value as latin1; ∅ for null. */
  readonly records: readonly string[];
  readonly totals: ScanTotals;
}

function textOf(view: RecordView): string {
  const text = (isNull: boolean, start: number, end: number): string =>
    isNull ? '∅' : Buffer.from(view.bytes.subarray(start, end)).toString('latin1');
  const place = `${view.line}+${view.lineCount}@${view.byteOffset}+${view.byteLength}`;
  const time = view.timestampType === 'none' ? '' : ` ${view.timestampType}:${view.timestamp}`;
  const key = text(view.isKeyless, view.keyStart, view.keyEnd);
  const value = text(view.isTombstone, view.valueStart, view.valueEnd);
  return `${place} ${view.partition}/${view.offset}${time} ${key}=${value}`;
}

export function scanBytes(layout: DumpLayout, bytes: Uint8Array, blockBytes = bytes.length + 1): Scan {
  const records: string[] = [];
  const scanner = createScanner(layout, {
    record: (view) => records.push(textOf(view)),
    cutRecord: (view) => records.push(`cut ${textOf(view)}`),
  });
  const body = bytes.subarray(layout.bomLength);
  // A block is valid during the call only.
  for (let at = 0; at < body.length; at += blockBytes) scanner.push(body.slice(at, at + blockBytes));
  return { records, totals: scanner.end() };
}

/** Detects the format of a whole dump and scans it. */
export function scanDump(bytes: Uint8Array, options: Partial<DumpOptions> = {}) {
  const detection = detectDump({ path: 'dump', bytes, isWhole: true }, { ...defaultDumpOptions, ...options });
  return { ...detection, ...scanBytes(detection.layout, bytes) };
}

/** A record's text without its place in the file. */
export function withoutPlace(record: string): string {
  return record.replace(/^\S+ /, '');
}
