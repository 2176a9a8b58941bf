/**
 * Makes a pair of dumps, and the answer with it. The answer is counted where a record is written or left out, from
 * what the maker is doing to it; nothing is read back, and no code is shared with the comparison.
 */
import { Random } from '../../support/random.js';
import { type Answer, emptyTally, type Tally } from './answer.js';
import { DumpWriter, tombstoneRevision } from './dumpWriter.js';
import { type Fate, type FateMix, fateOf, versionsByKey } from './fates.js';

export interface PairSpec {
  readonly seed: number;
  /** Keys of the source, a multiple of 4; the source has five records for each. */
  readonly keys: number;
  readonly fates: FateMix;
  /** Share of the source's records up to where the mirror's log cleaner has come. */
  readonly cleanShare: number;
  /** Keys that only the mirror has, one record each. */
  readonly extraKeys: number;
  /** The mirror stopped after so many of the source's records; null if it did not. Goes with fates `none`. */
  readonly mirrorStopsAfter: number | null;
}

const firstTimestamp = 1_690_000_000_000;
/** Between two records of the source; leaves room for timestamps of the mirror's own. */
const timestampStep = 3;
const partitions = 12;

/** Keys in groups of four, which have this many records. */
const slotsPerGroup = versionsByKey.reduce((sum, versions) => sum + versions, 0);
const keyInGroup = Uint8Array.from(versionsByKey.flatMap((versions, key) => Array<number>(versions).fill(key)));

/** Writes both dumps; takes seconds for each gigabyte. */
export function makePair(spec: PairSpec, sourcePath: string, mirrorPath: string): Answer {
  const source = new SourceLog(spec);
  source.write(sourcePath);
  return new MirrorMaker(spec, source).write(mirrorPath);
}

/** The order of the source's records: which key record `index` belongs to, and which record is a key's last. */
class SourceLog {
  readonly records: number;
  /** Index of each key's last record. */
  readonly lastOf: Int32Array;
  /** Index of each key's last record before the mirror's cleaner stopped, or the mirror itself; -1 for none. */
  readonly lastBeforeCut: Int32Array;
  readonly cut: number;
  readonly newestOf = new Float64Array(partitions);
  readonly result: Tally['source'] = { bytes: 0, records: 0, keys: 0, tombstones: 0 };
  readonly #step: number;
  readonly #start: number;

  constructor(readonly spec: PairSpec) {
    this.records = (spec.keys / versionsByKey.length) * slotsPerGroup;
    this.lastOf = new Int32Array(spec.keys);
    this.lastBeforeCut = new Int32Array(spec.keys).fill(-1);
    this.cut = spec.mirrorStopsAfter ?? Math.round(this.records * spec.cleanShare);
    const random = new Random(spec.seed);
    this.#start = random.between(0, this.records - 1);
    let step = Math.round(this.records * (0.55 + 0.1 * random.next()));
    while (greatestCommonDivisor(step, this.records) !== 1) step++;
    this.#step = step;
  }

  /** Calls `take` for every record in order. Strides through all slots, each once: neighbours have unrelated keys. */
  forEach(take: (index: number, key: number) => void): void {
    let slot = this.#start;
    for (let index = 0; index < this.records; index++) {
      const group = Math.floor(slot / slotsPerGroup);
      take(index, group * versionsByKey.length + (keyInGroup[slot - group * slotsPerGroup] as number));
      slot += this.#step;
      if (slot >= this.records) slot -= this.records;
    }
  }

  write(path: string): void {
    this.forEach((index, key) => {
      this.lastOf[key] = index;
      if (index < this.cut) this.lastBeforeCut[key] = index;
    });
    const writer = new DumpWriter(path, this.spec.seed);
    this.forEach((index, key) => {
      const isTombstone = index === this.lastOf[key] && fateOf(key, this.spec.fates).endsWithTombstone;
      writer.write(timestampOf(index), key % partitions, key, isTombstone ? tombstoneRevision : index);
      this.newestOf[key % partitions] = timestampOf(index);
    });
    writer.close();
    const { bytes, records, tombstones } = writer;
    Object.assign(this.result, { bytes, records, tombstones, keys: this.spec.keys });
  }
}

/** Writes the mirror from the source's log, and keeps the books. */
class MirrorMaker {
  readonly #tally = emptyTally();
  readonly #newestOf = new Float64Array(partitions);
  /** Differing keys' timestamps and partitions, to mark the late ones when both ends are known. */
  readonly #ends: { outcome: Fate['outcome']; partition: number; source: number; mirror: number }[] = [];
  /** Index of a record that is held back until the key's next one is written. */
  readonly #heldOf = new Map<number, number>();

  constructor(
    readonly spec: PairSpec,
    readonly source: SourceLog,
  ) {}

  write(path: string): Answer {
    const { spec, source } = this;
    const writer = new DumpWriter(path, spec.seed);
    const extraEvery = spec.extraKeys === 0 ? Number.POSITIVE_INFINITY : Math.floor(source.records / spec.extraKeys);
    let extras = 0;
    source.forEach((index, key) => {
      this.#copy(writer, index, key);
      if (index % extraEvery === 0 && extras < spec.extraKeys) {
        this.#writeExtra(writer, spec.keys + extras, timestampOf(index) + 1);
        extras++;
      }
    });
    writer.close();
    return this.#close(writer);
  }

  /** Writes record `index` of the source to the mirror, or not, as the key's fate will have it. */
  #copy(writer: DumpWriter, index: number, key: number): void {
    const { spec, source } = this;
    const { ledger } = this.#tally;
    const fate = fateOf(key, spec.fates);
    const isLast = index === source.lastOf[key];
    const isKept = isLast ? fate.lastVersion === 'copied' : this.#keepsOlder(fate, index, key);
    if (spec.mirrorStopsAfter !== null && index >= spec.mirrorStopsAfter) {
      if (isLast) this.#settleStopped(index, key);
      else ledger.source.superseded++;
      return;
    }
    if (fate.afterwards === 'lastButOne' && !isLast) {
      const held = this.#heldOf.get(key);
      if (held !== undefined) this.#copyRecord(writer, held, key, held);
      this.#heldOf.set(key, index);
    } else if (isKept) {
      const revision = isLast && fate.endsWithTombstone ? tombstoneRevision : index;
      this.#copyRecord(writer, index, key, revision);
    } else if (!isLast) ledger.source.superseded++;
    if (isLast) this.#settle(writer, fate, index, key);
  }

  #copyRecord(writer: DumpWriter, index: number, key: number, revision: number): void {
    this.#put(writer, timestampOf(index), key, revision);
    this.#tally.ledger.matched++;
  }

  #keepsOlder(fate: Fate, index: number, key: number): boolean {
    if (this.spec.mirrorStopsAfter !== null || fate.olderVersions === 'all') return true;
    const { cut, lastBeforeCut } = this.source;
    return fate.olderVersions === 'compacted' && (index >= cut || lastBeforeCut[key] === index);
  }

  /** At the source's last record of a key: what the mirror gets beside it, and how the key counts. */
  #settle(writer: DumpWriter, fate: Fate, index: number, key: number): void {
    const { ledger } = this.#tally;
    const timestamp = timestampOf(index);
    // Revisions from `records` on are values that the source never had.
    const ownValue = this.source.records + index;
    if (fate.lastVersion === 'replaced' || fate.afterwards === 'newValue') {
      this.#put(writer, timestamp + fate.newerBy, key, ownValue);
      ledger.mirror.notInSource++;
    } else if (fate.afterwards === 'lastAgain') {
      this.#put(writer, timestamp, key, index);
      ledger.mirror.repeated++;
    } else if (fate.afterwards === 'lastButOne') {
      const held = this.#heldOf.get(key) as number;
      this.#put(writer, timestampOf(held), key, held);
      // Of two records that changed places, one only is in the common order.
      ledger.source.superseded++;
      ledger.mirror.superseded++;
    }
    if (fate.lastVersion !== 'copied') {
      if (fate.outcome === 'deleted') ledger.source.expiredTombstones++;
      else ledger.source.notInMirror++;
    }
    const isOnMirror = fate.olderVersions !== 'none';
    // Where the mirror ends at a record of the source, it is not after the source's end: any old time will do.
    const mirrorEnd = fate.newerBy === 0 ? 0 : timestamp + fate.newerBy;
    this.#count(fate.outcome, fate.cause, isOnMirror, key, timestamp, mirrorEnd);
  }

  /** The last record of a key came after the mirror had stopped. */
  #settleStopped(index: number, key: number): void {
    const isOnMirror = (this.source.lastBeforeCut[key] as number) >= 0;
    this.#tally.ledger.source.notInMirror++;
    this.#count(
      isOnMirror ? 'modified' : 'missing',
      isOnMirror ? 'stale' : null,
      isOnMirror,
      key,
      timestampOf(index),
      0,
    );
  }

  #writeExtra(writer: DumpWriter, key: number, timestamp: number): void {
    this.#put(writer, timestamp, key, 0);
    this.#tally.ledger.mirror.notInSource++;
    this.#count('extra', null, true, key, 0, timestamp);
  }

  #put(writer: DumpWriter, timestamp: number, key: number, revision: number): void {
    writer.write(timestamp, key % partitions, key, revision);
    const newest = this.#newestOf[key % partitions] as number;
    if (timestamp > newest) this.#newestOf[key % partitions] = timestamp;
  }

  #count(
    outcome: Fate['outcome'],
    cause: Fate['cause'],
    isOnMirror: boolean,
    key: number,
    source: number,
    mirror: number,
  ): void {
    const { keys, causes, literal } = this.#tally;
    keys[outcome]++;
    if (cause !== null) causes[cause]++;
    if (isOnMirror) this.#tally.mirror.keys++;
    if (outcome === 'extra') literal.notInSource++;
    else if (!isOnMirror) literal.notInMirror++;
    else if (outcome === 'modified') literal.modified++;
    else literal.same++;
    if (outcome !== 'same' && outcome !== 'deleted') {
      this.#ends.push({ outcome, partition: key % partitions, source, mirror });
    }
  }

  #close(writer: DumpWriter): Answer {
    const tally = this.#tally;
    for (const { outcome, partition, source, mirror } of this.#ends) {
      if (outcome !== 'extra' && source > endOf(this.#newestOf, partition)) tally.late.afterMirrorEnd++;
      else if (outcome !== 'missing' && mirror > endOf(this.source.newestOf, partition)) tally.late.afterSourceEnd++;
    }
    if (this.#ends.length > 0) tally.verdict = 'different';
    const { bytes, records, tombstones } = writer;
    const keys = tally.mirror.keys;
    return { ...tally, source: { ...this.source.result }, mirror: { bytes, records, tombstones, keys } };
  }
}

/** A dump without any record of the partition ends there where it ends as a whole. */
function endOf(newestOf: Float64Array, partition: number): number {
  return newestOf[partition] || Math.max(...newestOf);
}

function timestampOf(index: number): number {
  return firstTimestamp + index * timestampStep;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
