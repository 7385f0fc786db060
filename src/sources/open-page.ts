import { load, type Cheerio, type CheerioAPI } from 'cheerio';
import { isText, type AnyNode, type Element } from 'domhandler';
import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';
import { pageText } from '../model/page-text.js';
import { addressOf } from './address.js';

export type Elements = Cheerio<Element>;

/** A page as a tree, and the address against which its links are read. */
export interface Page {
  readonly $: CheerioAPI;
  readonly base: string;
}

const MOST_BYTES = 10 * 1024 * 1024;
/** Deeper trees are no pages: they only serve to exhaust whoever reads them. */
const MOST_LEVELS = 1_500;
/** Elements that start a new line of text when printed. */
const BLOCK =
  /^(?:address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|option|p|pre|section|summary|table|tbody|td|th|thead|tr|ul)$/;
const NEVER_TEXT = /^(?:script|style|template|noscript|svg|iframe)$/;

/** Whether an element of this name stands in lines of its own. */
export function isBlock(name: string): boolean {
  return BLOCK.test(name);
}

/** Whether what is in an element of this name is never read by people. */
export function isNeverText(name: string): boolean {
  return NEVER_TEXT.test(name);
}

/** The document as a page. @throws {Failure} source.empty, source.too-large, source.too-deep */
export function openPage(doc: FetchedDocument): Page {
  if (doc.bytes.length > MOST_BYTES) {
    throw new Failure('source.too-large', `${doc.url}: ${doc.bytes.length} bytes`, { bytes: doc.bytes.length });
  }
  if (!doc.bytes.some((byte) => byte > 0x20)) throw new Failure('source.empty', `${doc.url} answered without content`);
  const $ = load(pageText(doc));
  refuseDeep($, doc.url);
  return { $, base: addressOf($('base[href]').first().attr('href'), doc.url) ?? doc.url };
}

/** Text as a reader sees it: blocks apart, white space collapsed, no scripts. */
export function plainText(node: AnyNode | undefined): string {
  return textLines(node).join(' ');
}

/** The same, one entry for each block that has text. `skip` leaves out a node and all that is in it. */
export function textLines(node: AnyNode | undefined, skip?: (node: AnyNode) => boolean): string[] {
  const parts: string[] = [];
  if (node !== undefined) gather(node, parts, skip ?? (() => false));
  return parts
    .join('')
    .split('\n')
    .map((line) => line.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ').trim())
    .filter((line) => line !== '');
}

/** Text out of a field that holds HTML, or text with entities (`Children&#8217;s`). */
export function textOfHtml(html: string): string {
  if (!/[<&]/.test(html)) return html.replace(/\s+/g, ' ').trim();
  return plainText(load(html, null, false).root()[0]);
}

/** The first selector of a list that finds something inside `within`, and its place in the list; `null` when none does. */
export function firstMatch(
  within: Cheerio<AnyNode>,
  selectors: string | readonly string[],
): { readonly found: Elements; readonly at: number; readonly selector: string } | null {
  const list = typeof selectors === 'string' ? [selectors] : selectors;
  for (const [at, selector] of list.entries()) {
    const found = select(within, selector);
    if (found.length > 0) return { found, at, selector };
  }
  return null;
}

/** Elements inside `within`. @throws {Failure} config.invalid when the selector is none */
export function select(within: Cheerio<AnyNode>, selector: string): Elements {
  try {
    return within.find(selector);
  } catch (cause) {
    throw new Failure('config.invalid', `'${selector}' is not a CSS selector`, { selector }, { cause });
  }
}

function gather(node: AnyNode, parts: string[], skip: (node: AnyNode) => boolean): void {
  if (skip(node)) return;
  if (isText(node)) {
    parts.push(node.data.replace(/\s+/g, ' '));
    return;
  }
  if (!('children' in node)) return;
  const name = 'name' in node ? node.name : '';
  if (NEVER_TEXT.test(name)) return;
  const apart = BLOCK.test(name);
  if (apart) parts.push('\n');
  for (const child of node.children) gather(child, parts, skip);
  if (apart) parts.push('\n');
}

function refuseDeep($: CheerioAPI, url: string): void {
  const open: [AnyNode, number][] = $.root()
    .toArray()
    .map((node) => [node, 0]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, level] = next;
    if (level > MOST_LEVELS)
      throw new Failure('source.too-deep', `${url}: elements are nested over ${MOST_LEVELS} deep`);
    if ('children' in node) for (const child of node.children) open.push([child, level + 1]);
  }
}
