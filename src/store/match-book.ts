import { sql } from 'kysely';
import type { Verdict } from '../model/verdict.js';
import type { Db } from './connect.js';
import { storableText } from './storable.js';

/** What matching needs of an item. */
interface Matchable {
  readonly id: string;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly title: string;
  readonly text: string;
}

interface MatchRow extends Matchable {
  readonly group: string;
}

interface Wanted {
  readonly limit: number;
  readonly least: number;
}

/** One number for all newsdesks: whoever holds it decides what an item is, the others wait. */
const LOCK = 7_233_004;

/** A key of more items than this tells nothing: of the rest of them nobody asks, and the time stays flat. */
const TELLING = 100;

/** Keys, texts and suggestions of matching (`MatchBook` of the steps). */
export function matchBook(db: Db) {
  let line: Promise<unknown> = Promise.resolve();
  return {
    recentOf: async (sourceId: string, limit: number): Promise<readonly Matchable[]> => {
      const { rows } = await sql<Matchable>`
        select i.id, i.source_id, s.name as source_name, coalesce(c.article->>'title', i.title) as title,
          c.article->>'bodyText' as text
        from item i join source s on s.id = i.source_id join capture c on c.item_id = i.id and c.revision = i.read_revision
        where i.source_id = ${sourceId} order by i.found_at desc, i.id limit ${limit}`.execute(db);
      return rows;
    },
    draftedIds: async (limit: number): Promise<readonly string[]> => {
      const rows = await db
        .selectFrom('draft')
        .select('itemId')
        .orderBy('createdAt', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({ itemId }) => itemId).reverse();
    },
    textsOf: async (ids: readonly string[]): Promise<readonly Matchable[]> => {
      const { rows } = await sql<Matchable>`
        select i.id, i.source_id, s.name as source_name, coalesce(c.article->>'title', i.title) as title,
          c.article->>'bodyText' as text
        from unnest(${ids}::uuid[]) with ordinality as asked (id, place) join item i on i.id = asked.id
        join source s on s.id = i.source_id join capture c on c.item_id = i.id and c.revision = i.read_revision
        order by asked.place`.execute(db);
      return rows;
    },
    candidates: async (keys: readonly bigint[], except: string, wanted: Wanted) =>
      await candidates(db, keys, except, wanted),
    remember: async (itemId: string, keys: readonly bigint[]): Promise<void> => {
      await sql`
        with gone as (delete from item_key where item_id = ${itemId} and key <> all(${keys.map(String)}::bigint[]))
        insert into item_key (key, item_id) select distinct key, ${itemId}::uuid from unnest(${keys.map(String)}::bigint[]) as key
        on conflict do nothing`.execute(db);
    },
    suggest: async (itemId: string, verdict: Verdict): Promise<void> => {
      if (verdict.of === null || verdict.tie === 'new' || verdict.tie === 'same-item') return;
      const because = storableText(verdict.because.join('; '));
      await db
        .insertInto('storySuggestion')
        .values({ itemId, ofItemId: verdict.of, tie: verdict.tie, because })
        .onConflict((conflict) => conflict.columns(['itemId', 'ofItemId']).doNothing())
        .execute();
    },
    oneAtATime: async <T>(work: () => Promise<T>): Promise<T> => {
      // In this process first, so that those who wait hold no connection.
      const mine = line.then(async () => await underLock(db, work));
      line = mine.catch(() => undefined);
      return await mine;
    },
  };
}

async function candidates(db: Db, keys: readonly bigint[], except: string, wanted: Wanted) {
  const { rows } = await sql<MatchRow>`
    with near as (
      select item_id, count(*) as shared
      from unnest(${keys.map(String)}::bigint[]) as asked (key)
      cross join lateral (select item_id from item_key where key = asked.key limit ${TELLING}) as rows
      where item_id <> ${except} group by item_id having count(*) >= ${wanted.least}
      order by shared desc, item_id limit ${wanted.limit}
    )
    select i.id, i.source_id, s.name as source_name, coalesce(c.article->>'title', i.title) as title,
      c.article->>'bodyText' as text, coalesce(d.story_id, t.story_id)::text as "group"
    from near join item i on i.id = near.item_id join source s on s.id = i.source_id
    join capture c on c.item_id = i.id and c.revision = i.read_revision
    left join draft d on d.item_id = i.id
    left join story_tie t on t.item_id = i.id and t.standing = 'confirmed'
    where coalesce(d.story_id, t.story_id) is not null and not exists (
      select from story_tie mine
      where mine.item_id = ${except} and mine.standing = 'detached' and mine.story_id = coalesce(d.story_id, t.story_id)
    )
    order by near.shared desc, i.found_at, i.id`.execute(db);
  return rows.map(({ group, ...item }) => ({ item, group }));
}

async function underLock<T>(db: Db, work: () => Promise<T>): Promise<T> {
  return await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${LOCK})`.execute(connection);
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
    }
  });
}
