import { sql } from 'kysely';
import type { SavedView } from '../model/desk.js';
import { Failure } from '../model/failure.js';
import type { Db } from './connect.js';

/** More would not be found again. */
const MOST = 20;

/** Filters of the queue under names, each person's own. */
export function savedViews(db: Db) {
  return {
    /** In the order in which they were made. */
    viewsOf: async (userId: string): Promise<SavedView[]> =>
      await db
        .selectFrom('savedView')
        .select(['id', 'name', 'query'])
        .where('userId', '=', userId)
        .orderBy('id')
        .execute(),
    /** Under a name that is taken, the earlier one is replaced. @throws {Failure} draft.not-allowed when there are too many */
    saveView: (userId: string, view: { readonly name: string; readonly query: string }): Promise<void> =>
      saveView(db, userId, view),
    /** Gives what was deleted; `undefined` when this person has none of that id. */
    deleteView: async (userId: string, id: number): Promise<SavedView | undefined> =>
      await db
        .deleteFrom('savedView')
        .where('userId', '=', userId)
        .where('id', '=', id)
        .returning(['id', 'name', 'query'])
        .executeTakeFirst(),
  };
}

async function saveView(db: Db, userId: string, { name, query }: { name: string; query: string }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // One at a time for each person: two at once must not pass the limit together.
    await tx.selectFrom('appUser').select('id').where('id', '=', userId).forUpdate().execute();
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from saved_view where user_id = ${userId} and lower(name) <> lower(${name})`.execute(tx);
    if ((rows[0]?.n ?? 0) >= MOST) {
      throw new Failure('draft.not-allowed', `You have ${MOST} views already. Delete one first.`);
    }
    await sql`
      insert into saved_view (user_id, name, query) values (${userId}, ${name}, ${query})
      on conflict (user_id, lower(name)) do update set name = excluded.name, query = excluded.query`.execute(tx);
  });
}
