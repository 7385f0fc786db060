import { resolved } from './feed-tree.js';
import { legalText } from './legal-text.js';
import { decodeReferences, escapeXml } from './references.js';
import { attributesIn, Finder, tagEnd } from './tag-scan.js';

/** Elements that begin a new word for whoever reads the text. */
const APART: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote br caption dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr ' +
    'li main nav ol option p pre section table tbody td tfoot th thead tr ul'
  ).split(' '),
);
const NO_TEXT = new Set(['script', 'style']);
/** Attributes that hold one address. */
const ADDRESSES: ReadonlySet<string> = new Set([
  'href',
  'src',
  'poster',
  'cite',
  'action',
  'background',
  'longdesc',
  'data',
]);
const MOST_ATTRIBUTES = 100;
/** Links of one text that are made absolute: what comes after is no news item. */
const MOST_LINKS = 20_000;

interface Tag {
  readonly name: string;
  readonly closing: boolean;
  /** What stands between name and `>`. */
  readonly inside: string;
  readonly whole: string;
}

/** The text of HTML: tags, comments, scripts and styles dropped, references decoded once, white space collapsed. Linear. */
export function htmlToText(html: string): string {
  const parts: string[] = [];
  let silent: string | null = null;
  walk(html, {
    text: (text) => {
      if (silent === null) parts.push(decodeReferences(text));
    },
    tag: ({ name, closing }) => {
      if (silent !== null) silent = closing && name === silent ? null : silent;
      else if (!closing && NO_TEXT.has(name)) silent = name;
      else if (APART.has(name)) parts.push(' ');
    },
  });
  return collapse(parts.join(''));
}

/** The same HTML with absolute addresses in `href`, `src` and their like; what cannot be resolved stays. Linear. */
export function withAbsoluteLinks(html: string, base: string): string {
  const parts: string[] = [];
  let links = 0;
  walk(html, {
    text: (text) => parts.push(text),
    tag: (tag) => {
      const linked = links < MOST_LINKS && hasAddress(tag);
      if (linked) links += 1;
      parts.push(linked ? absoluteTag(tag, base) : tag.whole);
    },
    comment: (comment) => parts.push(comment),
  });
  return legalText(parts.join(''));
}

export interface HtmlLink {
  readonly href: string;
  readonly text: string;
}

/** The links of HTML with their text, in order. */
export function linksIn(html: string): HtmlLink[] {
  const found: { href: string; parts: string[] }[] = [];
  let inside: { href: string; parts: string[] } | null = null;
  walk(html, {
    text: (text) => inside?.parts.push(decodeReferences(text)),
    tag: (tag) => {
      if (tag.name !== 'a') return;
      const href = tag.closing
        ? undefined
        : attributesIn(tag.inside, MOST_ATTRIBUTES).find(({ name }) => name.toLowerCase() === 'href');
      inside = href === undefined ? null : { href: decodeReferences(href.value).trim(), parts: [] };
      if (inside !== null) found.push(inside);
    },
  });
  return found.map(({ href, parts }) => ({ href, text: collapse(parts.join('')) }));
}

/** White space, hard spaces included, as single spaces; nothing at the ends. */
export function collapse(text: string): string {
  return text.replace(/[\s\u00a0\ufeff]+/g, ' ').trim();
}

interface Visitor {
  readonly text: (text: string) => void;
  readonly tag: (tag: Tag) => void;
  readonly comment?: (comment: string) => void;
}

/** Walks over HTML once, from left to right. A `<` that begins no tag is text; a tag that never ends is text too. */
function walk(html: string, visitor: Visitor): void {
  const finder = new Finder(html);
  let at = 0;
  while (at < html.length) {
    const next = finder.find('<', at);
    if (next === -1) return visitor.text(html.slice(at));
    if (next > at) visitor.text(html.slice(at, next));
    at = takeMarkup(html, { at: next, finder, visitor });
  }
}

function takeMarkup(html: string, { at, finder, visitor }: { at: number; finder: Finder; visitor: Visitor }): number {
  const second = html[at + 1] ?? '';
  if (html.startsWith('<!--', at)) return takeComment(html, { at, end: finder.find('-->', at + 4), visitor });
  const closing = second === '/';
  const start = closing ? at + 2 : at + 1;
  if (!/[a-z!?]/i.test(html[start] ?? '')) {
    visitor.text('<');
    return at + 1;
  }
  const end = tagEnd(html, start, finder);
  if (end === -1 || html[end] === '<') {
    visitor.text('<');
    return at + 1;
  }
  const whole = html.slice(at, end + 1);
  const name = /^<\/?([^\s/>]{0,64})/.exec(whole)?.[1]?.toLowerCase() ?? '';
  visitor.tag({ name, closing, inside: html.slice(start + name.length, end), whole });
  return end + 1;
}

function takeComment(html: string, { at, end, visitor }: { at: number; end: number; visitor: Visitor }): number {
  if (end === -1) return at + 4;
  visitor.comment?.(html.slice(at, end + 3));
  return end + 3;
}

function hasAddress({ closing, inside }: Tag): boolean {
  return !closing && /\b(?:href|src|poster|cite|action|background|longdesc|data)\s{0,20}=/i.test(inside);
}

function absoluteTag({ inside, name }: Tag, base: string): string {
  const attributes = attributesIn(inside, MOST_ATTRIBUTES).map(({ name: attribute, value }) => {
    const link = ADDRESSES.has(attribute.toLowerCase()) ? resolved(decodeReferences(value), base) : null;
    return ` ${attribute}="${link === null ? value.replaceAll('"', '&quot;') : escapeXml(link)}"`;
  });
  return `<${name}${attributes.join('')}${/\/\s{0,20}$/.test(inside) ? ' /' : ''}>`;
}
