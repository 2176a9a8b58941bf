/** Recognises files that cannot be compared, so that the message says what they are and what to do instead. */
import { UserError } from '../errors.js';
import { excerpt } from '../words/text.js';
import { howToDump } from './detection.js';
import type { SampleText } from './sample.js';

const byBytes: readonly { readonly begins: readonly number[]; readonly what: string }[] = [
  { begins: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'is compressed with xz' },
  { begins: [0x42, 0x5a, 0x68], what: 'is compressed with bzip2' },
  { begins: [0x04, 0x22, 0x4d, 0x18], what: 'is compressed with lz4' },
  { begins: [0x50, 0x4b, 0x03, 0x04], what: 'is a zip archive' },
];

const byText: readonly { readonly line: RegExp; readonly what: string }[] = [
  {
    line: /^([\w.-]+[:-])?checksum:\d+$/,
    what: 'was printed by the ChecksumMessageFormatter: it holds checksums, and neither keys nor values',
  },
  {
    line: /^(offset: \d+ position: \d+|timestamp: \d+ offset: \d+)$/,
    what: 'is the dump of an index, which holds no records. Name the .log files in --files',
  },
];

/** @throws UserError if the dump's first bytes are those of a known format that cannot be read */
export function refuseOtherBytes(path: string, bytes: Uint8Array): void {
  for (const { begins, what } of byBytes) {
    if (begins.every((byte, i) => bytes[i] === byte)) {
      throw new UserError(`${path} ${what}. Unpack it first.`, path, 1);
    }
  }
}

/** @throws UserError if the first line that is no notice belongs to a known format that cannot be compared */
export function refuseOtherText({ path, lines }: SampleText): void {
  const first = lines.find(({ text }) => !/^(Dumping |$)/.test(text));
  const known = first === undefined ? undefined : byText.find(({ line }) => line.test(first.text));
  if (first !== undefined && known !== undefined) {
    throw new UserError(`${path} ${known.what}. ${howToDump}`, path, first.number);
  }
}

/** What is said of a file in which no format finds a record. */
export function noRecord({ path, bytes, lines }: SampleText): UserError {
  const first = lines[0];
  const line = first?.number ?? 1;
  const looksBinary = bytes.subarray(0, 4096).includes(0);
  const what = looksBinary
    ? `${path} is no text dump: it looks like a binary file.`
    : `${path}, line ${line}: no Kafka record starts here or in the first MB; found “${excerpt(first?.text ?? '')}”, expected a line such as “CreateTime:1690000000000::Partition:0::key::value”.`;
  return new UserError(`${what} ${howToDump}`, path, line);
}
