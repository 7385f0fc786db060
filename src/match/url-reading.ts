import { isUrl } from '../model/is-url.js';
/** `&#038;`, `&#x26;`, `&amp;`: only with their semicolon, or `&section=2` would become `§ion=2`. */
const CHARACTER_REFERENCE =
  /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp|num|quest|equals|sol|colon|percnt));/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  num: '#',
  quest: '?',
  equals: '=',
  sol: '/',
  colon: ':',
  percnt: '%',
};
/** `gov.uk/x`, `example.org:8080`: a host with a dot, and nothing before it. */
const BARE_HOST = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+\.?(?::\d{1,5})?(?=[/?#]|$)/i;
/** `%41`, `%2d`. */
const ESCAPE = /%([0-9a-f]{2})/gi;
/** What an address means the same with and without its escape: RFC 3986 unreserved, and marks that no server reads as structure. */
const PLAIN = /[A-Za-z0-9\-._~!'()*,:@]/;

/** The address as the WHATWG parser reads it, after undoing what feeds and word processors do to it. `null`: not http or https. */
export function readUrl(text: string): URL | null {
  let url = unescaped(text.trim().replace(/^[<"'\s\u200b\ufeff]+|[>"'\s\u200b\ufeff]+$/g, ''));
  url = url
    .replace(/\\u0026/gi, '&')
    .replace(/^(?:view-source|feed):(?=\/\/|https?:)/i, (prefix) =>
      /^feed/i.test(prefix) && !/https?:/i.test(url) ? 'https:' : '',
    );
  url = url.replace(/\\/g, '/');
  if (url.startsWith('//') || BARE_HOST.test(url)) url = `https:${url.startsWith('//') ? '' : '//'}${url}`;
  if (!/^https?:/i.test(url) || !isUrl(url)) return null;
  return new URL(url);
}

/** Escapes in one form: upper-case digits, and none for characters that need none. An escaped `/ # ? & %` stays. */
export function tidyEscapes(text: string): string {
  return text.replace(ESCAPE, (escape, hex: string) => {
    const character = String.fromCharCode(parseInt(hex, 16));
    return PLAIN.test(character) ? character : escape.toUpperCase();
  });
}

/** The text behind escapes, or `null` where they are not UTF-8. */
export function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % or Latin-1 bytes: the caller works with the escapes as they stand.
    return null;
  }
}

/** The text of a base64 or base64url token, or `null` when it is neither text nor base64. */
export function fromBase64(token: string): string | null {
  if (!/^[A-Za-z0-9+/_-]{8,}={0,2}$/.test(token)) return null;
  try {
    const bytes = atob(token.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, ''));
    return decoded(Array.from(bytes, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''));
  } catch {
    // A length that no base64 text has: an opaque token, which is an expected answer.
    return null;
  }
}

/** Undoes HTML character references, also doubled ones (`&amp;amp;`), and `&amp%3B`, before anything looks for `#` or `&`. */
function unescaped(text: string): string {
  let now = text;
  for (let round = 0; round < 4; round += 1) {
    const next = now
      .replace(/&amp%3b/gi, '&')
      .replace(CHARACTER_REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
        const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      });
    if (next === now) break;
    now = next;
  }
  return now;
}
