import type { Article } from '../model/article.js';
import type { FoundItem } from '../model/item.js';
import type { Source, SourceClass } from '../model/source.js';
import { Ranker, type Ranking } from '../rank/rank.js';
import { alwaysWanted } from '../rank/rules.js';
import { suggestSection } from '../rank/section.js';
import type { Clock, DecisionLog } from './ports.js';

export interface ItemRank extends Ranking {
  /** Of the newsletter. */
  readonly section: string;
}

/** How soon editors' newest decisions count. */
const FRESH_MS = 60_000;
/** Partnerships and safeguarding bodies publish little else than what the newsfeed is about. */
const CLASS_PRIOR: Partial<Record<SourceClass, number>> = {
  'local-partnership': 1.5,
  commissioner: 0.8,
  'statutory-body': 0.8,
  register: 1,
  charity: 0.4,
  policing: 0.3,
  church: 0.2,
};

/** Scores an item by lexicon, source and what editors decided before: the whole log is replayed when it has grown. */
export function itemRanker(
  log: DecisionLog,
  clock: Clock,
): (item: FoundItem, article: Article, source: Source) => Promise<ItemRank> {
  let ranker: Promise<Ranker> | undefined;
  let madeAt = Number.NEGATIVE_INFINITY;
  const current = async (): Promise<Ranker> => {
    const now = clock.now().getTime();
    if (ranker === undefined || Math.abs(now - madeAt) > FRESH_MS) {
      madeAt = now;
      ranker = taught(log);
      // A log that could not be read is asked for again at the next item.
      ranker.catch(() => (ranker = undefined));
    }
    return await ranker;
  };
  return async (item, article, source) => {
    const title = article.title ?? item.title;
    const type = item.categories?.[0] ?? '';
    const always = alwaysWanted(source) ? 3 : 0;
    const ranking = (await current()).rank({ title, type, prior: (CLASS_PRIOR[source.class] ?? 0) + always });
    return { ...ranking, section: suggestSection({ title, type, sourceClass: source.class }) };
  };
}

async function taught(log: DecisionLog): Promise<Ranker> {
  const ranker = new Ranker();
  for (const title of await log.recentTitles()) ranker.see({ title, type: '' });
  for (const { title, type, accepted } of await log.decisions()) ranker.learn({ title, type }, accepted);
  return ranker;
}
