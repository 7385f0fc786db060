import { isText, type AnyNode, type Element } from 'domhandler';
import type { ArticleDocument } from '../model/article.js';
import { collapse } from './block.js';
import { absolute, elementsIn } from './open-page.js';
import { isUrl } from '../model/is-url.js';

/** Endings of files that are documents, and what they are. */
const TYPES: Readonly<Record<string, string>> = {
  pdf: 'pdf',
  doc: 'doc',
  docx: 'docx',
  odt: 'odt',
  rtf: 'rtf',
  xls: 'xls',
  xlsx: 'xlsx',
  ods: 'ods',
  csv: 'csv',
  ppt: 'ppt',
  pptx: 'pptx',
  odp: 'odp',
};
const SIZE = /(\d+(?:[.,]\d+)?)\s?(bytes|[kmg]i?b)\b/i;
const PAGES = /(\d{1,4})\s?(?:pages|pp)\b/i;
const UNITS: Readonly<Record<string, number>> = { b: 1, k: 1_000, m: 1_000_000, g: 1_000_000_000 };
const MOST = 300;

/** The files that a part of a page links to, each once, in page order, with type, size and number of pages as the page says. */
export function documentsIn(
  root: AnyNode,
  base: string,
  skip: (element: Element) => boolean = () => false,
): ArticleDocument[] {
  const found = new Map<string, ArticleDocument>();
  for (const link of elementsIn(root)) {
    if (link.name !== 'a' || found.size >= MOST) continue;
    const url = absolute(link.attribs['href'], base);
    const type = url === null ? null : documentType(url, link.attribs['type']);
    if (url === null || type === null || isWithin(link, skip)) continue;
    const text = textOf(link) || collapse(link.attribs['title'] ?? link.attribs['aria-label'] ?? '') || fileName(url);
    const around = `${text} ${textAfter(link)}`;
    const before = found.get(url);
    if (before === undefined || before.text.length < text.length) {
      found.set(url, {
        url,
        text,
        type,
        size: before?.size ?? sizeIn(around),
        pages: before?.pages ?? pagesIn(around),
      });
    }
  }
  return [...found.values()];
}

/** What kind of file an address leads to, by its ending or its declared type; `null` for pages. */
export function documentType(url: string, declared?: string): string | null {
  const path = isUrl(url) ? new URL(url).pathname : url;
  const ending = /\.([a-z]{3,4})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  if (TYPES[ending] !== undefined) return TYPES[ending];
  return declared === 'application/pdf' ? 'pdf' : null;
}

/** `1.2 MB` in bytes; `null` when the text names no size. */
export function sizeIn(text: string): number | null {
  const match = SIZE.exec(text);
  const unit = UNITS[(match?.[2] ?? '').charAt(0).toLowerCase()];
  return match === null || unit === undefined ? null : Math.round(Number((match[1] ?? '').replace(',', '.')) * unit);
}

export function pagesIn(text: string): number | null {
  const match = PAGES.exec(text);
  return match === null ? null : Number(match[1]);
}

/** The name of a file in its address, readable. */
function fileName(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch (error) {
    if (error instanceof URIError) return name;
    throw error;
  }
}

/** The words right after a link on its line: that is where sizes stand. */
function textAfter(link: Element): string {
  let text = '';
  for (let at = link.next; at !== null && text.length < 80; at = at.next) {
    if (isText(at)) text += ` ${at.data}`;
    else if ('name' in at && at.name === 'a') break;
    else if ('children' in at) text += ` ${textOf(at)}`;
  }
  return collapse(text).slice(0, 80);
}

/** The text of a part of the tree on one line. */
export function textOf(node: AnyNode): string {
  if (isText(node)) return collapse(node.data);
  let text = '';
  const walk = (one: AnyNode): void => {
    if (isText(one)) text += one.data;
    else if ('children' in one) {
      if ('name' in one && (one.name === 'script' || one.name === 'style' || one.name === 'svg')) return;
      if ('name' in one && one.name === 'br') text += ' ';
      one.children.forEach(walk);
    }
  };
  walk(node);
  return collapse(text);
}

function isWithin(element: Element, skip: (element: Element) => boolean): boolean {
  for (let at: AnyNode | null = element; at !== null; at = at.parent) if ('attribs' in at && skip(at)) return true;
  return false;
}
