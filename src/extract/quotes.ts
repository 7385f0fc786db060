import type { Quote } from '../model/article.js';

/** Quotations of at least this many words; shorter ones are terms and titles. */
const FEWEST_WORDS = 6;
const LONGEST_SINGLE = 2_000;
const PAIRS: readonly (readonly [string, string])[] = [
  ['“', '”'],
  ['"', '"'],
  ['‘', '’'],
];
const VERBS =
  'said|says|added|adds|commented|explained|told|stated|concluded|continued|remarked|warned|noted|argued|insisted|welcomed|tweeted|wrote|meddai|dywedodd';
/** `said Jane Smith, Chief Executive of X.` after a quotation. */
const AFTER = new RegExp(String.raw`^[,.]?\s{0,3}(?:${VERBS})\s([\p{Lu}\d][^.!?“"]{2,160})`, 'u');
const AFTER_NAME_FIRST = new RegExp(
  String.raw`^[,.]?\s{0,3}([\p{Lu}][^.!?“",]{2,90}(?:,[^.!?“"]{2,90}?)?),?\s(?:${VERBS})\b`,
  'u',
);
/** `Jane Smith, Chief Executive, said:` before one. */
const BEFORE = new RegExp(
  String.raw`([\p{Lu}][^.!?“”"]{2,160}?),?\s(?:has\s|have\s)?(?:${VERBS})(?:\s(?:that|today|in a statement|at the [\p{L} ]{3,30}))?\s?[:,]?\s{0,3}$`,
  'u',
);
const COLON = /^(?:by\s)?([\p{Lu}][^.!?“”"]{2,120}):\s{0,3}$/u;
const ATTRIBUTION = /^[–—-]\s{0,2}([\p{Lu}][^.!?]{2,120})\.?$/u;

/** The quotations of an article, in order, each with its speaker as printed where the text says who. */
export function quotesIn(paragraphs: readonly string[]): Quote[] {
  const quotes: Quote[] = [];
  let last: string | null = null;
  for (const [at, paragraph] of paragraphs.entries()) {
    const spans = spansIn(paragraph);
    for (const span of spans) {
      const told = speakerOf(paragraph, span, paragraphs[at - 1], paragraphs[at + 1]);
      // A quotation that goes on in the next paragraph has no speaker of its own.
      const goesOn =
        told === null &&
        span.from === 0 &&
        (quotes.at(-1)?.text.length ?? 0) > 0 &&
        spansIn(paragraphs[at - 1] ?? '').length > 0;
      const speaker: string | null = told ?? (goesOn ? last : null);
      last = speaker ?? last;
      quotes.push({ text: span.text, speaker });
    }
  }
  return quotes;
}

interface Span {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

function spansIn(paragraph: string): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < paragraph.length; at += 1) {
    const pair = PAIRS.find(([open]) => open === paragraph[at]);
    if (pair === undefined || !opens(paragraph, at)) continue;
    const end = closing(paragraph, at, pair);
    const text = paragraph.slice(at + 1, end).trim();
    if (wordsIn(text) >= FEWEST_WORDS) spans.push({ text, from: at, to: end + 1 });
    at = Math.max(at, end);
  }
  return spans;
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** An opening mark stands at the beginning or after a space; a closing ’ is also an apostrophe. */
function opens(paragraph: string, at: number): boolean {
  return at === 0 || /[\s(:[–—]/.test(paragraph[at - 1] ?? '');
}

function closing(paragraph: string, from: number, [open, close]: readonly [string, string]): number {
  // An opening ‘ may be an apostrophe: its end is looked for only so far.
  const text = open === '‘' ? paragraph.slice(from, from + LONGEST_SINGLE) : paragraph.slice(from);
  for (let at = text.indexOf(close, 1); at >= 0; at = text.indexOf(close, at + 1)) {
    const next = text[at + 1] ?? ' ';
    if ((open !== '‘' && open !== '"') || !/[\p{L}\p{N}]/u.test(next)) return from + at;
  }
  // Not closed: it goes on in the next paragraph.
  return open === '‘' ? from : paragraph.length;
}

function speakerOf(
  paragraph: string,
  span: Span,
  previous: string | undefined,
  next: string | undefined,
): string | null {
  const after = paragraph.slice(span.to, span.to + 260);
  const before = paragraph.slice(Math.max(0, span.from - 260), span.from);
  const found =
    AFTER.exec(after)?.[1] ?? AFTER_NAME_FIRST.exec(after)?.[1] ?? BEFORE.exec(before)?.[1] ?? COLON.exec(before)?.[1];
  if (found !== undefined) return tidy(found);
  if (span.from === 0 && previous !== undefined) {
    const lead = BEFORE.exec(previous.slice(-260))?.[1] ?? COLON.exec(previous.slice(-200))?.[1];
    if (lead !== undefined && /:\s*$/.test(previous)) return tidy(lead);
  }
  const signed = next === undefined ? undefined : ATTRIBUTION.exec(next)?.[1];
  return signed === undefined ? null : tidy(signed);
}

function tidy(name: string): string {
  const last = name.split(/(?<=[.!?])\s/).at(-1) ?? name;
  return last
    .replace(/\s+/g, ' ')
    .replace(/[,;:\s]+$/, '')
    .replace(/^(?:and|but|as|while|commenting[^,]*,)\s/i, '')
    .trim();
}
