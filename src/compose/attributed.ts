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

/** The body with a part put in before the link to the original, which stays last; at the end where there is none. */
export function withPart(bodyHtml: string, part: string, originalUrl: string): string {
  const blocks = blocksOf(bodyHtml).map(({ html }) => html);
  const last = blocks.at(-1);
  const isOriginal = last?.includes(`href="${escapeHtml(originalUrl)}"`) === true;
  const before = isOriginal ? blocks.slice(0, -1) : blocks;
  return [...before, part, ...(isOriginal ? [last] : [])].join('\n');
}
