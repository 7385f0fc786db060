import type { Quote } from '../model/article.js';
import { blocksOf } from './blocks.js';

/** A quote of the article, and whether the draft still has it. */
export interface QuoteInBody {
  readonly quote: Quote;
  /** The blocks of the body that hold its words, by number. Empty: it is not in the draft. */
  readonly blocks: readonly number[];
}

/** Shorter words may stand anywhere by chance. */
const SHORTEST = 12;

/** Each quote of the article with the paragraphs of the body in which its words stand, whatever marks are round them. */
export function quotesInBody(bodyHtml: string, quotes: readonly Quote[]): QuoteInBody[] {
  const blocks = blocksOf(bodyHtml).map((block) => bare(block.text));
  return quotes.map((quote) => {
    // A quotation of several paragraphs stands in the body as several.
    const parts = quote.text
      .split(/\n+/)
      .map(bare)
      .filter((part) => part !== '');
    const whole = bare(quote.text);
    const found = blocks.flatMap((text, at) =>
      parts.some((part) => holds(text, part)) || (text.length >= SHORTEST && holds(whole, text)) ? [at] : [],
    );
    return { quote, blocks: found };
  });
}

export interface WithoutQuote {
  readonly bodyHtml: string;
  /** The paragraphs taken out, in order, with the number each had in the body. */
  readonly dropped: readonly { readonly at: number; readonly html: string }[];
}

/** The body without the paragraphs of a quote. The same body when the quote is not there. */
export function withoutQuote(bodyHtml: string, quotes: readonly Quote[], index: number): WithoutQuote {
  const { quote, blocks: own } = quotesInBody(bodyHtml, quotes)[index] ?? { quote: undefined, blocks: [] };
  const blocks = blocksOf(bodyHtml);
  if (quote === undefined || own.length === 0) return { bodyHtml, dropped: [] };
  const gone = new Set(own);
  const [first = 0, last = 0] = [own[0], own.at(-1)];
  const [before, after] = [blocks[first - 1], blocks[last + 1]];
  // Without the quotation its line of introduction, and that with the speaker, would hang in the air.
  if (before?.tag === 'p' && before.text.endsWith(':')) gone.add(first - 1);
  if (after?.tag === 'p' && quote.speaker !== null && bare(after.text) === bare(quote.speaker)) gone.add(last + 1);
  return {
    bodyHtml: blocks
      .filter((_, at) => !gone.has(at))
      .map(({ html }) => html)
      .join('\n'),
    dropped: blocks.flatMap(({ html }, at) => (gone.has(at) ? [{ at, html }] : [])),
  };
}

function holds(text: string, part: string): boolean {
  return part.length >= SHORTEST ? text.includes(part) : text === part;
}

function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
