import { FULL_MONTHS } from '../model/months.js';
import type { ReadDraft } from './read-draft.js';

/** Capitalised words side by side, small words of names between them: `Office for Standards in Education`, `Jo O’Neill`. */
const RUN = /\p{Lu}[\p{L}\p{N}'’&-]*(?:(?: (?:of|for|the|and|in|de|van|on) | )\p{Lu}[\p{L}\p{N}'’&-]*)*/gu;
const CALENDAR = new RegExp(`^(?:${FULL_MONTHS}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$`, 'u');
const SMALL = /^(?:of|for|the|and|in|de|van|on)$/iu;

/** A run of capitalised words as it stands in text. */
interface NameInText {
  readonly quote: string;
  readonly at: number;
  /** Without small words, days and months; none where it only begins a sentence. */
  readonly words: readonly string[];
}

/** The names of a text, in order. What begins a sentence counts only when more than one word is capitalised, since any word does that. */
export function namesIn(text: string): NameInText[] {
  return [...text.matchAll(RUN)].map((match) => {
    const [at, quote] = [match.index, match[0]];
    const words = quote.split(' ').filter((word) => !SMALL.test(word) && !CALENDAR.test(word));
    if (!isBeginning(text, at)) return { at, quote, words };
    return { at, quote, words: words.length < 2 ? [] : words.filter((word, index) => index > 0 || !isOrdinary(word)) };
  });
}

/** Names in the body that the source does not hold: no word of the run may be missing there. */
export function claimedNames(draft: ReadDraft): { quote: string; at: number }[] {
  const known = new Set(wordsOf([draft.captureText, draft.sourceName, draft.editorName].join(' ')));
  const seen = new Set<string>();
  return namesIn(draft.bodyText).flatMap(({ at, quote, words }) => {
    if (words.every((word) => isKnown(word, known)) || seen.has(quote)) return [];
    seen.add(quote);
    return [{ quote, at }];
  });
}

/** Words that begin sentences and are no part of the name behind them. */
function isOrdinary(word: string): boolean {
  return /^(?:A|An|The|This|These|Those|That|It|Its|He|She|They|In|On|At|By|For|From|With|When|While|After|Before|As|If|But|And|Also|However|Today|Yesterday|Since|During|Under|Over|Both|All|Some|Many|More|New|Our|We|You|Your|Read|See)$/u.test(
    word,
  );
}

function isBeginning(text: string, at: number): boolean {
  return at === 0 || /(?:[.!?:]['’”")\]]*\s+|\n\s*|[“"‘(]\s*|^[-•]\s*)$/u.test(text.slice(Math.max(0, at - 6), at));
}

function isKnown(word: string, known: ReadonlySet<string>): boolean {
  return wordsOf(word).every((part) => known.has(part) || known.has(part.replace(/s$/u, '')) || known.has(`${part}s`));
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/['’]s\b/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
