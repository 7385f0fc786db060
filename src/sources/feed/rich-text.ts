import { childElements, childrenNamed, resolved, textOf, type FeedElement } from './feed-tree.js';
import { collapse, htmlToText, withAbsoluteLinks } from './html-text.js';
import { legalText } from './legal-text.js';
import { escapeXml } from './references.js';

export interface RichText {
  /** Plain. */
  readonly text: string;
  /** With absolute addresses. Not sanitised. */
  readonly html: string;
}

const NONE: RichText = { text: '', html: '' };
const BASE64 = /^[a-z0-9+/=\s]+$/i;
const LINKS: ReadonlySet<string> = new Set([
  'href',
  'src',
  'poster',
  'cite',
  'action',
  'background',
  'longdesc',
  'data',
]);
/** What shows that text called plain is HTML all the same: an end tag, a line break, or a reference. */
const MARKUP = /<\/[a-z][a-z0-9]{0,15}\s{0,20}>|<br\s{0,20}\/?>|&(?:[a-z]{2,10}|#\d{1,7}|#x[0-9a-f]{1,6});/i;

/**
 * What a title, summary or content element says, by its type: plain text, escaped HTML, markup standing in the feed itself, or
 * base64 (Atom 0.3, and Atom 1.0 for other types). Without a type it is taken as HTML, as RSS writes it.
 */
export function richText(element: FeedElement | undefined): RichText {
  if (element === undefined) return NONE;
  const type = (element.attributes.get('type') ?? '').trim().toLowerCase();
  const mode = (element.attributes.get('mode') ?? '').trim().toLowerCase();
  if (childElements(element).length > 0) return fromHtml(inlineMarkup(element), element.base);
  const written = textOf(element);
  const text = isBase64(written, type, mode) ? legalText(Buffer.from(written, 'base64').toString('utf8')) : written;
  if (isPlain(type) && !MARKUP.test(text)) return { text: collapse(text), html: escapeXml(text) };
  return fromHtml(text, element.base);
}

function fromHtml(html: string, base: string): RichText {
  return { text: htmlToText(html), html: withAbsoluteLinks(html, base).trim() };
}

function isPlain(type: string): boolean {
  return type === 'text' || type === 'text/plain';
}

function isBase64(text: string, type: string, mode: string): boolean {
  if (text === '' || !BASE64.test(text)) return false;
  if (mode === 'base64') return true;
  const named = type === '' || /^(?:text|html|xhtml)$/.test(type) || type.startsWith('text/') || /[/+]xml$/.test(type);
  return mode === '' && !named && text.replace(/\s/g, '').length % 4 === 0;
}

/** Markup that stands in the feed: its children in document order, without the one `div` that Atom puts around them. */
function inlineMarkup(element: FeedElement): string {
  const parts: string[] = [];
  const wrapper = childrenNamed(element, 'xhtml:div', 'div')[0];
  const rest = element.children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  serialise(rest.length === 1 && wrapper !== undefined ? wrapper : element, parts);
  return parts.join('');
}

function serialise(parent: FeedElement, parts: string[]): void {
  for (const child of parent.children) {
    if (typeof child === 'string') {
      parts.push(escapeXml(child));
      continue;
    }
    parts.push(`<${child.tag}${attributesOf(child)}>`);
    serialise(child, parts);
    if (!/^(?:br|hr|img|wbr|input|col|area|embed)$/i.test(child.tag)) parts.push(`</${child.tag}>`);
  }
}

function attributesOf(element: FeedElement): string {
  return [...element.attributes]
    .filter(([name]) => !name.startsWith('xml'))
    .map(([name, value]) => {
      const link = LINKS.has(name) ? resolved(value, element.base) : null;
      return ` ${name}="${escapeXml(link ?? value)}"`;
    })
    .join('');
}
