/** Makes a pair of dumps with a single key, and the answer with it. The mirror has every third of its versions. */
import { type Answer, emptyTally } from './answer.js';
import { DumpWriter } from './dumpWriter.js';

export interface VersionsSpec {
  readonly seed: number;
  /** Of the key at the source; a multiple of three, so that both sides end at the same version. */
  readonly versions: number;
}

const firstTimestamp = 1_690_000_000_000;

export function makeVersions({ seed, versions }: VersionsSpec, sourcePath: string, mirrorPath: string): Answer {
  const tally = emptyTally();
  for (const [side, path, step] of [
    ['source', sourcePath, 1],
    ['mirror', mirrorPath, 3],
  ] as const) {
    const writer = new DumpWriter(path, seed);
    for (let version = step; version <= versions; version += step) {
      writer.write(firstTimestamp + version, 0, 0, version);
    }
    writer.close();
    tally[side] = { bytes: writer.bytes, records: writer.records, tombstones: 0, keys: 1 };
  }
  tally.keys.same = 1;
  tally.literal.same = 1;
  tally.ledger.matched = versions / 3;
  tally.ledger.source.superseded = versions - versions / 3;
  return tally;
}
