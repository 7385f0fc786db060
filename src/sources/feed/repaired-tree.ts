import render from 'dom-serializer';
import { isTag, isText, type ChildNode, type Document, type Element } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import type { RawElement } from './feed-tree.js';
import type { RecognisedTree } from './rss-tree.js';

const FORMATS: Readonly<Record<string, RecognisedTree['format']>> = { rss: 'rss', feed: 'atom', 'rdf:RDF': 'rdf' };

/** A tree of XML whose elements are closed wrongly or not at all: never fails. */
export function tolerantTree(xml: string): Document {
  return parseDocument(xml, { xmlMode: true });
}

/** The same as sound XML. */
export function soundXml(document: Document): string {
  return render(document, { xmlMode: true, encodeEntities: 'utf8' });
}

/** The feed in a tolerant tree, without rss-parser; `null` when its root is no feed's. */
export function recognise(document: Document): RecognisedTree | null {
  for (const node of document.children) {
    const format = isTag(node) ? FORMATS[node.name] : undefined;
    if (format !== undefined && isTag(node)) return { format, root: rawElement(node) };
  }
  return null;
}

function rawElement(element: Element): RawElement {
  return {
    name: element.name,
    attributes: element.attribs,
    children: { [Symbol.iterator]: () => childrenOf(element.children) },
  };
}

/** A CDATA section is a node with text nodes in it. */
function* childrenOf(nodes: readonly ChildNode[]): Generator<RawElement | string> {
  for (const node of nodes) {
    if (isText(node)) yield node.data;
    else if (isTag(node)) yield rawElement(node);
    else if ('children' in node) yield* childrenOf(node.children);
  }
}
