import { isUtf8 } from 'node:buffer';
import { getEncoding } from 'encoding-sniffer';
import iconv from 'iconv-lite';
import type { FetchedDocument } from '../model/document.js';

/**
 * The document's bytes as text. Valid UTF-8 is UTF-8 whatever was declared; else a byte order mark, the header, or a declaration in
 * the page decides; else windows-1252. Never fails: what no charset explains becomes U+FFFD. NUL characters are taken out.
 */
export function pageText(doc: Pick<FetchedDocument, 'bytes' | 'headers' | 'rendered'>): string {
  const text = decoded(doc);
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

function decoded({ bytes, headers, rendered }: Pick<FetchedDocument, 'bytes' | 'headers' | 'rendered'>): string {
  const wide = wideMark(bytes);
  if (wide !== null) return iconv.decode(Buffer.from(bytes), wide);
  if (isUtf8(bytes) || rendered === true) return new TextDecoder('utf-8').decode(bytes);
  const named = /charset\s*=\s*["']?([\w-]+)/i.exec(headers['content-type'] ?? '')?.[1];
  const found = named ?? getEncoding(bytes, { defaultEncoding: 'windows-1252' });
  // It is not UTF-8, so a declaration that says so is wrong as a whole only where most of it is not.
  const charset = /^utf-?8$/i.test(found) ? mostlyUtf8(bytes) : found;
  return iconv.decode(Buffer.from(bytes), iconv.encodingExists(charset) ? charset : 'windows-1252');
}

function wideMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

/** A few broken bytes in a page that has many good sequences: UTF-8 with holes. Otherwise a single-byte charset. */
function mostlyUtf8(bytes: Uint8Array): 'utf-8' | 'windows-1252' {
  const text = new TextDecoder('utf-8').decode(bytes);
  let broken = 0;
  let good = 0;
  for (const character of text) {
    if (character === '\uFFFD') broken += 1;
    else if (character > '\u007f') good += 1;
  }
  return good > broken ? 'utf-8' : 'windows-1252';
}
