import { createHash } from 'node:crypto';
import type { Dated } from '../../model/dated.js';
import type { FoundDocument, FoundItem } from '../../model/item.js';
import { addressOf } from '../address.js';
import { linksIn } from './html-text.js';
import { beginning } from './legal-text.js';
import type { FeedDate, FeedEntry } from './parsed-feed.js';

export interface ItemContext {
  /** The page that the feed is of: the address of an entry that has none of its own. */
  readonly home: string;
  readonly language: string | null;
  /** Dates after this are mistakes. ISO, UTC. */
  readonly latest: string;
}

const DOCUMENT = /\.(?:pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp)$/i;
const GOVUK = /^https?:\/\/(?:www\.)?gov\.uk\//i;
const LONGEST_TITLE = 120;
const MOST_DOCUMENTS = 50;

/** An entry of a feed as an item. `key` is its identity inside the source. */
export function feedItem(entry: FeedEntry, key: string, { home, language, latest }: ItemContext): FoundItem {
  const documents = documentsOf(entry, entry.link ?? home);
  const { posted, updated } = datesOf(entry, latest);
  const title = titleOf(entry);
  const byline = entry.authors.flatMap(({ name, email }) => name ?? email ?? []).join(', ');
  const spoken = entry.language ?? language;
  return {
    key,
    kind: 'article',
    url: entry.link ?? documents[0]?.url ?? home,
    // Without a page of its own the entry is all there is, and its text decides whether it changed.
    ...(entry.link === null ? { readUrl: null, revision: revisionOf(entry) } : {}),
    title,
    ...(entry.guid === null ? {} : { guid: entry.guid }),
    ...(entry.summaryText === null ? {} : { summary: entry.summaryText }),
    ...contentOf(entry),
    ...(byline === '' ? {} : { byline }),
    posted,
    updated,
    ...(entry.categories.length === 0 ? {} : { categories: entry.categories }),
    ...(documents.length === 0 ? {} : { documents }),
    ...(spoken === null ? {} : { language: spoken }),
  };
}

/** GOV.UK's feeds of organisations put the display type before the title; it is in the category too. */
function titleOf({ title, link, categories, summaryText, contentText }: FeedEntry): string {
  if (title === null) return beginning(summaryText ?? contentText ?? '', LONGEST_TITLE);
  if (!GOVUK.test(link ?? '')) return title;
  const type = categories.find((category) => title.toLowerCase().startsWith(`${category.toLowerCase()}: `));
  return type === undefined ? title : title.slice(type.length + 2).trim();
}

function contentOf({ link, contentHtml, summaryHtml }: FeedEntry): { contentHtml?: string } {
  const html = contentHtml ?? (link === null ? summaryHtml : null);
  return html === null ? {} : { contentHtml: html };
}

/** RSS 1.0 has only `dc:date`, which there is the day of publication. */
function datesOf({ published, updated }: FeedEntry, latest: string): Pick<FoundItem, 'posted' | 'updated'> {
  if (published === null && updated?.from === 'dc:date') return { posted: datedOf(updated, latest), updated: null };
  return { posted: datedOf(published, latest), updated: datedOf(updated, latest) };
}

function datedOf(date: FeedDate | null, latest: string): Dated | null {
  if (date === null || date.iso > latest) return null;
  const length = { minute: 19, day: 10, month: 7, year: 4 }[date.precision];
  const value = `${date.iso.slice(0, length)}${date.precision === 'minute' ? 'Z' : ''}`;
  return { value, precision: date.precision, evidence: `feed:${date.from}: ${date.text}` };
}

/** Enclosures other than pictures, then links to files in the text; each address once. */
function documentsOf(entry: FeedEntry, base: string): FoundDocument[] {
  const enclosed = entry.enclosures
    .filter(({ type, url }) => !/^image\//i.test(type ?? '') && addressOf(url, base) !== null)
    .map(({ url, type, length }) => ({
      url,
      text: fileName(url),
      ...(type === null ? {} : { type }),
      ...(/^[1-9]\d{0,11}$/.test(length ?? '') ? { size: Number(length) } : {}),
    }));
  const linked = [entry.contentHtml, entry.summaryHtml]
    .flatMap((html) => (html === null ? [] : linksIn(html)))
    .flatMap(({ href, text }) => {
      const url = addressOf(href, base);
      return url !== null && DOCUMENT.test(new URL(url).pathname)
        ? [{ url, text: text === '' ? fileName(url) : text }]
        : [];
    });
  const known = new Set<string>();
  const once = [...enclosed, ...linked].filter(({ url }) => !known.has(url) && known.add(url).size > 0);
  return once.slice(0, MOST_DOCUMENTS);
}

function fileName(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch (error) {
    // A stray percent sign: the name as it stands.
    if (error instanceof URIError) return last;
    throw error;
  }
}

function revisionOf({ title, published, updated, summaryText, contentText }: FeedEntry): string {
  const text = createHash('sha1')
    .update(`${summaryText ?? ''}\n${contentText ?? ''}`)
    .digest('hex');
  return [title ?? '', published?.iso ?? '', updated?.iso ?? '', text].join(' | ');
}
