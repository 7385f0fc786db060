import { sql } from 'kysely';
import type { Db } from '../../src/store/connect.js';

export const SOURCES = 85;

/**
 * So many drafts, as five years of work leave them: 400 to do, some approved and scheduled, the rest published or rejected; of 85
 * sources, found through five years, one in fifty sharing its story with another, one in thirty marked. All from their number.
 */
export async function fill(db: Db, drafts: number): Promise<void> {
  await sql`insert into app_user (email, name, role) select 'p' || n || '@example.org', 'Person ' || n, 'editor' from generate_series(1, 4) n`.execute(
    db,
  );
  await sql`
    insert into source (id, name, kind, url, state)
    select 's' || n, 'Safeguarding Partnership ' || n, 'listing', 'https://s' || n || '.example/news', 'good' from generate_series(1, ${SOURCES}::int) n`.execute(
    db,
  );
  // Deterministic: numbers and words come from the number of the row.
  await sql`
    create temp table plan as
    select n, gen_random_uuid() as item_id, gen_random_uuid() as draft_id, gen_random_uuid() as story_id, gen_random_uuid() as version_id,
      's' || (n * 7919 % ${SOURCES} + 1) as source_id,
      now() - (n * interval '1 minute' * (5 * 365 * 1440.0 / ${drafts})) as at,
      case when n <= 360 then 'drafted' when n <= 400 then 'in-review' when n <= 420 then 'approved' when n <= 430 then 'scheduled'
        when n % 10 < 6 then 'published' when n % 200 = 7 then 'withdrawn' else 'rejected' end as state,
      (array['review', 'guidance', 'report', 'consultation', 'inspection', 'campaign', 'statement', 'strategy'])[n % 8 + 1]
        || ' ' || (array['children', 'families', 'schools', 'carers', 'online harm', 'exploitation', 'neglect', 'scams', 'hospitals', 'police'])[n / 8 % 10 + 1]
        || ' ' || (array['Northshire', 'Southshire', 'Westmoor', 'Eastvale', 'Sodor', 'Midland', 'Harbour', 'Lakeside', 'Downs', 'Fens', 'Wolds', 'Forest', 'Peak'])[n / 80 % 13 + 1]
        || ' number ' || n as title
    from generate_series(1, ${drafts}::int) n`.execute(db);
  await sql`create index on plan (n)`.execute(db);
  await sql`analyze plan`.execute(db);
  await sql`
    insert into item (id, source_id, key, kind, url, title, summary, found, found_at, disposition, reason, read_revision)
    select item_id, source_id, 'https://x.example/' || n, 'article', 'https://x.example/' || n, title, 'A short summary of ' || title,
      jsonb_build_object('key', n, 'kind', 'article', 'url', 'https://x.example/' || n, 'title', title, 'updated', null,
        'posted', jsonb_build_object('value', to_char(at, 'YYYY-MM-DD'), 'precision', 'day', 'evidence', 'text')),
      at, 'drafted', 'Drafted.', 1 from plan`.execute(db);
  await sql`
    insert into item (source_id, key, kind, url, title, found, found_at, disposition, reason_code, reason)
    select source_id, 'https://h.example/' || n, 'article', 'https://h.example/' || n, 'Held ' || title, '{}', at, 'held', 'baseline', 'It was there before.'
    from plan where n % 4 = 0`.execute(db);
  await sql`insert into story (id) select story_id from plan`.execute(db);
  await sql`
    insert into draft (id, item_id, story_id, source_id, state, headline, body_html, original_url, source_name, updated_mark, score, why, section,
      claimed_by, snoozed_until, publish_at, reject_reason, found_claims, found_sensitive, created_at, changed_at)
    select p.draft_id, p.item_id, case when p.n % 50 = 0 then (select o.story_id from plan o where o.n = p.n - 1) else p.story_id end, p.source_id, p.state, p.title,
      '<p>' || p.title || '. The partnership says what services must change, and by when.</p>' || repeat('<p>Children and families were heard; the board will look at it again in the spring, with all who took part.</p>', 5),
      'https://x.example/' || p.n, 'Safeguarding Partnership ' || (p.n * 7919 % ${SOURCES} + 1), p.n % 30 = 0, (p.n * 31 % 1000) / 100.0,
      '["safeguarding review +2.1", "children +1.4"]', (array['Legislation', 'Good Practice Guidance', 'Online Safety', 'Scams'])[p.n % 4 + 1],
      case when p.n % 40 = 0 then (select id from app_user order by email limit 1) end,
      case when p.n <= 400 and p.n % 20 = 0 then now() + interval '3 days' end,
      case when p.state = 'scheduled' then now() + interval '1 day' end,
      case when p.state = 'rejected' then 'not-relevant' end, p.n % 9 = 0, p.n % 17 = 0, p.at, p.at
    from plan p`.execute(db);
  await sql`insert into draft_version (draft_id, version, headline, body_html) select draft_id, 1, title, '<p>Text.</p>' from plan`.execute(
    db,
  );
  await sql`insert into draft_event (draft_id, did, to_state) select draft_id, 'drafted', 'drafted' from plan`.execute(
    db,
  );
  await sql`
    insert into story_tie (item_id, story_id, tie, standing, because)
    select d.item_id, d.story_id, case when n % 50 = 0 then 'same-story' else 'lead' end, 'confirmed', 'Same story.' from draft d join plan p on p.draft_id = d.id`.execute(
    db,
  );
  await sql`
    insert into story_suggestion (item_id, of_item_id, tie, because)
    select a.item_id, b.item_id, 'possible-copy', 'Nine words in ten are the same.' from plan a join plan b on b.n = a.n + 1 where a.n % 97 = 0`.execute(
    db,
  );
  await sql`vacuum analyze`.execute(db);
}
