/** What detection gives, and what all of its parts say alike. */
import type { DumpLayout, Warning } from '../comparison.js';
import { UserError } from '../errors.js';
import type { SampleRecord } from './sample.js';

export interface Detection {
  readonly layout: DumpLayout;
  /** Values that were JSON stand in the dump as JSON written anew: beside another dump they compare only as JSON. */
  readonly reencodesJson?: boolean;
  /** What had to be assumed. */
  readonly warnings: readonly Warning[];
  /** `assumed`: the dump can be read in another way as well, and the user may have to say which one is right. */
  readonly certainty: 'exact' | 'assumed';
}

/** The dump does not look like one of the format that was named. */
export class OtherFormatError extends UserError {}

export const howToDump =
  'Take the dump with print.timestamp=true, print.partition=true, print.key=true and a key.separator such as “::”.';

/** How Java prints an array of bytes that nobody decoded. */
const byteArray = /^\[B@[0-9a-f]{1,8}$/;

/** @throws UserError if most keys or values were printed as `[B@1a2b3c`, which tells nothing about them */
export function refuseByteArrays(path: string, records: readonly SampleRecord[]): void {
  const spoilt = (texts: readonly string[]): boolean =>
    texts.filter((text) => byteArray.test(text)).length * 2 > texts.length;
  const values = records.filter(({ isTombstone }) => !isTombstone).map(({ value }) => value);
  const keys = records.filter(({ isKeyless }) => !isKeyless).map(({ key }) => key);
  if (!spoilt(values) && !spoilt(keys)) return;
  const first = records.find(({ key, value }) => byteArray.test(key) || byteArray.test(value)) as SampleRecord;
  const shown = byteArray.test(first.value) ? first.value : first.key;
  throw new UserError(
    `${path}, line ${first.line}: “${shown}” is where Java kept some bytes, not what they are: the dump was taken with the wrong decoder. Take it again with a string decoder for keys and values.`,
    path,
    first.line,
  );
}
