import { decoded, fromBase64 } from './url-reading.js';

/** Hosts that only pass a reader on, with the parameter that carries the target. `path`: only there. */
const BY_PARAMETER: readonly { readonly host: RegExp; readonly path?: RegExp; readonly names: readonly string[] }[] = [
  // Mail scanners.
  { host: /(?:^|\.)safelinks\.protection\.outlook\.com$/, names: ['url'] },
  { host: /^statics\.teams\.(?:cdn\.office\.net|microsoft\.com)$/, path: /safelinks/i, names: ['url'] },
  { host: /^urldefense(?:\.proofpoint)?\.com$/, path: /^\/v1\//, names: ['u'] },
  { host: /^linkprotect\.cudasvc\.com$/, names: ['a'] },
  { host: /(?:^|\.)trendmicro\.(?:com|eu)$/, path: /clicktime/i, names: ['url'] },
  { host: /^protect\d*\.fireeye\.com$/, names: ['u'] },
  { host: /^clicktime\.symantec\.com$/, names: ['u'] },
  { host: /^clicktime\.cloud\.postoffice\.net$/, names: ['u'] },
  { host: /(?:^|\.)protection\.sophos\.com$/, names: ['u'] },
  // Link shims of social sites.
  { host: /^(?:l|lm|m|www|web)?\.?facebook\.com$/, path: /^\/(?:l\.php|flx\/warn)/, names: ['u'] },
  { host: /^l\.(?:instagram|messenger|threads)\.(?:com|net)$/, names: ['u'] },
  { host: /^(?:www\.)?linkedin\.com$/, path: /^\/(?:redir|safety\/go|slink)/, names: ['url'] },
  { host: /^(?:www\.|m\.)?youtube\.com$/, path: /^\/redirect$/, names: ['q'] },
  { host: /^slack-redir\.net$/, names: ['url'] },
  { host: /^out\.reddit\.com$/, names: ['url'] },
  { host: /^t\.umblr\.com$/, names: ['z'] },
  { host: /^vk\.com$/, path: /^\/away/, names: ['to'] },
  { host: /^disq\.us$/, names: ['url'] },
  { host: /^medium\.com$/, path: /^\/r\//, names: ['url'] },
  { host: /^getpocket\.com$/, path: /^\/redirect/, names: ['url'] },
  // Searches.
  { host: /^(?:www\.)?google\.[a-z.]{2,6}$/, path: /^\/(?:url|imgres)$/, names: ['q', 'url', 'imgrefurl'] },
  { host: /^(?:www\.)?bing\.com$/, path: /^\/ck\/a/, names: ['u'] },
  { host: /^duckduckgo\.com$/, path: /^\/l\//, names: ['uddg'] },
  { host: /^translate\.google\.[a-z.]{2,6}$/, names: ['u'] },
  { host: /^cse\.google\.[a-z.]{2,6}$/, names: ['q'] },
];

/** Hosts of click trackers whose path or query carries the target in base64, bare or in JSON. */
const TOKEN_HOSTS =
  /(?:^|\.)(?:lnks\.gd|mjt\.lu|mandrillapp\.com|convertkit-mail\d?\.com|customeriomail\.com|substack\.com)$/;
const TOKEN_PATHS = /^\/(?:l|lnk|track\/click|redirect|e\/c|[\w-]{8,}\/)/;

/** `/c/s/www.x.org/y` of AMP caches and viewers. */
const AMP_CACHE_PATH = /^\/(?:amp|[cv]|wp)\/(?:(s)\/)?([^/]+\.[^/]+.*)$/;
/** `/web/20240503101500id_/https://…`, `/ukgwa/20240101/…`, `/+/…`, `/wayback/en/archive/2024…/…`. */
const ARCHIVE_PATH = /^\/(?:(?:ukgwa|web|wayback|en|cy|archive)\/)*(?:\d{1,14}(?:[a-z]{2}_)?\*?|\*|\+)\/(.+)$/i;
const ARCHIVE_HOST =
  /^(?:web\.archive\.org|webarchive\.nationalarchives\.gov\.uk|(?:www\.)?webarchive\.org\.uk|webarchive\.nrscotland\.gov\.uk|archive\.(?:ph|is|today|li|md|vn|fo))$/;
/** `/CL0/https:%2F%2Fx.org%2Fy/1/…` of GOV.UK bulletins, `/L0/…` of the mail service below them. */
const CLICK_PATH = /^\/C?L0\/([^/]+)(?:\/|$)/i;

/** Where a wrapper leads, or `null` when the address is no wrapper or keeps its target to itself. */
export function unwrapped(url: URL): string | null {
  const target = clicked(url) ?? archived(url) ?? cachedAmp(url) ?? byParameter(url) ?? defended(url) ?? byToken(url);
  return target === null ? null : asAddress(target);
}

function clicked(url: URL): string | null {
  const click = CLICK_PATH.exec(url.pathname)?.[1];
  if (click !== undefined) return decoded(click);
  // The old form of the same bulletins: /track?type=click&…&&&101&&&https://…
  if (/(?:^|\.)govdelivery\.com$/.test(url.hostname))
    return /&&&\w+&&&(https?:.+?)(?:&&&.*)?$/i.exec(url.href)?.[1] ?? null;
  if (/^secure-web\.cisco\.com$/.test(url.hostname)) return decoded(/\/(https?%3A.*)$/i.exec(url.pathname)?.[1] ?? '');
  if (/^r\.search\.yahoo\.com$/.test(url.hostname)) return decoded(/\/RU=([^/]+)/.exec(url.pathname)?.[1] ?? '');
  return null;
}

function archived(url: URL): string | null {
  if (url.hostname === 'webcache.googleusercontent.com') {
    return /^cache:(?:[\w-]{8,}:)?(\S+)/.exec(url.searchParams.get('q') ?? '')?.[1] ?? null;
  }
  if (!ARCHIVE_HOST.test(url.hostname)) return null;
  const target = ARCHIVE_PATH.exec(url.pathname)?.[1];
  if (target === undefined) return null;
  return `${/^https?%3A/i.test(target) ? (decoded(target) ?? target) : target}${url.search}${url.hash}`;
}

function cachedAmp(url: URL): string | null {
  const cache =
    /(?:\.cdn\.ampproject\.org|\.bing-amp\.com)$/.test(url.hostname) ||
    /^(?:www\.)?google\.[a-z.]{2,6}$/.test(url.hostname);
  const path = cache ? AMP_CACHE_PATH.exec(url.pathname) : null;
  if (path !== null) return `https://${path[2] ?? ''}${url.search}`;
  if (!url.hostname.endsWith('.translate.goog')) return null;
  // www-gov-uk.translate.goog: a dot became a hyphen, a hyphen two.
  const host = url.hostname
    .slice(0, -'.translate.goog'.length)
    .replace(/--/g, '\0')
    .replace(/-/g, '.')
    .replace(/\0/g, '-');
  return `https://${host}${url.pathname}${url.search}`;
}

function byParameter(url: URL): string | null {
  for (const { host, path, names } of BY_PARAMETER) {
    if (!host.test(url.hostname) || (path !== undefined && !path.test(url.pathname))) continue;
    for (const name of names) {
      const value = url.searchParams.get(name);
      if (value === null || value === '') continue;
      return fromBase64(value.replace(/^a1(?=aHR0c)/, '')) ?? value;
    }
  }
  return null;
}

/** The two forms of a mail scanner that writes the target in an alphabet of its own. */
function defended(url: URL): string | null {
  if (!/^urldefense(?:\.proofpoint)?\.com$/.test(url.hostname)) return null;
  if (url.pathname.startsWith('/v2/')) {
    return decoded((url.searchParams.get('u') ?? '').replace(/-/g, '%').replace(/_/g, '/'));
  }
  const [, target, bytes] = /\/v3\/__(.+?)__;([\w-]*=*)/.exec(url.href) ?? [];
  if (target === undefined) return null;
  const marks = [...(fromBase64(bytes ?? '') ?? '')];
  return target.replace(/\*/g, () => marks.shift() ?? '*');
}

function byToken(url: URL): string | null {
  if (!TOKEN_HOSTS.test(url.hostname) || !TOKEN_PATHS.test(url.pathname)) return null;
  for (const token of [url.searchParams.get('p') ?? '', ...url.pathname.split(/[/.]/)]) {
    const text = fromBase64(token);
    const target =
      text === null
        ? null
        : (/^https?:\/\/\S+$/.exec(text)?.[0] ??
          /\\?"(?:url|href|u|e)\\?"\s*:\s*\\?"(https?:[^"]+?)\\*"/.exec(text)?.[1]);
    if (target !== undefined && target !== null) return target.replace(/\\+\//g, '/');
  }
  return null;
}

/** A target counts only when it is an http address itself; it may be escaped once more. */
function asAddress(target: string): string | null {
  const text = /^https?%3a/i.test(target) ? (decoded(target) ?? target) : target;
  if (/^https?:/i.test(text)) return text;
  return /^[\w-]+(?:\.[\w-]+)+(?:[:/?#]|$)/.test(text) ? `https://${text}` : null;
}
