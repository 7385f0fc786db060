import { sql } from 'kysely';
import type { Db } from './connect.js';
import { uuid } from './uuid.js';

export interface Autosave {
  /** The version that it was typed over. */
  readonly version: number;
  readonly headline: string;
  readonly bodyHtml: string;
  readonly at: Date;
}

/** Who looks at a draft just now, and what they have typed and not saved. */
export function deskPresence(db: Db) {
  return {
    /** Says that this person is there, and gives the names of the others seen since `since`. */
    beThere: (draftId: string, userId: string, times: { now: Date; since: Date }) =>
      beThere(db, draftId, userId, times),
    keepWords: (draftId: string, userId: string, words: Omit<Autosave, 'at'>) => keepWords(db, draftId, userId, words),
    /** `undefined` when nothing is kept, or it is what stands. */
    keptWords: (draftId: string, userId: string): Promise<Autosave | undefined> => keptWords(db, draftId, userId),
    dropWords: async (draftId: string, userId: string): Promise<void> => {
      await db.deleteFrom('draftAutosave').where('draftId', '=', uuid(draftId)).where('userId', '=', userId).execute();
    },
  };
}

async function beThere(
  db: Db,
  draftId: string,
  userId: string,
  { now, since }: { now: Date; since: Date },
): Promise<readonly string[]> {
  const id = uuid(draftId);
  await db
    .insertInto('draftPresence')
    .columns(['draftId', 'userId', 'seenAt'])
    .expression((from) =>
      from
        .selectFrom('draft')
        .select(['id', sql<string>`${userId}::uuid`.as('userId'), sql<Date>`${now}::timestamptz`.as('seenAt')])
        .where('id', '=', id),
    )
    .onConflict((conflict) => conflict.columns(['draftId', 'userId']).doUpdateSet({ seenAt: now }))
    .execute();
  const others = await db
    .selectFrom('draftPresence')
    .innerJoin('appUser', 'appUser.id', 'draftPresence.userId')
    .select('appUser.name')
    .where('draftId', '=', id)
    .where('userId', '!=', userId)
    .where('seenAt', '>', since)
    .orderBy('appUser.name')
    .execute();
  return others.map(({ name }) => name);
}

async function keepWords(db: Db, draftId: string, userId: string, words: Omit<Autosave, 'at'>): Promise<void> {
  const { version, headline, bodyHtml } = words;
  await db
    .insertInto('draftAutosave')
    .columns(['draftId', 'userId', 'version', 'headline', 'bodyHtml'])
    .expression((from) =>
      from
        .selectFrom('draft')
        .select([
          'id',
          sql<string>`${userId}::uuid`.as('userId'),
          sql<number>`${version}::integer`.as('version'),
          sql<string>`${headline}::text`.as('headline'),
          sql<string>`${bodyHtml}::text`.as('bodyHtml'),
        ])
        .where('id', '=', uuid(draftId))
        .where('state', 'in', ['drafted', 'in-review']),
    )
    .onConflict((conflict) =>
      conflict.columns(['draftId', 'userId']).doUpdateSet({ version, headline, bodyHtml, at: sql`now()` }),
    )
    .execute();
}

async function keptWords(db: Db, draftId: string, userId: string): Promise<Autosave | undefined> {
  return await db
    .selectFrom('draftAutosave')
    .innerJoin('draft', 'draft.id', 'draftAutosave.draftId')
    .select(['draftAutosave.version', 'draftAutosave.headline', 'draftAutosave.bodyHtml', 'draftAutosave.at'])
    .where('draftId', '=', uuid(draftId))
    .where('userId', '=', userId)
    .where((where) =>
      where.or([
        where('draft.headline', '!=', where.ref('draftAutosave.headline')),
        where('draft.bodyHtml', '!=', where.ref('draftAutosave.bodyHtml')),
      ]),
    )
    .executeTakeFirst();
}
