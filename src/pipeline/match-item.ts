import { Boilerplate } from '../match/boilerplate.js';
import { candidateKeys, leastShared } from '../match/candidate-keys.js';
import { decide } from '../match/decide.js';
import { fingerprint, type Fingerprint, type Matchable } from '../match/fingerprint.js';
import type { Article } from '../model/article.js';
import type { Source } from '../model/source.js';
import type { Verdict } from '../model/verdict.js';
import type { MatchBook, StoredItem } from './ports.js';
import { storySuggester } from './story-of-item.js';

/** Candidates that are compared word by word. */
const MOST_CANDIDATES = 12;
/** From so many of a source's newest items its boilerplate is learnt. */
const LEARN_FROM = 50;

export interface Matched {
  readonly verdict: Verdict;
  /** The source of the item that the verdict is of. */
  readonly ofSource: string | null;
  /** Under these the item is found by later ones. */
  readonly keys: readonly bigint[];
  /** Whose story it may tell in other words; `null`: nobody's, or its text says more already. */
  readonly story: Verdict | null;
}

/** Says what a new item is to the earlier ones, by its text. What each source prints around its items is learnt once a process. */
export function itemMatcher(book: MatchBook): (item: StoredItem, article: Article, source: Source) => Promise<Matched> {
  const boilerplate = new Boilerplate();
  const suggest = storySuggester(book);
  const learnt = new Map<string, Set<string>>();
  const learn = (print: Fingerprint): void => {
    const ids = learnt.get(print.sourceId) ?? new Set<string>();
    if (ids.has(print.id)) return;
    learnt.set(print.sourceId, ids.add(print.id));
    boilerplate.learn(print);
  };
  const know = async (sourceId: string): Promise<void> => {
    if (learnt.has(sourceId)) return;
    learnt.set(sourceId, new Set());
    for (const one of await book.recentOf(sourceId, LEARN_FROM)) learn(fingerprint(one));
  };
  return async (item, article, source) => {
    const own = matchable(item, article, source);
    const print = fingerprint(own);
    await know(source.id);
    learn(print);
    const keys = candidateKeys(print, boilerplate.own(print));
    const found = await book.candidates(keys, item.id, { limit: MOST_CANDIDATES, least: leastShared(keys) });
    for (const { item: one } of found) await know(one.sourceId);
    const candidates = found.map(({ item: one, group }) => ({ item: fingerprint(one), group }));
    const verdict = decide(print, candidates, boilerplate);
    const ofSource = found.find(({ item: one }) => one.id === verdict.of)?.item.sourceId ?? null;
    return { verdict, ofSource, keys, story: verdict.tie === 'new' ? await suggest(own) : null };
  };
}

function matchable(item: StoredItem, article: Article, source: Source): Matchable {
  return {
    id: item.id,
    sourceId: source.id,
    sourceName: source.name,
    title: article.title ?? item.found.title,
    text: article.bodyText,
  };
}
