/** Describes single findings: each is read again from its dump by itself, which is for a few. */
import type { FinalRecord } from '../core/comparison.js';
import type { FoundKey } from '../core/progress.js';
import type { Side } from '../core/record.js';
import { decodeBytes } from '../core/utf8.js';
import type { FinalFinding, Finding } from './findings.js';
import { lineOf } from './lineMarks.js';
import { readRecordAt } from './recordAt.js';
import type { ScannedDump } from './scannedDump.js';

/** A differing key in the middle of a join, before it is known why it differs. @throws UserError if a dump has changed */
export function describeFound(scanned: Readonly<Record<Side, ScannedDump>>, finding: Finding | null): FoundKey | null {
  if (finding === null) return null;
  const source = finding.source === null ? null : describeFinal(scanned.source, finding.source);
  const mirror = finding.mirror === null ? null : describeFinal(scanned.mirror, finding.mirror);
  const { text, base64 } = decodeBytes((source ?? mirror)?.key ?? new Uint8Array(0));
  return {
    key: text,
    keyBase64: base64,
    outcome: finding.outcome,
    source: source?.final ?? null,
    mirror: mirror?.final ?? null,
  };
}

export function describeFinal(
  { dump, marks }: ScannedDump,
  final: FinalFinding,
): { readonly key: Uint8Array | null; readonly final: FinalRecord } {
  const record = readRecordAt(dump, final.byteOffset, lineOf(dump, marks, final.byteOffset));
  const { line, lineCount, byteLength, headBytes, key } = record;
  return { key, final: { line, lineCount, byteLength, headBytes, ...printed(final) } };
}

/** -1 stands for what the dump does not print. */
export function orNull(number: number): number | null {
  return number < 0 ? null : number;
}

function printed({ byteOffset, partition, timestamp, offset, occurrences, tombstone }: FinalFinding) {
  return {
    byteOffset,
    partition: orNull(partition),
    offset: orNull(offset),
    timestamp: orNull(timestamp),
    ...{ occurrences, tombstone },
  };
}
