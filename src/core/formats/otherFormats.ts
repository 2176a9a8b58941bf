/** Recognises dumps that cannot be read yet, so that the message says what they are and what to do instead. */
import { UserError } from '../errors.js';

const consoleConsumer = 'Take the dump with kafka-console-consumer instead';

const byBytes: readonly { readonly begins: readonly number[]; readonly what: string; readonly wayOn: string }[] = [
  { begins: [0x1f, 0x8b], what: 'is compressed with gzip', wayOn: 'Unpack it first, with gunzip' },
  { begins: [0x28, 0xb5, 0x2f, 0xfd], what: 'is compressed with zstd', wayOn: 'Unpack it first, with unzstd' },
  { begins: [0xff, 0xfe], what: 'is UTF-16 text, as PowerShell writes it', wayOn: 'Convert it to UTF-8 first' },
  { begins: [0xfe, 0xff], what: 'is UTF-16 text', wayOn: 'Convert it to UTF-8 first' },
];

const byText: readonly { readonly begins: RegExp; readonly what: string }[] = [
  {
    begins: /^(Dumping |(\| )?(offset|baseOffset): \d)/,
    what: 'is the output of kafka-dump-log, which cannot be read yet',
  },
];

/** @throws UserError if the dump is empty or its first bytes are those of a known format that cannot be read */
export function refuseOtherBytes(path: string, bytes: Uint8Array): void {
  if (bytes.length === 0) {
    throw new UserError(
      `${path} is empty: it holds no record. Check that the dump was taken from the right topic.`,
      path,
    );
  }
  for (const { begins, what, wayOn } of byBytes) {
    if (begins.every((byte, i) => bytes[i] === byte)) throw new UserError(`${path} ${what}. ${wayOn}.`, path, 1);
  }
}

/** @throws UserError if the first line that is no notice begins a known format that cannot be read */
export function refuseOtherText(path: string, text: string, line: number): void {
  for (const { begins, what } of byText) {
    if (begins.test(text)) throw new UserError(`${path} ${what}. ${consoleConsumer}.`, path, line);
  }
}
