import { Failure } from '../model/failure.js';
import type { Section } from '../model/section.js';
import type { Db } from './connect.js';
import { recordEvent } from './desk-edits.js';
import { uuid } from './uuid.js';

/** The section of the newsletter that a draft stands in, as an editor says it. */
export function draftSection(db: Db) {
  return {
    /**
     * Keeps the section and who said it. The same one as before is confirmed: that is an event too.
     * @throws {Failure} draft.not-allowed
     */
    setSection: (id: string, section: Section | null, byId: string): Promise<void> => setSection(db, id, section, byId),
  };
}

async function setSection(db: Db, id: string, section: Section | null, byId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const draft = await tx
      .updateTable('draft')
      .set({ section })
      .where('id', '=', uuid(id))
      .returning('id')
      .executeTakeFirst();
    if (draft === undefined) throw new Failure('draft.not-allowed', 'There is no such draft.');
    const did = section === null ? 'took out of its section' : 'set the section';
    await recordEvent(tx, draft.id, { byUser: byId, did, from: null, to: null, reason: section });
  });
}
