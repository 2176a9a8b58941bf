/** The values of a finished comparison, read again from its two dumps: for reports. */
import type { Comparison } from '../core/comparison.js';
import type { ReadValue } from '../core/report/report.js';
import { withDumpTexts } from './dumpPair.js';
import { RecordReader } from './recordReader.js';

/** Opens both dumps for as long as `use` runs. @throws UserError if one cannot be read again */
export async function withDumpValues<T>(
  comparison: Pick<Comparison, 'source' | 'mirror'>,
  use: (readValue: ReadValue) => Promise<T>,
): Promise<T> {
  return withDumpTexts(comparison, (source, mirror) => {
    const readers = {
      source: new RecordReader(source, comparison.source),
      mirror: new RecordReader(mirror, comparison.mirror),
    };
    return use(async (side, location) => (await readers[side].read(location)).value);
  });
}
