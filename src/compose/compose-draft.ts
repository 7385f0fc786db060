import type { Article } from '../model/article.js';
import type { ComposedDraft } from '../model/draft.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import { blocksOf } from './blocks.js';
import { cutBlocks } from './cuts.js';
import { documentList, originalLink } from './documents.js';
import { documentBody } from './document-body.js';
import { headline } from './headline.js';
import { quotesAsParagraphs } from './quotes.js';

/**
 * The draft of an item in house style: republication with light cuts, in the source's own order and words, never a summary.
 * Nothing is added but the list of documents and the link to the original; what is left out is in `cuts`. Rules: HOUSE-STYLE
 * sections 3 and 4.
 */
export function composeDraft(item: FoundItem, article: Article, source: Source): ComposedDraft {
  const title = headline(item, article, source);
  const blocks = item.kind === 'document' ? documentBody(item, article) : { own: blocksOf(article.bodyHtml), left: [] };
  const { kept, cuts } = cutBlocks(blocks.own, title, article.standfirst);
  const own = documentsOf(item, article);
  const body = [
    ...kept.map((block) => quotesAsParagraphs(block)),
    documentList(own, kept),
    originalLink(item.url, source.name),
  ];
  return {
    headline: title,
    bodyHtml: body.filter((html) => html !== '').join('\n'),
    originalUrl: item.url,
    cuts: [...cuts, ...blocks.left],
  };
}

/** The documents of the page, and those that only the feed named. */
function documentsOf(item: FoundItem, article: Article): Article['documents'] {
  const known = new Set(article.documents.map((one) => one.url));
  if (item.kind === 'document' && !known.has(item.url)) {
    const itself = { url: item.url, text: item.title, type: null, size: null, pages: null };
    return [itself, ...article.documents];
  }
  const more = (item.documents ?? []).filter((one) => !known.has(one.url));
  return [
    ...article.documents,
    ...more.map((one) => ({
      url: one.url,
      text: one.text,
      type: one.type ?? null,
      size: one.size ?? null,
      pages: null,
    })),
  ];
}
