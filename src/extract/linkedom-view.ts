import { Readability } from '@mozilla/readability';
import { isTag, isText, type AnyNode, type Element, type Text } from 'domhandler';
import { parseHTML } from 'linkedom';
import { isBreak, isSilent } from './block.js';

/** As much of a DOM node as we touch. */
interface DomNode {
  readonly nodeType: number;
  readonly data?: string;
  readonly firstChild: DomNode | null;
  readonly nextSibling: DomNode | null;
  readonly parentNode: DomNode | null;
  appendChild(child: DomNode): DomNode;
  setAttribute?(name: string, value: string): void;
}

interface DomDocument {
  readonly body: DomNode;
  readonly head: DomNode;
  createElement(name: string): DomNode;
  createTextNode(data: string): DomNode;
}

/** Attributes that Readability looks at. */
const READ = [
  'class',
  'id',
  'href',
  'role',
  'itemprop',
  'style',
  'hidden',
  'aria-hidden',
  'aria-modal',
  'rel',
  'src',
  'name',
];
/** Of a style only this matters. */
const HIDING = /display|visibility/i;
const VALID_NAME = /^[a-z][a-z0-9-]*$/;
const TEXT = 3;

export interface Reading {
  readonly title: string;
  /** Under this many characters Readability starts again with less cleaning. */
  readonly shortest: number;
  readonly skip: (element: Element) => boolean;
}

/**
 * The texts of a page that Mozilla's Readability takes for its article, when elements for which `skip` holds are left out.
 * Empty when it finds none. May throw anything: the page is then read without it.
 */
export function readabilityTexts(root: AnyNode, { title, shortest, skip }: Reading): ReadonlySet<Text> {
  const { document } = parseHTML('<!doctype html><html><head></head><body></body></html>') as unknown as {
    document: DomDocument;
  };
  const original = new Map<DomNode, Text>();
  const name = document.createElement('title');
  name.appendChild(document.createTextNode(title));
  document.head.appendChild(name);
  copy(root, document.body, { document, original, skip });
  const ordered = [...original.values()];
  const found = new Readability<DomNode>(document as never, {
    charThreshold: shortest,
    disableJSONLD: true,
    serializer: (node: unknown) => node as DomNode,
  }).parse();
  return found?.content === undefined || found.content === null
    ? new Set()
    : matched(textsOf(found.content), original, ordered);
}

interface Copying {
  readonly document: DomDocument;
  readonly original: Map<DomNode, Text>;
  readonly skip: (element: Element) => boolean;
}

/** Recursion is safe: the tree has at most 150 levels. */
function copy(from: AnyNode, to: DomNode, copying: Copying): void {
  if (!('children' in from)) return;
  for (const child of from.children) {
    if (isText(child)) {
      if (isGap(child)) continue;
      const text = copying.document.createTextNode(child.data);
      copying.original.set(text, child);
      to.appendChild(text);
    } else if (isTag(child)) {
      if (isSilent(child.name) || copying.skip(child)) continue;
      copy(child, child.name === 'html' || child.name === 'body' ? to : element(child, to, copying), copying);
    } else copy(child, to, copying);
  }
}

/** White space beside a block: no reader sees it, and pages are full of it. */
function isGap({ data, prev, next }: Text): boolean {
  if (data.trim() !== '') return false;
  const apart = (node: AnyNode | null): boolean =>
    node === null || (isTag(node) && (isBreak(node.name) || isSilent(node.name)));
  return apart(prev) && apart(next);
}

function element(child: Element, to: DomNode, { document }: Copying): DomNode {
  const made = document.createElement(VALID_NAME.test(child.name) ? child.name : 'span');
  for (const name of READ) {
    const value = child.attribs[name];
    if (value !== undefined && (name !== 'style' || HIDING.test(value))) made.setAttribute?.(name, value);
  }
  to.appendChild(made);
  return made;
}

function textsOf(root: DomNode): DomNode[] {
  const texts: DomNode[] = [];
  let node: DomNode | null = root.firstChild;
  while (node !== null) {
    if (node.nodeType === TEXT) texts.push(node);
    if (node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    while (node !== null && node !== root && node.nextSibling === null) node = node.parentNode;
    node = node === null || node === root ? null : node.nextSibling;
  }
  return texts;
}

/**
 * The page's texts behind those of the result. On a second try Readability parses the page anew: then texts are found by their
 * words, in order.
 */
function matched(texts: readonly DomNode[], original: ReadonlyMap<DomNode, Text>, ordered: readonly Text[]): Set<Text> {
  const direct = texts.map((text) => original.get(text)).filter((text) => text !== undefined);
  if (direct.length > 0 || texts.length === 0) return new Set(direct);
  const found = new Set<Text>();
  const places = new Map<string, number[]>();
  ordered.forEach((text, at) => {
    const words = text.data.trim();
    if (words !== '') places.set(words, [...(places.get(words) ?? []), at]);
  });
  let after = -1;
  for (const text of texts) {
    const at = places.get((text.data ?? '').trim())?.find((place) => place > after);
    const hit = at === undefined ? undefined : ordered[at];
    if (at === undefined || hit === undefined) continue;
    after = at;
    found.add(hit);
  }
  return found;
}
