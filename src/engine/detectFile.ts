/** Finds out how an open dump is to be read, from its first megabyte. */
import { type Detection, detectDump, sampleBytes } from '../core/formats/detect.js';
import type { DumpOptions } from '../core/options.js';
import type { DumpFile } from './dumpReader.js';

/** @throws UserError if it cannot be read as a dump */
export async function detectFile(file: DumpFile, options: DumpOptions): Promise<Detection> {
  const bytes = await file.read(new Uint8Array(Math.min(sampleBytes, file.bytes)), 0);
  return detectDump({ path: file.path, bytes, isWhole: bytes.length === file.bytes }, options);
}
