import { sql, type RawBuilder } from 'kysely';
import type { Db } from './connect.js';

/** How long each class is kept, in days; 0: for ever. */
export interface Keep {
  readonly captures: number;
  readonly polls: number;
  readonly held: number;
  readonly rejected: number;
}

/** What retention took, or in a dry run would take, of one class. */
export interface Taken {
  readonly name: string;
  readonly about: string;
  /** `null`: it ends by itself, at its own time. */
  readonly days: number | null;
  readonly rows: number;
}

interface Class {
  readonly name: string;
  readonly about: string;
  readonly days: number | null;
  /** Selects what may go, as `id`; locks are taken on its rows where it goes. */
  readonly chosen: (before: Date) => RawBuilder<unknown>;
  /** Takes away what `batch` holds. Its last part gives back one row for each that went. */
  readonly take: RawBuilder<unknown>;
}

const DAY_MS = 24 * 3_600_000;
/** Rows of one transaction: writers wait for a moment only. */
const AT_ONCE = 500;
/** The page of a source shows so many polls, and the time of the next one is read from them. */
const POLLS_KEPT = 50;

/**
 * Takes what is older than it is kept, class by class; a dry run only counts, by the same conditions. Never touched: posts, drafts
 * and their events; items with their addresses, matching keys and reasons. So nothing published is lost, and nothing that was
 * rejected, held or published comes back as new. The pages of drafts in work and of what was published stay, as evidence.
 */
export async function retention(db: Db, keep: Keep, now: Date, dryRun: boolean): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  for (const one of classesOf(keep)) {
    const { name, about, days } = one;
    const before = new Date(now.getTime() - (days ?? 0) * DAY_MS);
    const rows = days === 0 ? 0 : dryRun ? await count(db, one, before) : await takeAll(db, one, before);
    taken.push({ name, about, days, rows });
  }
  return taken;
}

async function count(db: Db, { chosen }: Class, before: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from (${chosen(before)}) as batch`.execute(db);
  return rows[0]?.n ?? 0;
}

async function takeAll(db: Db, { chosen, take }: Class, before: Date): Promise<number> {
  for (let all = 0; ;) {
    const { rows } = await sql<{ n: number }>`
      with batch as materialized (${chosen(before)} limit ${AT_ONCE}), ${take}
      select count(*) as n from gone`.execute(db);
    const n = rows[0]?.n ?? 0;
    if (n === 0) return all;
    all += n;
  }
}

function classesOf(keep: Keep): readonly Class[] {
  return [
    {
      name: 'captures',
      about: 'pages and files as fetched; their text, hash and headers stay',
      days: keep.captures,
      chosen: (before) => sql`
        select c.id from capture c
        where c.body is not null and c.fetched_at < ${before} and ${notReported(sql`c.item_id`)}
          and not exists (select from draft d where d.item_id = c.item_id and d.state <> 'rejected')
          and not exists (select from post p join draft d on d.id = p.draft_id where d.item_id = c.item_id)`,
      take: sql`gone as (update capture set body = null where id in (select id from batch) and body is not null returning id)`,
    },
    {
      name: 'polls',
      about: `polls, save for the last ${POLLS_KEPT} of each source`,
      days: keep.polls,
      chosen: (before) => sql`
        select old.id from source s cross join lateral (
          select id, started_at from poll where source_id = s.id order by started_at desc offset ${POLLS_KEPT}
        ) as old where old.started_at < ${before}`,
      take: sql`gone as (delete from poll where id in (select id from batch) returning id)`,
    },
    heldContent(keep.held),
    {
      name: 'versions',
      about: 'earlier versions of rejected drafts; the last one stays',
      days: keep.rejected,
      chosen: (before) => sql`
        select v.draft_id as id, v.version from draft_version v join draft d on d.id = v.draft_id
        where v.version < d.version and ${rejectedBefore(before)}`,
      take: sql`gone as (
        delete from draft_version v using batch b, draft d
        where v.draft_id = b.id and v.version = b.version and d.id = b.id and d.state = 'rejected' returning v.draft_id)`,
    },
    {
      name: 'unsaved',
      about: 'words typed into rejected drafts and never saved',
      days: keep.rejected,
      chosen: (before) => sql`
        select a.draft_id as id, a.user_id from draft_autosave a join draft d on d.id = a.draft_id
        where a.at < ${before} and ${rejectedBefore(before)}`,
      take: sql`gone as (
        delete from draft_autosave a using batch b where a.draft_id = b.id and a.user_id = b.user_id returning a.draft_id)`,
    },
    ...ENDED,
  ];
}

/**
 * An item that is released afterwards is read anew; so its captures go whole. Where the source's own document is the only copy
 * (nothing to fetch), its words stay: released, it must not come to nothing.
 */
function heldContent(days: number): Class {
  return {
    name: 'held',
    about: 'text of held and failed items; title, address, reason and matching keys stay',
    days,
    chosen: (before) => sql`
      select i.id from item i
      where i.disposition in ('held', 'failed') and i.disposed_at < ${before} and ${notReported(sql`i.id`)}
        and not exists (select from draft d where d.item_id = i.id)
        and not exists (select from story_tie t where t.item_id = i.id)
        and not exists (select from story_suggestion s where s.item_id = i.id or s.of_item_id = i.id)
        and (i.summary is not null or i.found ?| ${DROPPED} or exists (select from capture c where c.item_id = i.id))
        and i.found -> 'readUrl' is distinct from 'null'::jsonb`,
    take: sql`
      gone as (
        update item set summary = null, found = found - ${DROPPED}, read_revision = 0
        where id in (select id from batch) and disposition in ('held', 'failed') returning id
      ),
      pages as (delete from capture where item_id in (select id from gone))`,
  };
}

/** What ends by itself, at its own time. */
const ENDED: readonly Class[] = [
  {
    name: 'sessions',
    about: 'sessions that have ended',
    days: null,
    chosen: (before) => sql`select id_hash as id from session where expires_at <= ${before}`,
    take: sql`gone as (delete from session where id_hash in (select id from batch) returning id_hash)`,
  },
  {
    name: 'links',
    about: 'sign-in links that have ended',
    days: null,
    chosen: (before) => sql`select token_hash as id from sign_in_link where expires_at <= ${before}`,
    take: sql`gone as (delete from sign_in_link where token_hash in (select id from batch) returning token_hash)`,
  },
  {
    name: 'messages',
    about: 'mails and calls, 30 days after they were sent or given up',
    days: null,
    chosen: (before) => sql`select id from message where ended_at <= ${before}::timestamptz - interval '30 days'`,
    take: sql`gone as (delete from message where id in (select id from batch) returning id)`,
  },
  {
    name: 'addresses',
    about: 'network addresses in the audit trail, after 90 days; the acts stay',
    days: null,
    chosen: (before) => sql`
      select id from audit_event where address is not null and at <= ${before}::timestamptz - interval '90 days'`,
    take: sql`gone as (update audit_event set address = null where id in (select id from batch) returning id)`,
  },
];

const DROPPED = sql`array['contentHtml', 'summary', 'byline']`;

/** What an editor called wrong stays until it is mended. */
function notReported(itemId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`not exists (
    select from extraction_report r join capture rc on rc.id = r.capture_id
    where rc.item_id = ${itemId} and r.settled_at is null)`;
}

function rejectedBefore(before: Date): RawBuilder<unknown> {
  return sql`d.state = 'rejected' and d.changed_at < ${before} and not exists (select from post p where p.draft_id = d.id)`;
}
