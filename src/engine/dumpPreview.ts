/**
 * How a dump would be read: its first records under one choice of options, or why it cannot be read so. What is looked
 * at is what detection looks at, so that a comparison reads the dump in the way that was shown.
 */
import type { DumpLayout } from '../core/comparison.js';
import { UserError } from '../core/errors.js';
import { type Detection, type DumpSample, sampleSizes } from '../core/formats/detect.js';
import { OtherFormatError } from '../core/formats/detection.js';
import { createScanner } from '../core/formats/scanner.js';
import type { DumpOptions } from '../core/options.js';
import type { RecordView } from '../core/record.js';
import { decodeBytes } from '../core/utf8.js';
import { excerpt } from '../core/words/text.js';
import { valuePreview } from '../core/words/valuePreview.js';
import { readBeginning } from './decodedDump.js';
import { detectBeginning } from './detectFile.js';

const previewedRecords = 4;
const keyCharacters = 60;
const valueCharacters = 120;

/** A record in words that are safe to look at. */
export interface PreviewRecord {
  /** 1-based. */
  readonly line: number;
  /** Cut; null for a record without a key. */
  readonly key: string | null;
  /** Cut, with its size; `deleted` for a tombstone, `empty`. */
  readonly value: string;
  /** Milliseconds since 1970 UTC; null for none. */
  readonly timestamp: number | null;
  /** Null where the dump prints none. */
  readonly partition: number | null;
  readonly offset: number | null;
}

export interface ReadPreview {
  readonly kind: 'read';
  readonly layout: DumpLayout;
  readonly certainty: Detection['certainty'];
  readonly records: readonly PreviewRecord[];
  /** Whole records in the dump's first megabyte. */
  readonly recordCount: number;
  readonly tombstoneCount: number;
}

/** Why a dump cannot be read so: because it is `otherFormat`, or it is `refused` as one of the format. */
export interface NoPreview {
  readonly kind: 'otherFormat' | 'refused';
  readonly message: string;
}

export type DumpPreview = ReadPreview | NoPreview;

/**
 * Reads the beginning of a dump under each choice of options.
 * @param take is given each preview as soon as it is there, with the position of its choice
 * @throws UserError if the file cannot be read at all
 */
export async function previewDump(
  path: string,
  choices: readonly DumpOptions[],
  take: (index: number, preview: DumpPreview) => void,
): Promise<void> {
  const sample = { path, ...(await readBeginning(path, Math.max(...sampleSizes))) };
  for (const [index, options] of choices.entries()) take(index, await previewOf(sample, options));
}

async function previewOf(sample: DumpSample, options: DumpOptions): Promise<DumpPreview> {
  const startOf = async (size: number): Promise<DumpSample> => ({
    ...sample,
    bytes: sample.bytes.subarray(0, size),
    isWhole: sample.isWhole && sample.bytes.length <= size,
  });
  try {
    const { layout, certainty } = await detectBeginning(startOf, options);
    return { kind: 'read', layout, certainty, ...firstRecords(sample.bytes, layout) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: error instanceof OtherFormatError ? 'otherFormat' : 'refused', message: error.message };
  }
}

function firstRecords(
  bytes: Uint8Array,
  layout: DumpLayout,
): Pick<ReadPreview, 'records' | 'recordCount' | 'tombstoneCount'> {
  const records: PreviewRecord[] = [];
  let recordCount = 0;
  let tombstoneCount = 0;
  const record = (view: RecordView): void => {
    recordCount++;
    if (view.isTombstone) tombstoneCount++;
    if (records.length < previewedRecords) records.push(inWords(view));
  };
  // A record that the sample cuts is whole in the dump, but not here.
  const scanner = createScanner(layout, { record, cutRecord: () => undefined });
  scanner.push(bytes.subarray(layout.bomLength));
  scanner.end();
  return { records, recordCount, tombstoneCount };
}

function inWords(view: RecordView): PreviewRecord {
  const { bytes, line, keyStart, keyEnd, valueStart, valueEnd, timestamp, timestampType, partition, offset } = view;
  // A character takes at most four bytes.
  const key = bytes.subarray(keyStart, Math.min(keyEnd, keyStart + 4 * keyCharacters + 4));
  return {
    line,
    key: view.isKeyless ? null : excerpt(decodeBytes(key).text, keyCharacters),
    value: valuePreview(view.isTombstone ? null : bytes.subarray(valueStart, valueEnd), valueCharacters),
    timestamp: timestampType === 'none' ? null : timestamp,
    partition: partition < 0 ? null : partition,
    offset: offset < 0 ? null : offset,
  };
}
