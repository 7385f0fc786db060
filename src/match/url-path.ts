import { tidyEscapes } from './url-reading.js';

const PAGE = '(?:s?html?|xhtml|php\\d?|aspx?|cfml?|jspx?|cgi|pl)';
const INDEX_FILE = new RegExp(`/(?:index|default)\\.${PAGE}$`, 'i');
/** `;jsessionid=…`, and the `/(S(…))` that ASP.NET writes where cookies are off. */
const SESSION = /;(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*/gi;
const COOKIELESS = /\/\((?:[A-Z]\([^()/]*\))+\)(?=\/|$)/gi;
/** Renderings at the end of a path: AMP, print, feed, track-back and pages of comments. */
const RENDERING_END = new RegExp(
  '/(?:amp|print|printable|printview|print-view|printpreview|print-preview|printversion|print-version|printer-friendly|printerfriendly|' +
    'print\\.html?|amp\\.html|printable/(?:print|pdf)|feed(?:/(?:rss2?|atom|rdf))?|trackback|comment-page-\\d+)$',
  'i',
);
/** `story.amp`, `story.amp.html`, `story.print.html`. */
const RENDERING_SUFFIX = /\.(?:amp|print)(?=\.html?$|$)/i;
/** Sites where capitals in a path say nothing. */
const CASELESS_HOST = /^(?:gov\.uk|(?:.+\.)?parliament\.uk|parliamentlive\.tv)$/;
const CASELESS_PATH = /\.(?:aspx?|ashx|asmx)(?:\/|$)/i;

/** Whether this address is served by something that ignores capitals in paths and parameter names. */
export function isCaseless(host: string, path: string): boolean {
  return CASELESS_HOST.test(host) || CASELESS_PATH.test(path);
}

/** The part of a path that tells items apart: no session, index file, rendering or trailing slash. Empty for a home page. */
export function pathKey(host: string, pathname: string): string {
  let path = tidyEscapes(pathname)
    .replace(SESSION, '')
    .replace(COOKIELESS, '')
    .replace(/\/{2,}/g, '/');
  path = path.replace(/\/index\.php(?=\/.)/i, '').replace(/\/+$/, '');
  // Trackers glued on by something that took the path for a query.
  path = path.replace(/&(?:utm_\w+|fbclid|mc_cid)=.*$/i, '');
  path = withoutRendering(host, path.replace(INDEX_FILE, ''));
  if (host === 'content.govdelivery.com')
    path = path.replace(/^\/bulletins\/gd\/([A-Z]+)-(\w+)$/i, '/accounts/$1/bulletins/$2');
  if (!isCaseless(host, pathname)) return path;
  return path.toLowerCase().replace(/%[0-9a-f]{2}/g, (escape) => escape.toUpperCase());
}

function withoutRendering(host: string, whole: string): string {
  let path = whole;
  if (host === 'gov.uk') path = path.replace(/^\/api\/content(?=\/)/i, '');
  if (/^bbc\.(?:co\.uk|com)$/.test(host)) path = path.replace(/^\/(news|sport)\/amp\//, '/$1/');
  // Drupal: /print/123, /print/alias, /print/pdf/node/123, /printpdf/123, /book/export/html/123.
  path = path.replace(
    /^\/(?:print\/(?:pdf|html|epub|word_docx)(?=\/node\/)|book\/export\/html(?=\/\d+$)|print(?:pdf|mail)?(?=\/.)|amp(?=\/.))/,
    '',
  );
  if (path !== whole) path = path.replace(/^\/(\d+)$/, '/node/$1');
  let before: string;
  do {
    before = path;
    path = path.replace(RENDERING_END, '').replace(RENDERING_SUFFIX, '').replace(/\/+$/, '');
  } while (path !== before);
  return path;
}
