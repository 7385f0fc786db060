import { isTag, isText, type AnyNode, type Element } from 'domhandler';
import render from 'dom-serializer';
import { textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';

/** One top-level piece of a body: a paragraph, heading, list, table or quotation. */
export interface Block {
  /** Its number in the article, from 0: where a cut is shown. */
  readonly at: number;
  readonly tag: string;
  readonly html: string;
  readonly text: string;
  /** Share of its text that stands inside links, 0 to 1. */
  readonly linkShare: number;
}

const WRAPPERS = new Set(['div', 'section', 'article', 'main', 'body', 'html']);

/** The blocks of sanitised HTML in reading order. Wrappers are opened; loose text becomes a paragraph. */
export function blocksOf(html: string): Block[] {
  const nodes = parseDocument(html).children.flatMap(opened);
  return nodes.filter((node) => isTag(node) || (isText(node) && node.data.trim() !== '')).map(block);
}

function opened(node: AnyNode): AnyNode[] {
  return isTag(node) && WRAPPERS.has(node.name) ? node.children.flatMap(opened) : [node];
}

function block(node: AnyNode, at: number): Block {
  const text = textContent(node).replace(/\s+/g, ' ').trim();
  const inLinks = isTag(node) ? linksOf(node).reduce((sum, link) => sum + textContent(link).trim().length, 0) : 0;
  return {
    at,
    tag: isTag(node) ? node.name : 'p',
    html: isTag(node)
      ? render(node, { encodeEntities: 'utf8' })
      : `<p>${render(node, { encodeEntities: 'utf8' }).trim()}</p>`,
    text,
    linkShare: text === '' ? 0 : Math.min(1, inLinks / text.length),
  };
}

function linksOf(element: Element): Element[] {
  return element.children.filter(isTag).flatMap((child) => (child.name === 'a' ? [child] : linksOf(child)));
}
