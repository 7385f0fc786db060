import type { Article } from '../model/article.js';
import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import { govukArticle } from './govuk-article.js';
import { htmlArticle, type Engine } from './html-article.js';
import { isPdf, pdfArticle } from './pdf-article.js';
import { isZip, wordArticle } from './word-article.js';

/** What a file is by its first bytes, whatever it is called: such files hold no text for us. */
const NO_TEXT: readonly (readonly [string, string])[] = [
  ['\u0089PNG', 'a picture (PNG)'],
  ['\u00ff\u00d8\u00ff', 'a picture (JPEG)'],
  ['GIF8', 'a picture (GIF)'],
  ['\u00d0\u00cf\u0011\u00e0', 'a file of an old Office version'],
  ['{\\rtf', 'a rich text file'],
  ['\u001f\u008b', 'a compressed file'],
  ['\u0000\u0000\u0000', 'a film or sound file'],
  ['ID3', 'a sound file'],
];

/**
 * Makes an article of what an item's address gave: an HTML page, a GOV.UK Content API answer, a PDF, a Word or ODT file, or the
 * text that the source's own feed carried. What it is, is told by the bytes and not by the name. Pure; run it under caps.
 * @throws {Failure} item.unreadable (no text, or not a kind that we read), item.no-text-in-file (a scan), source.too-large,
 * source.too-deep, source.empty, config.invalid (a selector that is none)
 */
export async function extractArticle(doc: FetchedDocument, source: Source, item: FoundItem): Promise<Article> {
  return extractWith('full', doc, source, item);
}

/** The same with the simplest engine: for a page that was stopped, or broke its thread, under the full one. */
export async function extractPlainly(doc: FetchedDocument, source: Source, item: FoundItem): Promise<Article> {
  return extractWith('plain', doc, source, item);
}

async function extractWith(engine: Engine, doc: FetchedDocument, source: Source, item: FoundItem): Promise<Article> {
  if (doc.bytes.length === 0) throw new Failure('source.empty', `${doc.url} answered without content`);
  if (isPdf(doc.bytes)) return pdfArticle(doc, source, item);
  if (isZip(doc.bytes)) return wordArticle(doc, source, item);
  const start = Buffer.from(doc.bytes.subarray(0, 8)).toString('latin1');
  const kind = NO_TEXT.find(([mark]) => start.startsWith(mark));
  if (kind !== undefined) throw new Failure('item.unreadable', `${doc.url} is ${kind[1]}`, { type: kind[1] });
  return govukArticle(doc, source, item) ?? htmlArticle(doc, { source, item, engine });
}
