import { DomHandler, Element, isTag, isText, type AnyNode, type Document } from 'domhandler';
import { Parser } from 'htmlparser2';
import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';
import { pageText } from '../model/page-text.js';
import { isUrl } from '../model/is-url.js';

/** A page as a tree, and the address against which its links are read. */
export interface Page {
  readonly root: Document;
  readonly url: string;
  readonly base: string;
  readonly elements: number;
}

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_NODES = 400_000;
/** Real pages reach 56 levels; what is nested deeper than this is read as if it were not. */
const DEEPEST = 150;
/** A tree this deep is no page. */
const TOO_DEEP = 5_000;

/**
 * Reads a page into a tree of at most 150 levels.
 * @throws {Failure} source.too-large, source.too-deep, source.empty
 */
export function openPage(doc: FetchedDocument): Page {
  if (doc.bytes.length > MOST_BYTES) {
    throw new Failure('source.too-large', `${doc.url}: ${doc.bytes.length} bytes`, { bytes: doc.bytes.length });
  }
  return parsePage(pageText(doc), doc.url);
}

/** The same for text. @throws {Failure} source.too-large, source.too-deep, source.empty */
export function parsePage(html: string, url: string): Page {
  if (html.trim() === '') throw new Failure('source.empty', `${url} answered without content`);
  const handler = new FlatHandler(url);
  const parser = new Parser(handler, { lowerCaseTags: true, lowerCaseAttributeNames: true });
  parser.end(html);
  const root = handler.root;
  wrap(root);
  return { root, url, base: baseOf(root, url), elements: handler.nodes };
}

/** A piece of a page, or text outside its `html`, stands in a body too. */
function wrap(root: Document): void {
  const whole = root.children.some((node) => isTag(node) && node.name === 'html');
  if (whole && !root.children.some((node) => isText(node) && node.data.trim() !== '')) return;
  const body = new Element('body', {}, root.children);
  for (const child of root.children) child.parent = body;
  body.parent = root;
  root.children = [body];
}

/** Builds the tree, and leaves out the tags of what is nested too deep: their text stays. */
class FlatHandler extends DomHandler {
  nodes = 0;
  private open = 0;

  constructor(private readonly url: string) {
    super();
  }

  override onopentag(name: string, attributes: Record<string, string>): void {
    this.open += 1;
    this.count();
    if (this.open > TOO_DEEP) {
      throw new Failure('source.too-deep', `${this.url}: elements are nested over ${TOO_DEEP} deep`);
    }
    if (this.open <= DEEPEST) super.onopentag(name, attributes);
  }

  override onclosetag(): void {
    if (this.open <= DEEPEST) super.onclosetag();
    this.open -= 1;
  }

  override ontext(data: string): void {
    this.count();
    super.ontext(data);
  }

  override oncomment(): void {}

  override oncommentend(): void {}

  private count(): void {
    this.nodes += 1;
    if (this.nodes > MOST_NODES) {
      throw new Failure('source.too-large', `${this.url}: over ${MOST_NODES} elements and texts`, {
        nodes: this.nodes,
      });
    }
  }
}

function baseOf(root: Document, url: string): string {
  const base = findElement(root, (element) => element.name === 'base' && (element.attribs['href'] ?? '') !== '');
  return absolute(base?.attribs['href'], url) ?? url;
}

/** The first element in document order that fits, without recursion. */
export function findElement(root: AnyNode, fits: (element: Element) => boolean): Element | null {
  for (const element of elementsIn(root)) if (fits(element)) return element;
  return null;
}

/** All elements below a node, in document order, without recursion. */
export function* elementsIn(root: AnyNode): Generator<Element> {
  if (!('children' in root)) return;
  let node: AnyNode | null = root.children[0] ?? null;
  while (node !== null) {
    if (isTag(node)) yield node;
    if ('children' in node && node.children[0] !== undefined) {
      node = node.children[0];
      continue;
    }
    while (node !== null && node !== root && node.next === null) node = node.parent;
    node = node === null || node === root ? null : node.next;
  }
}

/** An http(s) address, absolute; `null` when it is none. */
export function absolute(href: string | undefined, base: string): string | null {
  const written = (href ?? '').trim();
  if (written === '') return null;
  const url = isUrl(written, base) ? new URL(written, base) : null;
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : null;
}
