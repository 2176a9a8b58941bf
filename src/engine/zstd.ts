/**
 * Zstandard (RFC 8878) as a stream: the C library's decoder as zstddec compiles it to WebAssembly, called directly.
 * zstddec's own loop does not look at error codes, so that on wrong data it goes on for ever; the C library says
 * everything, checksums included. Calls and codes: zstd.h and zstd_errors.h of zstd 1.5.
 */
import { ZSTDDecoder } from 'zstddec/stream';

interface ZstdExports {
  readonly memory: WebAssembly.Memory;
  malloc(bytes: number): number;
  free(address: number): void;
  ZSTD_createDCtx(): number;
  ZSTD_freeDCtx(context: number): number;
  /** 0 at the end of a frame, an error code, or how much more input would be welcome. */
  ZSTD_decompressStream(context: number, output: number, input: number): number;
}

/** Why data cannot be decoded; `cut` if it ends too soon. */
export class ZstdError extends Error {
  constructor(readonly reason: 'cut' | 'damaged' | 'windowTooLarge') {
    super(reason);
  }
}

/** ZSTD_error_maxCode: error codes are the numbers from its negative on. */
const highestErrorCode = 120;
/** ZSTD_error_frameParameter_windowTooLarge: more than 128 MiB, `--long=27`. */
const windowTooLarge = 16;
const bufferBytes = 1 << 17;
/** ZSTD_inBuffer and ZSTD_outBuffer: address, size and position, of 32 bits each. */
const structBytes = 12;

let loading: Promise<ZstdExports> | null = null;

function load(): Promise<ZstdExports> {
  loading ??= new Promise((resolve, reject) => {
    class Loader extends ZSTDDecoder {
      override _init(result: Parameters<ZSTDDecoder['_init']>[0]): void {
        super._init(result);
        resolve(result.instance.exports as unknown as ZstdExports);
      }
    }
    new Loader().init().catch(reject);
  });
  return loading;
}

/**
 * The contents of all frames, one behind the other; each piece is valid until the next is asked for.
 * @throws ZstdError if the data is cut or damaged, or its checksum wrong
 */
export async function* decodeZstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const zstd = await load();
  const context = zstd.ZSTD_createDCtx();
  const memory = zstd.malloc(2 * bufferBytes + 2 * structBytes);
  const [inputBytes, outputBytes] = [memory, memory + bufferBytes];
  const input = memory + 2 * bufferBytes;
  const output = input + structBytes;
  let isBetweenFrames = true;
  try {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length; at += bufferBytes) {
        const piece = chunk.subarray(at, at + bufferBytes);
        new Uint8Array(zstd.memory.buffer).set(piece, inputBytes);
        setBuffer(zstd, input, inputBytes, piece.length);
        let filled = 0;
        // A full output buffer may leave something behind in the decoder.
        while (positionOf(zstd, input) < piece.length || filled === bufferBytes) {
          setBuffer(zstd, output, outputBytes, bufferBytes);
          const code = zstd.ZSTD_decompressStream(context, output, input) | 0;
          if (code < 0 && code >= -highestErrorCode) {
            throw new ZstdError(code === -windowTooLarge ? 'windowTooLarge' : 'damaged');
          }
          isBetweenFrames = code === 0;
          filled = positionOf(zstd, output);
          // The memory may have grown, so it is looked at anew.
          if (filled > 0) yield new Uint8Array(zstd.memory.buffer, outputBytes, filled);
        }
      }
    }
  } finally {
    zstd.ZSTD_freeDCtx(context);
    zstd.free(memory);
  }
  if (!isBetweenFrames) throw new ZstdError('cut');
}

function setBuffer({ memory }: ZstdExports, struct: number, address: number, bytes: number): void {
  const view = new DataView(memory.buffer);
  view.setUint32(struct, address, true);
  view.setUint32(struct + 4, bytes, true);
  view.setUint32(struct + 8, 0, true);
}

function positionOf({ memory }: ZstdExports, struct: number): number {
  return new DataView(memory.buffer).getUint32(struct + 8, true);
}
