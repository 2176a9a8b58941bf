/** Recognises the output of `kafka-dump-log`, and says what it lacks where it cannot be compared. */
import type { DumpLayout } from '../comparison.js';
import { UserError } from '../errors.js';
import { type Detection, refuseByteArrays } from './detection.js';
import { endsInCrLf, type SampleText, sampleRecords } from './sample.js';

const firstLine = /^(Dumping |(\| )?(offset|baseOffset): \d|(Log s|S)tarting offset: \d|\| key: |\| payload: )/;
/** A record, or a batch that holds some. */
const dataLine = /^((\| )?offset: \d|baseOffset: \d.* count: [1-9])/;
const contents = / (key|payload): /;
const controlLine =
  /\b(isControl: true|endTxnMarker: |controlType: |LeaderChange |Snapshot(Head|Foot)er |KRaft(Version|Voters) )/;
const segment = /^Dumping .*-\d+[/\\][^/\\]*$/;
const howToDumpLog = 'Take it with kafka-dump-log --print-data-log, and without --skip-record-metadata';

/**
 * Null if the dump begins in another way.
 * @throws UserError if keys and values are not printed, or not as text
 */
export function detectDumpLog(sample: SampleText): Detection | null {
  const { path, lines, bomLength } = sample;
  const first = lines[0];
  if (first === undefined || !firstLine.test(first.text)) return null;
  const hasPartitions = lines.some(({ text }) => segment.test(text));
  const layout: DumpLayout = {
    format: 'kafka-dump-log',
    separator: null,
    columns: [...(hasPartitions ? (['partition'] as const) : []), 'offset', 'timestamp', 'key', 'value'],
    crlf: endsInCrLf(lines),
    // Sizes tell nulls exactly.
    nullLiteral: null,
    bomLength,
  };
  const withoutSizes = lines.find(({ text }) => /^\| (key|payload): /.test(text));
  if (withoutSizes !== undefined) {
    throw new UserError(
      `${path}, line ${withoutSizes.number}: the sizes of key and value are not printed. ${howToDumpLog}.`,
      path,
      withoutSizes.number,
    );
  }
  const { records, hasCutRecord } = sampleRecords(sample, layout);
  const data = lines.find(({ text }) => dataLine.test(text) && !controlLine.test(text) && !contents.test(text));
  if (records.length === 0 && !hasCutRecord && data !== undefined) {
    throw new UserError(
      `${path}, line ${data.number}: keys and values are not printed. ${howToDumpLog}.`,
      path,
      data.number,
    );
  }
  refuseByteArrays(path, records);
  return { layout, warnings: [], certainty: 'exact' };
}
