import { sql } from 'kysely';
import type { Person } from '../model/desk.js';
import { Failure } from '../model/failure.js';
import type { Db } from './connect.js';
import { recordEvent } from './desk-edits.js';
import { uuid } from './uuid.js';

/** Whose task a draft is, as one person gives it to another. */
export function assignments(db: Db) {
  return {
    /** Who can have drafts, by name. */
    people: async (): Promise<Person[]> =>
      await db.selectFrom('appUser').select(['id', 'name']).where('disabledAt', 'is', null).orderBy('name').execute(),
    /** Gives who had it before; `toId` null: nobody has it then. @throws {Failure} draft.not-allowed */
    assign: (id: string, to: { readonly toId: string | null; readonly byId: string }): Promise<string | null> =>
      assign(db, id, to),
  };
}

async function assign(
  db: Db,
  id: string,
  { toId, byId }: { readonly toId: string | null; readonly byId: string },
): Promise<string | null> {
  return await db.transaction().execute(async (tx) => {
    const draft = await tx
      .selectFrom('draft')
      .select(['id', 'claimedBy'])
      .where('id', '=', uuid(id))
      .forUpdate()
      .executeTakeFirst();
    if (draft === undefined) throw new Failure('draft.not-allowed', 'There is no such draft.');
    const person =
      toId === null
        ? null
        : await tx
            .selectFrom('appUser')
            .select(['id', 'name'])
            .where('id', '=', uuid(toId))
            .where('disabledAt', 'is', null)
            .executeTakeFirst();
    if (person === undefined) throw new Failure('draft.not-allowed', 'There is no such person at the desk.');
    if (draft.claimedBy === (person?.id ?? null)) return draft.claimedBy;
    await tx
      .updateTable('draft')
      .set({ claimedBy: person?.id ?? null, claimedAt: person === null ? null : sql<Date>`now()` })
      .where('id', '=', draft.id)
      .execute();
    const did = person === null ? 'unassigned' : 'assigned';
    await recordEvent(tx, draft.id, { byUser: byId, did, from: null, to: null, reason: person?.name ?? null });
    return draft.claimedBy;
  });
}
