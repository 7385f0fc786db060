import { blocksOf } from '../../compose/blocks.js';
import { quotesAsParagraphs } from '../../compose/quotes.js';
import { quotesInBody, withoutQuote } from '../../compose/quotes-in-body.js';
import { sanitise } from '../../compose/sanitise.js';
import type { Quote } from '../../model/article.js';
import type { DraftInHand } from '../../model/desk.js';
import type { Cut } from '../../model/draft.js';
import { Failure } from '../../model/failure.js';
import type { Words } from './ports.js';
import { placeOf, withCutRestored } from './restore-cut.js';

/** Enough to tell two quotations of one speaker apart. */
const FIRST_CHARACTERS = 60;

/** Why a paragraph is not in the draft: by this its quotation is found again. */
function because({ text }: Quote): string {
  const words = text.replace(/\s+/g, ' ').trim();
  return `you left out this quotation: “${words.slice(0, FIRST_CHARACTERS)}${words.length > FIRST_CHARACTERS ? '…' : ''}”`;
}

/**
 * The words with a quotation left out (`drop:2`) or in again (`keep:2`). What is left out is kept among the cuts, at its place.
 * @throws {Failure} draft.not-allowed when that is no quotation of the capture
 */
export function withQuoteDecided(words: Words, draft: DraftInHand, decision: string): Words {
  const [, verb, number] = /^(drop|keep):(\d{1,4})$/.exec(decision) ?? [];
  const quotes = draft.capture?.article.quotes ?? [];
  const quote = quotes[Number(number)];
  if (quote === undefined) {
    throw new Failure('draft.not-allowed', 'That is no quotation of the captured page. Load the page again.');
  }
  return verb === 'drop' ? dropped(words, draft, { quotes, index: Number(number) }) : kept(words, draft, quote);
}

function dropped(
  words: Words,
  draft: DraftInHand,
  { quotes, index }: { readonly quotes: readonly Quote[]; readonly index: number },
): Words {
  const quote = quotes[index];
  const without = withoutQuote(words.bodyHtml, quotes, index);
  if (quote === undefined || without.dropped.length === 0) return words;
  const cuts = without.dropped.map(({ at, html }) => ({ at, html, because: because(quote) }));
  return { ...words, bodyHtml: sanitise(without.bodyHtml), cuts: [...draft.cuts, ...cuts] };
}

function kept(words: Words, draft: DraftInHand, quote: Quote): Words {
  const articleHtml = draft.capture?.article.bodyHtml ?? '';
  const own = draft.cuts.filter((cut) => cut.because === because(quote));
  const back = own.length > 0 ? together(own, articleHtml) : fromArticle(articleHtml, quote);
  const bodyHtml = back.reduce((html, cut) => withCutRestored(html, articleHtml, cut), words.bodyHtml);
  return { ...words, bodyHtml: sanitise(bodyHtml), cuts: draft.cuts.filter((cut) => !own.includes(cut)) };
}

/** What stood in one block of the article comes back as one, in its order. */
function together(cuts: readonly Cut[], articleHtml: string): Cut[] {
  const article = blocksOf(articleHtml);
  const groups = new Map<number, Cut>();
  for (const cut of cuts) {
    const place = placeOf(article, cut);
    const before = groups.get(place);
    groups.set(place, before === undefined ? cut : { ...before, html: `${before.html}\n${cut.html}` });
  }
  return [...groups.values()];
}

/** A quotation that was never in the draft, as composing would write it. */
function fromArticle(articleHtml: string, quote: Quote): Cut[] {
  const blocks = blocksOf(articleHtml);
  const [found] = quotesInBody(articleHtml, [quote]);
  return (found?.blocks ?? []).flatMap((at) => {
    const block = blocks[at];
    return block === undefined ? [] : [{ at, html: quotesAsParagraphs(block), because: '' }];
  });
}
