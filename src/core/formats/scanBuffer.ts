/** The part of a dump that a scanner still needs: the record being read and what came in behind it. */
import { UserError } from '../errors.js';
import { byteSize } from '../words/numbers.js';

/**
 * Bytes of the longest record that is read. A record is held in memory whole; Kafka's brokers take 1 MB by default,
 * and what is far larger is a file that is no dump, or a dump read in the wrong way.
 */
export const longestRecordBytes = 1 << 28;

export class ScanBuffer {
  bytes: Uint8Array = new Uint8Array(0);
  /** Bytes of `bytes` that are filled. */
  length = 0;

  /** @param byteOffset position in the dump of `bytes[0]` */
  constructor(public byteOffset: number) {}

  /**
   * Appends `chunk`, if need be by dropping what lies before `keepFrom`.
   * @param line 1-based line at `keepFrom`, for the message
   * @returns how far positions in `bytes` have moved towards its start
   * @throws UserError if what must be kept is longer than a record may be
   */
  append(chunk: Uint8Array, keepFrom: number, line: number): number {
    let moved = 0;
    if (this.length + chunk.length > this.bytes.length) {
      const kept = this.length - keepFrom;
      const needed = kept + chunk.length;
      let target = this.bytes;
      if (needed > target.length) {
        if (kept > longestRecordBytes) throw recordTooLong(line);
        // A record that outgrows the buffer makes it half as large again, so that old and new stay small together.
        target = new Uint8Array(needed + Math.max(chunk.length, kept >> 1));
      }
      target.set(this.bytes.subarray(keepFrom, this.length));
      this.bytes = target;
      this.byteOffset += keepFrom;
      this.length = kept;
      moved = keepFrom;
    }
    this.bytes.set(chunk, this.length);
    this.length += chunk.length;
    return moved;
  }
}

function recordTooLong(line: number): UserError {
  return new UserError(
    `a record from line ${line} on is longer than ${byteSize(longestRecordBytes)}, the most that is read. Check that the file is a dump, and its format and separator.`,
    null,
    line,
  );
}
