import { brotliDecompressSync, constants, crc32, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { errorCode } from '../error-code.js';
import { refuse } from './feed-refusal.js';

/** Largest feed that is read, in bytes after content decoding. */
export const MOST_BYTES = 10 * 1024 * 1024;

const LIMITS = { maxOutputLength: MOST_BYTES, finishFlush: constants.Z_SYNC_FLUSH };

/**
 * The body without its content coding (gzip, deflate, br; several in a row), cut off at 10 MB. A body that ends too early gives
 * what there is; one that is not coded as its header says, or that is gzip without a header, is taken for what it is.
 * @throws {Failure} source.too-large, source.malformed
 */
export function withoutCoding(bytes: Uint8Array, header: string | undefined): Uint8Array {
  const codings = (header ?? '').toLowerCase().split(',').slice(0, 4);
  const plain = codings.reverse().reduce<Uint8Array>((body, coding) => decodeOne(body, coding.trim()), bytes);
  const body = isGzip(plain) ? decodeOne(plain, 'gzip') : plain;
  if (body.length > MOST_BYTES) throw refuse('too_large', `The feed is larger than ${MOST_BYTES} bytes`);
  return body;
}

function decodeOne(bytes: Uint8Array, coding: string): Uint8Array {
  if (bytes.length === 0) return bytes;
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return isGzip(bytes) ? guarded(() => ungzipped(bytes)) : bytes;
    case 'deflate':
      if (looksPlain(bytes)) return bytes;
      return guarded(() => (isZlib(bytes) ? inflateSync(bytes, LIMITS) : inflateRawSync(bytes, LIMITS)));
    case 'br':
      if (looksPlain(bytes)) return bytes;
      return guarded(() =>
        brotliDecompressSync(bytes, { maxOutputLength: MOST_BYTES, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
      );
    default:
      return bytes;
  }
}

/** Junk behind the gzip member, which the strict decoder refuses, is passed over. */
function ungzipped(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, LIMITS);
  } catch (error) {
    if (errorCode(error) !== 'Z_DATA_ERROR') throw error;
    const body = bytes.subarray(gzipHeaderLength(bytes));
    const plain = inflateRawSync(body, LIMITS);
    if (!endsWith(body, crc32(plain), plain.length)) throw error;
    return plain;
  }
}

/** Whether the check sum and length that end a gzip member stand somewhere in the body: the data in front of them are whole. */
function endsWith(body: Uint8Array, sum: number, length: number): boolean {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(sum, 0);
  trailer.writeUInt32LE(length, 4);
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).includes(trailer);
}

/** Length of the header of a gzip member (RFC 1952): ten bytes, then what its flags announce. */
function gzipHeaderLength(bytes: Uint8Array): number {
  const flags = bytes[3] ?? 0;
  let length = 10;
  if ((flags & 4) !== 0) length += 2 + (bytes[length] ?? 0) + 256 * (bytes[length + 1] ?? 0);
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, length);
    length = end === -1 ? bytes.length : end + 1;
  }
  return (flags & 2) === 0 ? length : length + 2;
}

function guarded(decode: () => Uint8Array): Uint8Array {
  try {
    return decode();
  } catch (error) {
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE')
      throw refuse('too_large', `The feed unpacks to more than ${MOST_BYTES} bytes`, error);
    throw refuse('malformed', 'The body is damaged: it cannot be unpacked', error);
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

function isZlib(bytes: Uint8Array): boolean {
  return ((bytes[0] ?? 0) & 0x0f) === 8 && ((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)) % 31 === 0;
}

/** Whether a body that should be packed is plain text already: some servers and proxies leave the header standing. */
function looksPlain(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 64))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  return /^(?:<[?!a-z]|\{\s*"|\[\s*[{"])/i.test(start);
}
