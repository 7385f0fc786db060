import type { FetchedDocument } from './document.js';
import { glimpse, type Glimpse } from './glimpse.js';
import { pageSketch } from './page-sketch.js';
import { pageText } from './page-text.js';

/** What came in an answer, kept small: for an operator who must see it, and for nobody else. */
export interface Seen extends Glimpse {
  /** The page without what it loads and runs (`page-sketch.ts`); `null` for all that is no page. */
  readonly page: string | null;
}

const MOST_BYTES = 400_000;
const NOTHING: Seen = { title: null, shown: null, page: null };

/** What a person would see of a document. Never fails, whatever its bytes are; of a file that is no text, nothing. */
export function seenIn(doc: Pick<FetchedDocument, 'bytes' | 'headers' | 'rendered'>): Seen {
  const bytes = doc.bytes.subarray(0, MOST_BYTES);
  if (isFile(bytes)) return NOTHING;
  const text = pageText({ ...doc, bytes });
  return { ...glimpse(text), page: isPage(text) ? pageSketch(text) : null };
}

/** A NUL at the beginning of what is no UTF-16, or the mark of a PDF. */
function isFile(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  const wide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const head = bytes.subarray(0, 1_024);
  return (!wide && head.includes(0)) || new TextDecoder('latin1').decode(head.subarray(0, 64)).includes('%PDF-');
}

/** Neither JSON nor a feed nor plain text. */
function isPage(text: string): boolean {
  const start = text.slice(0, 8_192);
  if (/^\s*[[{]/.test(start)) return false;
  return !/<(?:[a-z][\w.-]{0,20}:)?(?:rss|feed|rdf|urlset|sitemapindex)[\s>]/i.test(start) && /<[a-z!]/i.test(start);
}
