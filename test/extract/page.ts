import type { Article } from '../../src/model/article.js';
import type { FetchedDocument } from '../../src/model/document.js';
import type { FoundItem } from '../../src/model/item.js';
import type { Source } from '../../src/model/source.js';
import { extractArticle } from '../../src/extract/extract-article.js';

export const SOURCE: Source = {
  kind: 'listing',
  id: 'council',
  name: 'Council',
  class: 'local-partnership',
  url: 'https://www.council.example/news',
  evidence: 'verified',
  select: { item: 'li' },
};

export const ITEM: FoundItem = {
  key: 'https://www.council.example/news/1',
  kind: 'article',
  url: 'https://www.council.example/news/1',
  title: 'The title in the list',
  posted: null,
  updated: null,
};

/** Bytes as an answer of the web. */
export function answer(body: string | Uint8Array, more: Partial<FetchedDocument> = {}): FetchedDocument {
  return {
    requestedUrl: ITEM.url,
    url: ITEM.url,
    status: 200,
    headers: {},
    bytes: typeof body === 'string' ? new Uint8Array(Buffer.from(body)) : body,
    fetchedAt: new Date('2026-11-25T10:00:00Z'),
    ...more,
  };
}

export function articleOf(
  body: string | Uint8Array,
  source: Partial<Source> = {},
  item: Partial<FoundItem> = {},
): Promise<Article> {
  return extractArticle(answer(body), { ...SOURCE, ...source } as Source, { ...ITEM, ...item });
}

/** A whole page around the HTML of an article, with the furniture that pages have. */
export function pageWith(article: string, head = ''): string {
  const menu = ['Home', 'Services', 'News', 'Contact']
    .map((name) => `<li><a href="/${name}">${name}</a></li>`)
    .join('');
  return `<!doctype html><html lang="en-GB"><head><title>A page | Council</title>${head}</head><body>
<header><nav><ul>${menu}</ul></nav></header><div class="cookie-banner"><p>We use cookies to make this site work.</p></div>
<main><article>${article}</article></main>
<footer><p>© 2026 Council</p><ul><li><a href="/privacy">Privacy</a></li><li><a href="/accessibility">Accessibility</a></li></ul></footer></body></html>`;
}

/** Enough running text for a page to be an article. */
export const PARAGRAPHS = [
  'The partnership has published its annual report, which sets out how agencies worked together to keep children safe during the year.',
  'It describes the progress that was made, the reviews that were carried out, and what the partners will do next to help families early.',
  'Over four hundred practitioners attended training, and nine in ten of them said that it had changed how they listen to children.',
];
