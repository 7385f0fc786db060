import { isTag, isText, type AnyNode, type Element } from 'domhandler';
import { getElementsByTagName, textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';
import { blocksOf } from '../blocks.js';
import { sanitise } from '../sanitise.js';
import { shallow } from '../shallow.js';
import { isSourceLine, readSourceLine } from './source-line.js';

/** One item that the newsfeed published, as it was read. */
export interface PastItem {
  readonly headline: string;
  /** Blocks apart by a blank line. */
  readonly bodyText: string;
  readonly sourceName: string | null;
  /** As printed; `null`: there is none. */
  readonly sourceLine: string | null;
  readonly publishedOn: string | null;
  readonly editorName: string | null;
  readonly url: string | null;
  /** http and https, in order. */
  readonly links: readonly string[];
  /** What is wrong with it, in words. */
  readonly slips: readonly string[];
}

/** What Joomla puts around an item of a blog list, and around a single page; other sites use `article`. */
const ITEM_CLASS = /(?:^|\s)(?:blog-item|item-page|blogpost|item-content|items-more)(?:\s|$)/u;

/** The items of a saved page of the newsfeed: a blog list, or a single page. `url`: where the page stood. */
export function itemsOfPage(html: string, url: string | null): PastItem[] {
  const root = parseDocument(shallow(html));
  const found: Element[] = [];
  const walk = (nodes: readonly AnyNode[]): void => {
    for (const node of nodes) {
      if (!isTag(node)) continue;
      const isItem = node.name === 'article' || ITEM_CLASS.test(node.attribs['class'] ?? '');
      if (isItem && headingOf(node) !== undefined) found.push(node);
      else walk(node.children);
    }
  };
  walk(root.children);
  return found.map((element) => {
    const heading = headingOf(element);
    const link = heading === undefined ? undefined : getElementsByTagName('a', heading, true, 1)[0];
    const own = absolute(link?.attribs['href'] ?? null, url) ?? (found.length === 1 ? url : null);
    const rest = element.children.map((node) => markup(node, heading)).join('');
    return itemOf(heading === undefined ? '' : textContent(heading), rest, own);
  });
}

/** One item from its headline and the HTML under it: the Source line is looked for among its first blocks. */
export function itemOf(title: string, html: string, url: string | null): PastItem {
  const slips: string[] = [];
  const headline = title.replace(/\s+/gu, ' ').trim();
  if (/\(\d+\)$/u.test(headline)) slips.push('A number in brackets stands after the headline.');
  const clean = sanitise(html);
  const lines = blocksOf(clean).flatMap(({ html: block, text }) =>
    block.includes('<br') ? brokenLines(block) : [text],
  );
  const at = lines.slice(0, 12).findIndex(isSourceLine);
  const printed = at === -1 ? null : (lines[at] ?? null);
  const read = printed === null ? null : readSourceLine(printed);
  if (read === null) slips.push('There is no Source line: kept, for a person to look at.');
  const before = lines.slice(0, Math.max(at, 0));
  const body = lines.slice(at + 1).filter((line) => line !== '');
  const repeats = [...before, body[0] ?? ''].some((line) => same(line, headline));
  if (repeats) slips.push('The headline is printed twice.');
  const text = [...before, ...body].filter((line) => line !== '' && !same(line, headline));
  if (text.length === 0) slips.push('There is no body.');
  return {
    headline: headline.replace(/\s*\(\d+\)$/u, ''),
    bodyText: text.join('\n\n'),
    sourceName: read?.sourceName ?? null,
    sourceLine: printed,
    publishedOn: read?.publishedOn ?? null,
    editorName: read?.editorName ?? null,
    url,
    links: linksIn(clean),
    slips: [...slips, ...(read?.slips ?? [])],
  };
}

function headingOf(element: Element): Element | undefined {
  return ['h1', 'h2', 'h3']
    .flatMap((name) => getElementsByTagName(name, element, true, 1))
    .find((one) => textContent(one).trim() !== '');
}

/** The HTML of a node without its heading. */
function markup(node: AnyNode, without: Element | undefined): string {
  if (node === without) return '';
  if (!isTag(node)) return isText(node) ? escaped(node.data) : '';
  const inner = node.children.map((child) => markup(child, without)).join('');
  const href = node.name === 'a' ? ` href="${escaped(node.attribs['href'] ?? '')}"` : '';
  return `<${node.name}${href}>${inner}</${node.name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function brokenLines(block: string): string[] {
  return block.split(/<br\s?\/?>/u).map((part) => textContent(parseDocument(part)).replace(/\s+/gu, ' ').trim());
}

function linksIn(html: string): string[] {
  const all = getElementsByTagName('a', parseDocument(html), true).map(({ attribs }) => attribs['href'] ?? '');
  return [...new Set(all.filter((href) => /^https?:\/\//iu.test(href)))];
}

function absolute(href: string | null, base: string | null): string | null {
  if (href === null || href.trim() === '') return null;
  try {
    const url = new URL(href, base ?? undefined);
    return /^https?:$/u.test(url.protocol) ? url.href : null;
  } catch {
    // A relative address of a saved file says nothing.
    return null;
  }
}

function same(a: string, b: string): boolean {
  const normal = (text: string): string =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/\(\d+\)\s*$/u, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return normal(a) !== '' && normal(a) === normal(b);
}
