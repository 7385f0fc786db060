import { sql } from 'kysely';
import type { Article } from '../model/article.js';
import { Failure } from '../model/failure.js';
import type { Db, Tx } from './connect.js';
import { uuid } from './uuid.js';

/** Drafts that a search for another story gives, at most. */
const MOST_FOUND = 20;

export interface MergeWord {
  readonly draftId: string;
  readonly otherDraftId: string;
  readonly userId: string;
}

export interface OtherStory {
  readonly draftId: string;
  readonly headline: string;
  readonly sourceName: string;
  readonly createdAt: Date;
}

export interface StorySource {
  readonly itemId: string;
  readonly sourceName: string;
  readonly title: string;
  readonly url: string;
  readonly article: Article;
}

/** Two stories as one, and the texts of the further sources of a story. */
export function storyMerge(db: Db) {
  return {
    /**
     * All that belongs to the other draft's story belongs to this draft's from now on; each tie can be taken apart again. Drafts stay
     * as they are. @throws {Failure} draft.not-allowed when there is no such draft, or they are one story already
     */
    mergeStories: async (word: MergeWord): Promise<void> =>
      await db.transaction().execute(async (tx) => await merge(tx, word)),
    /** Drafts of other stories by words of their headline or text, the newest first. */
    otherStories: async (draftId: string, words: string): Promise<OtherStory[]> => {
      const { rows } = await sql<OtherStory>`
        select o.id as draft_id, o.headline, o.source_name, o.created_at
        from draft d join draft o on o.story_id <> d.story_id
        where d.id = ${uuid(draftId)} and o.search @@ websearch_to_tsquery('english', ${words})
        order by o.created_at desc limit ${MOST_FOUND}`.execute(db);
      return rows;
    },
    /** `undefined`: that item is no confirmed part of the draft's story, or nothing was captured of it. */
    storySource: async (draftId: string, itemId: string): Promise<StorySource | undefined> => {
      const { rows } = await sql<StorySource>`
        select t.item_id, s.name as source_name, i.title, c.final_url as url, c.article
        from draft d join story_tie t on t.story_id = d.story_id and t.item_id <> d.item_id and t.standing = 'confirmed'
        join item i on i.id = t.item_id join source s on s.id = i.source_id join capture c on c.item_id = t.item_id
        where d.id = ${uuid(draftId)} and t.item_id = ${uuid(itemId)}
        order by c.revision desc limit 1`.execute(db);
      return rows[0];
    },
  };
}

async function merge(tx: Tx, { draftId, otherDraftId, userId }: MergeWord): Promise<void> {
  const drafts = await tx
    .selectFrom('draft')
    .select(['id', 'storyId', 'itemId', 'headline'])
    .where('id', 'in', [uuid(draftId), uuid(otherDraftId)])
    .orderBy('id')
    .forUpdate()
    .execute();
  const [own, other] = [draftId, otherDraftId].map((id) => drafts.find((draft) => draft.id === id));
  if (own === undefined || other === undefined) throw new Failure('draft.not-allowed', 'There is no such draft.');
  if (own.storyId === other.storyId) throw new Failure('draft.not-allowed', 'They are one story already.');
  const because = 'An editor joined the two stories.';
  await tx
    .updateTable('storyTie')
    .set({
      storyId: own.storyId,
      // What led the other story is a part of this one now.
      tie: sql`case when tie = 'lead' then 'same-story' else tie end`,
      because: sql`case when tie = 'lead' then ${because} else because end`,
      byUser: sql`case when tie = 'lead' then ${userId}::uuid else by_user end`,
      at: sql`now()`,
    })
    .where('storyId', '=', other.storyId)
    .where('standing', '=', 'confirmed')
    .execute();
  await tx.updateTable('draft').set({ storyId: own.storyId }).where('storyId', '=', other.storyId).execute();
  await sql`
    update story_suggestion set standing = 'confirmed', by_user = ${userId}, at = now()
    where standing = 'suggested' and item_id in (${own.itemId}, ${other.itemId})
      and of_item_id in (${own.itemId}, ${other.itemId})`.execute(tx);
  for (const [id, headline] of [
    [own.id, other.headline],
    [other.id, own.headline],
  ] as const) {
    const reason = `with “${headline}”`;
    await tx.insertInto('draftEvent').values({ draftId: id, byUser: userId, did: 'stories-merged', reason }).execute();
  }
}
