import { isUrl } from '../model/is-url.js';
import type { Source } from '../model/source.js';

/** Parameters that say who shared a link or how it is shown, never which page it is: `utm_source`, `?contrast=1`. */
const NOISE = /^(?:utm.*|fbclid|gclid|msclkid|mc_[ce]id|at_medium|at_campaign|iomg-device|contrast|_ga)$/i;
/** `&amp;area=4` escaped once too often reads as a parameter called `amp;area`. */
const ESCAPED_AMPERSAND = /^(?:amp(?:;|%3b))+/i;

/** Where the files of a site stand when that is another host by the platform's own design. */
const FILE_HOSTS: Readonly<Record<string, string>> = { 'gov.uk': 'assets.publishing.service.gov.uk' };

/** The absolute http(s) address of a link without its credentials, or `null`: `mailto:`, `javascript:`, broken, empty. */
export function addressOf(href: string | undefined, base: string): string | null {
  const text = (href ?? '').trim().replace(/[\t\r\n]+/g, '');
  if (text === '' || !isUrl(text, base)) return null;
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.username = '';
  url.password = '';
  return url.href;
}

/**
 * The same address without what never tells two pages of one site apart: scheme, `www.`, fragment, tracking, order of the
 * parameters, final slash. Identity inside one source only; across sources another, fuller rule decides.
 */
export function addressKey(url: string): string {
  if (!isUrl(url)) return url;
  const { hostname, port, pathname, searchParams } = new URL(url);
  const kept = [...searchParams]
    .map(([name, value]) => [name.replace(ESCAPED_AMPERSAND, ''), value] as const)
    .filter(([name]) => !NOISE.test(name))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  const query = [...new Set(kept)].sort().join('&');
  const path = pathname.replace(/\/+$/, '');
  return `https://${bareHost(hostname)}${port === '' ? '' : `:${port}`}${path}${query === '' ? '' : `?${query}`}`;
}

/** Whether the address is on a host that this source may give items of: its own, with and without www, and the named ones. */
export function isOwnHost(source: Source, url: string): boolean {
  const host = bareHost(new URL(url).hostname);
  const own = isUrl(source.url) ? bareHost(new URL(source.url).hostname) : null;
  return host === own || (source.hosts ?? []).some((other) => bareHost(other) === host);
}

/** As `isOwnHost`, for files: some platforms keep them on a host of their own. */
export function isOwnFileHost(source: Source, url: string): boolean {
  if (isOwnHost(source, url)) return true;
  const own = isUrl(source.url) ? bareHost(new URL(source.url).hostname) : '';
  return FILE_HOSTS[own] === new URL(url).hostname;
}

/** What the addresses of one list have in common: host and first part of the path, digits made alike. */
export function addressShape(url: string): string {
  if (!isUrl(url)) return url;
  const { hostname, pathname } = new URL(url);
  const parts = pathname.split('/').filter((part) => part !== '');
  const first = parts.length > 1 ? (parts[0] ?? '').replace(/\d+/g, '#') : '';
  return `${bareHost(hostname)}/${first}`;
}

function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/\.$/, '');
}
