import type { FetchedDocument } from '../../model/document.js';
import { isUrl } from '../../model/is-url.js';
import type { Source } from '../../model/source.js';
import { addressKey, addressOf } from '../address.js';
import { openPage, plainText, type Page } from '../open-page.js';

/** An address that may give the items better than the page, and why it is asked. */
export interface Place {
  readonly kind: 'feed' | 'wordpress' | 'json';
  readonly url: string;
  readonly because: string;
}

const ALTERNATES =
  'link[rel~="alternate"][type*="rss"], link[rel~="alternate"][type*="atom"], link[rel~="alternate"][type*="feed+json"]';
const COMMENTS = /comments?(?:\/|%2f|$)|oembed/i;
/** Where feeds use to be, by the makers of the commonest systems. */
const USUAL = ['/feed/', '/rss.xml', '/rss', '/atom.xml', '/feed.xml', '/index.xml', '/feeds/news.xml'];
const USUAL_BELOW = ['/feed/', '/rss.xml', '.atom'];
const WORDPRESS = /\/wp-(?:content|includes|json)\//;
/** A quoted address in a script that looks like data. */
const IN_SCRIPT = /["'`]((?:https?:\/\/[^"'`\s<>]{1,200}|\/[^"'`\s<>]{0,200}))["'`]/g;
const DATA = /(?:^|[/._?=&-])(?:api|json|feed|data|search|graphql|ajax|umbraco|_next\/data)(?:[/._?=&-]|$)/i;
const NO_DATA =
  /\.(?:js|mjs|css|png|jpe?g|gif|svg|webp|ico|woff2?|html?|php|aspx?|webmanifest)(?:[?#]|$)|manifest\.json|oembed/i;
const MOST_SCRIPT = 200_000;

/** Feeds that the page names: advertised first, then linked. */
export function namedFeeds(doc: FetchedDocument): readonly Place[] {
  const { $, base } = openPage(doc);
  const advertised = $(ALTERNATES)
    .toArray()
    .filter((link) => !COMMENTS.test(`${link.attribs['href'] ?? ''} ${link.attribs['title'] ?? ''}`.trim()))
    .flatMap(({ attribs }) => placeOf(attribs['href'], base, 'the page advertises it'));
  const linked = $('a[href]')
    .toArray()
    .filter((link) => isFeedLink(link.attribs['href'] ?? '', plainText(link)))
    .flatMap(({ attribs }) => placeOf(attribs['href'], base, 'the page links to it'));
  return distinct([...nearestFirst(advertised, base), ...linked]).slice(0, 5);
}

/** Where a feed may be that nobody names. */
export function usualFeeds(url: string): readonly Place[] {
  const { pathname } = new URL(url);
  const path = pathname.replace(/\/(?:index\.\w+)?$/, '');
  const below = path === '' || /\.\w{2,5}$/.test(path) ? [] : USUAL_BELOW.map((end) => `${path}${end}`);
  const places = [...below, ...USUAL].map((at) => new URL(at, url).href);
  return distinct(places.map((at): Place => ({ kind: 'feed', url: at, because: 'feeds use to be there' })));
}

/** The root of the REST API of a site made with WordPress; `null` for others. */
export function wordpressRoot(doc: FetchedDocument): string | null {
  const { $, base } = openPage(doc);
  const named = addressOf($('link[rel="https://api.w.org/"]').first().attr('href'), base);
  if (named !== null) return named;
  const isIt =
    /wordpress/i.test($('meta[name="generator"]').attr('content') ?? '') ||
    $('link[href], script[src], img[src]')
      .toArray()
      .some(({ attribs }) => WORDPRESS.test(attribs['href'] ?? attribs['src'] ?? ''));
  return isIt ? new URL('/wp-json/', base).href : null;
}

/** Addresses from which a script of the page may fetch its list. */
export function dataPlaces(doc: FetchedDocument): readonly Place[] {
  const { $, base } = openPage(doc);
  const attributes = $(
    '[data-url], [data-src], [data-endpoint], [data-api], [data-feed], [data-source], [data-api-url], [data-json]',
  )
    .toArray()
    .flatMap(({ attribs }) =>
      Object.entries(attribs).filter(([name]) => /^data-(?:url|src|endpoint|api|feed|source|api-url|json)$/.test(name)),
    )
    .map(([, value]) => value);
  const preloads = $('link[rel="preload"][as="fetch"]')
    .toArray()
    .map(({ attribs }) => attribs['href'] ?? '');
  const scripts = $('script:not([src])')
    .toArray()
    .map((script) => $(script).text())
    .join('\n')
    .slice(0, MOST_SCRIPT);
  const quoted = [...scripts.matchAll(IN_SCRIPT)]
    .map(([, address]) => address ?? '')
    .filter((address) => DATA.test(address));
  const all = [...attributes, ...preloads, ...quoted].filter((address) => !NO_DATA.test(address));
  const own = new URL(base).host;
  return distinct(
    all
      .flatMap((address) => placeOf(address, base, 'a script of the page fetches it', 'json'))
      .filter(({ url }) => new URL(url).host === own),
  ).slice(0, 5);
}

/** The pages of a site that list its news, by what links to them are called: at most two. */
export function newsPages(doc: FetchedDocument): readonly string[] {
  const page = openPage(doc);
  const { $, base } = page;
  const found = $('body a[href]')
    .toArray()
    .flatMap((link) => {
      const url = addressOf(link.attribs['href'], base);
      const rank = NEWS.findIndex((called) => called.test(plainText(link)));
      return url === null || rank < 0 || new URL(url).host !== new URL(base).host || isHere(page, url)
        ? []
        : [{ url, rank }];
    })
    .sort((a, b) => a.rank - b.rank);
  const known = new Set<string>();
  return found
    .map(({ url }) => url)
    .filter((url) => !known.has(addressKey(url)) && known.add(addressKey(url)))
    .slice(0, 2);
}

const NEWS: readonly RegExp[] = [
  /^(?:all |latest |our )?news(?: (?:and|&) [\w ]{1,30})?$/i,
  /^(?:see|view|read) (?:all|more) (?:our |the )?(?:latest )?news$/i,
  /^(?:media|press)(?: (?:centre|center|office|releases?|room))?$/i,
  /^(?:our |the )?(?:blog|updates|latest|bulletins?|stories)$/i,
  /^(?:our )?(?:publications|reports|case reviews|reviews|resources)$/i,
];

function isHere({ base }: Page, url: string): boolean {
  return addressKey(url) === addressKey(base);
}

function isFeedLink(href: string, text: string): boolean {
  return (
    !COMMENTS.test(href) &&
    (/(?:\.rss|\.atom|\/rss(?:\.xml)?|\/feed)\/?(?:\?|$)|format=feed|[?&]feed=/i.test(href) ||
      /^(?:rss|atom)(?: feed)?$/i.test(text))
  );
}

function placeOf(href: string | undefined, base: string, because: string, kind: Place['kind'] = 'feed'): Place[] {
  const url = addressOf(href, base);
  return url === null ? [] : [{ kind, url, because }];
}

/** A feed below the typed path is more likely that of this list than the one of the whole site. */
function nearestFirst(places: readonly Place[], base: string): Place[] {
  const path = new URL(base).pathname.replace(/\/?$/, '/');
  const near = (place: Place): number => (path !== '/' && new URL(place.url).pathname.startsWith(path) ? 0 : 1);
  return [...places].sort((a, b) => near(a) - near(b));
}

function distinct(places: readonly Place[]): Place[] {
  const known = new Set<string>();
  return places.filter(({ url }) => isUrl(url) && !known.has(url) && known.add(url));
}

/** The row of an organisation or a search of GOV.UK, or of a site built like it; `null` for every other address. */
export function govukRow(row: Omit<Source, 'kind'>, doc: FetchedDocument): Source | null {
  const url = new URL(doc.url);
  const isIt = /(?:^|\.)gov\.uk$/.test(url.hostname) && url.hostname.replace(/^www\./, '') === 'gov.uk';
  const { $ } = openPage(doc);
  if (!isIt && $('meta[name^="govuk:"]').length === 0) return null;
  const search = new URL('/api/search.json', url).href;
  const shared = {
    ...row,
    kind: 'govuk',
    url: search,
    home: doc.url,
    ...(isIt ? { hosts: ['assets.publishing.service.gov.uk'] } : {}),
    licence: 'ogl',
  } as const;
  const slug = /^\/government\/organisations\/([\w-]+?)(?:\.cy)?\/?$/.exec(url.pathname)?.[1];
  if (slug !== undefined) return { ...shared, organisations: [slug] };
  if (!/^\/search\/[\w-]+$/.test(url.pathname)) return null;
  const words = url.searchParams.get('keywords') ?? '';
  const bodies = [...url.searchParams]
    .filter(([name]) => /^organisations(?:\[\])?$/.test(name))
    .map(([, value]) => value);
  if (words === '' && bodies.length === 0) return null;
  return {
    ...shared,
    ...(bodies.length === 0 ? {} : { organisations: bodies }),
    ...(words === '' ? {} : { keywords: words }),
  };
}
