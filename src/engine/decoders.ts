/**
 * Turns compressed dumps and UTF-16 into the UTF-8 text they hold, as a stream: gzip (RFC 1952), Zstandard (RFC 8878)
 * and what PowerShell writes with `>`. Checksums are verified; data that is cut or damaged is an error, not a dump.
 */
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../core/errors.js';
import { decodeZstd, ZstdError } from './zstd.js';

export type Encoding = 'gzip' | 'zstd' | 'utf-16le' | 'utf-16be';
export type ByteStream = AsyncIterable<Uint8Array>;

const beginnings: readonly { readonly encoding: Encoding; readonly bytes: readonly number[] }[] = [
  { encoding: 'gzip', bytes: [0x1f, 0x8b] },
  { encoding: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];
const skippableEnd = [0x2a, 0x4d, 0x18];
/** Bytes that tell how a dump is encoded. */
export const tellingBytes = 4;

/** Null for a dump that is read as it is. */
export function encodingOf(beginning: Uint8Array): Encoding | null {
  // Zstandard data may begin with a frame to be skipped, as pzstd writes it: 50 to 5F, then 2A 4D 18.
  const [first = 0, ...rest] = beginning.subarray(0, tellingBytes);
  if (first >> 4 === 5 && rest.join() === skippableEnd.join()) return 'zstd';
  const found = beginnings.find(({ bytes }) => bytes.every((byte, i) => beginning[i] === byte));
  return found?.encoding ?? null;
}

/** @param path of the dump, for messages. @throws UserError, while it is read, if the data is cut or damaged */
export function decode(source: ByteStream, encoding: Encoding, path: string): ByteStream {
  switch (encoding) {
    case 'gzip':
      return gunzip(source, path);
    case 'zstd':
      return unzstd(source, path);
    default:
      return fromUtf16(source, encoding);
  }
}

const cut = (path: string, format: string): UserError =>
  new UserError(`${path} is cut: its ${format} data ends in the middle. Copy or take the dump again.`, path);
const damaged = (path: string, format: string): UserError =>
  new UserError(`${path} is damaged: its ${format} data or checksum is wrong. Copy or take the dump again.`, path);

async function* gunzip(source: ByteStream, path: string): AsyncGenerator<Uint8Array> {
  const decoder = createGunzip({ chunkSize: 1 << 18 });
  let position = 0;
  let lastNonZero = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      for (let i = chunk.length; i > 0; i--) {
        if (chunk[i - 1] === 0) continue;
        lastNonZero = position + i;
        break;
      }
      position += chunk.length;
      yield chunk;
    }
  }
  const fed = Readable.from(counted(), { objectMode: false });
  fed.on('error', (error) => decoder.destroy(error));
  try {
    for await (const chunk of fed.pipe(decoder)) yield chunk;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw cut(path, 'gzip');
    if (code?.startsWith('Z_')) throw damaged(path, 'gzip');
    throw error;
  } finally {
    fed.destroy();
  }
  // Zeros behind the data are padding; zlib stops at them and looks at nothing behind.
  if (lastNonZero > decoder.bytesWritten) throw damaged(path, 'gzip');
}

async function* unzstd(source: ByteStream, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* decodeZstd(source);
  } catch (error) {
    if (!(error instanceof ZstdError)) throw error;
    if (error.reason === 'cut') throw cut(path, 'zstd');
    if (error.reason === 'damaged') throw damaged(path, 'zstd');
    throw new UserError(
      `${path} was compressed with a window of more than 128 MiB (zstd --long above 27), which is not unpacked here. Unpack it first, with zstd -d --long=31.`,
      path,
    );
  }
}

async function* fromUtf16(source: ByteStream, encoding: 'utf-16le' | 'utf-16be'): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const chunk of source) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  yield encoder.encode(decoder.decode());
}
