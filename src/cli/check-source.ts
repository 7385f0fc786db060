import { FAILURES } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import type { Look } from '../pipeline/look-at.js';
import { feedLag } from '../sources/feed-lag.js';
import { allKeptOut } from './kept-out.js';
import { dayOf, failureOf, itemsOf, type LookOnce } from './look-once.js';

/** What one check of a source found. */
export interface SourceCheck {
  readonly id: string;
  /** `wrong`: it gives nothing that could be used. `note`: it works, and something should be looked at. */
  readonly level: 'good' | 'note' | 'wrong';
  readonly items: number;
  /** Items that bear a date. */
  readonly dated: number;
  readonly newest: string | null;
  /** Words of the newest item's article. */
  readonly words: number | null;
  readonly ms: number;
  /** For a person: what was found, or what is wrong and what to do. */
  readonly says: readonly string[];
}

/** An article shorter than this is doubtful: perhaps only a teaser was found. */
const FEW_WORDS = 40;

/** Looks at one source as a poll does, reads its newest item, and says whether it can be used. Never throws for the source's faults. */
export async function checkSource(source: Source, once: LookOnce, now: () => number): Promise<SourceCheck> {
  const start = now();
  const none = { id: source.id, items: 0, dated: 0, newest: null, words: null };
  let look: Look;
  try {
    look = await once.look(source);
  } catch (error) {
    const { code, message } = failureOf(error);
    return { ...none, level: 'wrong', ms: now() - start, says: [`${code}: ${message}`, FAILURES[code]] };
  }
  const items = itemsOf(look);
  const faults = (look.reading?.events ?? []).flatMap(({ event, detail }) =>
    event === 'source.changed' ? [String(detail['words'])] : [],
  );
  const article = await readNewest(source, once, items);
  const dated = items.filter((item) => dayOf(item) !== null).length;
  const notes = [
    ...(article.fault === null ? [] : [article.fault]),
    ...(items.length > 0 && dated === 0 ? ['No item bears a date: what is new is known by its address only.'] : []),
    ...allKeptOut(source, items),
    ...(await lagOf(source, once, items)),
    ...(look.movedTo === null ? [] : [`It moved for good to ${look.movedTo}: change the address.`]),
    ...(look.reading?.hints ?? []),
  ];
  return {
    ...none,
    level: items.length === 0 || faults.length > 0 ? 'wrong' : notes.length > 0 ? 'note' : 'good',
    items: items.length,
    dated,
    newest: items.reduce<string | null>((newest, item) => later(newest, dayOf(item)), null),
    words: article.words,
    ms: now() - start,
    says: [...faults, ...notes],
  };
}

async function readNewest(
  source: Source,
  once: LookOnce,
  items: readonly FoundItem[],
): Promise<{ readonly words: number | null; readonly fault: string | null }> {
  try {
    const newest = await once.newest(source, items);
    if (newest === null) return { words: null, fault: null };
    const words = newest.article.bodyText.split(/\s+/).filter((word) => word !== '').length;
    const fault = words < FEW_WORDS ? `The newest item has only ${words} words: ${newest.item.url}` : null;
    return { words, fault };
  } catch (error) {
    const { code, message } = failureOf(error);
    return { words: null, fault: `The newest item could not be read: ${code}: ${message}` };
  }
}

/** Whether the page that a feed belongs to is ahead of it. */
async function lagOf(source: Source, once: LookOnce, items: readonly FoundItem[]): Promise<string[]> {
  if (source.kind !== 'feed' || source.home === undefined || items.length === 0) return [];
  try {
    const answer = await once.fetcher.fetch(source, source.home);
    const lag = answer.status === 'ok' ? feedLag(items, answer.doc) : null;
    return lag === null ? [] : [lag];
  } catch (error) {
    // The feed is what is being checked: a page that does not come says nothing about it. Our own mistakes are not hidden.
    if (failureOf(error).code === 'internal') throw error;
    return [];
  }
}

/** Runs `work` over all, a few at a time, and hands out each result as it comes. */
export async function eachOf<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const hands = Array.from({ length: Math.min(atOnce, all.length) }, async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  });
  await Promise.all(hands);
}

function later(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a;
}
