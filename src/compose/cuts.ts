import type { Cut } from '../model/draft.js';
import type { Block } from './blocks.js';

/** "-ENDS-", "ENDS", "– Ends –": what follows is for journalists. */
const ENDS = /^[-–—*\s]*ends[-–—*.\s]*$/iu;
const FOR_JOURNALISTS =
  /^(?:notes? (?:to|for) editors?|(?:for )?(?:media|press) (?:enquiries|inquiries|contacts?|office)|contact(?:s)? for (?:media|press)|editors?['’] notes?)\b/iu;
const CALL_TO_ACTION =
  /^(?:read (?:the|our|more)\b|download (?:the|our|this)\b|donate\b|sign up\b|subscribe\b|find out more\b|share this\b|follow us\b|click here\b|view the\b|get in touch\b|back to top\b)/iu;
const SHARE_OR_COOKIE =
  /^(?:share (?:on|via|this)\b|tweet\b|print this page\b|we use (?:essential )?cookies\b|this (?:site|website) uses cookies\b)/iu;
const LICENCE = /open government licen[cs]e|crown copyright|all rights reserved|^©/iu;
const DONATE =
  /\b(?:donate|make a donation|your (?:gift|donation|support) (?:can|could|will|helps)|(?:just )?£\d+ (?:a month )?(?:can|could|would) (?:help|pay|provide))\b/iu;
const NEWSLETTER = /\b(?:sign up (?:to|for) (?:our|the)|subscribe to (?:our|the)|join our mailing list)\b/iu;
const RELATED_HEADING =
  /^(?:related (?:content|articles?|links?|news|pages?|stories)|you (?:may|might) also (?:like|be interested in)|more (?:news|like this|stories)|about us$|about (?:the )?(?:charity|organisation|centre|commission|partnership)$|latest news|share this (?:page|article|story)|explore the topic|further reading|tags?|topics?|follow us)\b/iu;
const CREDIT = /^(?:image|photo(?:graph)?|picture|caption|credit)s?(?: credit)?\s*[:©]/iu;
const DATE_LINE =
  /^(?:published|posted|last updated|updated|date)\s*(?:on|:)?\s*(?:\p{L}+day,? )?\d{1,2}(?:st|nd|rd|th)? \p{L}+ \d{4}(?:,? (?:at )?\d{1,2}[:.]\d{2}(?: ?[ap]m)?)?$/iu;
/** A call to action is one line: anything longer tells something. */
const CALL_WORDS = 14;
const SUMMARY_ITEMS = 6;
/** A pull quote repeats words of the text: at least so many. */
const PULL_WORDS = 6;

/** Takes out what house style drops, each with its reason; everything else stays as it is and where it is. */
export function cutBlocks(
  blocks: readonly Block[],
  headline: string,
  standfirst: string | null = null,
): { kept: Block[]; cuts: Cut[] } {
  const lead = leadCuts(blocks, standfirst);
  const kept: Block[] = [];
  const cuts: Cut[] = [];
  let ended: string | null = null;
  for (const block of blocks) {
    ended ??= endOf(block);
    const because =
      ended ?? lead.get(block.at) ?? reasonToCut(block, headline, kept.length === 0) ?? pullQuote(block, blocks);
    if (because === null) kept.push(block);
    else cuts.push({ at: block.at, html: block.html, because });
  }
  return { kept: withoutEmptyHeadings(kept, cuts), cuts: cuts.sort((a, b) => a.at - b.at) };
}

/** GOV.UK's summary bullets and the standfirst say above the lead what the lead says again. */
function leadCuts(blocks: readonly Block[], standfirst: string | null): Map<number, string> {
  const cuts = new Map<number, string>();
  const first = blocks.findIndex(({ tag }) => !/^h[1-6]$/.test(tag));
  const [top, next] = [blocks[first], blocks[first + 1]];
  if (top === undefined || next === undefined) return cuts;
  if (top.tag === 'ul' && next.tag === 'p' && items(top) <= SUMMARY_ITEMS)
    cuts.set(top.at, 'summary bullets above the lead');
  if (standfirst !== null && normal(top.text) === normal(standfirst) && words(next.text) > CALL_WORDS)
    cuts.set(top.at, 'standfirst');
  return cuts;
}

function items(block: Block): number {
  return block.html.match(/<li\b/gu)?.length ?? 0;
}

function endOf(block: Block): string | null {
  if (ENDS.test(block.text)) return 'after “Ends”';
  if (words(block.text) > CALL_WORDS) return null;
  if (FOR_JOURNALISTS.test(block.text)) return 'notes to editors and press contacts';
  return /^h[1-6]$/.test(block.tag) && RELATED_HEADING.test(block.text)
    ? 'about the publisher, related links, sharing'
    : null;
}

function reasonToCut(block: Block, headline: string, first: boolean): string | null {
  const length = words(block.text);
  if (block.text === '' && !block.html.includes('<img')) return 'empty';
  if (first && normal(block.text) === normal(headline)) return 'repeats the headline';
  if (SHARE_OR_COOKIE.test(block.text) && length <= CALL_WORDS * 3) return 'share buttons or cookie text';
  if (LICENCE.test(block.text) && length <= 60) return 'licence or copyright line';
  if (CREDIT.test(block.text) && length <= CALL_WORDS * 2) return 'caption or credit of a picture';
  if (DATE_LINE.test(block.text)) return 'date line';
  if (block.tag === 'p' && CALL_TO_ACTION.test(block.text) && length <= CALL_WORDS) return 'call to action';
  if (DONATE.test(block.text) && length <= CALL_WORDS * 3) return 'appeal for donations';
  if (NEWSLETTER.test(block.text) && length <= CALL_WORDS * 2) return 'newsletter sign-up';
  return null;
}

/** A sentence of the text, printed once more for the eye. */
function pullQuote(block: Block, blocks: readonly Block[]): string | null {
  if (!['blockquote', 'p'].includes(block.tag) || words(block.text) < PULL_WORDS) return null;
  const said = normal(block.text);
  const again = blocks.some(
    (other) => other.at !== block.at && other.text.length > block.text.length && normal(other.text).includes(said),
  );
  return again ? 'pull quote: the text says it too' : null;
}

/** A heading with nothing left under it goes with what it stood over. */
function withoutEmptyHeadings(kept: readonly Block[], cuts: Cut[]): Block[] {
  const cutAt = new Set(cuts.map(({ at }) => at));
  const rest: Block[] = [];
  for (const block of [...kept].reverse()) {
    const level = levelOf(block);
    const next = rest.at(-1);
    const empty = level !== null && (next === undefined || ((levelOf(next) ?? 9) <= level && cutAt.has(block.at + 1)));
    if (empty) {
      cuts.push({ at: block.at, html: block.html, because: 'heading with nothing under it' });
      cutAt.add(block.at);
    } else rest.push(block);
  }
  return rest.reverse();
}

function levelOf(block: Block): number | null {
  const level = /^h([1-6])$/.exec(block.tag)?.[1];
  return level === undefined ? null : Number(level);
}

function words(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

function normal(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
