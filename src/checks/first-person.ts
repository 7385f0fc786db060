import type { Finding } from '../model/finding.js';
import type { ReadDraft } from './read-draft.js';
import { hitsIn, outsideQuotes } from './place.js';

const FIRST_PERSON =
  /(?<![\p{L}\p{N}’'-])(?:[Ww]e|[Oo]urs?|us|[Oo]urselves|[Ww]e['’](?:re|ve|ll|d)|I|I['’](?:m|ve|ll|d)|[Mm]y)(?![\p{L}\p{N}-])(?!['’][\p{L}])/gu;
/** `contact us`, `about us`, `follow us`: the words of a link, not of the text. */
const IN_A_LINK_TEXT = /\b(?:contact|about|follow|call|email|e-mail|join|visit) $/iu;
/** `Part I`, `World War I`, `Elizabeth I`: a number. */
const NUMERAL_BEFORE =
  /\b(?:part|war|section|module|volume|phase|annex|schedule|type|tier|level|category|class|charles|elizabeth|james|george) $/iu;

/** “We” and “our” outside quotations: on this newsfeed they would be SAFE's. Rule: HOUSE-STYLE sections 4 and 5. */
export function firstPerson(draft: ReadDraft): Finding[] {
  const text = draft.bodyText;
  const outside = outsideQuotes(text);
  const counts = (at: number, quote: string): boolean => outside(at) && !isName(text, at, quote);
  return hitsIn({ field: 'body', text }, FIRST_PERSON, counts).map((hit) => ({
    ...hit,
    check: 'first-person',
    reason: `“${hit.quote}” outside a quotation: write ${draft.sourceName || 'the organisation'} instead.`,
    ...fixFor(hit.quote, draft.sourceName),
  }));
}

/** Part of a name: `the Our Hearings, Our Voice board`, `Part I`. */
function isName(text: string, at: number, quote: string): boolean {
  const [before, after] = [text.slice(Math.max(0, at - 24), at), text.slice(at + quote.length, at + quote.length + 30)];
  if (IN_A_LINK_TEXT.test(before) && quote === 'us') return true;
  if (quote === 'I' && NUMERAL_BEFORE.test(before)) return true;
  const begins = at === 0 || /(?:[.!?:]\s|\n)$/u.test(before) || before.trim() === '';
  return !begins && /^\p{Lu}/u.test(quote) && quote !== 'I' && /^ \p{Lu}/u.test(after);
}

function fixFor(quote: string, name: string): { fix?: string } {
  if (name === '') return {};
  if (/^we$/iu.test(quote)) return { fix: name };
  return /^our$/iu.test(quote) ? { fix: `${name}${name.endsWith('s') ? '’' : '’s'}` } : {};
}
