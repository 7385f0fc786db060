import iconv from 'iconv-lite';
import { errorCode } from '../error-code.js';

export interface DecodedText {
  readonly text: string;
  /** WHATWG name of the character set that fitted, in lower case; `utf-32le` and `utf-32be` besides. */
  readonly charset: string;
}

/** Single-byte sets: iconv-lite reads them right, `TextDecoder` of Node 20 does not (0x80 to 0x9F of windows-1252). */
const SINGLE_BYTE = /^(?:windows-\d+|iso-8859-\d+(?:-[ie])?|koi8-[ru]|macintosh|x-mac-cyrillic|ibm866)$/;
/** Names of code pages that the WHATWG table lacks and documents use all the same: `cp437`, `cp932`, `hp-roman8`. */
const CODE_PAGE = /^(?:cp|ibm|mac|hp|koi8|tis|armscii|georgian|viscii|tcvn|pt|rk)[\w-]{1,20}$/;
const ICONV_NAMES: Readonly<Record<string, string>> = {
  'iso-8859-8-i': 'iso-8859-8',
  'x-mac-cyrillic': 'maccyrillic',
  ibm866: 'cp866',
};
/** Bytes at the start in which a document may name its character set. */
const HEAD_BYTES = 1024;
/** Good characters to one bad one above which damaged text still counts as UTF-8. */
const GOOD_TO_BAD = 4;
const MISSING = '\ufffd';

/**
 * The text of a document, by the rules CHAR-1 to CHAR-6: byte order mark, then the charset of the Content-Type header, then what
 * the document itself declares, then UTF-8; each is tried strictly and the first without an error wins. When none fits, text
 * that is mostly good UTF-8 keeps that (bad bytes become U+FFFD), and all else is windows-1252. Never fails; the mark is gone.
 */
export function decodeText(
  bytes: Uint8Array,
  contentType: string | undefined,
  declared: (head: string) => string | null = xmlCharset,
): DecodedText {
  const marked = byMark(bytes) ?? byFirstBytes(bytes);
  const head = iconv.decode(Buffer.from(bytes.subarray(0, HEAD_BYTES)), 'latin1');
  const candidates = [marked, encodingName(headerCharset(contentType)), encodingName(declared(head)), 'utf-8'];
  for (const charset of new Set(candidates)) {
    if (charset === null || (charset !== marked && isWide(charset))) continue;
    const text = strictly(bytes, charset);
    if (text !== null) return { text: withoutMark(text), charset };
  }
  const damaged = new TextDecoder('utf-8').decode(bytes);
  if (isMostlyGood(damaged)) return { text: withoutMark(damaged), charset: 'utf-8' };
  return { text: iconv.decode(Buffer.from(bytes), 'windows-1252'), charset: 'windows-1252' };
}

/** The charset of a Content-Type header: any case, quotes allowed. `null` when it names none. */
export function headerCharset(contentType: string | undefined): string | null {
  return /(?:^|[;\s])charset\s*=\s*["']?([^"';,\s]{1,40})/i.exec((contentType ?? '').slice(0, 500))?.[1] ?? null;
}

/** The encoding of an XML declaration at the start of a document; `null` without one. */
export function xmlCharset(head: string): string | null {
  const declaration = /<\?xml\s([^>]{0,300})/i.exec(head)?.[1] ?? '';
  return /\bencoding\s*=\s*["']?([^"'\s?>]{1,40})/i.exec(declaration)?.[1] ?? null;
}

/** The WHATWG name of a label (`ISO-8859-1` is windows-1252), or that of a code page; `null` for one that nobody knows. */
export function encodingName(label: string | null): string | null {
  if (label === null) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch (error) {
    if (errorCode(error) !== 'ERR_ENCODING_NOT_SUPPORTED') throw error;
    const name = label.trim().toLowerCase();
    return CODE_PAGE.test(name) && iconv.encodingExists(name) ? name : null;
  }
}

function byMark(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : null;
}

/** UTF-16 and UTF-32 without a mark show by the zero bytes around the first character, which is always ASCII in feeds and pages. */
function byFirstBytes(bytes: Uint8Array): string | null {
  if (bytes.length < 4) return null;
  const pattern = [...bytes.subarray(0, 4)].map((byte) => (byte === 0 ? '0' : byte < 0x80 ? 'x' : '-')).join('');
  const found: Readonly<Record<string, string>> = {
    x000: 'utf-32le',
    '000x': 'utf-32be',
    x0x0: 'utf-16le',
    '0x0x': 'utf-16be',
  };
  return found[pattern] ?? null;
}

/** Sets of two or four bytes a character are taken on the evidence of the bytes alone: a declaration on 8-bit text is a mistake. */
function isWide(charset: string): boolean {
  return /^utf-(?:16|32)/.test(charset);
}

/** A last character that was cut off is no error: bodies are truncated. */
function strictly(bytes: Uint8Array, charset: string): string | null {
  if (charset.startsWith('utf-32')) return utf32(bytes, charset === 'utf-32le');
  if (SINGLE_BYTE.test(charset) || CODE_PAGE.test(charset)) {
    const text = iconv.decode(Buffer.from(bytes), ICONV_NAMES[charset] ?? charset);
    return text.includes(MISSING) ? null : text;
  }
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
  } catch (error) {
    if (errorCode(error) !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    return null;
  }
}

function utf32(bytes: Uint8Array, littleEndian: boolean): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, littleEndian);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
    parts.push(String.fromCodePoint(code));
  }
  return parts.join('');
}

function isMostlyGood(text: string): boolean {
  let good = 0;
  let bad = 0;
  for (const character of text) {
    if (character === MISSING) bad += 1;
    else if (character > '\u007f') good += 1;
  }
  return good > GOOD_TO_BAD * bad;
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
