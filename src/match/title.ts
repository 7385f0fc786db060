import type { TitleLikeness } from './copy.js';
import { isStopWord, printedWordsOf, stem, wordsOf } from './words.js';

/** `Eastmere welcomes: …`, `Marlow Vale SCP publishes …`: the editor's words before somebody else's title. */
const PUBLISHER_PREFIX =
  /^(?!.*[.?!]\s)\S[^:–—]{1,90}?\s(?:welcomes|shares|publishes|published|launches|announces|releases|highlights|promotes|circulates|issues|adopts|endorses|supports|posts|reposts)\b\s*(?::\s*|(?:its|their|new|the|a|an)\s+)?(?=\S)/i;
const NEWS_PREFIX =
  /^(?:new|news|news story|latest(?: news)?|update|updated|press release|media release|news release|just published|published|publication|now available|out now|reminder|important|breaking|shared|re-?post(?:ed)?|resource|for information|fyi)\s*(?::|\s[-–—]|!)\s*/i;
const MONTHS =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
/** `: A Research Briefing March 2024`, `(updated December 2023)`, `– published 14 March`: the editor's own date. */
const BRIEFING_SUFFIX = new RegExp(
  `\\s*[:–—-]\\s*an?\\s+(?:research\\s+)?(?:briefing|summary|overview|update)\\s+(?:${MONTHS})?\\s*\\d{4}\\s*$`,
  'i',
);
const UPDATED_SUFFIX = new RegExp(
  `\\s*[([]\\s*(?:last\\s+)?(?:updated|revised|published|added|posted|reviewed|re-?issued|amended)\\b[^)\\]]*[)\\]]\\s*$`,
  'i',
);
const DATED_SUFFIX = new RegExp(
  `\\s*[,:–—(-]?\\s*(?:\\b(?:published|posted|updated|added)\\s*:?\\s*(?:on\\s+)?)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\\s+)?\\d{1,2}(?:st|nd|rd|th)?\\s+(?:${MONTHS})(?:\\s+\\d{4})?\\)?\\s*$`,
  'i',
);
const SITE_SUFFIX = /\s+\|\s+[^|]{3,80}$/;
const ENDING =
  /\s*(?:[-–—:,]\s*)?(?:…|\.{3}|\b(?:published|now published|is published|has been published|now available|released|launched))\s*$/i;

/** A title of so many words of meaning is hardly given twice by chance. */
const LONG_TITLE = 4;

/** Acronyms that titles print either way. */
const ACRONYMS: readonly (readonly [RegExp, string])[] = [
  [/\bLCSPRs?\b/gi, 'local child safeguarding practice review'],
  [/\bSCRs?\b/gi, 'serious case review'],
  [/\bSARs?\b/g, 'safeguarding adult review'],
  [/\bDHRs?\b/gi, 'domestic homicide review'],
  [/\bDARDRs?\b/gi, 'domestic abuse related death review'],
  [/\bLADOs?\b/gi, 'local authority designated officer'],
  [/\bJTAIs?\b/gi, 'joint targeted area inspection'],
  [/\bKCSiE\b/gi, 'keeping children safe in education'],
  [/\bCSA\b/g, 'child sexual abuse'],
  [/\bCSE\b/g, 'child sexual exploitation'],
  [/\bFGM\b/g, 'female genital mutilation'],
  [/\bPFD\b/g, 'prevention of future deaths'],
  [/\bICPC\b/gi, 'initial child protection conference'],
  [/\bMASH\b/g, 'multi agency safeguarding hub'],
];

const PUBLISHED_WORD = /^(?:published|posted|updated|added|on)$/;

export interface Title {
  /** Without what an editor puts around somebody else's title. */
  readonly text: string;
  /** In order, lower case. */
  readonly words: readonly string[];
  /** As printed, one for each of `words`. */
  readonly printed: readonly string[];
  /** Stems of the words that carry meaning. */
  readonly stems: ReadonlySet<string>;
  /** The day that was taken off its end, in words; '' when there was none. */
  readonly day: string;
  /** Who is said to publish it, taken off its front; '' when nobody is. */
  readonly prefix: string;
}

/** A title as the guard compares it. `sourceName` is taken off its end where the site puts it there. */
export function titleOf(title: string, sourceName: string): Title {
  let text = title.normalize('NFKC').trim().replace(/\s+/g, ' ');
  text = text.replace(SITE_SUFFIX, '');
  if (sourceName !== '' && text.toLowerCase().endsWith(sourceName.toLowerCase()))
    text = text.slice(0, -sourceName.length).replace(/\s*[-–—|:,]\s*$/, '') || text;
  text = kept(text, text.replace(NEWS_PREFIX, ''));
  const unprefixed = kept(text, text.replace(PUBLISHER_PREFIX, ''));
  const prefix = text.slice(0, text.length - unprefixed.length);
  text = unprefixed;
  text = kept(text, text.replace(UPDATED_SUFFIX, '').replace(BRIEFING_SUFFIX, ''));
  const day = DATED_SUFFIX.exec(text)?.[0] ?? '';
  text = kept(text, text.slice(0, text.length - day.length));
  text = kept(text, text.replace(ENDING, ''));
  for (const [acronym, words] of ACRONYMS) text = text.replace(acronym, words);
  const words = wordsOf(text);
  return {
    text,
    words,
    printed: printedWordsOf(text),
    stems: new Set(words.filter((word) => !isStopWord(word)).map(stem)),
    day: wordsOf(day)
      .filter((word) => !PUBLISHED_WORD.test(word))
      .join(' '),
    prefix: wordsOf(prefix).join(' '),
  };
}

/** How the words of two titles stand to one another, whatever their order. */
export function titleLikeness(a: Title, b: Title): TitleLikeness {
  const shared = [...a.stems].filter((word) => b.stems.has(word)).length;
  const all = a.stems.size + b.stems.size - shared;
  if (shared > 0 && shared === all) return shared >= LONG_TITLE ? 'same-and-long' : 'same';
  return shared * 4 >= all && shared > 0 ? 'alike' : 'other';
}

function kept(before: string, after: string): string {
  return wordsOf(after).filter((word) => !isStopWord(word)).length >= 1 ? after : before;
}
