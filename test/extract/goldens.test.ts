import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Article } from '../../src/model/article.js';
import { describeShared, SHARED } from '../shared-corpus.js';
import { articleOf } from './page.js';

/**
 * The articles of real UK pages, as facts: counts, first and last words, hashes. Each was read by eye when it was written.
 * After a change that is meant: `UPDATE_GOLDENS=1`, then review the difference, page in hand.
 */
const FOLDERS = [
  'govscot/in-place',
  'ni/health-ni-news',
  'wales/phw',
  'govuk/guidance-in-place',
  'govuk/html-publication-in-place',
  'councils',
];
const SOURCES = resolve(SHARED ?? '', 'corpus/sources');
const GOLDENS = resolve(import.meta.dirname, 'goldens');

function pagesIn(folder: string): string[] {
  if (SHARED === null) return [];
  return readdirSync(resolve(SOURCES, folder))
    .filter((name) => name.endsWith('.html'))
    .map((name) => `${folder}/${name}`);
}

function factsOf({
  title,
  byline,
  published,
  modified,
  language,
  licence,
  canonicalUrl,
  bodyHtml,
  bodyText,
  quotes,
  documents,
  method,
  dropped,
}: Article): unknown {
  const words = bodyText.split(/\s+/);
  const count = (tag: string): number => bodyHtml.split(`<${tag}>`).length - 1;
  return {
    title: ends(title ?? ''),
    byline,
    published: published === null ? null : { value: published.value, kind: published.evidence.split(/[:\s]/)[0] },
    modified: modified === null ? null : { value: modified.value, kind: modified.evidence.split(/[:\s]/)[0] },
    language,
    licence,
    canonicalUrl,
    method,
    words: words.length,
    begins: words.slice(0, 3).join(' '),
    ends: words.slice(-3).join(' '),
    counts: {
      p: count('p'),
      h2: count('h2'),
      h3: count('h3'),
      li: count('li'),
      tr: count('tr'),
      a: bodyHtml.split('<a ').length - 1,
    },
    quotes: quotes.length,
    speakers: quotes.filter(({ speaker }) => speaker !== null).length,
    documents: documents.length,
    dropped: dropped.length,
    sha256: createHash('sha256').update(bodyText).digest('hex').slice(0, 16),
  };
}

function ends(text: string): string {
  const words = text.split(' ');
  return `${words.slice(0, 2).join(' ')} … ${words.slice(-2).join(' ')} (${words.length})`;
}

describeShared('the articles of real UK pages', () => {
  test.each(FOLDERS.flatMap(pagesIn))('%s', async (page) => {
    const golden = resolve(GOLDENS, `${page.replace(/\//g, '--').replace(/\.html$/, '')}.json`);
    const facts = factsOf(await articleOf(new Uint8Array(readFileSync(resolve(SOURCES, page)))));
    if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(golden, `${JSON.stringify(facts, null, 2)}\n`);
    expect(existsSync(golden)).toBe(true);
    expect(facts).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  });
});
