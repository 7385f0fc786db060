import { parseDocument } from 'htmlparser2';
import { isTag, isText, type AnyNode } from 'domhandler';

const BLOCKS = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'ul',
  'ol',
  'li',
  'table',
  'tr',
  'td',
  'th',
  'blockquote',
  'div',
  'section',
]);

/** The text of a draft's body: blocks apart by a blank line, white space inside a block collapsed. */
export function plainText(html: string): string {
  const blocks: string[] = [''];
  const walk = (nodes: readonly AnyNode[]): void => {
    for (const node of nodes) {
      if (isText(node)) blocks[blocks.length - 1] += node.data;
      if (!isTag(node)) continue;
      const isBlock = BLOCKS.has(node.name);
      if (isBlock) blocks.push('');
      if (node.name === 'br') blocks[blocks.length - 1] += ' ';
      walk(node.children);
      if (isBlock) blocks.push('');
    }
  };
  walk(parseDocument(html).children);
  return blocks
    .map((block) => block.replace(/\s+/g, ' ').trim())
    .filter((block) => block !== '')
    .join('\n\n');
}
