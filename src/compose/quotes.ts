import { isTag, type ChildNode, type Element } from 'domhandler';
import render from 'dom-serializer';
import { textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';
import type { Block } from './blocks.js';

const QUOTED = /^[“"'‘].*[”"'’]$/su;

/** A block quotation as paragraphs in curly quotation marks, the speaker's line after it. Other blocks unchanged. */
export function quotesAsParagraphs(block: Block): string {
  if (block.tag !== 'blockquote') return block.html;
  const quote = parseDocument(block.html).children.find(isTag);
  if (quote === undefined) return block.html;
  const [speakers, said] = split(quote.children.filter((child) => textContent(child).trim() !== ''));
  const paragraphs = said.map((node, index) => paragraph(node, index === said.length - 1));
  return [...paragraphs, ...speakers.map((node) => `<p>${inner(node)}</p>`)].join('\n');
}

function split(nodes: readonly ChildNode[]): [ChildNode[], ChildNode[]] {
  const isSpeaker = (node: ChildNode): boolean => isTag(node) && ['footer', 'cite', 'figcaption'].includes(node.name);
  return [nodes.filter(isSpeaker), nodes.filter((node) => !isSpeaker(node))];
}

/** Each paragraph of a quotation opens with a mark; only the last one closes. */
function paragraph(node: ChildNode, last: boolean): string {
  const html = inner(node);
  if (QUOTED.test(textContent(node).trim())) return `<p>${html}</p>`;
  return `<p>“${html}${last ? '”' : ''}</p>`;
}

function inner(node: ChildNode): string {
  const inside: Element | ChildNode = node;
  return render(isTag(inside) ? inside.children : inside, { encodeEntities: 'utf8' }).trim();
}
