import { decodeHTML } from 'entities';

/** What stands in the place of a name. In lower case, so that it is the same in keys that are made of lower-case titles. */
export const REMOVED = '[name removed]';

/** Names that are to be taken out. `has` is asked with the words of a name as `nameWords` gives them, with one blank between. */
export interface ErasedNames {
  /** Of how many words they are. */
  readonly sizes: readonly number[];
  has(words: string): boolean;
}

export interface Erased {
  readonly text: string;
  readonly hits: number;
}

interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const TAG = /<(?:[a-z/]|!(?!\[|--))[^<>]*>/iy;
/** A tag in HTML that was escaped once more, as feeds carry it. */
const ESCAPED_TAG = /&lt;\/?[a-z](?:[^<>&]|&(?!lt;|gt;)){0,500}&gt;/iy;
const ENTITY = /&(?:amp;)?(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/iy;
const ENTITIES = new RegExp(ENTITY.source, 'gi');
const PLAIN = /[a-z\d]+/iy;
const LETTER = /[\p{L}\p{M}\p{N}]/u;
/** Soft hyphens and characters without width may stand inside a word. */
const UNSEEN = /^[\u00ad\u200b-\u200d\u2060\ufeff]+$/;
const APOSTROPHE = /^['\u2018\u2019\u02bc\u00b4`]$/;
const POSSESSIVE = /['\u2018\u2019\u02bc\u00b4`]s$/i;
/** What may stand between the words of one name, tags and entities aside. */
const BETWEEN = /^(?:\.|[\s\u00ad\u200b-\u200d\u2060\ufeff\-\u2010\u2011_]*)$/u;
/** Attributes that hold an address: those stay, else the link would lead nowhere and the item could not be known again. */
const ADDRESS_ATTRIBUTE = /\b(?:href|src|srcset|action|cite|data|poster)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)/gi;
const LONGEST_GAP = 400;
/** `<em>` has no room for a name. */
const SHORTEST_TAG = 5;

/** The words of a name, or of any text, as they are compared: without accents, apostrophes, possessive endings; in lower case. */
export function nameWords(text: string): string[] {
  return wordsIn(text, []).map(({ word }) => word);
}

/** One name, in whatever form it is printed. */
export function oneName(words: readonly string[]): ErasedNames {
  const name = words.join(' ');
  return { sizes: [words.length], has: (candidate) => candidate === name };
}

/**
 * The text, HTML or plain, without the names: whole words only; with any case, accents, white space and hyphens; as `Jane Doe`, with
 * a possessive, over tags, and as `Doe, Jane`. Tags stay where they stood. Addresses in attributes stay.
 */
export function withoutNames(text: string, names: ErasedNames): Erased {
  const tags: Word[] = [];
  const words = wordsIn(text, tags);
  const cuts: { start: number; end: number; put: string }[] = [];
  let hits = 0;
  for (let at = 0; at < words.length;) {
    const size = sizeAt(text, words, { at, names });
    if (size === 0) {
      at += 1;
      continue;
    }
    const [start, end] = [words[at]?.start ?? 0, words[at + size - 1]?.end ?? 0];
    cuts.push({ start, end, put: `${REMOVED}${tagsWithin(text.slice(start, end))}` });
    hits += 1;
    at += size;
  }
  for (const { start, end } of tags) {
    if (end - start < SHORTEST_TAG) continue;
    const inner = withoutNamesInTag(text.slice(start, end), names);
    if (inner.hits === 0) continue;
    hits += inner.hits;
    cuts.push({ start, end, put: inner.text });
  }
  return { text: cutOut(text, cuts), hits };
}

/** How many words from here on are a name; 0: none. The longest counts. */
function sizeAt(
  text: string,
  words: readonly Word[],
  { at, names }: { readonly at: number; readonly names: ErasedNames },
): number {
  for (const size of [...names.sizes].sort((a, b) => b - a)) {
    const these = words.slice(at, at + size);
    if (these.length === size && isName(text, these, names)) return size;
  }
  return 0;
}

/** Asked of the words first: gaps are looked at only where the words are those of a name. */
function isName(text: string, words: readonly Word[], names: ErasedNames): boolean {
  const plain = words.map(({ word }) => word);
  const straight = names.has(plain.join(' '));
  const turned = plain.slice(1).map((_, n) => names.has([...plain.slice(n + 1), ...plain.slice(0, n + 1)].join(' ')));
  if (!straight && !turned.includes(true)) return false;
  const gaps = words.slice(1).map((word, n) => {
    const before = words[n] ?? word;
    const gap = text.slice(before.end, word.start);
    // `J. Doe`
    return gapOf(before.word.length === 1 ? gap.replace(/^\./, '') : gap);
  });
  if (gaps.includes('other')) return false;
  const commas = gaps.filter((gap) => gap === 'comma').length;
  if (straight && commas === 0) return true;
  // `Doe, Jane`, and the same in two cells of a table.
  return turned.some((is, n) => is && gaps[n] !== 'plain' && commas === (gaps[n] === 'comma' ? 1 : 0));
}

function gapOf(gap: string): 'plain' | 'tags' | 'comma' | 'other' {
  if (gap.length > LONGEST_GAP) return 'other';
  const bare = gap
    .replace(/&lt;\/?[a-z][^<>]*?&gt;/gi, '<>')
    .replace(/<[^<>]*>/g, '\u0001')
    .replace(ENTITIES, (entity) => decoded(entity));
  const isTags = bare.includes('\u0001');
  const blank = bare.replaceAll('\u0001', ' ');
  // The possessive of the first word, and quotation marks, do not belong to a name.
  if (BETWEEN.test(blank)) return isTags ? 'tags' : 'plain';
  return /^\s*,\s*$/u.test(blank) ? 'comma' : 'other';
}

function tagsWithin(text: string): string {
  return (text.match(/<[^<>]*>|&lt;\/?[a-z][^<>]*?&gt;/gi) ?? []).join('');
}

/** `alt`, `title`, and what only looks like a tag; addresses stay. */
function withoutNamesInTag(tag: string, names: ErasedNames): Erased {
  if (tag.startsWith('<!--')) {
    const inner = withoutNames(tag.slice(4, -3), names);
    return { text: `<!--${inner.text}-->`, hits: inner.hits };
  }
  const masked = tag.replace(ADDRESS_ATTRIBUTE, (address) => '='.repeat(address.length));
  const words = wordsIn(masked.slice(1), []).map((word) => ({ ...word, start: word.start + 1, end: word.end + 1 }));
  const cuts: { start: number; end: number; put: string }[] = [];
  for (let at = 0; at < words.length;) {
    const size = sizeAt(masked, words, { at, names });
    if (size > 0) cuts.push({ start: words[at]?.start ?? 0, end: words[at + size - 1]?.end ?? 0, put: REMOVED });
    at += Math.max(size, 1);
  }
  return { text: cutOut(tag, cuts), hits: cuts.length };
}

function cutOut(text: string, cuts: readonly { start: number; end: number; put: string }[]): string {
  let done = 0;
  const parts: string[] = [];
  for (const { start, end, put } of [...cuts].sort((a, b) => a.start - b.start)) {
    // A tag inside a name went with it.
    if (start < done) continue;
    parts.push(text.slice(done, start), put);
    done = end;
  }
  return parts.join('') + text.slice(done);
}

/** The words of a text with their places; entities are read as what they mean, tags go to `tags`. Linear in the text. */
function wordsIn(text: string, tags: Word[]): Word[] {
  const words: Word[] = [];
  let open = null as OpenWord | null;
  const add = (means: string, start: number, end: number): void => {
    open = open === null ? { raw: means, start, end, apostrophe: start } : { ...open, raw: open.raw + means, end };
  };
  const close = (): void => {
    if (open !== null) words.push(wordOf(open));
    open = null;
  };
  const lastComment = text.lastIndexOf('-->');
  for (let at = 0; at < text.length;) {
    const run = plainRun(text, at);
    if (run !== null) {
      add(run, at, at + run.length);
      at += run.length;
      continue;
    }
    const tag = commentAt(text, at, lastComment) ?? matchAt(TAG, text, at) ?? matchAt(ESCAPED_TAG, text, at);
    if (tag !== null) {
      close();
      if (text[at] === '<') tags.push({ word: '', start: at, end: at + tag.length });
      at += tag.length;
      continue;
    }
    const entity = matchAt(ENTITY, text, at);
    const raw: string = entity ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
    const means = entity === null ? raw : decoded(entity);
    const end = at + raw.length;
    if (LETTER.test(means)) add(means, at, end);
    else if (open !== null && APOSTROPHE.test(means) && startsWithLetter(text, end)) {
      open = { ...open, raw: `${open.raw}'`, apostrophe: at };
    } else if (!UNSEEN.test(means)) close();
    at = end;
  }
  close();
  return words;
}

/** Most of any text. */
function plainRun(text: string, at: number): string | null {
  PLAIN.lastIndex = at;
  return PLAIN.exec(text)?.[0] ?? null;
}

interface OpenWord {
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  /** Where the last one stands. */
  readonly apostrophe: number;
}

/** A possessive ending stays in the text, and is no part of the word. */
function wordOf({ raw, start, end, apostrophe }: OpenWord): Word {
  const isPossessive = POSSESSIVE.test(raw);
  const word = (isPossessive ? raw.slice(0, -2) : raw)
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
  return { word, start, end: isPossessive ? apostrophe : end };
}

function commentAt(text: string, at: number, last: number): string | null {
  if (at > last || !text.startsWith('<!--', at)) return null;
  const end = text.indexOf('-->', at + 4);
  return end === -1 ? null : text.slice(at, end + 3);
}

function startsWithLetter(text: string, at: number): boolean {
  return at < text.length && /[\p{L}]/u.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  const first = text[at];
  if (first !== '<' && first !== '&') return null;
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function decoded(entity: string): string {
  return decodeHTML(entity.replace(/^&amp;/i, '&'));
}
