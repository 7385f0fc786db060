import type { SoftError, SoftErrorInput } from './soft-errors.js';

const FRONT_PAGE = /^\/(?:(?:home|index|default)(?:\.\w{2,5})?\/?|(?:en|en-gb|cy)\/?)?$/i;
const ERROR_PAGE =
  /(?:^|\/)(?:error|errors|404|page-?not-?found|not-?found|404-?(?:error|page)|error-?(?:page|404)|unavailable)(?:\.\w{2,5})?\/?$/i;
const MAINTENANCE_PAGE =
  /(?:^|\/)(?:maintenance|under-?maintenance|site-?down|service-?unavailable|holding(?:-?page)?)(?:\.\w{2,5})?\/?$/i;

/**
 * Redirects that answer "not here" with status 200: to an error page, a maintenance page, or, for the address of a list or of an
 * item, to the front page of its site.
 */
export function landedElsewhere({ url, requestedUrl, expected }: SoftErrorInput): SoftError | null {
  const landed = new URL(url);
  const asked = new URL(requestedUrl);
  if (landed.pathname === asked.pathname) return null;
  const evidence = `led to ${landed.pathname}`;
  if (MAINTENANCE_PAGE.test(landed.pathname) && !MAINTENANCE_PAGE.test(asked.pathname)) {
    return { code: 'source.maintenance', because: 'we were led to a maintenance page', evidence };
  }
  if (ERROR_PAGE.test(landed.pathname) && !ERROR_PAGE.test(asked.pathname)) {
    return { code: 'source.soft-error', because: 'we were led to an error page', evidence };
  }
  const deep = asked.pathname.split('/').filter((part) => part !== '').length >= 2 || asked.pathname.length > 24;
  const listed = expected === 'list' && !FRONT_PAGE.test(asked.pathname);
  if (
    ((expected === 'item' && deep) || listed) &&
    FRONT_PAGE.test(landed.pathname) &&
    landed.search === '' &&
    sameSite(landed, asked)
  ) {
    return { code: 'source.missing', because: 'the page is gone: we were led to the front page', evidence };
  }
  return null;
}

function sameSite(a: URL, b: URL): boolean {
  return bare(a) === bare(b);
}

function bare({ hostname }: URL): string {
  return hostname.replace(/^www\./, '');
}
