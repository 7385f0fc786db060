import { sql } from 'kysely';
import type { Article } from '../model/article.js';
import type { ChangedDraft, ComparedItem, ComparedTexts } from '../model/desk.js';
import type { Db } from './connect.js';

/** Drafts that are listed, at most: those that changed last. */
const MOST_DRAFTS = 200;

/**
 * By id: what each item said then, and what it says now. An item of which one version only is kept is not among them. Where nothing is
 * kept from before that time, its first version counts as what it said.
 */
export async function comparedSince(db: Db, items: readonly ComparedItem[]): Promise<Map<string, ComparedTexts>> {
  if (items.length === 0) return new Map();
  const { rows } = await sql<{ id: string; before: Article; after: Article }>`
    select w.id, b.article as before, a.article as after
    from unnest(${items.map(({ id }) => id)}::text[], ${items.map(({ itemId }) => itemId)}::uuid[],
      ${items.map(({ since }) => since)}::timestamptz[]) as w(id, item_id, since)
    join lateral (select c.id, c.article from capture c where c.item_id = w.item_id order by c.revision desc limit 1) a on true
    join lateral (select c.id, c.article from capture c where c.item_id = w.item_id
      order by c.fetched_at <= w.since desc, case when c.fetched_at <= w.since then c.revision end desc, c.revision limit 1) b
      on b.id <> a.id`.execute(db);
  return new Map(rows.map(({ id, before, after }) => [id, { before, after }]));
}

/** Drafts that are not out yet, whose source changed and nobody has said to have seen it; the newest change first. */
export async function changedDrafts(db: Db): Promise<ChangedDraft[]> {
  const { rows } = await sql<ChangedDraft>`
    select d.id, d.item_id, d.headline, d.source_name, coalesce(s.at, d.created_at) as since,
      coalesce(e.at, d.changed_at) as changed_at, coalesce(e.reason, 'The source changed the original.') as reason,
      exists (select from draft_event g where g.draft_id = d.id and g.did = 'original-gone'
        and g.at > coalesce(s.at, d.created_at)) as is_gone
    from draft d
    left join lateral (select max(v.at) as at from draft_event v where v.draft_id = d.id and v.did = 'seen-changes') s on true
    left join lateral (select v.at, v.reason from draft_event v
      where v.draft_id = d.id and v.did in ('source-updated', 'original-gone') order by v.id desc limit 1) e on true
    where d.updated_mark and d.state in ('drafted', 'in-review', 'approved', 'scheduled')
    order by coalesce(e.at, d.changed_at) desc, d.id limit ${MOST_DRAFTS}`.execute(db);
  return rows;
}
