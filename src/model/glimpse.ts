/** The title of a page or feed, and the beginning of what it shows. */
export interface Glimpse {
  readonly title: string | null;
  readonly shown: string | null;
}

/** More of a document is not looked at. */
const MOST_CHARACTERS = 300_000;
const LONGEST_TITLE = 200;
const LONGEST_SHOWN = 600;
/** What stands inside these is not shown. */
const HIDDEN = /^(?:script|style|template|svg|noscript|head|nav|select|iframe)$/;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/**
 * A glimpse of a document's text, for a person who must see at once what came: not a parser, and nothing is decided by it. One pass
 * in linear time, whatever the text holds. Markup of any kind is left out; `null` where nothing is left.
 */
export function glimpse(text: string): Glimpse {
  const html = text.slice(0, MOST_CHARACTERS);
  return { title: titleIn(html), shown: shownIn(html) };
}

function titleIn(html: string): string | null {
  const opens = html.search(/<title[\s>]/i);
  if (opens < 0) return null;
  const from = html.indexOf('>', opens) + 1;
  const words = plain(html.slice(from, from + 2_000).split(/<\/title/i, 1)[0] ?? '');
  return words === '' ? null : words.slice(0, LONGEST_TITLE);
}

function shownIn(html: string): string | null {
  const pieces: string[] = [];
  // Elements that are never closed are looked for once: else a page of nothing but openings takes the square of its length.
  const unclosed = new Set<string>();
  let length = 0;
  let at = 0;
  while (at < html.length && length < 4 * LONGEST_SHOWN) {
    const opens = html.indexOf('<', at);
    const piece = html.slice(at, opens < 0 ? undefined : opens).trim();
    if (piece !== '') {
      pieces.push(piece);
      length += piece.length;
    }
    at = opens < 0 ? html.length : afterTag(html, opens, unclosed);
  }
  const words = plain(pieces.join(' '));
  return words === '' ? null : words.slice(0, LONGEST_SHOWN);
}

/** Where the text goes on after the tag, comment or hidden element that begins here. */
function afterTag(html: string, opens: number, unclosed: Set<string>): number {
  if (html.startsWith('<!--', opens)) return after(html, '-->', opens + 4);
  if (html.startsWith('<![CDATA[', opens)) return opens + 9;
  const name = /^<([a-z][a-z0-9]{0,15})/i.exec(html.slice(opens, opens + 20))?.[1]?.toLowerCase() ?? '';
  const ends = after(html, '>', opens);
  if (!HIDDEN.test(name) || unclosed.has(name)) return ends;
  const closing = new RegExp(`</${name}`, 'gi');
  closing.lastIndex = ends;
  const closes = closing.exec(html)?.index;
  if (closes !== undefined) return after(html, '>', closes);
  unclosed.add(name);
  return ends;
}

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

function plain(text: string): string {
  return text
    .slice(0, 20_000)
    .replace(/<!\[CDATA\[|\]\]>/g, ' ')
    .replace(/&(?:#(\d{1,7})|([a-z]{2,8}));/gi, (all, code: string | undefined, name: string | undefined) =>
      code === undefined ? (NAMED[(name ?? '').toLowerCase()] ?? all) : characterOf(Number(code)),
    )
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function characterOf(code: number): string {
  const shown = code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return shown ? String.fromCodePoint(code) : ' ';
}
