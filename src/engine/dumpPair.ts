/** Both dumps of a comparison, open at once. */
import type { DumpSummary } from '../core/comparison.js';
import type { Side } from '../core/record.js';
import { DumpFile } from './dumpReader.js';

/** Opens both for as long as `use` runs. @throws UserError if one cannot be opened */
export async function withDumpFiles<T>(
  open: (side: Side) => Promise<DumpFile>,
  use: (source: DumpFile, mirror: DumpFile) => Promise<T>,
): Promise<T> {
  const source = await open('source');
  try {
    const mirror = await open('mirror');
    try {
      return await use(source, mirror);
    } finally {
      await mirror.close();
    }
  } finally {
    await source.close();
  }
}

/** The same for dumps that were compared: what is opened is their text. @throws UserError if one cannot be read again */
export function withDumpTexts<T>(
  comparison: Readonly<Record<Side, Pick<DumpSummary, 'path' | 'textPath'>>>,
  use: (source: DumpFile, mirror: DumpFile) => Promise<T>,
): Promise<T> {
  return withDumpFiles((side) => {
    const { path, textPath } = comparison[side];
    return DumpFile.open(textPath, path);
  }, use);
}
