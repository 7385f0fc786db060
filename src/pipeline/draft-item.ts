import { composeDraft } from '../compose/compose-draft.js';
import { leads } from '../match/authority.js';
import type { Article } from '../model/article.js';
import type { ComposedDraft } from '../model/draft.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import type { Verdict } from '../model/verdict.js';
import { addressKeys, foundKey } from './address-keys.js';
import type { Matched } from './match-item.js';
import type { DraftBook, ItemBook, KnownItem, MatchBook, StoredItem } from './ports.js';
import type { ItemRank } from './rank-item.js';

export interface DraftPorts {
  readonly items: ItemBook;
  readonly drafts: DraftBook;
  readonly matching: MatchBook;
  /** What the item is to the earlier ones, by its text (`itemMatcher`). */
  readonly match: (item: StoredItem, article: Article, source: Source) => Promise<Matched>;
  /** The source as configured now; `undefined` when its row was taken out. */
  readonly source: (id: string) => Source | undefined;
  /** Where it stands in the queue, and why (`itemRanker`). */
  readonly rank: (item: FoundItem, article: Article, source: Source) => Promise<ItemRank>;
}

export interface DraftOutcome {
  readonly outcome: 'created' | 'exists' | 'updated' | 'joined' | 'held' | 'nothing-to-do';
}

/**
 * Makes the draft of an item that was read; or joins it to the story of the same thing, known already under the same address or
 * by the same text. What was held under that address stays held. What may be a copy, or a sibling, gets its own draft and a
 * suggestion: only an editor ties those. A second run changes nothing.
 */
export async function draftItem(ports: DraftPorts, source: Source, itemId: string): Promise<DraftOutcome> {
  return await ports.matching.oneAtATime(async () => {
    const item = await ports.items.findItem(itemId);
    if (item?.disposition !== 'read') return { outcome: 'nothing-to-do' };
    const article = await ports.drafts.latestArticle(itemId);
    if (article === undefined) return { outcome: 'nothing-to-do' };
    return (await byAddress(ports, item, article)) ?? (await byText(ports, item, article, source));
  });
}

async function byAddress(ports: DraftPorts, item: StoredItem, article: Article): Promise<DraftOutcome | null> {
  const keys = [foundKey(item.found), ...addressKeys(item.found, article).map(({ key }) => key)];
  const known = await ports.drafts.itemByAddress(
    keys.filter((key) => key !== null),
    item.id,
  );
  if (known === undefined || known.disposition === 'failed') return null;
  if (known.disposition === 'held') {
    const words = `Same address as “${known.title}” of ${known.sourceName}, which is held.`;
    await ports.items.holdItem(item.id, 'seen-before', words);
    return { outcome: 'held' };
  }
  await ports.drafts.joinStory(item, sameAddress(known));
  return { outcome: 'joined' };
}

async function byText(ports: DraftPorts, item: StoredItem, article: Article, source: Source): Promise<DraftOutcome> {
  const { verdict, ofSource, keys, story } = await ports.match(item, article, source);
  const compose = async (): Promise<ComposedDraft> => await composed(ports, { item, article, source });
  // An item that has its draft keeps it, whatever its new revision looks like.
  if (verdict.tie === 'copy' && item.revision === 1) {
    await ports.matching.remember(item.id, keys);
    const earlier = ofSource === null ? undefined : ports.source(ofSource);
    const mayLead = earlier !== undefined && leads(source, earlier, `${article.title ?? ''} ${article.bodyText}`);
    if (mayLead && (await ports.drafts.takeLead(item, source, await compose(), verdict))) return { outcome: 'created' };
    await ports.drafts.joinStory(item, verdict);
    return { outcome: 'joined' };
  }
  const outcome = await ports.drafts.recordDraft(item, source, await compose());
  await ports.matching.remember(item.id, keys);
  if (outcome === 'created') await ports.matching.suggest(item.id, story ?? verdict);
  return { outcome };
}

interface Composing {
  readonly item: StoredItem;
  readonly article: Article;
  readonly source: Source;
}

/** The draft of an item, with its place in the queue. */
export async function composed(
  ports: Pick<DraftPorts, 'rank'>,
  { item, article, source }: Composing,
): Promise<ComposedDraft> {
  return { ...composeDraft(item.found, article, source), rank: await ports.rank(item.found, article, source) };
}

function sameAddress(known: KnownItem): Verdict {
  return { tie: 'same-item', of: known.itemId, because: [`Same address as “${known.title}” of ${known.sourceName}.`] };
}
