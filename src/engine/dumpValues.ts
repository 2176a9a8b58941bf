/** The values of a finished comparison, read again from its two dumps: for reports. */
import type { Comparison, DumpSummary } from '../core/comparison.js';
import type { ReadValue } from '../core/report/report.js';
import { DumpFile } from './dumpReader.js';
import { RecordReader } from './recordReader.js';

/** Opens both dumps for as long as `use` runs. @throws UserError if one cannot be read again */
export async function withDumpValues<T>(comparison: Comparison, use: (readValue: ReadValue) => Promise<T>): Promise<T> {
  const source = await openText(comparison.source);
  try {
    const mirror = await openText(comparison.mirror);
    try {
      const readers = {
        source: new RecordReader(source, comparison.source),
        mirror: new RecordReader(mirror, comparison.mirror),
      };
      return await use(async (side, location) => (await readers[side].read(location)).value);
    } finally {
      await mirror.close();
    }
  } finally {
    await source.close();
  }
}

function openText({ path, textPath }: DumpSummary): Promise<DumpFile> {
  const decoded = { path, identity: textPath, original: null };
  return path === textPath ? DumpFile.open(path) : DumpFile.open(textPath, decoded);
}
