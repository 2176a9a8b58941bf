/** Recognises dumps that cannot be read yet, so that the message says what they are and what to do instead. */
import { UserError } from '../errors.js';

interface OtherFormat {
  /** How the file begins: bytes, or a pattern over its first line of text. */
  readonly begins: readonly number[] | RegExp;
  readonly what: string;
  readonly wayOn: string;
}

const consoleConsumer = 'Take the dump with kafka-console-consumer instead';

const otherFormats: readonly OtherFormat[] = [
  { begins: [0x1f, 0x8b], what: 'is compressed with gzip', wayOn: 'Unpack it first, with gunzip' },
  { begins: [0x28, 0xb5, 0x2f, 0xfd], what: 'is compressed with zstd', wayOn: 'Unpack it first, with unzstd' },
  { begins: [0xff, 0xfe], what: 'is UTF-16 text, as PowerShell writes it', wayOn: 'Convert it to UTF-8 first' },
  { begins: [0xfe, 0xff], what: 'is UTF-16 text', wayOn: 'Convert it to UTF-8 first' },
  { begins: /^\s*[[{]/, what: 'is JSON, which cannot be read yet', wayOn: consoleConsumer },
  {
    begins: /^(Dumping |(\| )?(offset|baseOffset): \d)/,
    what: 'is the output of kafka-dump-log, which cannot be read yet',
    wayOn: consoleConsumer,
  },
];

/** @throws UserError if the dump is empty or of a format that is known and cannot be read */
export function refuseOtherFormats(path: string, bytes: Uint8Array): void {
  if (bytes.length === 0) {
    throw new UserError(
      `${path} is empty: it holds no record. Check that the dump was taken from the right topic.`,
      path,
    );
  }
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  for (const { begins, what, wayOn } of otherFormats) {
    const matches = begins instanceof RegExp ? begins.test(text) : begins.every((byte, i) => bytes[i] === byte);
    if (matches) throw new UserError(`${path} ${what}. ${wayOn}.`, path, 1);
  }
}
