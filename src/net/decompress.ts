import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type BrotliOptions, type ZlibOptions } from 'node:zlib';
import { Failure } from '../model/failure.js';

type Decode = (bytes: Uint8Array, options: ZlibOptions & BrotliOptions) => Promise<Uint8Array>;

const gunzipAsync: Decode = promisify<Uint8Array, ZlibOptions, Buffer>(gunzip);
const inflateAsync: Decode = promisify<Uint8Array, ZlibOptions, Buffer>(inflate);
const inflateRawAsync: Decode = promisify<Uint8Array, ZlibOptions, Buffer>(inflateRaw);

/** `deflate` should be a zlib stream (RFC 9110, 8.4.1.2), yet some servers send it bare: the first byte tells. */
const deflate: Decode = (bytes, options) =>
  ((bytes[0] ?? 0) & 0x0f) === 8 ? inflateAsync(bytes, options) : inflateRawAsync(bytes, options);

const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['gzip', gunzipAsync],
  ['x-gzip', gunzipAsync],
  ['deflate', deflate],
  ['br', promisify<Uint8Array, BrotliOptions, Buffer>(brotliDecompress)],
]);
const MOST_LAYERS = 2;

/**
 * Undoes `Content-Encoding`, off the main thread, and never gives or holds more than `maxBytes` a layer.
 * @throws {Failure} source.too-large; source.malformed for a coding that we did not ask for or a broken stream
 */
export async function decompress(bytes: Uint8Array, contentEncoding: string, maxBytes: number): Promise<Uint8Array> {
  const layers = contentEncoding
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (layers.length > MOST_LAYERS) throw new Failure('source.malformed', `Compressed ${layers.length} times over`);
  let plain = bytes;
  for (const name of layers.reverse()) plain = await oneLayer(plain, name, maxBytes);
  return plain;
}

async function oneLayer(bytes: Uint8Array, name: string, maxBytes: number): Promise<Uint8Array> {
  const decode = DECODERS.get(name);
  if (decode === undefined) throw new Failure('source.malformed', `Unknown compression: ${name.slice(0, 40)}`);
  if (bytes.byteLength === 0) return bytes;
  try {
    return await decode(bytes, { maxOutputLength: maxBytes });
  } catch (cause) {
    if (isObject(cause) && cause['code'] === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes, cause);
    throw new Failure('source.malformed', `The ${name} stream of the answer is broken`, {}, { cause });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function tooLarge(maxBytes: number, cause?: unknown): Failure {
  return new Failure('source.too-large', `The answer is larger than ${maxBytes} bytes`, { maxBytes }, { cause });
}
