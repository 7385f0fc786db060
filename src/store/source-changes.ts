import { sql } from 'kysely';
import type { Article } from '../model/article.js';
import type { ComparedItem, SourceChange } from '../model/desk.js';
import { changedDrafts, comparedSince } from './changed-texts.js';
import type { Db } from './connect.js';
import { uuid } from './uuid.js';

/** Captures that are compared, at most: the newest. */
const MOST_CAPTURES = 12;

/** What a source changed after its item was drafted, for the desk. */
export function sourceChanges(db: Db) {
  return {
    changesOf: async (draftId: string): Promise<SourceChange | undefined> => await changesOf(db, draftId),
    comparedSince: (items: readonly ComparedItem[]) => comparedSince(db, items),
    changedDrafts: () => changedDrafts(db),
    markSeen: async (draftId: string, userId: string): Promise<void> => {
      await sql`
        with seen as (
          update draft set updated_mark = false where id = ${uuid(draftId)} and updated_mark returning id
        )
        insert into draft_event (draft_id, by_user, did) select id, ${userId}, 'seen-changes' from seen`.execute(db);
    },
  };
}

async function changesOf(db: Db, draftId: string): Promise<SourceChange | undefined> {
  const draft = await db
    .selectFrom('draft')
    .select((eb) => [
      'id',
      'headline',
      'itemId',
      'updatedMark',
      eb
        .selectFrom('draftEvent')
        .select('reason')
        .whereRef('draftEvent.draftId', '=', 'draft.id')
        .where('did', '=', 'original-gone')
        .orderBy('draftEvent.id', 'desc')
        .limit(1)
        .as('originalGone'),
    ])
    .where('id', '=', uuid(draftId))
    .executeTakeFirst();
  if (draft === undefined) return undefined;
  const captures = await db
    .selectFrom('capture')
    .select(['id', 'fetchedAt', 'article'])
    .where('itemId', '=', draft.itemId)
    .orderBy('revision', 'desc')
    .limit(MOST_CAPTURES)
    .execute();
  return {
    draftId: draft.id,
    headline: draft.headline,
    updatedMark: draft.updatedMark,
    originalGone: draft.originalGone ?? null,
    captures: captures.reverse().map(({ article, ...capture }) => ({ ...capture, article: article as Article })),
  };
}
