import type { Matchable } from '../match/fingerprint.js';
import { StoryBook, type StoryVerdict } from '../match/story.js';
import { stem, wordsOf } from '../match/words.js';
import type { Verdict } from '../model/verdict.js';
import type { MatchBook } from './ports.js';

/** Stories are looked for among so many of the newest drafts: about four months of this newsfeed. */
const NEWEST = 500;
/** Bodies of one field share their words; one event is known by its names. So many must be shared beside those of the publishers. */
const NAMES = 2;
/** A few lines are alike by chance. */
const LEAST_WORDS = 40;
const CALENDAR =
  /^(?:januari|februari|march|april|mai|june|juli|august|septemb|octob|novemb|decemb|mondai|tuesdai|wednesdai|thursdai|fridai|saturdai|sundai|\d+)/u;

interface Told {
  readonly verdict: StoryVerdict;
  readonly item: { readonly sourceId: string; readonly sourceName: string; readonly words: number };
}

/**
 * Says whose story a new item may tell in other words. What was drafted before is taken in once a process, a few texts at a time;
 * the answer is a suggestion for an editor, never more.
 */
export function storySuggester(book: MatchBook): (item: Matchable) => Promise<Verdict | null> {
  const stories = new StoryBook();
  const told = new Map<string, Told>();
  const take = (item: Matchable): StoryVerdict => {
    const known = told.get(item.id);
    if (known !== undefined) return known.verdict;
    const { sourceId, sourceName } = item;
    const verdict = stories.add(item);
    told.set(item.id, { verdict, item: { sourceId, sourceName, words: wordsOf(item.text).length } });
    return verdict;
  };
  return async (item) => {
    const missing = (await book.draftedIds(NEWEST)).filter((id) => !told.has(id) && id !== item.id);
    for (let at = 0; at < missing.length; at += 20) {
      for (const one of await book.textsOf(missing.slice(at, at + 20))) take(one);
    }
    const { story, because, names } = take(item);
    const first = story === item.id ? undefined : told.get(story)?.item;
    if (first === undefined || first.sourceId === item.sourceId || first.words < LEAST_WORDS) return null;
    const publishers = new Set(wordsOf(`${item.sourceName} ${first.sourceName}`).map(stem));
    const telling = names.filter((name) => !publishers.has(name) && !CALENDAR.test(name));
    const enough = telling.length >= NAMES && wordsOf(item.text).length >= LEAST_WORDS;
    return enough ? { tie: 'same-story', of: story, because } : null;
  };
}
