import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
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
      return isGzip(bytes) ? guarded(() => gunzipSync(bytes, LIMITS)) : bytes;
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

function guarded(decode: () => Uint8Array): Uint8Array {
  try {
    return decode();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ERR_BUFFER_TOO_LARGE')
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
