/**
 * The key that a join is at, if it is plain: on each side all of its records are in one partition and their offsets, if
 * there are any, ascend, so that the file's order is the comparison's. Values and timestamps are copied side by side,
 * since the rules go over them several times.
 */
import { OFFSET, PLACE, PLACE_BITS, PLAIN_SIDES, TIMESTAMP, VALUE_HASH } from './layout';

/** Records of a key on one side up to which there is time for work that is quadratic in them; at most 64. */
export const fewRecords: u32 = 48;

@unmanaged
export class PlainSide {
  /** 0 for the source, 1 for the mirror. */
  index: i32;
  /** Records; 0 if the key is absent, and then nothing below holds. */
  count: u32;
  /** Partition plus one, 0 for none. */
  partition: u32;
  /** Whether each timestamp is later than the one before, as usual. */
  isAscending: bool;
  /** Tuple of the final record. */
  final: usize;
  private tuples: usize;
  private tupleBytes: usize;
  /** Value hash u64 and timestamp f64 of each record. */
  private records: usize;

  /** @param records room for 16 bytes for each of the tuples */
  begin(index: i32, tuples: usize, tupleBytes: usize, records: usize): void {
    this.index = index;
    this.tuples = tuples;
    this.tupleBytes = tupleBytes;
    this.records = records;
  }

  /**
   * Takes the key whose tuples have the positions `order[0 … count)`.
   * @returns whether it is plain
   */
  // @ts-ignore: decorator
  @inline
  take(order: usize, count: u32): bool {
    this.count = count;
    if (count === 0) return true;
    const mustAscend = count > 1 && this.hasOffsets;
    let tuple: usize = 0;
    let partition: u64 = 0;
    let offset: f64 = -1;
    let timestamp = -Infinity;
    let isAscending = true;
    let record = this.records;
    for (let i: u32 = 0; i < count; i++) {
      tuple = this.tuples + <usize>load<u32>(order + (<usize>i << 2)) * this.tupleBytes;
      const itsPartition = load<u64>(tuple, PLACE) >> PLACE_BITS;
      if (i === 0) partition = itsPartition;
      else if (itsPartition !== partition) return false;
      if (mustAscend) {
        const itsOffset = load<f64>(tuple, OFFSET);
        if (itsOffset <= offset) return false;
        offset = itsOffset;
      }
      const itsTimestamp = load<f64>(tuple, TIMESTAMP);
      if (itsTimestamp <= timestamp) isAscending = false;
      timestamp = itsTimestamp;
      store<u64>(record, load<u64>(tuple, VALUE_HASH));
      store<f64>(record, timestamp, 8);
      record += 16;
    }
    this.final = tuple;
    this.partition = <u32>partition;
    this.isAscending = isAscending;
    return true;
  }

  /** Hash of the value of record `i`, 0 for a tombstone. */
  // @ts-ignore: decorator
  @inline
  value(i: u32): u64 {
    return load<u64>(this.records + (<usize>i << 4));
  }

  /** Timestamp of record `i` in milliseconds, -1 for none. */
  // @ts-ignore: decorator
  @inline
  timestamp(i: u32): f64 {
    return load<f64>(this.records + (<usize>i << 4), 8);
  }

  get hasOffsets(): bool {
    return this.tupleBytes === 48;
  }

  get finalValue(): u64 {
    return this.value(this.count - 1);
  }

  get finalTimestamp(): f64 {
    return this.timestamp(this.count - 1);
  }

  /** Whether `repeats` has time for so many records. */
  get canCountRepeats(): bool {
    return this.isAscending || this.count <= fewRecords;
  }

  /** Records equal in value and timestamp to an earlier one; those without a timestamp never are. */
  get repeats(): u32 {
    if (this.isAscending) return 0;
    let repeated: u32 = 0;
    for (let i: u32 = 1; i < this.count; i++) {
      if (this.timestamp(i) === -1) continue;
      for (let k: u32 = 0; k < i; k++) {
        if (areSame(this, k, this, i, true)) {
          repeated++;
          break;
        }
      }
    }
    return repeated;
  }
}

export const sourceSide = changetype<PlainSide>(PLAIN_SIDES);
export const mirrorSide = changetype<PlainSide>(PLAIN_SIDES + offsetof<PlainSide>());

/** Whether record `i` of `a` and record `k` of `b` have equal values, and equal timestamps if that is wanted, too. */
// @ts-ignore: decorator
@inline
export function areSame(a: PlainSide, i: u32, b: PlainSide, k: u32, timed: bool): bool {
  return a.value(i) === b.value(k) && (!timed || a.timestamp(i) === b.timestamp(k));
}
