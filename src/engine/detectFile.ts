/** Finds out how an open dump is to be read, from no more of its beginning than it takes to be certain. */
import { type Detection, detectDump, sampleSizes } from '../core/formats/detect.js';
import type { DumpOptions } from '../core/options.js';
import type { DumpFile } from './dumpReader.js';

/** @throws UserError if it cannot be read as a dump */
export async function detectFile(file: DumpFile, options: DumpOptions): Promise<Detection> {
  const [first, last] = sampleSizes;
  if (file.bytes > first) {
    const detection = await detectIn(file, first, options).catch(() => null);
    if (detection?.certainty === 'exact') return detection;
  }
  return detectIn(file, last, options);
}

async function detectIn(file: DumpFile, size: number, options: DumpOptions): Promise<Detection> {
  const bytes = await file.read(new Uint8Array(Math.min(size, file.bytes)), 0);
  return detectDump({ path: file.path, bytes, isWhole: bytes.length === file.bytes }, options);
}
