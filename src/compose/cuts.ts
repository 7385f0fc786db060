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
/** A call to action is one line: anything longer tells something. */
const CALL_WORDS = 14;

/** Takes out what house style drops, each with its reason; everything else stays as it is and where it is. */
export function cutBlocks(blocks: readonly Block[], headline: string): { kept: Block[]; cuts: Cut[] } {
  const kept: Block[] = [];
  const cuts: Cut[] = [];
  let ended: string | null = null;
  for (const block of blocks) {
    ended ??= endOf(block);
    const because = ended ?? reasonToCut(block, headline, kept.length === 0);
    if (because === null) kept.push(block);
    else cuts.push({ at: block.at, html: block.html, because });
  }
  return { kept: withoutLastHeadings(kept, cuts), cuts: cuts.sort((a, b) => a.at - b.at) };
}

function endOf(block: Block): string | null {
  if (ENDS.test(block.text)) return 'after “Ends”';
  return FOR_JOURNALISTS.test(block.text) && words(block.text) <= CALL_WORDS
    ? 'notes to editors and press contacts'
    : null;
}

function reasonToCut(block: Block, headline: string, first: boolean): string | null {
  if (block.text === '' && !block.html.includes('<img')) return 'empty';
  if (first && normal(block.text) === normal(headline)) return 'repeats the headline';
  if (SHARE_OR_COOKIE.test(block.text) && words(block.text) <= CALL_WORDS * 3) return 'share buttons or cookie text';
  if (LICENCE.test(block.text) && words(block.text) <= 60) return 'licence or copyright line';
  if (block.tag === 'p' && CALL_TO_ACTION.test(block.text) && words(block.text) <= CALL_WORDS) return 'call to action';
  return null;
}

/** A heading with nothing left under it goes with what it stood over. */
function withoutLastHeadings(kept: Block[], cuts: Cut[]): Block[] {
  const rest = [...kept];
  for (let last = rest.at(-1); last !== undefined && /^h[1-6]$/.test(last.tag); last = rest.at(-1)) {
    rest.pop();
    cuts.push({ at: last.at, html: last.html, because: 'heading with nothing under it' });
  }
  return rest;
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
