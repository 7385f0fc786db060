import { pathKey } from './url-path.js';
import { queryKey } from './url-query.js';
import { readUrl, tidyEscapes } from './url-reading.js';
import { videoKey } from './url-video.js';
import { unwrapped } from './url-wrappers.js';

/** Wrappers in wrappers, and keys that change once more when read again, end within this many rounds on all that was seen. */
const MOST_ROUNDS = 8;
/** `#/news/5`, `#!news`: a page of a single-page application, not a place on a page. */
const ROUTE = /^#(?:!\/?|\/)[^/].*/;

/**
 * The key under which an address is compared; equal keys are one item. Never shown: readers get the link as published.
 * `null` when it is no http address. Applying it to a key gives the key again.
 *
 * It undoes what feeds, mail scanners, click trackers, archives, AMP caches and content systems add, and keeps every
 * parameter that it does not know: `id`, `p`, `page`, `cid`, `sid` and their like select content somewhere.
 */
export function canonicalUrl(url: string): string | null {
  let key = once(url);
  for (let round = 0; key !== null && round < MOST_ROUNDS; round += 1) {
    const again = once(key);
    if (again === key || again === null) return key;
    key = again;
  }
  return key;
}

function once(text: string): string | null {
  let url = readUrl(text);
  for (let round = 0; url !== null && round < MOST_ROUNDS; round += 1) {
    const target = unwrapped(url);
    const inner = target === null ? null : readUrl(target);
    if (inner === null) break;
    url = inner;
  }
  return url === null ? null : keyOf(url);
}

function keyOf(url: URL): string | null {
  const host = hostKey(url.hostname);
  if (host === '') return null;
  const video = videoKey(host, url.pathname.replace(/\/+$/, ''), url.searchParams);
  if (video !== null) return video;
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`;
  // Drupal without clean addresses: ?q=node/5 is /node/5.
  const node = /^\/(?:index\.php)?$/.test(url.pathname)
    ? /^node\/\d+$/.exec(url.searchParams.get('q') ?? '')?.[0]
    : undefined;
  const path = pathKey(host, node === undefined ? url.pathname : `/${node}`);
  const search = node === undefined ? url.search : url.search.replace(/([?&])q=[^&]*/, '$1');
  const query = queryKey(host, url.pathname, search);
  const route = ROUTE.test(url.hash) ? tidyEscapes(url.hash) : '';
  return `https://${host}${port}${path}${query === '' ? '' : `?${query}`}${route === '' ? '' : `${path === '' && query === '' ? '/' : ''}${route}`}`;
}

/** Without `www.`, and without `m.`, `mobile.`, `amp.` where that is the first label; every other label is another site. */
function hostKey(hostname: string): string {
  let host = hostname.replace(/\.+$/, '');
  for (let before = ''; before !== host;) {
    before = host;
    host = host.replace(/^(?:www|m|mobile|amp)\.(?=[^.]+\.[^.])/, '');
  }
  return host === 'x.com' ? 'twitter.com' : host;
}
