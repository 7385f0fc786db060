import { contrasts, isMark } from './contrast.js';
import type { Fingerprint } from './fingerprint.js';
import type { Likeness } from './copy.js';
import type { Title } from './title.js';
import { isStopWord, stem } from './words.js';

/** What the guard makes of two items whose texts are alike: it may only lower `copy`, never raise. */
export interface Guarded {
  readonly tie: 'copy' | 'possible-copy' | 'sibling';
  /** In words; empty for an unchanged `copy`. */
  readonly because: readonly string[];
}

/** Words that editors exchange freely when they announce the same thing. */
const NEWSROOM_WORDS: ReadonlySet<string> = new Set(
  'publish releas launch updat refresh revis new announc avail issu review report document page inform view read news item resourc statement guid guidanc detail find learn brief notic now'.split(
    ' ',
  ),
);
/** `Langdale Bay SCP`: a longer change is another wording, not another name in the same place. */
const MOST_SLOT_WORDS = 3;
/** A period in one title only is a question under any wording; another mark only where the titles are worded alike. */
const PERIODS: ReadonlySet<string> = new Set(['year', 'month', 'season', 'letter']);
/** How many blanks must be filled differently in two texts before that counts. */
const FILLED_OTHERWISE = 2;

/** Whether the titles and texts of two look-alikes name two things. The first rule that speaks decides. */
export function guard(a: Fingerprint, b: Fingerprint, like: Likeness): Guarded {
  if (a.anonymous !== b.anonymous) {
    return lowered('possible-copy', 'one of the two is anonymous and the other is not: only an editor may tie them');
  }
  return byMarks(a, b, like) ?? bySlot(a, b) ?? bySwap(a, b) ?? byText(a, b, like) ?? { tie: 'copy', because: [] };
}

/** Whether two titles are the same but for a slot or a mark: `Report: Kit` and `Report: Noor`. */
export function isSameFrame(a: Title, b: Title): boolean {
  const [restA, restB] = [unmarked(a), unmarked(b)];
  if (restA.size > 0 && restA.size === restB.size && [...restA].every((word) => restB.has(word))) return true;
  const slot = changedSlot(a, b);
  return slot !== null && a.stems.size > slot.a.length && slot.a.length <= 2 && slot.b.length <= 2;
}

function byMarks(a: Fingerprint, b: Fingerprint, like: Likeness): Guarded | null {
  const found = contrasts(a.title, b.title);
  const both = found.find(({ sides }) => sides === 'both');
  if (both !== undefined)
    return lowered('sibling', `titles differ in ${both.row}: ${both.a.join(' ')} / ${both.b.join(' ')}`);
  if (a.title.day !== '' && b.title.day !== '' && a.title.day !== b.title.day) {
    return lowered('sibling', `titles differ in date: ${a.title.day} / ${b.title.day}`);
  }
  const one = found.find(({ row }) => PERIODS.has(row) || (row !== 'direction' && areWordedAlike(a.title, b.title)));
  if (one !== undefined)
    return lowered('possible-copy', `only one title has the ${one.row} ${[...one.a, ...one.b].join(' ')}`);
  if (a.title.day !== b.title.day && like.jaccard < 0.6) {
    return lowered('possible-copy', `only one title has the date ${a.title.day}${b.title.day}`);
  }
  if (
    a.title.prefix !== '' &&
    b.title.prefix !== '' &&
    a.title.prefix !== b.title.prefix &&
    !/(?:welcomes|shares)$/.test(a.title.prefix)
  ) {
    return lowered('possible-copy', `two publishers are named: ${a.title.prefix} / ${b.title.prefix}`);
  }
  return null;
}

/** One changed place in otherwise equal titles, with a name on both sides: a word with a capital that its text never prints without. */
function bySlot(a: Fingerprint, b: Fingerprint): Guarded | null {
  const slot = changedSlot(a.title, b.title);
  if (slot === null) return null;
  const words = `titles differ in ${slot.a.join(' ')} / ${slot.b.join(' ')}`;
  if (slot.a.some((word) => isName(word, a)) && slot.b.some((word) => isName(word, b)))
    return lowered('sibling', words);
  const swapped = bySwap(a, b);
  if (swapped !== null) return swapped;
  const free = [...slot.a, ...slot.b].every((word) => NEWSROOM_WORDS.has(stem(word.toLowerCase())));
  return free ? null : lowered('possible-copy', words);
}

/** A word of one title stands in its own text and nowhere in the other's, and the reverse: two names, however they are printed. */
function bySwap(a: Fingerprint, b: Fingerprint): Guarded | null {
  const [ofA, ofB] = [ownWord(a, b), ownWord(b, a)];
  if (ofA === null || ofB === null) return null;
  return lowered('sibling', `titles differ in ${ofA} / ${ofB}, and so do the texts`);
}

function ownWord(a: Fingerprint, b: Fingerprint): string | null {
  return (
    a.title.words.find(
      (word) =>
        word.length > 1 &&
        !isStopWord(word) &&
        !b.title.stems.has(stem(word)) &&
        has(a, word) &&
        !has(b, word) &&
        !NEWSROOM_WORDS.has(stem(word)),
    ) ?? null
  );
}

/** The same sentences with other words in the same blanks, though the titles do not tell: another figure, name or place. */
function byText(a: Fingerprint, b: Fingerprint, like: Likeness): Guarded | null {
  const filled = filledOtherwise(a, b);
  if (filled.length < FILLED_OTHERWISE) return null;
  const shown = filled
    .slice(0, 3)
    .map(([ofA, ofB]) => `${ofA} / ${ofB}`)
    .join(', ');
  return like.jaccard > 0.97 ? null : lowered('possible-copy', `the texts differ in the same places: ${shown}`);
}

function filledOtherwise(a: Fingerprint, b: Fingerprint): (readonly [string, string])[] {
  const [ofA, ofB] = [blanks(a.words), blanks(b.words)];
  const pairs = new Map<string, readonly [string, string]>();
  for (const [frame, word] of ofA) {
    const other = ofB.get(frame);
    if (word === null || other === undefined || other === null || word === other) continue;
    if (!b.vocabulary.has(word) && !a.vocabulary.has(other)) pairs.set(`${word} ${other}`, [word, other]);
  }
  return [...pairs.values()];
}

/** Each word by the two before and the two behind it; `null` where one frame holds several. */
function blanks(words: readonly string[]): Map<string, string | null> {
  const frames = new Map<string, string | null>();
  for (let at = 2; at < words.length - 2; at += 1) {
    const frame = `${words[at - 2] ?? ''} ${words[at - 1] ?? ''} _ ${words[at + 1] ?? ''} ${words[at + 2] ?? ''}`;
    const word = words[at] ?? '';
    const known = frames.get(frame);
    frames.set(frame, known === undefined || known === word ? word : null);
  }
  return frames;
}

/** The words, as printed, in which two titles differ when all before and all behind is the same. */
function changedSlot(a: Title, b: Title): { readonly a: readonly string[]; readonly b: readonly string[] } | null {
  let front = 0;
  while (front < a.words.length && front < b.words.length && a.words[front] === b.words[front]) front += 1;
  let back = 0;
  while (
    back < a.words.length - front &&
    back < b.words.length - front &&
    a.words.at(-1 - back) === b.words.at(-1 - back)
  )
    back += 1;
  const [ofA, ofB] = [a.printed.slice(front, a.printed.length - back), b.printed.slice(front, b.printed.length - back)];
  const full = (words: readonly string[]): boolean =>
    words.length <= MOST_SLOT_WORDS && words.some((word) => !isStopWord(word.toLowerCase()));
  return front + back > 0 && full(ofA) && full(ofB) ? { a: ofA, b: ofB } : null;
}

function isName(word: string, item: Fingerprint): boolean {
  if (!/^\p{Lu}/u.test(word) || isStopWord(word.toLowerCase())) return false;
  if (NEWSROOM_WORDS.has(stem(word.toLowerCase()))) return false;
  const plain = word.toLowerCase().replace(/[^\p{L}\p{N}'-]/gu, '');
  return !new RegExp(`(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`, 'u').test(item.text);
}

function has(item: Fingerprint, word: string): boolean {
  return item.vocabulary.has(word) || item.vocabulary.has(word.replace(/'s?$/, '')) || item.vocabulary.has(`${word}'s`);
}

function areWordedAlike(a: Title, b: Title): boolean {
  const [restA, restB] = [unmarked(a), unmarked(b)];
  const shared = [...restA].filter((word) => restB.has(word)).length;
  return shared * 2 >= restA.size + restB.size - shared;
}

function unmarked(title: Title): Set<string> {
  return new Set(title.words.filter((word, at) => !isStopWord(word) && !isMark(title, at)).map(stem));
}

function lowered(tie: 'possible-copy' | 'sibling', because: string): Guarded {
  return { tie, because: [because] };
}
