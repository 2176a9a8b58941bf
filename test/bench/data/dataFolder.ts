/** Generated pairs of dumps are kept in a folder that git ignores, and made again only if they would be others. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryFolder } from '../../host/paths.js';
import type { Answer } from './answer.js';
import { makePair, type PairSpec } from './makePair.js';
import { makeVersions, type VersionsSpec } from './makeVersions.js';

export type DataSpec = PairSpec | VersionsSpec;

/** A pair of dumps on disk, and what a comparison of them has to say. */
export interface Data {
  readonly source: string;
  readonly mirror: string;
  readonly answer: Answer;
}

export const benchFolder = path.join(repositoryFolder, '.bench');

/** Bytes that stay free on the disk. */
const reserveBytes = 2e9;
/** Of a record, on average; only to see in advance whether the disk has room. */
const recordBytes = 180;

/**
 * The pair of this name, made if it is not there yet.
 * @throws Error if the disk has no room for it
 */
export function provideData(name: string, spec: DataSpec): Data {
  const folder = path.join(benchFolder, name);
  const [source, mirror] = [path.join(folder, 'source.txt'), path.join(folder, 'mirror.txt')];
  const answerFile = path.join(folder, 'answer.json');
  // The answer is written last: a pair without one is unfinished.
  const made = JSON.stringify({ spec, by: makersHash() });
  if (existsSync(answerFile)) {
    const kept = JSON.parse(readFileSync(answerFile, 'utf8')) as { made: string; answer: Answer };
    const isWhole = hasSize(source, kept.answer.source.bytes) && hasSize(mirror, kept.answer.mirror.bytes);
    if (kept.made === made && isWhole) return { source, mirror, answer: kept.answer };
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  assertRoom(spec);
  const started = performance.now();
  const answer = 'versions' in spec ? makeVersions(spec, source, mirror) : makePair(spec, source, mirror);
  writeFileSync(answerFile, JSON.stringify({ made, answer }));
  const megabytes = (answer.source.bytes + answer.mirror.bytes) / 1e6;
  const seconds = (performance.now() - started) / 1000;
  console.log(`Made ${megabytes.toFixed(megabytes < 10 ? 3 : 0)} MB of data (${name}) in ${seconds.toFixed(1)} s.`);
  return { source, mirror, answer };
}

function assertRoom(spec: DataSpec): void {
  const sourceRecords = 'versions' in spec ? spec.versions : spec.keys * 5;
  const needed = 2 * sourceRecords * recordBytes;
  const { bavail, bsize } = statfsSync(benchFolder);
  if (bavail * bsize < needed + reserveBytes) {
    const [free, wanted] = [bavail * bsize, needed + reserveBytes].map((bytes) => (bytes / 1e9).toFixed(1));
    throw new Error(`The disk of ${benchFolder} has ${free} GB free; this case needs up to ${wanted} GB.`);
  }
}

/** Data made by other code is other data. */
function makersHash(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(import.meta.dirname).sort()) {
    hash.update(readFileSync(path.join(import.meta.dirname, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

function hasSize(file: string, bytes: number): boolean {
  return existsSync(file) && statSync(file).size === bytes;
}
