import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { SourceMemory } from '../model/reading.js';
import type { WordpressSource } from '../model/source.js';
import { addressKey, addressOf, isOwnHost } from './address.js';
import { readDate } from './dated.js';
import { openJson, textAt, valueAt } from './json-document.js';
import { recall, record } from './memory.js';
import { textOfHtml } from './open-page.js';
import type { Sighting } from './sighting.js';

const A_PAGE = 20;
const MOST_PAGES = 5;
/** So many posts that are known already are asked for again each time: that they come proves that the answer is whole. */
const CANARIES = 5;

/**
 * The query of a poll: what was changed since the fifth newest change that we know, newest first, with its terms. The known ones in
 * it are the canaries; an answer without them is no quiet one. Without memory the newest twenty.
 */
export function wordpressPollUrl(source: WordpressSource, memory: SourceMemory | null = null): string {
  const url = new URL(source.url);
  if (source.postType !== undefined) url.pathname = url.pathname.replace(/\/wp\/v2\/?$/, `/wp/v2/${source.postType}`);
  const query = { per_page: String(A_PAGE), orderby: 'modified', order: 'desc', _embed: 'author,wp:term' };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const since = (recall(memory)?.known ?? [])
    .filter(({ gone, updated }) => !gone && updated !== null)
    .map(({ updated }) => updated ?? '')
    .sort()
    .at(-CANARIES);
  if (since !== undefined) url.searchParams.set('modified_after', secondBefore(since));
  return url.href;
}

/** Reads posts of the REST API: identity is the address, dates are UTC (`date_gmt` bears no zone), terms are categories. */
export function wordpressSighting(source: WordpressSource, doc: FetchedDocument): Sighting {
  const list = openJson(doc);
  if (!Array.isArray(list)) throw refusal(list, doc);
  const entries: readonly unknown[] = list;
  const read = entries.map((post) => readPost(source, post, doc.url));
  const items = read.flatMap(({ item }) => item ?? []);
  const foreign = [...new Set(read.flatMap(({ host }) => host ?? []))];
  return {
    items,
    alarms: [],
    hints:
      foreign.length === 0 ? [] : [`Links lead to hosts that are not configured: ${foreign.slice(0, 5).join(', ')}`],
    nextPage: nextPage(entries.length, doc),
    whole: false,
    window: new URL(doc.requestedUrl).searchParams.has('modified_after'),
    saysNone: entries.length === 0,
    config: JSON.stringify([source.url, source.postType ?? '', source.hosts ?? []]),
  };
}

function readPost(
  source: WordpressSource,
  post: unknown,
  base: string,
): { item: FoundItem | null; host: string | null } {
  const url = addressOf(textAt(post, 'link'), base);
  const status = textAt(post, 'status');
  if (url === null || (status !== '' && status !== 'publish')) return { item: null, host: null };
  if (!isOwnHost(source, url)) return { item: null, host: new URL(url).hostname };
  const content = valueAt(post, 'content.protected') === true ? '' : textAt(post, 'content.rendered');
  const summary = textOfHtml(textAt(post, 'excerpt.rendered'));
  const byline = textAt(post, '_embedded.author.0.name');
  const categories = termsOf(post);
  const item: FoundItem = {
    key: addressKey(url),
    kind: 'article',
    url,
    title: textOfHtml(textAt(post, 'title.rendered')),
    posted: moment(post, 'date_gmt', 'date'),
    updated: moment(post, 'modified_gmt', 'modified'),
    ...(textAt(post, 'guid.rendered') === '' ? {} : { guid: textAt(post, 'guid.rendered') }),
    ...(summary === '' ? {} : { summary }),
    ...(content === '' ? {} : { contentHtml: content }),
    ...(byline === '' ? {} : { byline }),
    ...(categories.length === 0 ? {} : { categories }),
  };
  return { item, host: null };
}

/** The `_gmt` field is UTC without saying so; the other is the site's own clock: London. */
function moment(post: unknown, utc: string, local: string) {
  const gmt = textAt(post, utc);
  if (gmt !== '' && !gmt.startsWith('0000'))
    return readDate(/Z$/i.test(gmt) ? gmt : `${gmt}Z`, { format: 'y-m-d' }, `rest: ${utc}`);
  return readDate(textAt(post, local), { format: 'y-m-d' }, `rest: ${local}`);
}

function termsOf(post: unknown): string[] {
  const groups = valueAt(post, '_embedded.wp:term');
  const terms: readonly unknown[] = Array.isArray(groups) ? groups.flat() : [];
  return [...new Set(terms.map((term) => textOfHtml(textAt(term, 'name'))).filter((name) => name !== ''))];
}

/** A full page may have one after it; WordPress answers 400 past the last, so the count it sends decides where it is sent. */
function nextPage(entries: number, doc: FetchedDocument): string | null {
  const url = new URL(doc.requestedUrl);
  const page = Number(url.searchParams.get('page') ?? '1');
  const pages = doc.headers['x-wp-totalpages'];
  const more = pages === undefined ? entries >= A_PAGE : page < Number(pages);
  if (!more || page >= MOST_PAGES) return null;
  url.searchParams.set('page', String(page + 1));
  return url.href;
}

/** `modified_after` excludes the moment itself, and is read in UTC. */
function secondBefore(moment: string): string {
  return new Date(Date.parse(moment) - 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
}

function refusal(answer: unknown, doc: FetchedDocument): Failure {
  const code = textAt(record(answer), 'code');
  const hidden = /forbidden|unauthorized|not_logged_in|disabled|cannot/.test(code);
  const words = code === '' ? 'no list of posts' : `${code}: ${textAt(record(answer), 'message')}`;
  return new Failure(hidden ? 'source.refused' : 'source.changed', `${doc.url}: ${words.slice(0, 200)}`, { code });
}
