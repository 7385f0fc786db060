import { inflateRawSync } from 'node:zlib';
import { Failure } from '../model/failure.js';

const DIRECTORY_END = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;
const MOST_FILES = 5_000;
const MOST_BYTES = 20 * 1024 * 1024;

/**
 * One file of a zip archive as bytes; `null` when the archive has none of that name.
 * @throws {Failure} item.unreadable (broken, encrypted or packed in another way), source.too-large (over 20 MB when unpacked)
 */
export function unzip(bytes: Uint8Array, name: string): Buffer | null {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return entry(zip, name);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    if (typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Failure('source.too-large', `${name} is over ${MOST_BYTES} bytes when unpacked`, {}, { cause });
    }
    throw new Failure('item.unreadable', `The archive is broken at ${name}`, {}, { cause });
  }
}

function entry(zip: Buffer, name: string): Buffer | null {
  const end = endOfDirectory(zip);
  let at = zip.readUInt32LE(end + 16);
  const count = Math.min(MOST_FILES, zip.readUInt16LE(end + 10));
  for (let number = 0; number < count && zip.readUInt32LE(at) === DIRECTORY_ENTRY; number += 1) {
    const nameLength = zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) return unpacked(zip, at);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return null;
}

function endOfDirectory(zip: Buffer): number {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 66_000); at -= 1) {
    if (zip.readUInt32LE(at) === DIRECTORY_END) return at;
  }
  throw new Failure('item.unreadable', 'The archive has no directory');
}

function unpacked(zip: Buffer, at: number): Buffer {
  const flags = zip.readUInt16LE(at + 8);
  const method = zip.readUInt16LE(at + 10);
  if ((flags & 1) !== 0 || (method !== STORED && method !== DEFLATED)) {
    throw new Failure('item.unreadable', 'The archive is locked, or packed in a way that we do not read');
  }
  const local = zip.readUInt32LE(at + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const data = zip.subarray(start, start + zip.readUInt32LE(at + 20));
  return method === STORED ? data : inflateRawSync(data, { maxOutputLength: MOST_BYTES });
}
