import type { EntryView, NewsletterFinding } from '../../model/newsletter.js';
import { firstPerson } from '../first-person.js';
import { plainText } from '../plain-text.js';

type Remark = Pick<NewsletterFinding, 'check' | 'level' | 'reason' | 'repair'>;
type Repair = NonNullable<NewsletterFinding['repair']>;

const LEAST = 35;
const MOST = 130;
/** Opening or closing: an apostrophe is none. */
const QUOTATION = /[“”"«»]/u;
const SPACES = /(?<=\S)[ \t\u00a0]{2,}(?=\S)/gu;
/** `reportThe`: names that are written so begin with a capital or with two letters, as `YouTube` and `eSafety`. */
const JOINED_CAPITAL = /(?<![\p{L}\p{N}])(\p{Ll}{3,})(\p{Lu}\p{Ll}{2,})(?!\p{L})/gu;
/** `end.Start`: addresses have no capital after the stop. */
const JOINED_SENTENCE = /(?<=\p{Ll}{2})([.!?;,])(\p{Lu}\p{Ll}+)/gu;
const LINK_EDGE = /(?<=[\p{L}\p{N}])\[(?=[^[\]\n]{1,300}\]\()|(?<=\]\([^\s()]{1,2000}\))[\p{L}\p{N}]/gu;
const WORD = /[\p{L}\p{N}’'-]+/gu;
/** Shorter ones are words of their own more often than two. */
const JOIN_LENGTH = 8;

/** What is to be said of the paragraph of one entry that goes out. Rules: HOUSE-STYLE section 7. */
export function paragraphRemarks(entry: EntryView): Remark[] {
  const { paragraph, words, post } = entry;
  if (paragraph.trim() === '') {
    return [
      { check: 'paragraph', level: 'refuse', reason: 'There is no paragraph. Write one, or leave the item out.' },
    ];
  }
  return [
    ...lengths(words),
    ...(QUOTATION.test(paragraph)
      ? [
          warn(
            'quotation',
            'There is a quotation. In the newsletter things are told in the third person, without quotes.',
          ),
        ]
      : []),
    ...(names(paragraph, post.sourceName)
      ? []
      : [warn('source', `The paragraph does not name its source: ${post.sourceName}.`)]),
    ...firstPersons(entry),
    ...joins(paragraph, plainText(post.bodyHtml)),
    ...[...paragraph.matchAll(SPACES)].map((match) =>
      warn('spaces', 'There are two spaces between two words.', repairOf(match, ' ')),
    ),
  ];
}

function warn(check: string, reason: string, repair?: Repair): Remark {
  return { check, level: 'warn', reason, ...(repair === undefined ? {} : { repair }) };
}

function repairOf(match: RegExpMatchArray, fix: string): Repair {
  return { at: match.index ?? 0, quote: match[0], fix };
}

function lengths(words: number): Remark[] {
  if (words < LEAST) return [warn('length', `The paragraph has ${words} words: ${LEAST} to ${MOST} are usual.`)];
  return words > MOST ? [warn('length', `The paragraph has ${words} words: more than ${MOST}. Shorten it.`)] : [];
}

/** By the whole name, or by what stands for it: `(UKSIC)`, or the name without what stands in brackets. */
function names(paragraph: string, sourceName: string): boolean {
  const text = plain(paragraph);
  const short = /\(([^()]{2,40})\)/u.exec(sourceName)?.[1];
  const forms = [sourceName, sourceName.replace(/\s*\([^()]*\)/gu, ''), sourceName.replace(/^the /iu, '')];
  if (forms.some((form) => form.trim() !== '' && text.includes(plain(form)))) return true;
  return short !== undefined && paragraph.includes(short);
}

function plain(text: string): string {
  return ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

function firstPersons({ paragraph, post }: EntryView): Remark[] {
  const found = firstPerson({
    headline: '',
    bodyHtml: '',
    bodyText: paragraph,
    sourceName: post.sourceName,
    editorName: '',
    publishOn: post.publishedAt,
    sourceDate: null,
    slugTaken: false,
    captureText: '',
  });
  return found.map(({ reason, quote, at, fix }) =>
    warn(
      'first-person',
      reason,
      quote === undefined || at === undefined || fix === undefined ? undefined : { at, quote, fix },
    ),
  );
}

/** Words that lost the space between them, as happens at links and bold text. */
function joins(paragraph: string, body: string): Remark[] {
  const found = [...paragraph.matchAll(JOINED_CAPITAL), ...paragraph.matchAll(JOINED_SENTENCE)]
    .filter(([whole]) => !body.includes(whole))
    .map((match) => lost(match, `${match[1] ?? ''} ${match[2] ?? ''}`));
  const edges = [...paragraph.matchAll(LINK_EDGE)].map((match) => lost(match, ` ${match[0]}`));
  return [...found, ...edges, ...joinedPairs(paragraph, body)];
}

function lost(match: RegExpMatchArray, fix: string): Remark {
  return warn('lost-space', `A space is missing: “${match[0]}”.`, repairOf(match, fix));
}

/** `annualreport`, where the post says `annual report`. */
function joinedPairs(paragraph: string, body: string): Remark[] {
  const words = body.match(WORD) ?? [];
  const known = new Set(words.map((word) => word.toLowerCase()));
  const pairs = new Map<string, readonly [string, string]>();
  for (const [at, word] of words.entries()) {
    const next = words[at + 1];
    if (next !== undefined) pairs.set(`${word}${next}`.toLowerCase(), [word, next]);
  }
  return [...paragraph.matchAll(WORD)].flatMap((match) => {
    const word = match[0].toLowerCase();
    const pair = word.length < JOIN_LENGTH || known.has(word) ? undefined : pairs.get(word);
    return pair === undefined
      ? []
      : [lost(match, `${match[0].slice(0, pair[0].length)} ${match[0].slice(pair[0].length)}`)];
  });
}
