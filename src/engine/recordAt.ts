/** Reads the record that starts at a position whose length is not known: blocks go through the scanner until it is whole. */
import { UserError } from '../core/errors.js';
import { createScanner } from '../core/formats/scanner.js';
import type { RecordView, ValueLocation } from '../core/record.js';
import { readAt } from './kernelScan.js';
import type { OpenDump } from './laneProtocol.js';

/** First read; most records are far smaller. Later ones grow. */
const firstBlockBytes = 1 << 12;
const largestBlockBytes = 1 << 20;

export interface RecordAt extends ValueLocation {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
}

/**
 * @param line 1-based line of the record
 * @throws UserError if no record starts there any more
 */
export function readRecordAt(dump: OpenDump, byteOffset: number, line: number): RecordAt {
  let found: RecordAt | null = null;
  const take = (view: RecordView): void => {
    if (found !== null || view.byteOffset !== byteOffset) return;
    found = {
      line: view.line,
      lineCount: view.lineCount,
      byteOffset,
      byteLength: view.byteLength,
      headBytes: view.headBytes,
      key: view.isKeyless ? null : view.bytes.slice(view.keyStart, view.keyEnd),
      value: view.isTombstone ? null : view.bytes.slice(view.valueStart, view.valueEnd),
    };
  };
  const scanner = createScanner(dump.layout, { record: take, cutRecord: take }, { byteOffset, line });
  let at = byteOffset;
  for (let blockBytes = firstBlockBytes; found === null && at < dump.bytes; ) {
    const block = new Uint8Array(Math.min(blockBytes, dump.bytes - at));
    readAt(dump, block, at);
    scanner.push(block);
    at += block.length;
    blockBytes = Math.min(2 * blockBytes, largestBlockBytes);
  }
  if (found === null) scanner.end();
  if (found !== null) return found;
  const message = `${dump.path} changed: at byte ${byteOffset} the record is no longer there. Compare again.`;
  throw new UserError(message, dump.path);
}

export function readContentsAt(dump: OpenDump, byteOffset: number): RecordAt {
  return readRecordAt(dump, byteOffset, 1);
}
