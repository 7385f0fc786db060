import { sql, type RawBuilder } from 'kysely';
import type { Db } from './connect.js';

/** What can be exported, and what each row tells. */
export const EXPORTS = {
  items: 'everything that was found, and where it ended and why',
  decisions: 'what was done with drafts, by whom and why',
  drafts: 'drafts as they stand',
  posts: 'posts, withdrawn ones too',
} as const;
export type ExportName = keyof typeof EXPORTS;

/** So many rows are in memory. */
const AT_ONCE = 500;

type Row = Readonly<Record<string, unknown>>;

/** Rows with `id` as text and `at`, the time by which they are in order and `since` is meant. */
const SELECTS: Readonly<Record<ExportName, RawBuilder<Row>>> = {
  items: sql`select i.id::text as id, i.found_at as at, i.source_id, i.kind, i.key, i.url, i.title, i.found -> 'posted' as posted,
    i.revision, i.changed_at, i.vanished_at, i.disposition, i.reason_code, i.reason, i.disposed_at, d.id as draft_id
    from item i left join draft d on d.item_id = i.id`,
  decisions: sql`select e.id::text as id, e.at, e.draft_id, d.item_id, d.source_id, d.original_url, d.headline, e.did,
    e.from_state, e.to_state, e.reason, u.name as by
    from draft_event e join draft d on d.id = e.draft_id left join app_user u on u.id = e.by_user`,
  drafts: sql`select d.id::text as id, d.created_at as at, d.item_id, d.source_id, d.source_name, d.original_url, d.state, d.version,
    d.headline, d.body_html, d.slug, d.cuts, d.score, d.section, d.reject_reason, d.publish_at, d.changed_at
    from draft d`,
  posts: sql`select p.id::text as id, p.published_at as at, p.draft_id, p.slug, p.headline, p.body_html, p.source_name,
    p.editor_name, p.original_url, p.changed_at, p.withdrawn_at
    from post p`,
};

/**
 * Gives every row since then, oldest first, as they were at one moment, a few in memory at a time. `write` may take its time: the
 * newsdesk goes on meanwhile.
 */
export async function exportRows(
  db: Db,
  { name, since }: { readonly name: ExportName; readonly since: Date | null },
  write: (row: Row) => Promise<void> | void,
): Promise<void> {
  await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await sql`declare exported no scroll cursor for
        select * from (${SELECTS[name]}) as row where at >= ${since ?? '-infinity'}::timestamptz order by at, id`.execute(
        tx,
      );
      for (;;) {
        const { rows } = await sql<Row>`fetch ${sql.lit(AT_ONCE)} from exported`.execute(tx);
        for (const row of rows) await write(row);
        if (rows.length < AT_ONCE) return;
      }
    });
}
