import { blocksOf, type Block } from './blocks.js';
import { escapeHtml } from './escape-html.js';
import { quotesAsParagraphs } from './quotes.js';

export interface OtherSource {
  /** As the source's record has it. */
  readonly sourceName: string;
  readonly title: string;
  readonly url: string;
}

/**
 * Blocks of another source's text under a line that says whose they are: who published them, under which title, with the link. It
 * says no more than is known. '' without blocks.
 */
export function attributed({ sourceName, title, url }: OtherSource, blocks: readonly Block[]): string {
  if (blocks.length === 0) return '';
  const link = `<a href="${escapeHtml(url)}">“${escapeHtml(title)}”</a>`;
  return [`<p>${escapeHtml(sourceName)} published under ${link}:</p>`, ...blocks.map(quotesAsParagraphs)].join('\n');
}

/**
 * The body with a part put in after block number `after` (-1: before the first). The link to the original stays last; a number that
 * the body does not have means the end.
 */
export function withPart(bodyHtml: string, part: string, originalUrl: string, after: number | null): string {
  const blocks = blocksOf(bodyHtml).map(({ html }) => html);
  const isOriginal = blocks.at(-1)?.includes(`href="${escapeHtml(originalUrl)}"`) === true;
  const end = isOriginal ? blocks.length - 1 : blocks.length;
  const at = after === null || after < -1 || after + 1 > end ? end : after + 1;
  return [...blocks.slice(0, at), part, ...blocks.slice(at)].join('\n');
}
