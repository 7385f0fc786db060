import { sql } from 'kysely';
import type { FailureCode } from '../model/failure.js';
import type { Db } from './connect.js';
import { uuid } from './uuid.js';

interface LinkResult {
  readonly url: string;
  readonly failure: FailureCode | null;
}

/** Links of drafts and how they answered (`LinkBook` of the steps). */
export function linkBook(db: Db) {
  return {
    /** Drafts that may still be published, whose present version was not asked yet. */
    dueDrafts: async (limit: number): Promise<readonly { readonly draftId: string; readonly sourceId: string }[]> =>
      await db
        .selectFrom('draft')
        .select(['id as draftId', 'sourceId'])
        .where('state', 'in', ['drafted', 'in-review', 'approved', 'scheduled'])
        .where(sql<boolean>`links_version <> version`)
        .orderBy('createdAt')
        .limit(limit)
        .execute(),
    textOf: async (draftId: string): Promise<{ readonly bodyHtml: string; readonly version: number } | undefined> =>
      await db.selectFrom('draft').select(['bodyHtml', 'version']).where('id', '=', uuid(draftId)).executeTakeFirst(),
    recordLinks: async (
      draftId: string,
      version: number,
      { results, at }: { readonly results: readonly LinkResult[]; readonly at: Date },
    ): Promise<void> => {
      await db.transaction().execute(async (tx) => {
        await tx.deleteFrom('draftLink').where('draftId', '=', draftId).execute();
        const rows = results.map(({ url, failure }) => ({ draftId, url, failureCode: failure, checkedAt: at }));
        if (rows.length > 0) await tx.insertInto('draftLink').values(rows).execute();
        await tx.updateTable('draft').set({ linksVersion: version }).where('id', '=', draftId).execute();
      });
    },
  };
}
