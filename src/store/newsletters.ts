import { sql } from 'kysely';
import type {
  EntryEdit,
  Issue,
  MonthPost,
  NewsletterBlock,
  NewsletterEvent,
  NewsletterRecord,
  NewsletterState,
} from '../model/newsletter.js';
import type { Db } from './connect.js';
import { storableText } from './storable.js';
import { uuid } from './uuid.js';

type PostRow = Omit<MonthPost, 'edit'> & {
  readonly [K in keyof EntryEdit as `edit${Capitalize<K>}`]: EntryEdit[K] | null;
};

/** Issues of the newsletter as they are read. */
export function newsletters(db: Db) {
  return {
    /** All, the newest months first. */
    issues: async (): Promise<readonly NewsletterRecord[]> => await records(db, sql`true`),
    issue: async (slug: string): Promise<NewsletterRecord | undefined> =>
      (await records(db, sql`n.slug = ${storableText(slug)}`))[0],
    /** Everything that was published in the months of an issue, withdrawn posts too. */
    postsOf: async (id: string): Promise<readonly MonthPost[]> => await postsOf(db, id),
    /** What was published in the month before. */
    earlierPosts: async (id: string): Promise<readonly { readonly storyId: string; readonly headline: string }[]> =>
      await earlierPosts(db, id),
    /** Blocks that can be used, with whether this issue has them. */
    blocksOf: async (id: string): Promise<readonly NewsletterBlock[]> => await blocksOf(db, id),
    /** Of some addresses, those that led nowhere when they were last asked. */
    deadAmong: async (urls: readonly string[]): Promise<ReadonlySet<string>> => await deadAmong(db, urls),
    /** Newest first. */
    historyOf: async (id: string): Promise<readonly NewsletterEvent[]> =>
      await db
        .selectFrom('newsletterEvent as e')
        .innerJoin('appUser as u', 'u.id', 'e.byUser')
        .select(['e.at', 'u.name as by', 'e.did', 'e.detail'])
        .where('e.newsletterId', '=', uuid(id))
        .orderBy('e.id', 'desc')
        .limit(100)
        .execute(),
  };
}

async function records(db: Db, where: ReturnType<typeof sql>): Promise<readonly NewsletterRecord[]> {
  const { rows } = await sql<
    Omit<NewsletterRecord, 'frozen'> & { readonly state: NewsletterState; readonly frozen: Issue | null }
  >`
    select n.id, n.slug, m.months, n.state, n.version, n.title, n.introduction, n.frozen, n.changed_at, n.sent_at, u.name as sent_by
    from newsletter n left join app_user u on u.id = n.sent_by
    cross join lateral (
      select array_agg(to_char(month, 'YYYY-MM-DD') order by month) as months from newsletter_month where newsletter_id = n.id
    ) m
    where ${where} order by m.months[1] desc`.execute(db);
  return rows;
}

async function postsOf(db: Db, id: string): Promise<readonly MonthPost[]> {
  const { rows } = await sql<PostRow>`
    select p.id as post_id, p.draft_id, p.slug, p.headline, p.body_html, p.source_name, p.published_at, p.changed_at, p.withdrawn_at,
      d.story_id, d.section,
      (select max(c.approved_at) from post_change c where c.post_id = p.id and c.kind = 'correction') as corrected_at,
      coalesce((select array_agg(l.url order by l.url) from draft_link l where l.draft_id = d.id and l.failure_code is not null), '{}')
        as dead_links,
      e.version as edit_version, e.included as edit_included, e.lead as edit_lead, e.place as edit_place, e.section as edit_section,
      e.heading as edit_heading, e.paragraph as edit_paragraph, e.seen_changed_at as edit_seen_changed_at
    from newsletter_month m
    join post p on p.published_at >= m.month::timestamp at time zone 'Europe/London'
      and p.published_at < (m.month + interval '1 month') at time zone 'Europe/London'
    join draft d on d.id = p.draft_id
    left join newsletter_entry e on e.newsletter_id = m.newsletter_id and e.post_id = p.id
    where m.newsletter_id = ${uuid(id)} order by p.published_at, p.id`.execute(db);
  return rows.map(monthPost);
}

function monthPost(row: PostRow): MonthPost {
  const {
    editVersion,
    editIncluded,
    editLead,
    editPlace,
    editSection,
    editHeading,
    editParagraph,
    editSeenChangedAt,
    ...post
  } = row;
  return {
    ...post,
    edit: {
      version: editVersion ?? 0,
      included: editIncluded ?? true,
      lead: editLead ?? false,
      place: editPlace,
      section: editSection,
      heading: editHeading,
      paragraph: editParagraph,
      seenChangedAt: editSeenChangedAt,
    },
  };
}

async function earlierPosts(db: Db, id: string) {
  const { rows } = await sql<{ storyId: string; headline: string }>`
    with first as (select min(month)::timestamp as month from newsletter_month where newsletter_id = ${uuid(id)})
    select d.story_id, p.headline from first join post p
      on p.published_at >= (first.month - interval '1 month') at time zone 'Europe/London'
      and p.published_at < first.month at time zone 'Europe/London'
    join draft d on d.id = p.draft_id where p.withdrawn_at is null order by p.published_at`.execute(db);
  return rows;
}

async function blocksOf(db: Db, id: string): Promise<readonly NewsletterBlock[]> {
  const { rows } = await sql<NewsletterBlock>`
    select b.id, b.heading, b.body, to_char(b.until_day, 'YYYY-MM-DD') as until_day, b.version, u.shown
    from newsletter_block b left join newsletter_block_use u on u.block_id = b.id and u.newsletter_id = ${uuid(id)}
    where b.dropped_at is null order by b.id`.execute(db);
  return rows;
}

async function deadAmong(db: Db, urls: readonly string[]): Promise<ReadonlySet<string>> {
  if (urls.length === 0) return new Set();
  const rows = await db
    .selectFrom('draftLink')
    .select('url')
    .distinct()
    .where('url', 'in', urls.map(storableText))
    .where('failureCode', 'is not', null)
    .execute();
  return new Set(rows.map(({ url }) => url));
}
