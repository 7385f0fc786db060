import type { FetchedDocument } from '../model/document.js';
import { isUrl } from '../model/is-url.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import type { FoundList } from '../sources/propose/find-lists.js';
import { judged } from '../sources/propose/judge.js';
import { usualFeeds, type Place } from '../sources/propose/places.js';
import { sitemapPart, sitemapsIn } from '../sources/propose/sitemap-part.js';
import { offer, type Search } from './propose-search.js';

const MOST_TYPES = 3;
/** Types of WordPress that are no posts. */
const NO_POSTS =
  /^(?:page|attachment|nav_menu_item|wp_|elementor|e-|rm_content|popup|form|acf|custom_css|oembed|revision|customize|user_request|jp_|product|tribe_venue|tribe_organi)/;

/** Like a list of news. Files with their days are one, too: without, they are watched on the page that they stand on. */
export function isList(list: FoundList): boolean {
  return list.score >= 5 && (list.files <= 0.5 || list.dated >= 0.8);
}

export async function tryWordpress(
  search: Search,
  doc: FetchedDocument,
  { root, shown }: { root: string | null; shown: readonly FoundItem[] },
): Promise<void> {
  if (root === null) return;
  const types = await search.attempt(`${root}wp/v2/types`, () => search.fetch(`${root}wp/v2/types`, 'json'));
  const routes = types === null ? [] : routesOf(types, doc.url);
  for (const route of routes.slice(0, MOST_TYPES)) {
    await offer(
      search,
      { ...search.row(`${root}wp/v2/${route}`), kind: 'wordpress', home: doc.url },
      { shown, because: 'the site is made with WordPress, whose REST API answers' },
    );
  }
}

/** The routes of the types of post, the one that is called like the page first. */
function routesOf(types: FetchedDocument, page: string): string[] {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(types.bytes).toString('utf8'));
  } catch {
    // No list of types: the site answers something else there, and `posts` is what every such site has.
    return ['posts'];
  }
  const named = Object.entries(
    typeof read === 'object' && read !== null ? (read as Record<string, { rest_base?: unknown }>) : {},
  )
    .filter(([name]) => !NO_POSTS.test(name))
    .flatMap(([name, type]) =>
      typeof type.rest_base === 'string' && /^[\w-]+$/.test(type.rest_base) ? [{ name, route: type.rest_base }] : [],
    );
  const path = new URL(page).pathname;
  const rank = ({ name, route }: { name: string; route: string }): number =>
    path.includes(route) || path.includes(name) ? 0 : route === 'posts' ? 1 : 2;
  return named.sort((a, b) => rank(a) - rank(b)).map(({ route }) => route);
}

export async function tryFeeds(
  search: Search,
  doc: FetchedDocument,
  { feeds, shown, known }: { feeds: readonly Place[]; shown: readonly FoundItem[]; known: boolean },
): Promise<void> {
  let works = false;
  const tryOne = async ({ url, because }: Place): Promise<boolean> => {
    const home = url === doc.url ? {} : { home: doc.url };
    return await offer(search, { ...search.row(url), kind: 'feed', ...home }, { shown, because });
  };
  for (const place of feeds) works = (await tryOne(place)) || works;
  if (works || known) return;
  for (const place of usualFeeds(doc.url)) if (await tryOne(place)) return;
}

export async function offerJson(search: Search, doc: FetchedDocument, because: string, home?: string): Promise<void> {
  const url = doc.requestedUrl;
  if (/"version"\s*:\s*"https:\/\/jsonfeed\.org/.test(Buffer.from(doc.bytes.subarray(0, 2_000)).toString('utf8'))) {
    await offer(search, { ...search.row(url), kind: 'feed' }, { doc, because });
    return;
  }
  if (/\/wp-json\/wp\/v2\/[\w-]+/.test(url)) {
    await offer(search, { ...search.row(url), kind: 'wordpress' }, { because: 'the address is a route of WordPress' });
    return;
  }
  const list = await search.attempt(url, () => search.survey.json(doc));
  if (list === null) {
    if (search.passed.at(-1)?.url !== url)
      search.passed.push({ url, because: 'no list in it whose entries have a title and an address of their own' });
    return;
  }
  const { items, map, date } = list;
  await offer(
    search,
    {
      ...search.row(url),
      kind: 'json',
      items,
      map,
      ...(date === undefined ? {} : { date }),
      ...(home === undefined ? {} : { home }),
    },
    { doc, because },
  );
}

export async function trySitemaps(search: Search, url: string): Promise<void> {
  const robots = new URL('/robots.txt', url).href;
  const text = await search.attempt(robots, async () =>
    Buffer.from((await search.fetch(robots, 'page')).bytes).toString('utf8'),
  );
  const named = sitemapsIn(text ?? '');
  const places =
    named.length > 0 ? named : ['/sitemap.xml', '/sitemap_index.xml'].map((path) => new URL(path, url).href);
  for (const place of places) if (isUrl(place) && (await offerSitemap(search, place, url))) return;
}

export async function offerSitemap(search: Search, url: string, typed: string): Promise<boolean> {
  const whole: Source = { ...search.row(url), kind: 'sitemap', ...(typed === url ? {} : { home: typed }) };
  const items = await search.prove(whole);
  if (items === null) return false;
  const under = sitemapPart(items, typed);
  const kept = under === null ? items : items.filter((item) => new URL(item.url).pathname.startsWith(under));
  const source: Source = under === null ? whole : { ...whole, under: [under] };
  const because = `the sitemap of the site${under === null ? '' : `, of its addresses those under ${under}`}`;
  search.found.push(judged(source, kept, { today: search.today, shown: [], because, fit: under === null ? -1 : 0.5 }));
  return true;
}

/** What the page shows once its scripts have run. */
export async function tryBrowser(search: Search, url: string): Promise<void> {
  const row = { ...search.row(url), render: 'browser' } as const;
  const doc = await search.attempt(url, () => search.fetchRendered({ ...row, kind: 'page' }));
  if (doc === null || doc.rendered !== true) return;
  const seen = await search.attempt(url, () => search.survey.page(row, doc));
  const list = seen?.lists[0];
  if (list === undefined || !isList(list)) return;
  const { select, date } = list;
  await offer(
    search,
    { ...row, kind: 'listing', select, ...(date === undefined ? {} : { date }) },
    { doc, because: 'the list is there once the scripts of the page have run', fit: -1.5 },
  );
}
