import type { Text } from 'domhandler';
import type { Block } from '../block.js';
import { wordsOf } from '../block.js';
import { isDateLine } from '../date-line.js';

/** What a block's own words tell, apart from where it stands. Names of the numbers, in order. */
export const WORDING_NAMES = [
  'words',
  'letters a word',
  'link share',
  'commas a word',
  'ends like a sentence',
  'ends with a colon',
  'sentences',
  'capitals share',
  'all capitals share',
  'digits share',
  'short words share',
  'common words share',
  'begins small',
  'begins with a quote',
  'bold share',
  'copyright',
  'date',
  'byline',
  'read more',
  'tail heading',
  'caption words',
  'call to action',
  'comment words',
  'question',
  'address or handle',
  'date line',
  'name line',
] as const;

const COMMON = new Set(
  `the of and to in a is that for it as was with be by on not he i this are or his from at which but have an had they you were their one all we can her has there been if more when will would who so no she my than its what about our also after into out up could other your how them some these said
  der die das und den von zu mit sich auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis
  le la les des et en un une du que est pour qui dans par sur au plus pas avec ce il sont ne se ou aux cette ont été
  el los las que una con por para del se su más como pero sus fue
  de het een van ik te dat die niet zijn op aan met voor er maar om hem dan zou wat mijn men dit zo door over ze zich bij ook tot je uit naar heeft
  o e do da em não os no na uma com dos mais foi ao ele das tem à seu sua
  i di che il non per una si sono con alla nel della più ha da anche come ma`.split(/\s+/),
);
const SENTENCE_END = /[.!?…。]["”’»)\]]*$/;
const SENTENCES = /[.!?…。]["”’»)\]]*(?:\s|$)/g;
const COPYRIGHT = /©|\(c\)\s?\d|\bcopyright\b|all rights reserved|alle rechte|tous droits/i;
const DATE =
  /\b(?:19|20)\d\d\b.{0,12}$|^\W{0,2}\d{1,2}[./ -](?:\d{1,2}|\p{L}{3,9})[./ -](?:19|20)?\d\d\b|\b\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago\b|\b\d{1,2}:\d\d\b/iu;
const BYLINE = /^(?:by|written by|words by|story by|posted by|from|author|von|por|par|door|text:|foto|photo|editor)\b/i;
const READ_MORE =
  /^(?:read (?:more|next|also|the full|full)|more (?:on|from|about|in)|related|see also|also (?:read|see|on)|don['’]t miss|watch|recommended|you (?:may|might)|click|here['’]s|learn more|find out|continue reading|download|view|listen|next|previous|back to|top \d|check out|mehr|weiterlesen|lesen sie|lire|lees|leia|leggi|lea)\b/i;
const TAIL =
  /^(?:related|more|read|see also|you (?:may|might)|recommended|comments?|leave a|tags?|topics?|filed under|share|about|follow|sign up|subscribe|most|latest|citation|sponsored|trending|popular|join|get|newsletter|post navigation|contact|categories|references|sources?|notes?|footnotes?|further reading|author|the author|editor['’]?s note|disclaimer|faqs?|what['’]s next|similar|other|recent|featured)\b/i;
const CAPTION =
  /\b(?:photo|image|picture|credit|getty|shutterstock|reuters|afp|istock|unsplash|pexels|file photo|courtesy|illustration|screenshot|screengrab|pictured|foto|bild|crédit|pixabay|flickr)\b/i;
const ACTION =
  /\b(?:sign up|subscribe|newsletter|click here|log ?in|sign ?in|register|free trial|download (?:our|the|now)|contact us|get in touch|follow us|join us|cookies?|privacy policy|terms (?:of|and)|buy now|shop now|add to cart|learn more|donate|advertisement|sponsored|affiliate|inbox|unsubscribe|app store|google play|book now|enquire|your email)\b/i;
const COMMENT =
  /\b(?:comments?|reply|replies|responses|posted|wrote|says:|log in to|be the first|report abuse|upvote|likes?|kommentare?|commentaires?|comentarios?|coment[áa]rios?|commenti|reacties)\b|комментар/i;
const HANDLE = /https?:|www\.|\S@\S|(?:^|\s)@\w|(?:^|\s)#\w/;
const BOLD = /^(?:b|strong|h[1-6])$/;

/** The numbers of `WORDING_NAMES`. */
export function wordingOf(block: Block): number[] {
  const { text, words: count, linked } = block;
  const words = wordsOf(text);
  const many = Math.max(1, count);
  const start = text.slice(0, 200);
  return [
    Math.log1p(count),
    text.length / many,
    linked / Math.max(1, text.length),
    countOf(text, ',') / many,
    flag(SENTENCE_END.test(text.slice(-8))),
    flag(text.endsWith(':')),
    Math.log1p(text.match(SENTENCES)?.length ?? 0),
    share(words, (word) => /^\p{Lu}/u.test(word)),
    share(words, (word) => word.length > 1 && word === word.toUpperCase() && /\p{Lu}/u.test(word)),
    share(words, (word) => /^\d/.test(word)),
    share(words, (word) => word.length <= 3),
    share(words, (word) => COMMON.has(word.toLowerCase())),
    flag(/^\p{Ll}/u.test(text)),
    flag(/^["“‘«„']/.test(text)),
    boldShare(block),
    flag(COPYRIGHT.test(text.slice(0, 300))),
    flag(count <= 20 && DATE.test(text)),
    flag(count <= 20 && BYLINE.test(start)),
    flag(READ_MORE.test(start)),
    flag(count <= 12 && TAIL.test(start)),
    flag(CAPTION.test(text.slice(0, 400))),
    flag(ACTION.test(text.slice(0, 600))),
    flag(COMMENT.test(start)),
    flag(text.endsWith('?')),
    flag(HANDLE.test(text.slice(0, 400))),
    flag(isDateLine(text)),
    flag(count >= 2 && count <= 5 && words.every((word) => /^\p{Lu}/u.test(word)) && !SENTENCE_END.test(text)),
  ];
}

function flag(value: boolean): number {
  return value ? 1 : 0;
}

function share(words: readonly string[], fits: (word: string) => boolean): number {
  const some = words.length > 80 ? words.slice(0, 80) : words;
  return some.length === 0 ? 0 : some.filter(fits).length / some.length;
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}

/** Share of its characters in bold or in a heading's own mark. */
function boldShare({ texts }: Block): number {
  let all = 0;
  let bold = 0;
  for (const text of texts) {
    all += text.data.length;
    if (isBold(text)) bold += text.data.length;
  }
  return all === 0 ? 0 : bold / all;
}

function isBold(text: Text): boolean {
  for (let at = text.parent, level = 0; at !== null && level < 3; at = at.parent, level += 1) {
    if ('name' in at && BOLD.test(at.name)) return true;
  }
  return false;
}
