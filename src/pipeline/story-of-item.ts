import type { Matchable } from '../match/fingerprint.js';
import { StoryBook, type StoryVerdict } from '../match/story.js';
import type { Verdict } from '../model/verdict.js';
import type { MatchBook } from './ports.js';

/** Stories are looked for among so many of the newest drafts: about four months of this newsfeed. */
const NEWEST = 500;

/**
 * Says whose story a new item may tell in other words. What was drafted before is taken in once a process, a few texts at a time;
 * the answer is a suggestion for an editor, never more.
 */
export function storySuggester(book: MatchBook): (item: Matchable) => Promise<Verdict | null> {
  const stories = new StoryBook();
  const told = new Map<string, StoryVerdict>();
  const take = (item: Matchable): StoryVerdict => {
    const known = told.get(item.id);
    if (known !== undefined) return known;
    const verdict = stories.add(item);
    told.set(item.id, verdict);
    return verdict;
  };
  return async (item) => {
    const missing = (await book.draftedIds(NEWEST)).filter((id) => !told.has(id) && id !== item.id);
    for (let at = 0; at < missing.length; at += 20) {
      for (const one of await book.textsOf(missing.slice(at, at + 20))) take(one);
    }
    const { story, because } = take(item);
    return story === item.id ? null : { tie: 'same-story', of: story, because };
  };
}
