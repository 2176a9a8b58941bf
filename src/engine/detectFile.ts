/** Finds out how a dump is to be read, from no more of its beginning than it takes to be certain. */
import { type Detection, type DumpSample, detectDump, sampleSizes } from '../core/formats/detect.js';
import type { DumpOptions } from '../core/options.js';
import type { DumpFile } from './dumpReader.js';

/** @throws UserError if it cannot be read as a dump */
export function detectFile(file: DumpFile, options: DumpOptions): Promise<Detection> {
  return detectBeginning(async (size) => {
    const bytes = await file.read(new Uint8Array(Math.min(size, file.bytes)), 0);
    return { path: file.path, bytes, isWhole: bytes.length === file.bytes };
  }, options);
}

/**
 * @param sampleOf the first `size` bytes of a dump, or all of it
 * @throws UserError if it cannot be read as a dump
 */
export async function detectBeginning(
  sampleOf: (size: number) => Promise<DumpSample>,
  options: DumpOptions,
): Promise<Detection> {
  const [first, last] = sampleSizes;
  const sample = await sampleOf(first);
  if (sample.isWhole) return detectDump(sample, options);
  const detection = certainDetection(sample, options);
  return detection ?? detectDump(await sampleOf(last), options);
}

function certainDetection(sample: DumpSample, options: DumpOptions): Detection | null {
  try {
    const detection = detectDump(sample, options);
    return detection.certainty === 'exact' ? detection : null;
  } catch {
    // What cannot be read here may be readable with more of it.
    return null;
  }
}
