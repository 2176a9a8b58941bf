/**
 * Finds out how a dump is to be read, from its beginning. The order matters: what announces itself comes before what
 * has to be guessed.
 */
import type { DumpFormat, DumpLayout } from '../comparison.js';
import { UserError } from '../errors.js';
import type { DumpOptions } from '../options.js';
import { excerpt } from '../words/text.js';
import { toBytes } from './bytes.js';
import { csvFormats } from './csvScanner.js';
import { detectConsoleConsumer } from './detectConsoleConsumer.js';
import { detectCsv } from './detectCsv.js';
import { detectDumpLog } from './detectDumpLog.js';
import { type Detection, OtherFormatError } from './detection.js';
import { detectJson } from './detectJson.js';
import { detectKafkactlText } from './detectKafkactlText.js';
import { detectKeyValue } from './detectKeyValue.js';
import { detectYaml } from './detectYaml.js';
import { jsonFormats } from './jsonTools.js';
import { isToolNotice } from './noise.js';
import { noRecord, refuseOtherBytes, refuseOtherText } from './otherFormats.js';
import { type DumpSample, readSample, type SampleText } from './sample.js';

export type { Detection } from './detection.js';
export type { DumpSample } from './sample.js';

/**
 * Bytes of a dump's beginning that are looked at: the first of these, and the next one only where that says nothing for
 * certain. In the last one a record must be found.
 */
export const sampleSizes = [1 << 16, 1 << 20] as const;

interface Detector {
  readonly formats: readonly DumpFormat[];
  /** Null if the dump does not look like one of these formats. @throws UserError if it does, but cannot be read */
  readonly detect: (sample: SampleText, options: DumpOptions) => Detection | null;
}

/** In the order in which they are asked. */
const detectors: readonly Detector[] = [
  { formats: jsonFormats, detect: detectJson },
  { formats: ['kafkactl-yaml'], detect: detectYaml },
  // A known header row says more than any line below it.
  { formats: csvFormats, detect: detectCsv },
  { formats: ['kafka-dump-log'], detect: detectDumpLog },
  { formats: ['kafka-console-consumer', 'kafka-console-consumer-2.5'], detect: detectConsoleConsumer },
  { formats: ['kafkactl-text'], detect: detectKafkactlText },
  { formats: ['key-value'], detect: detectKeyValue },
];

/** @throws UserError if the dump is empty, of a format that cannot be read, or no record is found in the sample */
export function detectDump(sample: DumpSample, options: DumpOptions): Detection {
  refuseOtherBytes(sample.path, sample.bytes);
  const text = readSample(sample);
  if (text.lines.every(({ text: line }) => isToolNotice(toBytes(line), 0, line.length))) {
    return detectEmpty({ ...text, noiseLines: text.noiseLines + text.lines.length }, options);
  }
  return options.format === null ? detectAny(text, options) : detectNamed(text, options, options.format);
}

function detectAny(text: SampleText, options: DumpOptions): Detection {
  refuseOtherText(text);
  for (const { detect } of detectors) {
    const found = detect(text, options);
    if (found !== null) return found;
  }
  throw noRecord(text);
}

function detectNamed(text: SampleText, options: DumpOptions, format: DumpFormat): Detection {
  const detector = detectors.find(({ formats }) => formats.includes(format));
  const found = detector?.detect(text, options) ?? null;
  if (found !== null && found.layout.format === format) return found;
  const line = text.lines[0]?.number ?? 1;
  throw new OtherFormatError(
    `${text.path}, line ${line}: “${excerpt(text.lines[0]?.text ?? '')}” does not begin a dump of the format ${format}. Name another format, or none to have it found out.`,
    text.path,
    line,
  );
}

/** A dump without a line besides notices: that of an empty topic, if something says so. */
function detectEmpty(
  { path, isWhole, bomLength, bytes, noiseLines, processed }: SampleText,
  options: DumpOptions,
): Detection {
  if (noiseLines === 0 && !options.allowEmpty) {
    throw new UserError(
      `${path} is empty: it holds no record. Check that the dump was taken from the right topic; if the topic is empty, say --allow-empty.`,
      path,
    );
  }
  if (!isWhole || (processed ?? 0) > 0) {
    throw new UserError(
      `${path} holds notices of the console consumer and no record${processed === null ? '' : `, but says that it processed ${processed}`}. Take the dump again.`,
      path,
      1,
    );
  }
  const layout: DumpLayout = {
    format: options.format ?? 'kafka-console-consumer',
    separator: options.separator,
    columns: [],
    crlf: bytes.subarray(bomLength).includes(0x0d),
    nullLiteral: options.nullLiteral,
    bomLength,
  };
  return { layout, warnings: [], certainty: 'exact' };
}
