import { sql } from 'kysely';
import type { FailureCode } from '../model/failure.js';
import type { Db, Tx } from './connect.js';
import { uuid } from './uuid.js';
import { overWatchTasks, openWatchTasks } from './watch-book.js';

interface LinkResult {
  readonly url: string;
  readonly failure: FailureCode | null;
}

interface DueDraft {
  readonly draftId: string;
  readonly sourceId: string;
}

/** The host itself says that there is nothing. Anything else may pass, and is told when it was so twice. */
const CERTAIN: readonly FailureCode[] = ['source.missing', 'source.gone'];

/** Links of drafts and how they answered (`LinkBook` of the steps). */
export function linkBook(db: Db) {
  return {
    /**
     * Drafts that may still be published, whose present version was not asked yet; then published ones: daily for a month after
     * publication, weekly from then on.
     */
    dueDrafts: async (limit: number, now: Date): Promise<readonly DueDraft[]> => {
      const unasked = await db
        .selectFrom('draft')
        .select(['id as draftId', 'sourceId'])
        .where('state', 'in', ['drafted', 'in-review', 'approved', 'scheduled'])
        .where(sql<boolean>`links_version <> version`)
        .orderBy('createdAt')
        .limit(limit)
        .execute();
      return [...unasked, ...(await publishedDue(db, now, limit - unasked.length))];
    },
    textOf: async (draftId: string): Promise<{ readonly bodyHtml: string; readonly version: number } | undefined> =>
      await db.selectFrom('draft').select(['bodyHtml', 'version']).where('id', '=', uuid(draftId)).executeTakeFirst(),
    recordLinks: async (
      draftId: string,
      version: number,
      { results, at }: { readonly results: readonly LinkResult[]; readonly at: Date },
    ): Promise<void> => {
      await db.transaction().execute(async (tx) => {
        await watchLinks(tx, draftId, { results, at });
        await tx.deleteFrom('draftLink').where('draftId', '=', draftId).execute();
        const rows = results.map(({ url, failure }) => ({ draftId, url, failureCode: failure, checkedAt: at }));
        if (rows.length > 0) await tx.insertInto('draftLink').values(rows).execute();
        await tx
          .updateTable('draft')
          .set({ linksVersion: version, linksCheckedAt: at })
          .where('id', '=', draftId)
          .execute();
      });
    },
  };
}

async function publishedDue(db: Db, now: Date, limit: number): Promise<readonly DueDraft[]> {
  if (limit <= 0) return [];
  const { rows } = await sql<DueDraft>`
    select d.id as draft_id, d.source_id from draft d join post p on p.draft_id = d.id
    where d.state = 'published'
      and (d.links_checked_at is null or d.links_version <> d.version
        or d.links_checked_at <= ${now}::timestamptz
          - case when p.published_at > ${now}::timestamptz - interval '30 days' then interval '1 day' else interval '7 days' end)
    order by d.links_checked_at nulls first limit ${limit}`.execute(db);
  return rows;
}

/** A dead link of a published post is a task on the desk; one that answers again is over. */
async function watchLinks(
  tx: Tx,
  draftId: string,
  { results, at }: { readonly results: readonly LinkResult[]; readonly at: Date },
): Promise<void> {
  const post = await tx
    .selectFrom('post')
    .select(['id', 'originalUrl'])
    .where('draftId', '=', draftId)
    .where('withdrawnAt', 'is', null)
    .executeTakeFirst();
  if (post === undefined) return;
  const before = await tx
    .selectFrom('draftLink')
    .select('url')
    .where('draftId', '=', draftId)
    .where('failureCode', 'is not', null)
    .execute();
  for (const { url, failure } of results) {
    const incident =
      url === post.originalUrl ? ({ kind: 'gone', about: '' } as const) : ({ kind: 'dead-link', about: url } as const);
    if (failure === null) await overWatchTasks(tx, post.id, { ...incident, at });
    else if (CERTAIN.includes(failure) || before.some((link) => link.url === url)) {
      const what = incident.kind === 'gone' ? 'The original leads nowhere' : 'A link leads nowhere';
      await openWatchTasks(tx, [draftId], { ...incident, reason: `${what}: ${failure}`, at });
    }
  }
}
