import { linksUnder } from '../config/define-sources.js';
import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';
import { isUrl } from '../model/is-url.js';
import type { ListingSource, Source } from '../model/source.js';
import type { Fetcher } from '../net/fetcher.js';
import { readSource } from '../sources/read-source.js';

/** A list needs this many items to be taken for one. */
const A_LIST = 3;
const FEED_ROOT = /<(?:[a-z]+:)?(?:rss|feed|rdf)[\s>]/i;
const SITEMAP_ROOT = /<(?:urlset|sitemapindex)[\s>]/i;

/**
 * The row that would read an address, told by what answers there: feed, sitemap, WordPress route, list of links below the address,
 * else a page that is watched in place.
 * @throws {Failure} `source.*`; config.invalid for an address that is none, or JSON whose form a person must describe
 */
export async function proposeRow(url: string, fetcher: Fetcher): Promise<Source> {
  if (!isUrl(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new Failure('config.invalid', `'${url}' is neither an id of the sources nor an address`);
  }
  const { hostname, pathname } = new URL(url);
  const id = hostname.replace(/^www\./, '').replace(/[^a-z0-9]+/g, '-');
  const row = { id, name: hostname, class: 'search', url, evidence: 'guess' } as const;
  const answer = await fetcher.fetch({ ...row, kind: 'page' }, url);
  if (answer.status !== 'ok') throw new Failure('source.empty', `${url} answered 304 to an unconditional request`);
  const start = Buffer.from(answer.doc.bytes.subarray(0, 4_096)).toString('latin1');
  if (FEED_ROOT.test(start)) return { ...row, kind: 'feed' };
  if (SITEMAP_ROOT.test(start)) return { ...row, kind: 'sitemap' };
  if (/^\s*[[{]/.test(start)) return ofJson(row, start);
  const list: ListingSource = { ...row, kind: 'listing', select: { item: linksUnder(pathname.replace(/\/*$/, '/')) } };
  return (await countOf(list, answer.doc)) >= A_LIST ? list : { ...row, kind: 'page' };
}

function ofJson(row: Omit<Extract<Source, { kind: 'feed' }>, 'kind'>, start: string): Source {
  if (/"version"\s*:\s*"https:\/\/jsonfeed\.org/.test(start)) return { ...row, kind: 'feed' };
  if (row.url.includes('/wp-json/')) return { ...row, kind: 'wordpress' };
  throw new Failure('config.invalid', `${row.url} is JSON: describe it by a row of the kind json`, { url: row.url });
}

async function countOf(list: ListingSource, doc: FetchedDocument): Promise<number> {
  const { events } = await readSource(list, doc, null);
  return events.filter(({ event }) => event === 'item.found').length;
}
