import type { Finding } from '../model/finding.js';
import type { ReadDraft } from './read-draft.js';
import { hitsIn, type Place } from './place.js';

/** `the the`, `on this website on this website`. The same word or up to six words, twice running. */
const DOUBLED = /(?<![\p{L}\p{N}'’-])(\p{L}[\p{L}'’-]*(?: \p{L}[\p{L}'’-]*){0,5}) \1(?![\p{L}\p{N}'’-])/giu;
/** Right in English: `had had`, `that that`, `very very`; and names that double. */
const RIGHT =
  /^(?:had had|that that|is is|do do|very very|more more|bye bye|no no|knock knock|baden baden|so so|who who|wagga wagga|there there|hear hear|many many|again again)$/iu;
const LONG_PARAGRAPH = 40;

/** Words, headlines and paragraphs printed twice. Slips of this kind were really published: HOUSE-STYLE section 2. */
export function repeats(draft: ReadDraft): Finding[] {
  const places: Place[] = [
    { field: 'headline', text: draft.headline },
    { field: 'body', text: draft.bodyText },
  ];
  const doubled = places.flatMap((place) =>
    hitsIn(place, DOUBLED, (at, quote) => !RIGHT.test(quote) && !isName(place.text, at, quote)).map((hit) => ({
      ...hit,
      check: 'repeated',
      reason: `“${hit.quote}” says the same twice running.`,
      fix: hit.quote.slice(0, (hit.quote.length - 1) / 2),
    })),
  );
  return [...doubled, ...paragraphsTwice(draft.bodyText)];
}

/** `Duran Duran`, `Walla Walla`: one capitalised word doubled in the middle of a sentence is a name. */
function isName(text: string, at: number, quote: string): boolean {
  const [first, second] = quote.split(' ');
  if (quote.split(' ').length !== 2 || first === undefined || first !== second || !/^\p{Lu}\p{Ll}/u.test(first))
    return false;
  return at > 0 && !/[.!?\n]\s*$/u.test(text.slice(0, at));
}

function paragraphsTwice(text: string): Finding[] {
  const seen = new Set<string>();
  const found: Finding[] = [];
  let at = 0;
  for (const paragraph of text.split('\n\n')) {
    const plain = paragraph
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    if (plain.length >= LONG_PARAGRAPH && seen.has(plain))
      found.push({
        check: 'repeated',
        level: 'warn',
        field: 'body',
        quote: paragraph,
        at,
        reason: 'This paragraph stands twice.',
      });
    seen.add(plain);
    at += paragraph.length + 2;
  }
  return found;
}
