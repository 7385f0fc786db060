import { isTag, type AnyNode } from 'domhandler';
import { textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';
import type { Finding } from '../model/finding.js';
import type { ReadDraft } from './read-draft.js';
import { hitsIn, outsideQuotes } from './place.js';

const CALL =
  /\b(?:download (?:the|this|our|a copy)(?: \p{L}+){1,4}|(?:read|view|see|watch|access) (?:the|our) (?:full |executive |complete )?(?:report|guidance|summary|review|strategy|letter|document|statement|consultation|publication|framework|toolkit|briefing|blog|video|response|plan|data|findings)\b|click (?:here|on the link|below)|find out more|more information (?:is|can be) (?:available|found) (?:here|online|on)|donate now|sign up (?:here|now|to|for)|(?:is|are) available (?:online|here|to download)|register (?:here|now|online)|apply (?:here|now|online)|book (?:your|a) place|follow (?:the|this) link|visit (?:the|our) website|full details (?:here|online))/giu;

/** Words that ask the reader to do something, and lost the link to do it with. Rule: HOUSE-STYLE section 4. */
export function lostLinks(draft: ReadDraft): Finding[] {
  const links = linkTexts(draft.bodyHtml);
  const outside = outsideQuotes(draft.bodyText);
  const counts = (at: number, quote: string): boolean =>
    outside(at) &&
    !links.some((text) => overlaps(text, quote.toLowerCase())) &&
    !leadsToAddress(draft.bodyText.slice(at));
  return hitsIn({ field: 'body', text: draft.bodyText }, CALL, counts).map((hit) => ({
    ...hit,
    check: 'lost-link',
    reason: `“${hit.quote}” asks the reader to do something, and has no link.`,
  }));
}

/** A link on `guidance` serves `download the guidance`; so does one on the whole sentence. */
function overlaps(link: string, call: string): boolean {
  if (link.includes(call) || call.includes(link)) return true;
  const words = link.split(' ');
  return words.length > 1 && words.slice(0, 2).every((word) => call.includes(word));
}

/** The address itself follows: `visit the website www.example.org`. */
function leadsToAddress(after: string): boolean {
  return /^[^.!?\n]{0,120}?(?:https?:\/\/|www\.|\b[\w-]+\.(?:gov|org|co|ac|police)\.uk\b)/iu.test(after);
}

function linkTexts(html: string): string[] {
  const found: string[] = [];
  const walk = (nodes: readonly AnyNode[]): void => {
    for (const node of nodes) {
      if (!isTag(node)) continue;
      if (node.name === 'a') found.push(textContent(node).replace(/\s+/g, ' ').trim().toLowerCase());
      else walk(node.children);
    }
  };
  walk(parseDocument(html).children);
  return found.filter((text) => text !== '');
}
